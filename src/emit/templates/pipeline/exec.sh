# The runner sends its signals to this process alone.
exec bash "$RUNBOOK" "$@"
