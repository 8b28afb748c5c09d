set -- resume --state "$STATE"
[ -z "$UNTIL" ] || set -- "$@" --until "$UNTIL"
for gate in $GATES; do
  IFS= read -r who <"stopline-signed/$gate"
  set -- "$@" --approve "$HOLD" --as "$who"
done
# The runner sends its signals to this process alone.
exec bash "$RUNBOOK" "$@"
