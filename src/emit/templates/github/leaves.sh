# What others go on from is kept, and what nobody knows of yet. A run that began nothing leaves nothing: it would be the newest,
# and the jobs of the one that is open could no longer be run again.
lines=$({ cat "$STATE/${JOURNAL%%/*}"/*/journal.jsonl 2>/dev/null || true; } | wc -l)
if [ "$held" = stopline-goes-back ] || [ "$BACK" = success ] || [ "$MARKED" = yes ] || [ "$lines" -ne "${TAKEN:-0}" ]; then
  printf 'leaves=true\n' >>"$GITHUB_OUTPUT"
fi
