# An environment that does not exist is made without any protection the moment a job names it.
for environment in $ENVIRONMENTS; do
  reviewers=$(gh api "repos/$REPOSITORY/environments/$environment" --jq '[.protection_rules[]? | select(.type == "required_reviewers") | .reviewers[]?] | length') || reviewers=
  case $reviewers in
    '' | 0 | *[!0-9]*)
      printf '::error::environment %s does not exist or has no required reviewers: nothing begins\n' "$environment"
      exit 1
      ;;
  esac
done
