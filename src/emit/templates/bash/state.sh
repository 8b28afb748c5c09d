# ---------------------------------------------------------------- one run at a time

# Where this runbook keeps its state: one place for a service in an environment, one folder in it for each plan.
locate() {
	local sl_root=$sl_state
	if [ -z "$sl_root" ]; then
		if [ -z "${XDG_STATE_HOME:-}${HOME:-}" ]; then
			usage "neither HOME nor XDG_STATE_HOME is set: say where to keep the state with --state DIR"
		fi
		sl_root=${XDG_STATE_HOME:-${HOME:-}/.local/state}/stopline
	fi
	case $sl_root in
	/*) ;;
	*) sl_root=$PWD/$sl_root ;;
	esac
	sl_place=$sl_root/$sl_service-$sl_environment
	sl_home=$sl_place/$sl_plan-$sl_key
}

locked() {
	complain "another run of $sl_service in $sl_environment is going on: $(cat "$sl_place/holder" 2>/dev/null)"
	complain "wait for it, or end it; \`status\` shows how far it is"
	leave_now 75
}

# The lock dies with this process, and nothing that is started from here inherits it. There are two, because not every
# machine has flock, and one that has it may meet one that has not.
take_lock() {
	if ! mkdir -p "$sl_home/log" || ! { : >>"$sl_place/lock"; } 2>/dev/null; then
		no_state
	fi
	if command -v flock >/dev/null 2>&1; then
		exec 9>>"$sl_place/lock"
		flock -n 9 2>/dev/null || locked
	fi
	link_lock
	[ -s "$sl_home/survivors" ] || forget_survivors
	printf 'process %s of %s on %s since %s\n' "$$" "$sl_user" "$sl_host" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" \
		2>/dev/null >"$sl_place/holder"
}

no_state() {
	complain "the state cannot be kept in $sl_home: the folder cannot be written"
	complain "name another folder with --state DIR, or mend that one"
	leave_now "$(status_for_stop)"
}

# A link is made by one process only, and names it: number, birth, machine.
link_lock() {
	local sl_link=$sl_place/lock.link sl_holder sl_pid sl_born_then sl_machine
	born "$$"
	sl_me="$$,$sl_found,$sl_host"
	if ! ln -s "$sl_me" "$sl_link" 2>/dev/null; then
		if ! sl_holder=$(readlink "$sl_link"); then
			# Whoever held it has just let go, or none can be made here.
			! ln -s "$sl_me" "$sl_link" 2>/dev/null || {
				sl_link_held=$sl_link
				return
			}
			sl_holder=$(readlink "$sl_link") || no_state
		fi
		sl_pid=${sl_holder%%,*} sl_machine=${sl_holder##*,} sl_born_then=${sl_holder#*,}
		sl_born_then=${sl_born_then%,*}
		if [ "$sl_machine" != "$sl_host" ]; then
			complain "the lock is held from another machine; if that one is gone, remove $sl_link"
			locked
		fi
		if is_count "$sl_pid" && exists "$sl_pid" && born "$sl_pid" && { [ "$sl_found" = "$sl_born_then" ] || ! knows "$sl_pid"; }; then
			locked
		fi
		mv -f "$sl_link" "$sl_link.stale" 2>/dev/null
		[ "$(readlink "$sl_link.stale")" = "$sl_holder" ] || locked
		ln -s "$sl_me" "$sl_link" 2>/dev/null || locked
	fi
	sl_link_held=$sl_link
}

# Somebody may have taken the lock away, and another run may have begun. Then nothing is begun any more, and nothing is
# written into a journal that is no longer ours.
still_ours() {
	local sl_tries=0
	# What asks can be ended by a key, and then it is asked again.
	while [ "$((sl_tries += 1))" -le 3 ]; do
		[ "$(readlink "$sl_link_held")" != "$sl_me" ] || return 0
	done
	sl_link_held=
	sl_journal=
	complain "the lock of this run is gone: somebody removed it, or another run has taken it"
	complain "nothing more is begun; \`status\` shows how far it is"
	leave_now 75
}

# other_run [SINCE BEGUN]: a run of another plan that changed something and has not come to an end, in sl_found; of those that changed
# something since then, also one that was confirmed. Of two that did in the same second, the one that was begun first came first. By a
# damaged journal nobody knows, but for what it says of the time.
other_run() {
	local sl_other sl_journal_there sl_newest sl_since_then=${1:-} sl_begun_then=${2:-}
	sl_found=$sl_place
	[ -r "$sl_place" ] && [ -x "$sl_place" ] || return 0
	for sl_other in "$sl_place"/*/; do
		sl_other=${sl_other%/}
		sl_found=$sl_other
		sl_journal_there=$sl_other/journal.jsonl
		if [ "$sl_other" = "$sl_home" ] || [ ! -d "$sl_other" ]; then
			continue
		fi
		# What stands in a folder of somebody else nobody knows.
		[ -r "$sl_other" ] && [ -x "$sl_other" ] || return 0
		if [ ! -e "$sl_journal_there" ] && [ ! -d "$sl_other/log" ]; then
			continue
		fi
		remember "$sl_journal_there"
		newest_log "$sl_other/log"
		sl_newest=$sl_found
		if check_chain "$sl_journal_there" && ! why_unsound "$sl_newest"; then
			case $sl_ending in
			rolled-back | refused) continue ;;
			confirmed) [ -n "$sl_since_then" ] || continue ;;
			esac
			[ -n "$sl_changed$sl_over" ] || continue
		fi
		if [ -n "$sl_since_then" ] && [ "$sl_latest" -gt 0 ] && { [ -n "$sl_broken" ] || [ "$sl_newest" -le "$sl_seq" ]; }; then
			[ "$sl_latest" -ge "$sl_since_then" ] || continue
			[ "$sl_latest" -gt "$sl_since_then" ] || [ "$sl_opened_at" -ge "$sl_begun_then" ] || continue
		fi
		sl_found=$sl_other
		return 0
	done
	return 1
}

# ---------------------------------------------------------------- coming to a stop

# 21 when changes are in place (those of a run before it, that was handed to a person, too), 20 when nothing was changed.
status_for_stop() {
	if [ -n "$sl_changed$sl_over" ]; then
		printf '21'
	else
		printf '20'
	fi
}

leave_now() {
	# bash 3 takes a signal while it leaves, too, and a second `exit` would cut off what the first one clears away.
	[ -z "$sl_leaving" ] || return 0
	sl_leaving=yes
	# What could not be written yet is not waited for, either.
	[ -z "$sl_hurried" ] || exec >/dev/null 2>&1
	exit "$1"
}

# stop STATUS WAIT WHY: journaled, and said again as the last line.
stop() {
	journal_last "$1" stop '' status "$1" wait "$2" why "$3"
	complain "stopped: $3"
	leave_now "$1"
}

# Nothing is left running by an end that nobody foresaw: a full disk, a bug.
clean_up() {
	trap '' INT TERM HUP
	if [ -n "$sl_running" ]; then
		running_groups
		end_groups 3 ${sl_groups[@]+"${sl_groups[@]}"}
	fi
	[ -z "$sl_tmp" ] || rm -rf -- "$sl_tmp"
	[ -z "$sl_link_held" ] || rm -f -- "$sl_link_held"
}

# The process groups of all that runs, in sl_groups; so of what was being ended when somebody told us to leave.
running_groups() {
	local sl_slot
	sl_groups=()
	if surviving; then
		# shellcheck disable=SC2206 # words without blanks
		sl_groups=($sl_survivors)
	fi
	for sl_slot in $sl_running; do
		sl_groups[${#sl_groups[@]}]=${sl_slot_group[sl_slot]}
	done
}

# What runs is ended, the journal is written, and that is all: going on or back is another run's business.
on_signal() {
	# It may come in the middle of `IFS= read`, and that holds here, too.
	local sl_slot IFS=$' \t\n'
	if [ -n "$sl_busy$sl_leaving" ]; then
		sl_signal=$1
		return
	fi
	trap '' INT TERM HUP
	sl_signal='' sl_hurried=yes
	running_groups
	[ -z "$sl_sample" ] || sl_groups[${#sl_groups[@]}]=$sl_sample
	[ -z "$sl_look" ] || sl_groups[${#sl_groups[@]}]=$sl_look
	if [ "${#sl_groups[@]}" -gt 0 ]; then
		end_groups 3 ${sl_groups[@]+"${sl_groups[@]}"}
		[ -z "$sl_survivors" ] || complain "what may not be ended from here runs on:$sl_survivors"
		for sl_slot in $sl_running; do
			journal interrupted "${sl_slot_of[sl_slot]}" signal "$1"
		done
		sl_running=
	fi
	[ "$sl_then" != hold ] || obey
	stop "$(status_for_stop)" signal "ended by SIG$1; \`resume\` goes on from here, \`rollback\` goes back"
}
