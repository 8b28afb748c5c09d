# What a person has looked at is what is in doubt as this run begins, and no doubt that comes later.
run=
if [ -r "$STATE/doubt" ]; then
  read -r run <"$STATE/doubt" || run=
fi
if [ "$run" != "$RUN_ID" ]; then
  {
    printf '%s\n' "$RUN_ID"
    doubt_of "$AGAIN"
  } >"$STATE/doubt"
fi
