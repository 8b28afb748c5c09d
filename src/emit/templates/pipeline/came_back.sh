case $status in
  0 | 10 | 20) ;;
  *)
    case $status:${BY_HAND:-} in
      31:?* | 79:?*) printf 'Here, that is said otherwise: %s\n' "$BY_HAND" ;;
    esac
    exit "$status"
    ;;
esac
