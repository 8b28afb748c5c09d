# doubt_of STEP: the line of the journal that put it to a person, when it has not begun again since.
doubt_of() {
  case $1 in
    '' | *[!a-z0-9_-]*) return 0 ;;
  esac
  [ -r "$STATE/$JOURNAL" ] || return 0
  awk -v step="$1" '
    index($0, ",\"event\":\"begin\",\"of\":\"" step "\"") { line = "" }
    index($0, ",\"wait\":\"doubt\",\"why\":\"" step " is in doubt\"") { line = $0 }
    index($0, ",\"wait\":\"doubt\",\"why\":\"the way back of " step " is in doubt\"") { line = $0 }
    END { print line }
  ' "$STATE/$JOURNAL"
}
