# A job that began and left no state behind may have changed anything.
while IFS='=' read -r job result; do
  case $result in
    '' | skipped) continue ;;
  esac
  if [ ! -e "stopline-artifacts/jobs/$job" ] && [ ! -e "stopline-artifacts/stopline-state-$job" ]; then
    printf '::error::the state of job %s (%s) is lost: a person must find out how far it came\n' "$job" "$result"
    exit 1
  fi
done <<<"$RESULTS"
if [ ! -e "$STATE/$JOURNAL" ]; then
  printf 'nothing was begun\n'
  exit 0
fi
printf '::stop-commands::%s\n' "$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')"
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
