# Whoever asks for the way back is told where this plan has none to go: what is in place was begun with another one, or is not
# known here at all.
# in_place JOURNAL CHANGES: when what is in place of it was last begun or confirmed; nothing where nothing is. With `yes` only
# what changes production counts, and not what prepares it.
in_place() {
  [ -s "$1" ] || return 0
  awk -v changes="$2" '
    function at() {
      return substr($0, index($0, ",\"at\":") + 6) + 0
    }
    # What was cut off is no line.
    !/^\{"seq":.*"\}$/ { next }
    /,"event":"begin",.*,"part":"(run|shift|undo|return)"/ && (changes == "" || /,"changes":"yes"/) { when = at() }
    /,"event":"confirmed",/ { if (when) when = at() }
    /,"event":"(rolled-back|refused)",/ { when = 0 }
    END { if (when) print when }
  ' "$1"
}
if [ ! -s "$STATE/$JOURNAL" ]; then
  printf 'no run of this plan is known here, and nothing is taken back\n'
  printf 'What to do: what was begun with another text of it goes back with the runbook and the pipeline of that, put back on the\n'
  printf 'branch it was begun on; what was begun on another branch, from there.\n'
  nothing=yes
fi
ours=$(in_place "$STATE/$JOURNAL" '')
for other in "$STATE/${JOURNAL%%/*}"/*/journal.jsonl; do
  [ "$other" != "$STATE/$JOURNAL" ] || continue
  theirs=$(in_place "$other" yes)
  if [ -n "$theirs" ] && [ "$theirs" -ge "${ours:-0}" ]; then
    other=${other%/journal.jsonl}
    printf 'a run of another plan is in place, and nothing is taken back under it: %s\n' "${other##*/}"
    printf 'What to do: it goes back first, with the runbook and the pipeline that it was begun with (git log -S %s),\n' "${other##*-}"
    printf 'put back on this branch.\n'
    exit 1
  fi
done
[ -z "${nothing:-}" ] || exit 1
if [ -z "$ours" ]; then
  case $(last_line "$STATE/$JOURNAL") in
    *'"event":"rolled-back"'*) ;;
    *)
      printf 'nothing of this plan is in place, and nothing is taken back\n'
      exit 1
      ;;
  esac
fi
