# What a person has looked at may run again: once in this run, and only what the runbook has said last to be in doubt.
if [ -n "$AGAIN" ] && [ "$(cat "$STATE/again" 2>/dev/null)" != "$RUN_ID" ]; then
  case $(tail -n 1 "$STATE/$JOURNAL") in
    *'"wait":"doubt","why":"'"$AGAIN is in doubt"'"'* | *'"wait":"doubt","why":"the way back of '"$AGAIN is in doubt"'"'*)
      printf '%s\n' "$RUN_ID" >"$STATE/again"
      set -- "$@" --approve "$AGAIN" --as "$WHO"
      ;;
  esac
fi
