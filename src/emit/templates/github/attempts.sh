# Where all jobs run again, GitHub lets go of what the attempts before left. Forgotten may only be one in which nothing but
# this job ran, which touches nothing.
number=1
[ -z "$(find stopline-artifacts -name journal.jsonl 2>/dev/null)" ] || number=$ATTEMPT
while [ "$number" -lt "$ATTEMPT" ]; do
  begun=$(gh api "repos/$REPOSITORY/actions/runs/$RUN_ID/attempts/$number/jobs?per_page=100" --jq '[.jobs[] | select(.name != "guard" and .conclusion != "skipped")] | length') || begun=
  case $begun in
    0) ;;
    '' | *[!0-9]*)
      printf '::error::GitHub does not say what attempt %s of this run did: nothing begins; re-run the failed jobs\n' "$number"
      exit 1
      ;;
    *)
      printf '::error::the state of attempt %s of run %s is lost, and nothing begins: bring production by hand to how it was before the plan was begun, then delete that run and the older ones that it went on with, and dispatch anew\n' "$number" "$RUN_ID"
      exit 1
      ;;
  esac
  number=$((number + 1))
done
