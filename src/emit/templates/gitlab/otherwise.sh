# The runbook names commands that nobody can type here.
said=$(tail -n 1 "$STATE/$JOURNAL" 2>/dev/null || true)
# Nothing is added to a journal that was damaged or lost, nor under a plan that came later.
[ "$said" != "$before" ] || said=
case $status:$said in
  2[01]:)
    printf 'What to do here: where it names another plan, that one goes back first, with the pipeline that it was begun with; then run a new pipeline\n'
    ;;
  20:*'"event":"refused"'*)
    printf 'Here, that is said otherwise: once the cause is gone, run a new pipeline, which begins anew\n'
    ;;
  2[01]:*)
    printf 'Here, that is said otherwise: once the cause is gone, run a new pipeline, which goes on from here, or the job rollback-now, which undoes what was begun\n'
    ;;
  31:*)
    printf 'Here, that is said otherwise: once the cause is gone, run the job rollback-now, which tries what is left again; where a person has finished the way back, with a variable STOPLINE_FINISHED that says how\n'
    ;;
  76:*)
    printf 'What to do here: end it on the machine it runs on, or wait for it; then start this job again\n'
    ;;
  79:*'"why":"the way back of '*)
    printf 'Here, that is said otherwise: run the job rollback-now of a new pipeline with a variable STOPLINE_AGAIN that names what may run again, or STOPLINE_FINISHED that says how a person has finished the way back\n'
    ;;
  79:*'"wait":"doubt"'*)
    printf 'Here, that is said otherwise: run a new pipeline with a variable STOPLINE_AGAIN that names what may run again, or the job rollback-now to undo what was begun\n'
    ;;
  79:*)
    printf 'What to do here: bring production by hand to how it was before the plan was begun, keep a copy of the newest state.tar of package stopline %s, then delete that package, and run a new pipeline\n' "$PLACE"
    ;;
esac
