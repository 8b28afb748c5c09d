# The runbook names commands that nobody can type here.
said=$(tail -n 1 "$STATE/$JOURNAL" 2>/dev/null || true)
# Nothing is added to a journal that was damaged or lost, nor under a plan that came later.
[ "$said" != "$before" ] || said=
# shellcheck disable=SC2016 # names, no commands
case $status:$said in
  2[01]:)
    printf 'What to do here: where it names another plan, that one goes back first, with the pipeline that it was begun with; then dispatch this workflow again\n'
    ;;
  20:*'"event":"refused"'*)
    printf 'Here, that is said otherwise: once the cause is gone, dispatch this workflow again, which begins anew\n'
    ;;
  2[01]:*)
    printf 'Here, that is said otherwise: once the cause is gone, dispatch this workflow again, which goes on from here, or with `back` switched on, which undoes what was begun\n'
    ;;
  31:*)
    printf 'Here, that is said otherwise: once the cause is gone, dispatch this workflow with `back` switched on, which tries what is left again; where a person has finished the way back, say in `finished` how\n'
    ;;
  76:*)
    printf 'What to do here: end it on the machine it runs on, or wait for it; then re-run the failed jobs\n'
    ;;
  79:*'"why":"the way back of '*)
    printf 'Here, that is said otherwise: dispatch this workflow with `back` switched on, and name in `again` what may run again, or say in `finished` how a person has finished the way back\n'
    ;;
  79:*'"wait":"doubt"'*)
    printf 'Here, that is said otherwise: dispatch this workflow, and name in `again` what may run again, or switch `back` on to undo what was begun\n'
    ;;
  79:*)
    printf 'What to do here: bring production by hand to how it was before the plan was begun, keep a copy of what this run left, then delete it and the older ones that it went on with, and dispatch anew\n'
    ;;
esac
