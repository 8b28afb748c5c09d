set -- resume --state "$STATE"
[ -z "$UNTIL" ] || set -- "$@" --until "$UNTIL"
for gate in $GATES; do
  if [ ! -r "stopline-signed/$gate" ]; then
    printf 'nobody has signed: start job %s by hand, then this one again\n' "$gate"
    exit 1
  fi
  {
    read -r who
    read -r run || run=
  } <"stopline-signed/$gate"
  if [ "$run" != "$(opened)" ]; then
    printf '%s signed for an earlier run: press %s again, then start this one again\n' "$who" "$gate"
    exit 1
  fi
  set -- "$@" --approve "$HOLD" --as "$who"
done
