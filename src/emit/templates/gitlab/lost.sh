# lost JOB PIPELINE ID: what a person does about a job that began and never handed in its state.
lost() {
  printf 'job %s of pipeline %s began and never handed in how far it came: %s/-/jobs/%s\n' "$1" "$2" "${CI_PROJECT_URL:-}" "$3"
  printf 'What to do: where the page of that job has an artifact, '
  case $1 in
    rollback | rollback-now) ;;
    *) printf 'run the job rollback of that pipeline, which takes it up;\nor, where the job has been retried since, ' ;;
  esac
  printf 'unpack it and hand that in, from inside\nits folder stopline-kept/%s:\n' "$1"
  # shellcheck disable=SC2016 # the token is that of a person
  printf '  tar -cf ../state.tar . whole && curl --fail --header "PRIVATE-TOKEN: $TOKEN" --upload-file ../state.tar "%s"\n' "$address"
  printf 'then run this job again. Where it has none, '
  case $1 in
    rollback | rollback-now)
      printf 'finish its way back by hand, keep a copy of the newest state.tar of package\n'
      printf 'stopline %s, and delete that package: the next pipeline begins anew.\n' "$PLACE"
      ;;
    *)
      printf 'bring production by hand to how it was before that job, then delete the newest\n'
      printf 'state.tar of package stopline %s: what counts then is the state before that job.\n' "$PLACE"
      ;;
  esac
}
