# What the commands print cannot speak to the runner.
printf '::stop-commands::%s\n' "$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')"
verb=run
if [ -e "$STATE/$JOURNAL" ]; then
  case $(tail -n 1 "$STATE/$JOURNAL") in
    *'"event":"refused"'* | *'"event":"rolled-back"'*) ;;
    *) verb=resume ;;
  esac
fi
# The runner sends its signals to this process alone.
exec bash "$RUNBOOK" "$verb" --until "$UNTIL" --state "$STATE"
