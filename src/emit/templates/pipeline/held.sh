# Nothing is undone that only waits for a person: for a signature, for a decision, for a look at what is in doubt, or for what
# never began. While something still runs, the runbook itself does nothing.
if [ -e "$STATE/$JOURNAL" ] && tail -n 1 "$STATE/$JOURNAL" | grep -Eq '"event":"stop".*"wait":"(flag|person|doubt|until)"'; then
  case $(grep -E '"event":"(open|rollback)"' "$STATE/$JOURNAL" | tail -n 1) in
    *'"event":"rollback"'*) ;; # in doubt is the way back, and green would say that it is not
    *)
      printf 'it waits for a person, and nothing is undone; once they have decided, the same again goes on\n'
      exit 0
      ;;
  esac
fi
