# Where what the earlier run left has expired, only one that ended well is known to have left nothing open.
if [ "$earlier" -ne 0 ] && [ "$kept" = no ]; then
  ended=$(gh api "repos/$REPOSITORY/actions/runs/$earlier" --jq '.conclusion') || unknown
  if [ "$ended" != success ]; then
    printf '::error::what run %s left has expired, and that run did not end well: nothing begins; bring production by hand to how it was before the plan was begun, delete that run and the older ones that it went on with, and dispatch anew\n' "$earlier"
    exit 1
  fi
  earlier=0
fi
[ "$earlier" -eq 0 ] || printf 'earlier=%s\n' "$earlier" >>"$GITHUB_OUTPUT"
