verb=run
if [ -e "$STATE/$JOURNAL" ]; then
  case $(tail -n 1 "$STATE/$JOURNAL") in
    *'"event":"refused"'* | *'"event":"rolled-back"'*) ;;
    *) verb=resume ;;
  esac
fi
set -- "$verb" --until "$UNTIL" --state "$STATE"
