# A log without its journal says that there was one; the runbook says what is to be done then.
if [ ! -s "$STATE/$JOURNAL" ] && [ -z "$(ls -A "$STATE/${JOURNAL%/*}/log" 2>/dev/null)" ]; then
  printf 'nothing was begun\n'
  exit 0
fi
set -- rollback --state "$STATE"
case ${FINISHED:-} in
  '') ;;
  *[![:space:]]*) set -- "$@" --finished "$FINISHED (said by $WHO)" ;;
  *)
    printf 'a way back is not finished without a word of how\n'
    exit 1
    ;;
esac
