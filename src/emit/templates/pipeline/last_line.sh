# last_line JOURNAL: what it says last. What was cut off is no line: the runbook sets it aside.
last_line() {
  [ -r "$1" ] || return 0
  awk '/^\{"seq":.*"\}$/ { line = $0 } END { print line }' "$1"
}
