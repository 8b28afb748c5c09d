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
# A state that is not there was a newer one than those that are.
for need in $NEEDS; do
  if ! { cat stopline-{earlier,artifacts}/jobs/"$need" stopline-{earlier,artifacts}/*/jobs/"$need" 2>/dev/null || true; } | grep -q "^$FROM "; then
    printf '::error::what job %s of run %s left is gone, or GitHub does not list it, and nothing is done: run this job again; where that does not help, bring production by hand to how it was before the plan was begun, delete that run and the older ones that it went on with, and dispatch anew\n' "$need" "$FROM"
    exit 1
  fi
done
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
