set -- resume --state "$STATE"
[ -z "$UNTIL" ] || set -- "$@" --until "$UNTIL"
for gate in $GATES; do
  if [ ! -r "stopline-signed/$gate" ]; then
    printf 'nobody has signed: start job %s by hand, then this one again\n' "$gate"
    exit 1
  fi
  IFS= read -r who <"stopline-signed/$gate"
  set -- "$@" --approve "$HOLD" --as "$who"
done
