# Once a job has begun, whatever it comes to, it ends well only when its state is handed in: a job that failed has a rollback,
# which takes up what was kept. Here the runbook has ended, or was never called.
leave() {
  left=$?
  trap - EXIT
  trap '' INT TERM
  rm -f "$STATE/running" "$STATE"/*/lock.link
  tries=5
  until hand_in; do
    tries=$((tries - 1))
    if [ "$tries" -eq 0 ]; then
      printf 'the package registry does not take the state, so this job fails, whatever the runbook came to\n'
      [ "$left" -ne 0 ] || left=1
      exit "$left"
    fi
    sleep 15
  done
  : >stopline-handed
  exit "$left"
}
