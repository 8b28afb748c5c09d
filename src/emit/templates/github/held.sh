# Whether a person is waited for, so that nothing is to be undone. What the journal says last is of this job only where the
# runbook stopped in it: one that went past, or never ran, left what an earlier attempt said.
held=false
case $JOB:$STATUS in
  *:0) ;;
  *:) held=$REFUSED ;;
  # A signature that does not count, or guards that say no: nothing was begun with it.
  *:64 | guard:20) held=true ;;
  *)
    if [ -e "$STATE/$JOURNAL" ] && tail -n 1 "$STATE/$JOURNAL" | grep -Eq '"event":"stop".*"wait":"(flag|person|doubt|orphan)"'; then
      held=true
    fi
    ;;
esac
printf 'held=%s\n' "$held" >>"$GITHUB_OUTPUT"
