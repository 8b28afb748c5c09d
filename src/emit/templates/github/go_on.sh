# What cannot be told to be a signature of this attempt is none, and nothing is undone for it.
unsigned() {
  printf '::error::%s is not signed: %s\n' "$HOLD" "$1"
  printf 'status=64\n' >>"$GITHUB_OUTPUT"
  exit 64
}
set -- resume --state "$STATE"
[ -z "$UNTIL" ] || set -- "$@" --until "$UNTIL"
if [ -n "$HOLD" ]; then
  # shellcheck disable=SC2016 # the variables are jq's
  approvals=$(gh api "repos/$REPOSITORY/actions/runs/$RUN_ID/approvals" --jq '.[] | select(.state == "approved") | .user.login as $who | .environments[] | "\(.name) \($who)"') || unsigned 'GitHub does not say who approved'
  for environment in $ENVIRONMENTS; do
    times=0
    while read -r approved who; do
      [ "$approved" = "$environment" ] || continue
      times=$((times + 1))
      set -- "$@" --approve "$HOLD" --as "$who"
    done <<<"$approvals"
    [ "$times" -le 1 ] || unsigned "environment $environment was approved $times times in this run, and GitHub does not say in which attempt: dispatch a new run"
  done
fi
# It was for the signatures.
unset GH_TOKEN
