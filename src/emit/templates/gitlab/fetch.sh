for tool in bash curl tar; do
  command -v "$tool" >/dev/null || {
    printf '%s is not in the image of this job, and nothing begins without it\n' "$tool"
    exit 1
  }
done
rm -rf "$STATE" stopline-begun
mkdir "$STATE"
answer=$(registry --output stopline-state.tar --write-out '%{http_code}') || answer=none
case $answer:$FIRST in
  200:*) tar -xf stopline-state.tar -C "$STATE" ;;
  404:yes) ;; # the first run of all
  *)
    printf 'the package registry does not give the state (its answer: %s), and nothing is done without it\n' "$answer"
    exit 1
    ;;
esac
# A job writes down that it begins before it does, and takes that back when it hands in its state.
if [ -e "$STATE/running" ]; then
  read -r lost pipeline <"$STATE/running" || lost=
  case $lost in
    '' | *[!a-z0-9_-]*) lost=unknown ;;
  esac
  if [ "$pipeline" = "$CI_PIPELINE_ID" ] && [ -d "stopline-kept/$lost" ]; then
    rm -rf "$STATE"
    mv "stopline-kept/$lost" "$STATE"
  else
    printf 'job %s of pipeline %s began and never handed in how far it came.\n' "$lost" "$pipeline"
    printf 'What to do: in that pipeline, run the job rollback again, which finds what was kept of it; if it says the same,\n'
    printf 'find out how far the job came, then delete the newest state.tar of package stopline %s:\n' "$PLACE"
    printf 'what counts then is the state before that job.\n'
    exit 1
  fi
fi
printf '%s %s\n' "$JOB" "$CI_PIPELINE_ID" >"$STATE/running"
hand_in || {
  printf 'the package registry does not take the state, and nothing is done that it does not know of\n'
  exit 1
}
: >stopline-begun
