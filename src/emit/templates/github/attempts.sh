# Where all jobs run again, GitHub lets go of what the attempts before left. Forgotten may only be one in which nothing but
# this job began; what is lost stays lost for the runs after this one, too.
for left in stopline-earlier/lost stopline-earlier/*/lost stopline-artifacts/lost stopline-artifacts/*/lost; do
  if [ -r "$left" ]; then
    printf '::error::%s\n' "$(cat "$left")"
    exit 1
  fi
done
number=1
[ -z "$(find stopline-artifacts -name journal.jsonl 2>/dev/null)" ] || number=$ATTEMPT
while [ "$number" -lt "$ATTEMPT" ]; do
  begun=$(gh api "repos/$REPOSITORY/actions/runs/$RUN_ID/attempts/$number/jobs?per_page=100" --jq '[.jobs[] | select(.name != "guard" and .conclusion != "skipped")] | length') || begun=
  case $begun in
    0) ;;
    '' | *[!0-9]*)
      printf '::error::GitHub does not say what attempt %s of this run did: nothing begins\n' "$number"
      exit 1
      ;;
    *)
      mkdir -p "$STATE"
      printf 'the state of attempt %s of run %s is lost, and nothing begins: see how far it came, then delete that run and the older ones of this workflow, and dispatch anew\n' "$number" "$RUN_ID" >"$STATE/lost"
      printf '::error::%s\n' "$(cat "$STATE/lost")"
      exit 1
      ;;
  esac
  number=$((number + 1))
done
