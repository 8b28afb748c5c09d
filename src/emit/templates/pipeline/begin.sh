verb=run
if [ -s "$STATE/$JOURNAL" ]; then
  case $(last_line "$STATE/$JOURNAL") in
    '' | *'"event":"refused"'* | *'"event":"rolled-back"'*) ;;
    *'"event":"handed"'* | *'"event":"confirmed"'*) verb=resume ;;
    *)
      verb=resume
      if [ "$(decided)" = back ]; then
        printf 'a way back was begun and has not come to its end: nothing is touched here, and the rollback goes on with it\n'
        exit 1
      fi
      ;;
  esac
fi
set -- "$verb" --until "$UNTIL" --state "$STATE"
