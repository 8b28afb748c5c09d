# decided: which way the run that is open goes, as the last line of its journal says that decides it: opened, going back, held by
# a red flag, or still to be held by one that the runbook was killed before it could obey.
decided() {
  grep -E '"event":"(open|rollback|decided)"|"event":"stop".*"wait":"flag"' "$STATE/$JOURNAL" 2>/dev/null | tail -n 1 || :
}
