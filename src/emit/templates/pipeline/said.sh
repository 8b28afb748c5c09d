# said: how the runbook itself reads its journal, as in `run 2, open, to go back, changes were made`; nothing where there is no run.
said() {
  bash "$RUNBOOK" status --state "$STATE" | awk '{ before = last; last = $0 } END { if (last ~ /^journal: /) print before }' || :
}
