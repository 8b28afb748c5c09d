# Another script keeps its state elsewhere, and would find nothing there to take back.
key=${JOURNAL%/*}
if ! grep -Fqx "sl_key='${key##*-}'" "$RUNBOOK"; then
  printf '%s was not compiled from the same plan as this pipeline, and nothing is done: compile both, and commit them together\n' "$RUNBOOK"
  [ -z "${GITHUB_OUTPUT:-}" ] || printf 'status=64\n' >>"$GITHUB_OUTPUT"
  exit 64
fi
