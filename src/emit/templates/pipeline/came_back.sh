case $status in
  0 | 10 | 20) ;;
  *)
    [ "$status" -ne 31 ] && [ "$status" -ne 79 ] || printf 'Here, that is said otherwise: %s\n' "$BY_HAND"
    exit "$status"
    ;;
esac
