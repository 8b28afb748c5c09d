printf 'status=%s\n' "$status" >>"$GITHUB_OUTPUT"
exit "$status"
