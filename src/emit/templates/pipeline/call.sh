# shellcheck disable=SC2034 # what comes after this asks for the status
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
