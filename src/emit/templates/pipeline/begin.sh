verb=run
if [ -s "$STATE/$JOURNAL" ]; then
  case $(said) in
    *', refused'* | *', rolled-back'*) ;;
    *', to go back'*)
      # A red flag may have decided it before it begins.
      printf 'a way back was begun and has not come to its end: nothing is touched here, and the rollback goes on with it\n'
      exit 1
      ;;
    *) verb=resume ;;
  esac
fi
set -- "$verb" --until "$UNTIL" --state "$STATE"
