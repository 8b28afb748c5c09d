#!/bin/sh
# Stands in for the monitoring: prints one number for the metric it is asked for.
here="$(dirname "$0")"
share=0
if [ -f "$here/share" ]; then
  read -r share <"$here/share"
fi
if [ -e "$here/unhealthy" ] && [ "$share" -ge 25 ]; then
  error_rate=9 latency_p95=0.9
else
  error_rate=0.4 latency_p95=0.2
fi
case "$1" in
error_rate) echo "$error_rate" ;;
latency_p95) echo "$latency_p95" ;;
*)
  echo "metrics.sh: no metric is called $1" >&2
  exit 1
  ;;
esac
