# Also after a failure and when the job is cancelled; then the token is no longer good, and the artifact is what is left.
if [ -e stopline-begun ]; then
  # Without its lock, a runbook that is still there begins nothing more; a line that was on its way it writes still.
  for lock in "$STATE"/*/lock.link; do
    if [ -h "$lock" ]; then
      rm -f "$lock"
      sleep 2
    fi
  done
  rm -rf "stopline-kept/$JOB"
  mkdir -p stopline-kept
  cp -R "$STATE" "stopline-kept/$JOB"
  rm -f "stopline-kept/$JOB/running"
  printf '%s\n' "${CI_JOB_ID:-unknown}" >"stopline-kept/$JOB/kept-by"
  # A script that was killed says that it is running still, and so may be its runbook.
  if [ ! -e stopline-handed ] && { [ -e "$STATE/running" ] || ! hand_in; }; then
    case $JOB in
      rollback | rollback-now) printf 'how far this job came is kept in its artifact alone: run it again, and it says what to do\n' ;;
      *) printf 'how far this job came is kept in its artifact alone: run the job rollback, which takes it up or says what to do, and do not retry this one before\n' ;;
    esac
  fi
fi
