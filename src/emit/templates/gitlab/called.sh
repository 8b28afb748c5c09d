# Which pipeline came to the runbook last; whatever fails before this has begun nothing.
printf '%s\n' "$CI_PIPELINE_ID" >"$STATE/called"
