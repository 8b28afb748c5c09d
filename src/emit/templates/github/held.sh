# Whether a person is waited for, so that nothing is to be undone. What the journal says last is of this job only where the
# runbook stopped in it: one that went past, or never ran, left what an earlier attempt said. GitHub gives on nothing that has a
# secret in it, and one may be `true`.
held=stopline-goes-back
case $JOB:$STATUS in
  *:0) ;;
  *:) held=$REFUSED ;;
  # A signature that does not count, or guards that say no: nothing was begun with it.
  *:64 | guard:20) held=stopline-held ;;
  *)
    if last_line "$STATE/$JOURNAL" | grep -Eq '"event":"stop".*"wait":"(flag|person|doubt|orphan)"'; then
      held=stopline-held
    fi
    [ "$(decided)" != hold ] || held=stopline-held
    ;;
esac
printf 'held=%s\n' "$held" >>"$GITHUB_OUTPUT"
