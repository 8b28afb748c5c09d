# Whether a person is waited for, so that nothing is to be undone. What the journal says last is of this job only where the
# runbook stopped in it: one that went past, or never ran, left what an earlier attempt said.
held=false
case $STATUS in
  '' | 0) ;;
  # A signature that does not count: nothing was begun with it.
  64) held=true ;;
  *)
    if [ -e "$STATE/$JOURNAL" ]; then
      case $(tail -n 1 "$STATE/$JOURNAL") in
        *'"event":"stop"'*'"wait":"flag"'* | *'"event":"stop"'*'"wait":"person"'* | *'"event":"stop"'*'"wait":"doubt"'*) held=true ;;
      esac
    fi
    ;;
esac
printf 'held=%s\n' "$held" >>"$GITHUB_OUTPUT"
