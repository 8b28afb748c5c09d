# Also after a failure and when the job is cancelled; then the token is no longer good, and the artifact is what is left.
if [ -e stopline-begun ]; then
  rm -f "$STATE/running" "$STATE"/*/lock.link
  rm -rf "stopline-kept/$JOB"
  mkdir -p stopline-kept
  cp -R "$STATE" "stopline-kept/$JOB"
  hand_in || printf 'the package registry does not take the state: run the job rollback, which takes it from the artifact\n'
fi
