# shellcheck disable=SC2034 # what comes after this asks how it ended, and whether it could write that down
before=$(tail -n 1 "$STATE/$JOURNAL" 2>/dev/null || true)
bash "$RUNBOOK" "$@" &
process=$!
# The runner sends its signals to this process alone.
trap 'kill -TERM "$process"' INT TERM
status=0
wait "$process" || status=$?
# A signal ends the waiting, and not what is waited for.
while kill -0 "$process" 2>/dev/null; do
  status=0
  wait "$process" || status=$?
done
