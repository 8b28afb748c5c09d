# What a person has looked at may run again, and nothing else.
doubt=$(doubt_of "$AGAIN")
if [ -n "$doubt" ] && [ "$(cat "$STATE/doubt" 2>/dev/null)" = "$RUN_ID
$doubt" ]; then
  set -- "$@" --approve "$AGAIN" --as "$WHO"
fi
