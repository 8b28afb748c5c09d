# A job that began and left no state behind may have changed anything.
while IFS='=' read -r job result; do
  case $result in
    '' | skipped) continue ;;
  esac
  if [ ! -e "stopline-artifacts/jobs/$job" ] && [ ! -e "stopline-artifacts/stopline-state-$job" ]; then
    printf '::error::the state of job %s (%s) is lost: a person must find out how far it came\n' "$job" "$result"
    exit 1
  fi
done <<<"$RESULTS"
