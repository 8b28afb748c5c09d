#!/bin/sh
# Stands in for the load balancer: remembers which share of the traffic the new release gets.
here="$(dirname "$0")"
"$here/record" traffic.sh "$@"
printf '%s\n' "${2%\%}" >"$here/share"
