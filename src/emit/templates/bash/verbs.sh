# ---------------------------------------------------------------- verbs

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
  --break-glass REASON   go in spite of times, and of a run that has no end yet; the reason is journaled
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
	sl_verb='' sl_dry='' sl_until='' sl_state='' sl_glass='' sl_cli_approvals=''
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
			needs_value "$@"
			case $2 in
			*[![:space:]]*) sl_glass=$2 ;;
			*) usage "$1 needs a reason" ;;
			esac
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
}

list() {
	local sl_id sl_member sl_last=''
	say "$sl_title_of_all"
	for sl_id in $sl_actions; do
		load_action "$sl_id"
		if [ "$sl_phase" != "$sl_last" ]; then
			say "$sl_phase"
			sl_last=$sl_phase
		fi
		say "  $sl_id  [$sl_kind]  $sl_title"
		[ -z "$1" ] || [ -z "$sl_run_text" ] || list_commands "$sl_id"
		for sl_member in $sl_members; do
			load_action "$sl_member"
			say "    $sl_member  [step]  $sl_title"
			[ -z "$1" ] || list_commands "$sl_member"
		done
	done
	[ -z "$sl_rollback_steps" ] || say "rollback"
	for sl_id in $sl_rollback_steps; do
		load_action "$sl_id"
		say "  $sl_id  [step]  $sl_title"
		[ -z "$1" ] || indented "$sl_run_text"
	done
}

list_commands() {
	local sl_name
	for sl_name in $sl_captures; do
		load_capture "$1:$sl_name"
		indented "$sl_name=\$($sl_capture_text)"
	done
	indented "$sl_run_text"
}

status() {
	local sl_id sl_word sl_is_run=yes sl_checked
	say "$sl_title_of_all"
	remember "$sl_home/journal.jsonl" || sl_is_run=
	# It shows what it can where nothing can be written.
	sl_checked=
	if find_sums && sl_tmp=$(mktemp -d "${TMPDIR:-/tmp}/stopline.XXXXXX" 2>/dev/null); then
		trap clean_up EXIT
		! check_chain "$sl_home/journal.jsonl" || sl_checked=yes
	fi
	[ -n "$sl_checked" ] || say "whether the journal was changed could not be checked"
	if [ -z "$sl_is_run" ]; then
		if why_unsound "$sl_home/journal.jsonl"; then
			say "$sl_why"
		else
			say "not begun"
		fi
		return
	fi
	for sl_id in $sl_everything; do
		sl_word=-
		if has "$sl_undone" "$sl_id"; then
			sl_word=undone
		elif lookup "$sl_doubts" "$sl_id"; then
			sl_word='in doubt, or running'
		elif has "$sl_failed" "$sl_id"; then
			sl_word=failed
		elif has "$sl_done" "$sl_id"; then
			sl_word='done'
		elif has "$sl_begun" "$sl_id"; then
			sl_word=begun
		fi
		say "  $sl_id: $sl_word"
	done
	! why_unsound "$sl_home/journal.jsonl" || say "$sl_why"
	say "run $sl_attempt, ${sl_ending:-open}${sl_waiting:+, waiting: $sl_waiting}${sl_changed:+, changes were made}"
	say "journal: $sl_home/journal.jsonl"
}

dry_run() {
	say "dry run: nothing is touched"
	list commands
	say "guards"
	if judge "$sl_worst"; then
		say "it would begin"
		leave_now 0
	fi
	complain "it would not begin:$sl_refused"
	leave_now 20
}

# Something of the last run may still be at work. Then nothing is done, forward or back.
refuse_orphan() {
	local sl_entry sl_id sl_fields sl_group sl_where sl_alive=''
	for sl_entry in $sl_doubts; do
		sl_id=${sl_entry%%=*}
		# part,group,host,birth
		sl_fields=${sl_entry#*,}
		sl_group=${sl_fields%%,*} sl_fields=${sl_fields#*,}
		sl_where=${sl_fields%%,*}
		if [ "$sl_where" != "$sl_host" ]; then
			complain "$sl_id was begun on $sl_where, and whether it still runs there cannot be seen from here"
			continue
		fi
		if ! is_count "$sl_group" || ! group_lives "$sl_group"; then
			continue
		fi
		born "$sl_group"
		# A leader that was born at another time is somebody else's process under a number given out again.
		[ -z "$sl_found" ] || [ "$sl_found" = "${sl_fields#*,}" ] || continue
		complain "$sl_id of the last run is still running, as process group $sl_group"
		complain "wait for it, or end it with:  kill -- -$sl_group"
		sl_alive="$sl_alive $sl_id"
	done
	[ -z "$sl_alive" ] || stop 76 orphan "still running:$sl_alive"
}

begin_run() {
	journal open '' verb "$sl_verb" plan "$sl_digest" policies "$sl_policies" stopline "$sl_stopline" \
		user "$sl_user" host "$sl_host" directory "$PWD" from "${SSH_CONNECTION:-}"
	forget
	sl_mode=forward
	if [ -n "$sl_glass" ]; then
		journal glass '' reason "$sl_glass"
	fi
	say "$sl_title_of_all"
	if ! judge "$sl_worst"; then
		journal_end refused '' why "guards:$sl_refused"
		complain "stopped before anything was touched:$sl_refused"
		say_how_to_go_on run
		leave_now 20
	fi
	proceed
}

run() {
	local sl_open=
	case $sl_ending in
	confirmed)
		say "already confirmed; nothing to do"
		leave_now 0
		;;
	handed)
		[ -n "$sl_glass" ] || still_handed
		;;
	refused | rolled-back) ;;
	'')
		if [ "$sl_attempt" -gt 0 ]; then
			complain "a run is open: \`resume\` goes on with it, \`rollback\` undoes it, \`status\` shows it"
			leave_now "$(status_for_stop)"
		fi
		;;
	esac
	# Only what is surely none lets a run begin.
	sl_open=$(if other_run; then printf '%s' "$sl_found"; else printf 'none'; fi)
	if [ "$sl_open" != none ] && [ -z "$sl_glass" ]; then
		complain "a run of another plan may have changed $sl_service in $sl_environment and has not come to an end: ${sl_open:-its journal cannot be read}"
		complain "finish it, or roll it back, with the runbook it was begun with"
		complain "where that cannot wait:  $sl_self run$sl_state_option --break-glass REASON"
		leave_now 20
	fi
	begin_run
}

# A run goes on in the folder it was begun in: its commands may say `./migrate`. A build server goes on in the folder it
# has fetched the repository into, which may be another one for each job.
go_where_it_began() {
	mask_line "$PWD"
	[ "$sl_begun_in" != "$sl_masked" ] && [ -n "$sl_begun_in" ] && [ -z "${CI:-}" ] || return 0
	case $sl_begun_in in
	*'***'*)
		complain "the run was begun in $(printable "$sl_begun_in"), a folder with a secret in its name, which is not kept"
		complain "go there, and say the same again"
		leave_now "$(status_for_stop)"
		;;
	esac
	if [ "$sl_begun_on" = "$sl_host" ] && CDPATH='' cd -- "$sl_begun_in" >/dev/null 2>&1; then
		say "in $(printable "$sl_begun_in"), where the run was begun"
	else
		complain "the run was begun in $(printable "$sl_begun_in") on $sl_begun_on, which is not here: commands run in $(printable "$PWD")"
	fi
}

resume() {
	local sl_id
	if [ "$sl_attempt" -eq 0 ]; then
		usage "there is no run of this plan to resume$(other_run && printf '; another plan has one: %s' "$sl_found")"
	fi
	case $sl_ending in
	confirmed)
		say "already confirmed; nothing to do"
		leave_now 0
		;;
	refused) usage "the last run was stopped before any change; \`run\` begins another" ;;
	rolled-back)
		say "already rolled back; \`run\` begins another"
		leave_now 10
		;;
	handed)
		still_handed
		;;
	esac
	# Whoever stops before what has begun wants nothing, and leaves no trace of it.
	if [ "$sl_mode" = forward ] && [ -n "$sl_until" ] && was_begun "$sl_until"; then
		say "already past $sl_until"
		leave_now 0
	fi
	journal resume '' verb "$sl_verb" user "$sl_user" host "$sl_host" after "$sl_waiting" directory "$PWD"
	if [ -n "$sl_glass" ]; then
		journal glass '' reason "$sl_glass"
	fi
	[ "$sl_mode" = forward ] || roll_back "going on with the way back"
	# A person who resumes after a failure wants it tried again.
	if [ "$sl_waiting" = flag ]; then
		for sl_id in $sl_failed; do
			journal again "$sl_id"
			sl_again="$sl_again $sl_id"
		done
		sl_failed=
	fi
	# A person had to come, and what was true before may not be now. Only a pipeline goes on by itself; and a hold has
	# the guards judged when it is signed.
	first_left
	if [ -z "$sl_changed" ] || { [ "$sl_waiting" != until ] && [ "$sl_kind" != hold ]; }; then
		if ! judge "$sl_left_here"; then
			say_how_to_go_on resume
			stop "$(status_for_stop)" "${sl_waiting:-person}" "the guards say no:$sl_refused"
		fi
	fi
	proceed
}

# Whether an action, or a member of it, was begun in this run.
was_begun() {
	local sl_id
	load_action "$1"
	for sl_id in "$1" $sl_members; do
		! has "$sl_done $sl_begun $sl_failed" "$sl_id" || return 0
	done
	return 1
}

first_left() {
	local sl_id
	sl_left_here=0 sl_kind=
	for sl_id in $sl_actions; do
		if ! has "$sl_done" "$sl_id"; then
			load_action "$sl_id"
			return
		fi
	done
}

rollback() {
	if [ "$sl_attempt" -eq 0 ]; then
		usage "there is no run of this plan to roll back"
	fi
	case $sl_ending in
	refused) leave_now 20 ;;
	rolled-back)
		say "already rolled back"
		leave_now 10
		;;
	esac
	roll_back "asked for by $sl_user"
}

# What the runbook itself works with; what the plan needs is a guard.
check_tools() {
	local sl_tool
	for sl_tool in awk cat date head id ln mkdir mkfifo mktemp mv od readlink rm sed sleep tail tr uname; do
		command -v "$sl_tool" >/dev/null 2>&1 || {
			complain "$sl_tool is not on the path, and the runbook cannot do without it"
			leave_unread
		}
	done
	find_sums || {
		complain "neither sha256sum nor shasum is on the path, and the journal cannot do without one"
		leave_unread
	}
	# What was begun on another machine cannot be seen from here, and so this one must be known.
	[ -n "$sl_host" ] || {
		complain "uname does not say what this machine is called"
		leave_unread
	}
}

find_sums() {
	sl_sha256sum=
	if command -v sha256sum >/dev/null 2>&1; then
		sl_sha256sum=yes
	else
		command -v shasum >/dev/null 2>&1
	fi
}

# The journal has not been read: where there is one, changes may be in place.
leave_unread() {
	[ ! -s "$sl_home/journal.jsonl" ] || leave_now 21
	leave_now 20
}

no_room_for_work() {
	complain "nothing can be written in ${TMPDIR:-/tmp}"
	leave_now "$(status_for_stop)"
}

main() {
	trap - EXIT
	sl_self="bash $(typed "$0")"
	sl_tmp='' sl_me='' sl_link_held='' sl_journal='' sl_seq=0 sl_prev='' sl_busy='' sl_signal='' sl_state_option=''
	sl_running='' sl_survivors='' sl_sample='' sl_look='' sl_status=0 sl_late='' sl_then='' sl_because='' sl_flagged=''
	sl_passed=0 sl_values='' sl_shown='' sl_read='' sl_since='' sl_verdicts='' sl_failed_phases='' sl_unfinished='' sl_check=''
	sl_counting='' sl_look_is='' sl_look_wants='' sl_look_because='' sl_failing='' sl_armed='' sl_armed_metrics='' sl_armed_every=60 sl_tick='' sl_next_look=0 sl_percent='' sl_given='' sl_masked=''
	sl_masks=() sl_short_masks=() sl_groups=() sl_slot_group=() sl_slot_of=() sl_slot_part=() sl_slot_left=() sl_slot_log=()
	sl_slot_more=() sl_slot_began=() sl_slot_reader=() sl_slot_dog=() sl_prefix=''
	sl_user=$(id -un 2>/dev/null || printf 'unknown')
	sl_host=$(uname -n | tr -cd 'A-Za-z0-9._-')
	forget
	sl_attempt=0
	parse "$@"
	sort_secrets
	case $sl_verb in
	list)
		list ''
		leave_now 0
		;;
	esac
	if [ -n "$sl_dry" ]; then
		dry_run
	fi
	locate
	if [ "$sl_verb" = status ]; then
		status
		leave_now 0
	fi
	# A signal ends what reads the journal, too, and half of what it says is worse than nothing.
	trap 'complain "ended by a signal, before anything was begun"; leave_unread' INT TERM HUP
	check_tools
	# What has been done is known before anything can go wrong, so that it is said with the right status.
	remember "$sl_home/journal.jsonl"
	trap clean_up EXIT
	if ! sl_tmp=$(mktemp -d "${TMPDIR:-/tmp}/stopline.XXXXXX") || ! mkfifo "$sl_tmp/out"; then
		no_room_for_work
	fi
	case $sl_tmp in
	/*) ;;
	*) sl_tmp=$PWD/$sl_tmp ;;
	esac
	take_lock
	read_journal
	trap 'on_signal INT' INT
	trap 'on_signal TERM' TERM
	trap 'on_signal HUP' HUP
	note_torn_line
	refuse_orphan
	[ "$sl_verb" = run ] || go_where_it_began
	"$sl_verb"
}

# One command, so that no part of it is one.
{
	main "$@"
	exit
}
