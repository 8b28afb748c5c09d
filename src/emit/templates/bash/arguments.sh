# ---------------------------------------------------------------- arguments

help() {
	say "$sl_title_of_all"
	cat <<'HELP'

usage: RUNBOOK [run|resume|rollback|list|status] [OPTION]…

  run       begin (without a verb: run)
  resume    go on with a run that was held or interrupted
  rollback  undo what was begun, newest first
  list      what would be done, in order
  status    how far it is

  --dry-run              say what would be done and judge the guards that only look; touch nothing
  --approve HOLD --as WHO
                         sign a hold (or let a step that is in doubt run again); may be repeated
  --until ID             stop before this one, with status 0
  --state DIR            keep lock, journal and logs here
  --break-glass REASON   go in spite of times, of a run without an end, and of a plan that came later; the reason is journaled
  --finished REASON      with rollback: a person has finished the way back by hand; the reason is journaled
  --help

exit status: 0 confirmed, or arrived at --until; 10 rolled back; 20 stopped before any change; 21 held, changes are in
place; 31 the way back is not complete; 64 usage; 75 locked; 76 a command of the last run is still running; 79 in doubt

Not kept by this form: where sync takes no file, the journal is not flushed to disk at every line (a power cut may lose
its end); a process that leaves its group and its parent escapes its limit; and who signs is who they say they are.
HELP
}

usage() {
	complain "$1"
	complain "\`$sl_self --help\` says how it is used"
	leave_now 64
}

needs_value() {
	if [ $# -lt 2 ] || [ -z "$2" ]; then
		usage "$1 needs a value"
	fi
}

needs_reason() {
	needs_value "$@"
	case $2 in
	*[![:space:]]*) ;;
	*) usage "$1 needs a reason" ;;
	esac
}

# What follows is one name: a list is asked for it word by word.
needs_name() {
	needs_value "$@"
	case $2 in
	*[!a-z0-9_-]*) usage "there is nothing called $(printable "$2") for $1; \`list\` shows what there is" ;;
	esac
}

# The name that stands after --approve … --as.
check_signature() {
	case $2 in
	'' | *[!A-Za-z0-9._+@-]*) usage "--as takes the name of a person" ;;
	esac
	if has "$sl_holds" "$1"; then
		load_action "$1"
		has "$sl_signers" "$2" || usage "$2 may not sign $1; who may: $sl_signers"
	elif ! has "$sl_everything $sl_rollback_steps" "$1"; then
		usage "there is nothing called $1 to approve; \`list\` shows what there is"
	fi
}

parse() {
	local sl_pending='' sl_who
	sl_verb='' sl_dry='' sl_until='' sl_state='' sl_glass='' sl_finished='' sl_cli_approvals=''
	while [ $# -gt 0 ]; do
		case $1 in
		run | resume | rollback | list | status)
			[ -z "$sl_verb" ] || usage "one verb at a time: $sl_verb and $1"
			sl_verb=$1
			;;
		--dry-run) sl_dry=yes ;;
		--approve)
			needs_name "$@"
			[ -z "$sl_pending" ] || usage "--approve $sl_pending needs --as WHO"
			sl_pending=$2
			shift
			;;
		--as)
			needs_value "$@"
			[ -n "$sl_pending" ] || usage "--as stands after --approve HOLD"
			sl_who=${2#@}
			check_signature "$sl_pending" "$sl_who"
			sl_cli_approvals="$sl_cli_approvals $sl_pending:$sl_who"
			sl_pending=
			shift
			;;
		--until)
			needs_name "$@"
			has "$sl_actions" "$2" || usage "there is nothing called $2 to stop before; \`list\` shows what there is"
			sl_until=$2
			shift
			;;
		--state)
			needs_value "$@"
			sl_state=$2
			sl_state_option=" --state $(typed "$2")"
			shift
			;;
		--break-glass)
			needs_reason "$@"
			sl_glass=$2
			shift
			;;
		--finished)
			needs_reason "$@"
			sl_finished=$2
			shift
			;;
		-h | --help)
			help
			leave_now 0
			;;
		*) usage "unknown argument: $(printable "$1")" ;;
		esac
		shift
	done
	[ -z "$sl_pending" ] || usage "--approve $sl_pending needs --as WHO"
	sl_verb=${sl_verb:-run}
	[ -z "$sl_finished" ] || [ "$sl_verb" = rollback ] || usage "--finished stands with rollback"
}
