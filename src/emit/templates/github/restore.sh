# A job says that it begins before it does anything, and what it leaves at its end says the same: where that is missing, nobody
# knows how far it came. A single artifact lies there without a folder.
marked=no
for left in stopline-earlier stopline-artifacts; do
  for begun in "$left"/begun/* "$left"/*/begun/*; do
    [ -r "$begun" ] || continue
    job=${begun##*/}
    read -r run number <"$begun" || run=
    answers=$({ cat "$left/jobs/$job" "$left"/*/jobs/"$job" 2>/dev/null || true; })
    case $left:$job in
      # In this run the first job asks GitHub again.
      stopline-artifacts:guard) marked=yes ;;
      stopline-earlier:guard)
        if ! grep -q "^$run " <<<"$answers"; then
          printf '::error::what run %s did before its attempt %s is not known, and nothing begins: re-run its failed jobs; where they say that its state is lost, do what they say\n' "$run" "$number"
          exit 1
        fi
        ;;
      *)
        if ! grep -Fqx "$run $number" <<<"$answers"; then
          by_hand='bring production by hand to how it was before the plan was begun'
          [ "$job" != rollback ] || by_hand='finish its way back by hand'
          printf '::error::the state of job %s (attempt %s of run %s) is lost, and nothing is done: %s, keep a copy of what run %s left, then delete that run and the older ones that it went on with, and dispatch anew\n' "$job" "$number" "$run" "$by_hand" "$run"
          exit 1
        fi
        ;;
    esac
  done
done
# GitHub lists an artifact late, and somebody may have deleted one: what is there is all only where whoever left something is
# among it. Those before this job in its run are known for certain; of attempts and of other runs GitHub is asked.
gone() {
  printf '::error::what job %s of run %s left is gone, or GitHub does not list it, and nothing is done: run this job again; where that does not help, bring production by hand to how it was before the plan was begun, delete that run and the older ones that it went on with, and dispatch anew\n' "$1" "$FROM"
  exit 1
}
left_in() {
  cat stopline-{earlier,artifacts}/"$1" stopline-{earlier,artifacts}/*/"$1" 2>/dev/null || true
}
if [ -n "$FROM" ]; then
  for job in $NEEDS; do
    grep -q "^$FROM " <<<"$(left_in "jobs/$job")" || gone "$job"
  done
  # What ran in an earlier attempt may be listed with the next one, too, or without its steps.
  # shellcheck disable=SC2016 # the variables are jq's
  began=$(gh api "repos/$REPOSITORY/actions/runs/$FROM/jobs?filter=all&per_page=100" --jq '.jobs[] | select(.name | test("^(p[0-9]+-.*|rollback)$")) | select(.conclusion == "success" or any(.steps[]?; .name == "Say that it begins" and .conclusion == "success")) | "\(.name) \(.run_attempt)"' --paginate) || {
    printf '::error::GitHub does not say which jobs began in run %s, and nothing is done: run this job again\n' "$FROM"
    exit 1
  }
  while read -r job number; do
    [ -n "$job" ] || continue
    known=no
    while read -r run at; do
      [ "$run" != "$FROM" ] || [ "$at" -gt "$number" ] || known=yes
    done <<<"$(left_in "begun/$job")"
    [ "$known" = yes ] || gone "$job"
  done <<<"$began"
fi
# The state with the most lines in its journals is the newest: they are only ever added to.
mkdir -p "$STATE"
most=0
newest=
for folder in stopline-earlier/ stopline-earlier/*/ stopline-artifacts/ stopline-artifacts/*/; do
  lines=$({ cat "$folder${JOURNAL%%/*}"/*/journal.jsonl 2>/dev/null || true; } | wc -l)
  if [ "$lines" -gt "$most" ]; then
    most=$lines
    newest=$folder
  fi
done
[ -z "$newest" ] || cp -R "$newest." "$STATE/"
rm -rf "$STATE/jobs"
mkdir -p "$STATE/jobs" stopline-begun/begun
printf '%s %s\n' "$RUN_ID" "$ATTEMPT" | tee "$STATE/jobs/$JOB" >"stopline-begun/begun/$JOB"
printf 'taken=%s\nmarked=%s\n' "$most" "$marked" >>"$GITHUB_OUTPUT"
