# A log without its journal says that there was one; the runbook says what is to be done then.
if [ ! -s "$STATE/$JOURNAL" ] && [ -z "$(ls -A "$STATE/${JOURNAL%/*}/log" 2>/dev/null)" ]; then
  printf 'nothing was begun\n'
  exit 0
fi
set -- rollback --state "$STATE"
[ -z "${FINISHED:-}" ] || set -- "$@" --finished "$FINISHED (said by $WHO)"
