# Another script keeps its state elsewhere, and would find nothing there to take back.
key=${JOURNAL%/*}
if ! grep -Fqx "sl_key='${key##*-}'" "$RUNBOOK" || ! grep -Fqx "sl_rules='$RULES'" "$RUNBOOK"; then
  printf '%s is not of the same plan and policies as this pipeline, and nothing is done: compile and commit both together\n' "$RUNBOOK"
  [ -z "${GITHUB_OUTPUT:-}" ] || printf 'status=64\n' >>"$GITHUB_OUTPUT"
  exit 64
fi
