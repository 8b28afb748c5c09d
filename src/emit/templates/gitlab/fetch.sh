for tool in bash curl tar; do
  command -v "$tool" >/dev/null || {
    printf '%s is not in the image of this job, and nothing begins without it\n' "$tool"
    exit 1
  }
done
rm -rf "$STATE" stopline-begun stopline-handed
mkdir "$STATE"
fetch_state
case $answer:$FIRST in
  200:*) unpack ;;
  404:yes) ;; # the first run of all
  *)
    printf 'the package registry does not give the state (its answer: %s), and nothing is done without it\n' "$answer"
    exit 1
    ;;
esac
# A job writes down that it begins before it does, and takes that back when it hands in its state.
if [ -e "$STATE/running" ]; then
  read -r began pipeline number <"$STATE/running" || began=
  case $began in
    '' | *[!a-z0-9_-]*) began=unknown ;;
  esac
  case $pipeline in
    '' | *[!0-9]*) pipeline=unknown ;;
  esac
  case $number in
    '' | *[!0-9]*) number=unknown ;;
  esac
  # An earlier attempt of that job has kept something, too.
  if [ "$pipeline" != "$CI_PIPELINE_ID" ] || [ "$(cat "stopline-kept/$began/kept-by" 2>/dev/null)" != "$number" ]; then
    lost "$began" "$pipeline" "$number"
    exit 1
  fi
  rm -rf "$STATE"
  mv "stopline-kept/$began" "$STATE"
  rm -f "$STATE/kept-by"
fi
rm -rf "stopline-kept/$JOB"
printf '%s %s %s\n' "$JOB" "$CI_PIPELINE_ID" "${CI_JOB_ID:-unknown}" >"$STATE/running"
# What it has begun to say it hands in again, even where the registry took it and only its answer was lost.
: >stopline-begun
trap leave EXIT
hand_in || {
  printf 'the package registry does not take the state, and nothing is done that it does not know of\n'
  exit 1
}
