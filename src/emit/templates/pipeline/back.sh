if [ ! -e "$STATE/$JOURNAL" ]; then
  printf 'nothing was begun\n'
  exit 0
fi
bash "$RUNBOOK" rollback --state "$STATE" &
process=$!
# The runner sends its signals to this process alone.
trap 'kill -TERM "$process"' INT TERM
status=0
wait "$process" || status=$?
case $status in
  0 | 10 | 20) ;;
  *) exit "$status" ;;
esac
