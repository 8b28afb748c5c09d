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
# among it, with the attempt that left it. Of the jobs in NEEDS that is known for certain; of all others GitHub is asked.
gone() {
  printf '::error::what job %s of run %s left is gone, or GitHub does not list it, and nothing is done: run this job again; where that does not help, bring production by hand to how it was before the plan was begun, delete that run and the older ones that it went on with, and dispatch anew\n' "$1" "$2"
  exit 1
}
# left_by JOB: the runs and attempts whose state of it is here.
left_by() {
  cat stopline-{earlier,artifacts}/{,*/}jobs/"$1" 2>/dev/null || true
}
# all_of RUN: what began in it has left its state.
all_of() {
  local began job at number last=' '
  # What ran in one attempt may be listed with the next one, too, or without its steps: it began when it did, in the first of them.
  # shellcheck disable=SC2016 # the variables are jq's
  began=$(gh api "repos/$REPOSITORY/actions/runs/$1/jobs?filter=all&per_page=100" --jq '.jobs[] | select(.name | test("^(p[0-9]+-.*|rollback)$")) | select(.conclusion == "success" or any(.steps[]?; .name == "Say that it begins" and .conclusion == "success")) | "\(.name) \(.started_at // .run_attempt) \(.run_attempt)"' --paginate | sort -k1,1 -k2,2 -k3,3n) || {
    printf '::error::GitHub does not say which jobs began in run %s, and nothing is done: run this job again\n' "$1"
    exit 1
  }
  while read -r job at number; do
    # Nothing began, or it is the same once more.
    [ "$job $at" != "$last" ] || continue
    last="$job $at"
    grep -Fqx "$1 $number" <<<"$(left_by "$job")" || gone "$job" "$1"
  done <<<"$began"
}
if [ -n "$EARLIER" ]; then
  grep -q "^$EARLIER " <<<"$(left_by guard)" || gone guard "$EARLIER"
  all_of "$EARLIER"
fi
for need in $NEEDS; do
  job=${need%%=*}
  number=$(tr stoplineka 0-9 <<<"${need#*=stopline-kept-at-}")
  [ "$need" = "$job=nothing" ] || grep -Fqx "$RUN_ID $number" <<<"$(left_by "$job")" || gone "$job" "$RUN_ID"
done
case $JOB:$(find stopline-artifacts -name journal.jsonl 2>/dev/null) in
  # Where nothing is left of this run, the first job asks of each of its attempts.
  guard:) ;;
  *) all_of "$RUN_ID" ;;
esac
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
# GitHub gives on nothing that has a secret in it, and one may be a number: digits go as letters that are in the word anyway.
kept=$(tr 0-9 stoplineka <<<"$ATTEMPT")
printf 'taken=%s\nmarked=%s\nkept=stopline-kept-at-%s\n' "$most" "$marked" "$kept" >>"$GITHUB_OUTPUT"
