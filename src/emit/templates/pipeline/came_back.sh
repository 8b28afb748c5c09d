case $status in
  0 | 10 | 20) ;;
  *)
    case ${BY_HAND:-}$(tail -n 1 "$STATE/$JOURNAL") in
      [a-z]*'"event":"handed"'* | [a-z]*'"wait":"doubt"'*) printf 'Here, that is said otherwise: %s\n' "$BY_HAND" ;;
    esac
    exit "$status"
    ;;
esac
