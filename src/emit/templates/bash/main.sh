# ---------------------------------------------------------------- from beginning to end

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

# What stands in a folder of somebody else nobody knows, and so changes may be in place.
see_that_it_can_be_read() {
	local sl_folder
	for sl_folder in "${sl_place%/*}" "$sl_place" "$sl_home"; do
		if [ -d "$sl_folder" ] && [ ! -x "$sl_folder" ]; then
			complain "$sl_folder cannot be read, and what is in place is not known: it may belong to somebody else"
			leave_now 21
		fi
	done
	if [ -e "$sl_home/journal.jsonl" ] && [ ! -r "$sl_home/journal.jsonl" ]; then
		complain "$sl_home/journal.jsonl cannot be read, and what is in place is not known: it may belong to somebody else"
		leave_now 21
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
	sl_tmp='' sl_me='' sl_link_held='' sl_journal='' sl_seq=0 sl_prev='' sl_busy='' sl_signal='' sl_hurried='' sl_leaving='' sl_state_option=''
	sl_running='' sl_survivors='' sl_sample='' sl_look='' sl_status=0 sl_late='' sl_then='' sl_because='' sl_flagged='' sl_repairs=''
	sl_passed=0 sl_values='' sl_shown='' sl_read='' sl_since='' sl_verdicts='' sl_failed_phases='' sl_unfinished='' sl_check=''
	sl_counting='' sl_look_is='' sl_look_wants='' sl_look_because='' sl_failing='' sl_armed='' sl_armed_metrics='' sl_armed_every=60 sl_tick='' sl_next_look=0 sl_percent='' sl_given='' sl_masked='' sl_missing=''
	sl_masks=() sl_short_masks=() sl_groups=() sl_slot_group=() sl_slot_of=() sl_slot_part=() sl_slot_ended=() sl_slot_left=() sl_slot_log=()
	sl_slot_more=() sl_slot_began=() sl_slot_limit=() sl_slot_reader=() sl_slot_dog=() sl_prefix=''
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
	see_that_it_can_be_read
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
	refuse_orphan_of_another
	[ "$sl_verb" = run ] || go_where_it_began
	"$sl_verb"
}

# One command, so that no part of it is one.
{
	main "$@"
	exit
}
