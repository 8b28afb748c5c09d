# Which run of the plan this is: the line of the journal that opened it, and that no other run has.
opened() {
  sed -n '/"event":"open"/p' "$STATE/$JOURNAL" | tail -n 1
}
