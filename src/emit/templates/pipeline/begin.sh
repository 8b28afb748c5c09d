verb=run
if [ -s "$STATE/$JOURNAL" ]; then
  case $(tail -n 1 "$STATE/$JOURNAL") in
    *'"event":"refused"'* | *'"event":"rolled-back"'*) ;;
    *'"event":"handed"'* | *'"event":"confirmed"'*) verb=resume ;;
    *)
      verb=resume
      case $(decided) in
        *'"event":"rollback"'* | *'"then":"rollback"'*)
          printf 'a way back was begun and has not come to its end: nothing is touched here, and the rollback goes on with it\n'
          exit 1
          ;;
      esac
      ;;
  esac
fi
set -- "$verb" --until "$UNTIL" --state "$STATE"
