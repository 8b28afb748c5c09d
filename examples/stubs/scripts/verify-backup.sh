#!/bin/sh
# Stands in for a team's own script.
exec "$(dirname "$0")/../record" verify-backup.sh "$@"
