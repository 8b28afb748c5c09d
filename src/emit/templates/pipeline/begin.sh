verb=run
if [ -e "$STATE/$JOURNAL" ]; then
  case $(tail -n 1 "$STATE/$JOURNAL") in
    *'"event":"refused"'* | *'"event":"rolled-back"'*) ;;
    *) verb=resume ;;
  esac
fi
# The runner sends its signals to this process alone.
exec bash "$RUNBOOK" "$verb" --until "$UNTIL" --state "$STATE"
