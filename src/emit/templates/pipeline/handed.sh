# What was handed to a person is not tried again by itself, and what was confirmed is not taken back by itself.
if [ "$ASKED" = no ]; then
  case $(last_line "$STATE/$JOURNAL") in
    *'"event":"handed"'*)
      printf 'the way back was handed to a person: what is left to do stands where it failed\n'
      exit 31
      ;;
    *'"event":"confirmed"'*)
      printf 'the run was confirmed, and nothing is undone: what failed came after it\n'
      exit 0
      ;;
  esac
fi
