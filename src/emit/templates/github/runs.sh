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
kept=yes
# has_left RUN BRANCH EXPIRED: only what was left on this branch is gone on with.
has_left() {
  case $1 in
    '' | *[!0-9]*) unknown ;;
  esac
  [ "$1" -le "$newest" ] || newest=$1
  if [ "$2" = "$BRANCH" ] && [ "$1" -lt "$RUN_ID" ] && [ "$1" -ge "$earlier" ]; then
    [ "$1" = "$earlier" ] || kept=yes
    earlier=$1
    # shellcheck disable=SC2034 # what comes after this looks at it
    [ "$3" = false ] || kept=no
  fi
}
# Of any workflow of the service, by what its first job is known to leave: GitHub finds an artifact by the whole of its name alone.
for name in "$PREFIX"guard-{1,2,3}{,-begun}; do
  # shellcheck disable=SC2016 # the variables are jq's
  left=$(gh api "repos/$REPOSITORY/actions/artifacts?name=$name&per_page=100" --jq '.artifacts[] | select(.workflow_run.head_repository_id == .workflow_run.repository_id) | "\(.workflow_run.id) \(.workflow_run.head_branch) \(.expired)"' --paginate) || unknown
  while read -r run from expired; do
    [ -z "$run" ] || has_left "$run" "$from" "$expired"
  done <<<"$left"
done
# Of this workflow, by anything: what the first job left may be gone.
workflow=${GITHUB_WORKFLOW_REF%%@*}
# shellcheck disable=SC2016 # the variables are jq's
runs=$(gh api "repos/$REPOSITORY/actions/workflows/${workflow##*/}/runs?per_page=100" --jq '.workflow_runs[] | select(.head_repository.id == .repository.id) | "\(.id) \(.head_branch)"') || unknown
while read -r run from; do
  case $run in
    '' | "$RUN_ID") continue ;;
    *[!0-9]*) unknown ;;
  esac
  # That one is known, and those before it are not gone on with.
  [ "$run" -gt "$earlier" ] || continue
  left=$(gh api "repos/$REPOSITORY/actions/runs/$run/artifacts?per_page=100" --jq '.artifacts[] | "\(.expired) \(.name)"' --paginate) || unknown
  while read -r expired name; do
    case $name in
      "$PREFIX"*) has_left "$run" "$from" "$expired" ;;
    esac
  done <<<"$left"
done <<<"$runs"
if [ "$newest" != "$RUN_ID" ]; then
  printf 'newer=yes\n' >>"$GITHUB_OUTPUT"
  printf '::error::run %s of this service has begun since, and only the newest one acts: dispatch a new run, or re-run the failed jobs of that one\n' "$newest"
  exit 1
fi
