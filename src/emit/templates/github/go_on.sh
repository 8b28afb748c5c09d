set -- resume --state "$STATE"
[ -z "$UNTIL" ] || set -- "$@" --until "$UNTIL"
if [ -n "$HOLD" ]; then
  # shellcheck disable=SC2016 # the variables are jq's
  signed=$(gh api "repos/$REPOSITORY/actions/runs/$RUN_ID/approvals" --jq '.[] | select(.state == "approved") | .user.login as $who | .environments[] | select(.name as $name | ($ENV.ENVIRONMENTS | split(" ")) | index($name)) | $who')
  while IFS= read -r who; do
    [ -z "$who" ] || set -- "$@" --approve "$HOLD" --as "$who"
  done <<<"$signed"
fi
