# ---------------------------------------------------------------- the way back

# not_helpless ID: its tries may be used up, and only whoever asks for the way back has it tried again.
not_helpless() {
	[ "$sl_verb" = rollback ] || ! has "$sl_helpless_before" "$1" || hand_over "the way back of $1 failed in the run before"
}

# newest_first: what was begun, in the order in which it is taken back, in sl_found.
newest_first() {
	local sl_id
	sl_found=
	for sl_id in $sl_begun; do
		sl_found="$sl_id $sl_found"
	done
}

# roll_back WHY: what this run's journal says was begun, newest first; then the rollback's own steps, and those only
# when something that changes production was begun.
roll_back() {
	local sl_id sl_reason=$1 sl_any=
	sl_armed='' sl_then='' sl_percent='' sl_waiting=''
	say "going back: $1"
	journal rollback '' why "$1"
	sl_mode=back
	demand_secrets "$(secrets_to_go_back)"
	newest_first
	for sl_id in $sl_found; do
		has "$sl_undone" "$sl_id" && continue
		load_action "$sl_id"
		sl_given="$sl_for_action"
		case $sl_undo_kind in
		none) continue ;;
		irreversible) hand_over "$sl_id cannot be undone: $sl_undo_text" by-hand ;;
		esac
		sl_any=yes
		say "- undo $sl_id  $sl_title"
		not_helpless "$sl_id"
		back_in_doubt "$sl_id" undo "$sl_undo_text"
		tries "$sl_id" undo "$sl_undo_text" || hand_over "the undo of $sl_why"
		journal undone "$sl_id"
		sl_undone="$sl_undone $sl_id"
	done
	if [ -n "$sl_changed" ]; then
		for sl_id in $sl_rollback_steps; do
			has "$sl_returned" "$sl_id" && continue
			load_action "$sl_id"
			sl_given="$sl_for_action"
			say "- rollback/$sl_id  $sl_title"
			if ! has "$sl_came_back" "$sl_id"; then
				not_helpless "$sl_id"
				back_in_doubt "$sl_id" return "$sl_run_text"
				tries "$sl_id" return "$sl_run_text" || hand_over "$sl_why"
			fi
			if [ -n "$sl_verify" ]; then
				run_command "$sl_id" verify "$sl_verify" "$sl_timeout" 0
				[ "$sl_status" -eq 0 ] || hand_over "the verification of $sl_id $(how_it_ended "$sl_timeout")"
			fi
			journal returned "$sl_id"
			sl_returned="$sl_returned $sl_id"
		done
		journal_end 10 rolled-back '' why "$sl_reason"
		say "rolled back: $sl_reason"
		leave_ended 10
	fi
	journal_end 20 refused '' why "$sl_reason"
	if [ -n "$sl_any" ]; then
		say "stopped before any change, and what was prepared is undone: $sl_reason"
	else
		say "stopped before any change: $sl_reason"
	fi
	leave_ended 20
}

# What the commands need that are left to be run, as far as the first thing that no command undoes.
secrets_to_go_back() {
	local sl_id
	newest_first
	for sl_id in $sl_found; do
		has "$sl_undone" "$sl_id" && continue
		load_action "$sl_id"
		case $sl_undo_kind in
		irreversible) return ;;
		command) printf '%s ' "$sl_for_action" ;;
		esac
	done
	for sl_id in ${sl_changed:+$sl_rollback_steps}; do
		has "$sl_returned" "$sl_id" && continue
		load_action "$sl_id"
		printf '%s ' "$sl_for_action"
	done
}

# leave_ended STATUS: nothing of this run is in place. What was handed to a person before it began is still theirs.
leave_ended() {
	[ -n "$sl_over" ] || leave_now "$1"
	remember "$sl_journal"
	journal_end 31 handed '' why 'a run before this one was handed to a person, and is not finished'
	still_handed
}

# An undo nobody knows the end of: running a migration back twice takes two migrations back. Setting a canary's share
# twice is setting it once, but of what takes a canary back nothing is known.
back_in_doubt() {
	lookup "$sl_doubts" "$1" && [ "${sl_found%%,*}" = "$2" ] || return 0
	[ "$sl_idempotent" != yes ] || [ "$sl_kind" = canary ] || return 0
	! approved_again "$1" || return 0
	sl_verb=rollback
	complain "the way back of $1 was begun and nobody knows whether it ended. Look at what it did:"
	indented "$3" >&2
	complain "if it may run again:  $sl_self rollback$sl_state_option --approve $1 --as YOU"
	hand_over_list
	say_how_to_finish
	stop 79 doubt "the way back of $1 is in doubt"
}

# hand_over WHY [by-hand]: nothing more is tried. What is left to do, in order, for a person. What no command undoes, no
# other try does either.
hand_over() {
	journal_end 31 handed '' why "$1"
	complain "the way back is not complete: $1"
	hand_over_list
	if [ -z "${2:-}" ]; then
		complain "when the cause is gone, \`$sl_self rollback$sl_state_option\` tries what is left again"
	fi
	say_how_to_finish
	complain "stopped: handed to a person"
	leave_now 31
}

say_how_to_finish() {
	complain "when a person has finished it, \`$sl_self rollback$sl_state_option --finished REASON\` says so, and \`run\` begins anew"
}

# Whoever comes later is shown the list once more.
still_handed() {
	complain "the way back of a run that was handed to a person is not complete"
	hand_over_list
	complain "\`$sl_self rollback$sl_state_option\` tries again what a command can undo;"
	say_how_to_finish
	leave_now 31
}

hand_over_list() {
	local sl_id sl_number=0
	complain "what is left to do, in this order:"
	newest_first
	for sl_id in $sl_found; do
		has "$sl_undone" "$sl_id" && continue
		load_action "$sl_id"
		[ "$sl_undo_kind" != none ] || continue
		sl_number=$((sl_number + 1))
		if [ "$sl_undo_kind" = irreversible ]; then
			complain "  $sl_number. $sl_id ($sl_title) cannot be undone by a command; its plan says why:"
		else
			complain "  $sl_number. undo $sl_id ($sl_title):"
		fi
		indented "$sl_undo_text" >&2
		[ "$sl_undo_kind" = irreversible ] || say_given "$sl_id"
	done
	for sl_id in ${sl_changed:+$sl_rollback_steps}; do
		has "$sl_returned" "$sl_id" && continue
		load_action "$sl_id"
		sl_number=$((sl_number + 1))
		complain "  $sl_number. $sl_id ($sl_title):"
		indented "$sl_run_text" >&2
		say_given "$sl_id"
	done
	[ -z "$sl_over" ] || complain '  then what is left of the run before it, which is listed once this one is finished'
}
