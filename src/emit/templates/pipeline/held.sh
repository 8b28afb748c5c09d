# Nothing is undone that only waits for a person: for a signature, for a decision, for a look at what is in doubt, or for
# what never began.
if [ -e "$STATE/$JOURNAL" ]; then
  case $(tail -n 1 "$STATE/$JOURNAL") in
    *'"event":"stop"'*'"wait":"flag"'* | *'"event":"stop"'*'"wait":"person"'* | *'"event":"stop"'*'"wait":"doubt"'* | *'"event":"stop"'*'"wait":"until"'*)
      printf 'it waits for a person, and nothing is undone; once they have decided, the same again goes on\n'
      exit 0
      ;;
  esac
fi
