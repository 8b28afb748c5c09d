# The state lies in the package registry. Artifacts would not do: a job that is tried again gets those of the jobs before
# it and not its own, and its steps would run twice. The token comes in where no list of processes shows it.
address=$CI_API_V4_URL/projects/$CI_PROJECT_ID/packages/generic/stopline/$PLACE/state.tar
registry() {
  printf 'header = "JOB-TOKEN: %s"\n' "$CI_JOB_TOKEN" |
    curl --config - --silent --show-error --location --connect-timeout 20 --max-time 120 "$@" "$address"
}
hand_in() {
  tar -cf stopline-state.tar -C "$STATE" . && registry --max-time 40 --fail --output stopline-answer --upload-file stopline-state.tar
}
