set -f
set -- resume --state "$STATE"
[ -z "$UNTIL" ] || set -- "$@" --until "$UNTIL"
for who in $SIGNED; do
  set -- "$@" --approve "$HOLD" --as "$who"
done
