# decided: which way the run that is open goes, by the last line of its journal that decides it: `back`, `hold` where a red flag
# wants one and the runbook was killed before it could obey, or nothing.
decided() {
  case $(grep -E '"event":"(open|rollback|decided)"|"event":"stop".*"wait":"flag"' "$STATE/$JOURNAL" 2>/dev/null | tail -n 1) in
    *'"event":"rollback"'* | *'"then":"rollback"'*) printf 'back' ;;
    *'"then":"hold"'*) printf 'hold' ;;
  esac
}
