# Which pipeline came to the runbook of this plan last; whatever fails before this has begun nothing.
mkdir -p "$STATE/${JOURNAL%/*}"
printf '%s\n' "$CI_PIPELINE_ID" >"$STATE/${JOURNAL%/*}/called"
