held=false
if [ -e "$STATE/$JOURNAL" ]; then
  case $(tail -n 1 "$STATE/$JOURNAL") in
    *'"event":"stop"'*'"wait":"flag"'* | *'"event":"stop"'*'"wait":"person"'*) held=true ;;
  esac
fi
printf 'held=%s\n' "$held" >>"$GITHUB_OUTPUT"
