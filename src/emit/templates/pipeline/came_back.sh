case $status in
  0 | 10 | 20) ;;
  *) exit "$status" ;;
esac
