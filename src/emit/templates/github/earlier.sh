# What an earlier run of this service left behind counts, of this plan or another: taken from this branch, and from no fork.
# shellcheck disable=SC2016 # the variables are jq's
run=$(gh api "repos/$REPOSITORY/actions/artifacts?name=$NAME&per_page=100" --jq '[.artifacts[] | select((.expired | not) and .workflow_run.id != ($ENV.RUN_ID | tonumber) and .workflow_run.head_branch == $ENV.BRANCH and .workflow_run.head_repository_id == .workflow_run.repository_id)] | max_by(.id) | .workflow_run.id // empty') || run=unknown
case $run in
  *[!0-9]*)
    printf '::error::GitHub does not say what earlier runs left behind: nothing begins\n'
    exit 1
    ;;
esac
printf 'run=%s\n' "$run" >>"$GITHUB_OUTPUT"
