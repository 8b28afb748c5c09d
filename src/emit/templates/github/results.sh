# A job that began and left no state behind may have changed anything. One that did not succeed ran in this attempt, and what
# it left in an earlier one says nothing of that.
while IFS='=' read -r job result; do
  case $result in
    '' | skipped) continue ;;
  esac
  began=
  for left in "stopline-artifacts/jobs/$job" "stopline-artifacts/stopline-state-${JOURNAL%%/*}-$job/jobs/$job"; do
    [ ! -r "$left" ] || IFS= read -r began <"$left"
  done
  if [ -z "$began" ] || { [ "$result" != success ] && [ "$began" != "$ATTEMPT" ]; }; then
    printf '::error::the state of job %s (%s) is lost: a person must find out how far it came\n' "$job" "$result"
    exit 1
  fi
done <<<"$RESULTS"
