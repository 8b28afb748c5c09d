# lost JOB PIPELINE ID: what a person does about a job that began and never handed in its state.
lost() {
  printf 'job %s of pipeline %s began and never handed in how far it came: %s/-/jobs/%s\n' "$1" "$2" "${CI_PROJECT_URL:-}" "$3"
  case $1 in
    rollback | rollback-now)
      printf 'What to do: where that job has an artifact, unpack it and hand that in, from inside its folder stopline-kept/%s:\n' "$1"
      # shellcheck disable=SC2016 # the token is that of a person
      printf '  tar -cf ../state.tar . && curl --fail --location --header "PRIVATE-TOKEN: $TOKEN" --upload-file ../state.tar "%s"\n' "$address"
      printf 'then run this job again. Where it has none, finish its way back by hand, keep a copy of the newest state.tar of package\n'
      printf 'stopline %s, and delete that package: the next pipeline begins anew.\n' "$PLACE"
      return
      ;;
  esac
  if [ "$JOB:$2" = "rollback:$CI_PIPELINE_ID" ]; then
    printf 'What to do: nothing was kept of it, so bring production by hand to how it was before that job, then delete the newest\n'
  else
    printf 'What to do: in that pipeline, run the job rollback (again), which takes up what was kept of it. If it says that nothing\n'
    printf 'was, bring production by hand to how it was before that job, then delete the newest\n'
  fi
  printf 'state.tar of package stopline %s: what counts then is the state before that job.\n' "$PLACE"
}
