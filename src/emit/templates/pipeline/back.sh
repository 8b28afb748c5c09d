if [ ! -e "$STATE/$JOURNAL" ]; then
  printf 'nothing was begun\n'
  exit 0
fi
set -- rollback --state "$STATE"
