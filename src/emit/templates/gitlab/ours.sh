# What an earlier pipeline was interrupted in is not taken back because this one never came to it; a way back goes on.
if [ -s "$STATE/$JOURNAL" ] && [ "$(cat "$STATE/${JOURNAL%/*}/called" 2>/dev/null)" != "$CI_PIPELINE_ID" ] && [ "$(decided)" != back ]; then
  printf 'no job of this pipeline was the last to come to the runbook, and nothing is undone by itself: a new pipeline\n'
  printf 'goes on with what was begun, and the job rollback-now undoes it\n'
  exit 0
fi
