# Whoever asks for the way back is told where this plan has none to go: what is in place was begun with another one, or is not
# known here at all.
# in_place JOURNAL: something was changed, and neither confirmed nor taken back.
in_place() {
  awk '
    /"event":"open"/ { changed = over = 0 }
    /"event":"begin".*"changes":"yes"/ { changed = 1 }
    /"event":"rollback"/ { over = 0 }
    /"event":"(confirmed|rolled-back|refused)"/ { over = 1 }
    END { exit !(changed && !over) }
  ' "$1"
}
if [ ! -s "$STATE/$JOURNAL" ] || ! in_place "$STATE/$JOURNAL"; then
  for other in "$STATE/${JOURNAL%%/*}"/*/journal.jsonl; do
    if [ -s "$other" ] && in_place "$other"; then
      other=${other%/journal.jsonl}
      printf 'a run of another plan is open, and nothing is taken back: %s\n' "${other##*/}"
      printf 'What to do: bring back the runbook and the pipeline that it was begun with (git log -S %s), and go\n' "${other##*-}"
      printf 'back with those.\n'
      exit 1
    fi
  done
fi
if [ ! -s "$STATE/$JOURNAL" ]; then
  printf 'no run of this plan is known here, and nothing is taken back\n'
  printf 'What to do: what was begun with another text of it goes back with the runbook and the pipeline of that; what was begun\n'
  printf 'on another branch, from there.\n'
  exit 1
fi
