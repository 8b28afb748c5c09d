# In a job that is started by hand, this is who started it.
case ${GITLAB_USER_LOGIN:-} in
  '' | *[!A-Za-z0-9._-]*)
    printf 'GitLab does not say who pressed this button: that is no signature\n'
    exit 1
    ;;
esac
rm -rf "$STATE" stopline-signed
mkdir "$STATE" stopline-signed
fetch_state
if [ "$answer" != 200 ]; then
  printf 'the package registry does not say what is signed (its answer: %s): that is no signature\n' "$answer"
  exit 1
fi
unpack
if [ ! -s "$STATE/$JOURNAL" ]; then
  printf 'there is no run of this plan to sign: start the job guard\n'
  exit 1
fi
{
  printf '%s\n' "$GITLAB_USER_LOGIN"
  opened
} >"stopline-signed/$JOB"
printf 'signed by %s\n' "$GITLAB_USER_LOGIN"
