# What the repository has under these names is no state.
rm -rf stopline-state stopline-earlier stopline-artifacts stopline-begun
# Only the newest run of this service acts: what an older one would go on with is not how things are any more. A run that
# left something has begun, on whatever branch; what a fork left says nothing.
unknown() {
  printf '::error::GitHub does not say what other runs left behind: nothing is done\n'
  exit 1
}
newest=$RUN_ID
earlier=0
for artifact in "$NAME" "$NAME-begun"; do
  # shellcheck disable=SC2016 # the variables are jq's
  left=$(gh api "repos/$REPOSITORY/actions/artifacts?name=$artifact&per_page=100" --jq '.artifacts[] | select((.expired | not) and .workflow_run.head_repository_id == .workflow_run.repository_id) | "\(.workflow_run.id) \(.workflow_run.head_branch)"' --paginate) || unknown
  while read -r run from; do
    case $run in
      '') continue ;;
      *[!0-9]*) unknown ;;
    esac
    [ "$run" -le "$newest" ] || newest=$run
    # Only what was left on this branch is gone on with.
    if [ "$from" = "$BRANCH" ] && [ "$run" -lt "$RUN_ID" ] && [ "$run" -gt "$earlier" ]; then
      earlier=$run
    fi
  done <<<"$left"
done
if [ "$newest" != "$RUN_ID" ]; then
  printf 'newer=yes\n' >>"$GITHUB_OUTPUT"
  printf '::error::run %s of this service has begun since, and only the newest one acts: dispatch a new run, or re-run the failed jobs of that one\n' "$newest"
  exit 1
fi
[ "$earlier" -eq 0 ] || printf 'earlier=%s\n' "$earlier" >>"$GITHUB_OUTPUT"
