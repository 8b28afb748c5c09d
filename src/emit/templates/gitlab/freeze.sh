if [ -n "${CI_DEPLOY_FREEZE:-}" ]; then
  printf 'the project is in a deploy freeze: nothing begins\n'
  exit 1
fi
