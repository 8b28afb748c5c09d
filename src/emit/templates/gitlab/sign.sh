# In a job that is started by hand, this is who started it.
case ${GITLAB_USER_LOGIN:-} in
  '' | *[!A-Za-z0-9._-]*)
    printf 'GitLab does not say who pressed this button: that is no signature\n'
    exit 1
    ;;
esac
mkdir -p stopline-signed
printf '%s\n' "$GITLAB_USER_LOGIN" >"stopline-signed/$JOB"
printf 'signed by %s\n' "$GITLAB_USER_LOGIN"
