# Nothing is undone that only waits for a person: for a signature, for a decision, for a look at what is in doubt, or for what
# never began. While something still runs here, the runbook itself does nothing; whether it does elsewhere only a person can see.
if last_line "$STATE/$JOURNAL" | grep -Eq '"event":"stop".*"wait":"orphan"'; then
  host=$(sed -n 's/.*"event":"begin".*,"host":"\([^"]*\)".*/\1/p' "$STATE/$JOURNAL" | tail -n 1)
  if [ "$host" != "$(uname -n | tr -cd 'A-Za-z0-9._-')" ]; then
    printf 'something may still run on %s, and nothing is undone beside it: end it there, then ask for the way back\n' "$host"
    exit 76
  fi
fi
waits=no
if last_line "$STATE/$JOURNAL" | grep -Eq '"event":"stop".*"wait":"(flag|person|doubt|until)"'; then
  waits=yes
fi
case $waits:$(decided) in
  *:back) ;; # in doubt is the way back, and green would say that it is not
  yes:* | *:hold)
    printf 'it waits for a person, and nothing is undone; once they have decided, the same again goes on\n'
    exit 0
    ;;
esac
