# What the repository has under these names is no state.
rm -rf stopline-state stopline-earlier stopline-artifacts stopline-begun
# Only the newest run of this service acts: what an older one would go on with is not how things are any more. A run that
# left something has begun, on whatever branch; what a fork left says nothing. GitHub finds an artifact by the whole of its name
# alone, and any one may be gone: all are looked at.
unknown() {
  printf '::error::GitHub does not say what other runs left behind: nothing is done\n'
  exit 1
}
newest=$RUN_ID
earlier=0
# shellcheck disable=SC2016 # the variables are jq's
left=$(gh api "repos/$REPOSITORY/actions/artifacts?per_page=100" --jq '.artifacts[] | select(.workflow_run.head_repository_id == .workflow_run.repository_id) | "\(.workflow_run.id) \(.workflow_run.head_branch) \(.expired) \(.name)"' --paginate) || unknown
while read -r run from expired name; do
  case $name in
    "$PREFIX"*) ;;
    *) continue ;;
  esac
  case $run in
    '' | *[!0-9]*) unknown ;;
  esac
  [ "$run" -le "$newest" ] || newest=$run
  # Only what was left on this branch is gone on with.
  if [ "$from" = "$BRANCH" ] && [ "$run" -lt "$RUN_ID" ] && [ "$run" -ge "$earlier" ]; then
    [ "$run" = "$earlier" ] || kept=yes
    earlier=$run
    # shellcheck disable=SC2034 # what comes after this looks at it
    [ "$expired" = false ] || kept=no
  fi
done <<<"$left"
if [ "$newest" != "$RUN_ID" ]; then
  printf 'newer=yes\n' >>"$GITHUB_OUTPUT"
  printf '::error::run %s of this service has begun since, and only the newest one acts: dispatch a new run, or re-run the failed jobs of that one\n' "$newest"
  exit 1
fi
