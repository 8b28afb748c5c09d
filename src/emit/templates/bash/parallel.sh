# ---------------------------------------------------------------- at the same time

# The members of a group run in slots of their own, from 1 on. Lists say of each where it stands: sl_lanes (ID=SLOT:
# it runs), sl_pauses (ID=TIME: it is tried again then), sl_lefts (ID=TRIES: how often it may still be tried).

# do_parallel GROUP: each member after those it needs, so many at once. One that fails lets the others that run
# finish, and keeps the rest from beginning.
do_parallel() {
	local sl_all=$sl_members sl_at_once=$sl_limit sl_spare=$sl_tolerated
	local sl_member sl_lanes='' sl_pauses='' sl_lefts='' sl_stuck='' sl_reasons='' sl_looked='' sl_helpless=''
	for sl_member in $sl_all; do
		# Its tries are used up, and only who asks for the way back has it tried again.
		if has "$sl_helpless_before" "$sl_member"; then
			journal rollback '' why "the undo of $sl_member failed"
			hand_over "the undo of $sl_member failed in the run before"
		fi
	done
	for sl_member in $sl_all; do
		# What verifies one may have raised it, and nobody has to look at what is undone.
		[ "$sl_then" != rollback ] || break
		if has "$sl_undone" "$sl_member"; then
			owe step "$sl_member"
		elif ! has "$sl_done" "$sl_member"; then
			take_up "$sl_member"
		fi
	done
	while :; do
		for sl_member in $sl_all; do
			! may_begin "$sl_member" || begin_member "$sl_member"
		done
		[ -n "$sl_lanes$sl_pauses" ] || break
		nap 0.1
		look_if_due
		if [ "$sl_then" = rollback ]; then
			end_members
		elif [ -n "$sl_then$sl_stuck" ]; then
			# What waits for another try is not begun anew beside a failure, either.
			sl_pauses=
		fi
		for sl_member in $sl_all; do
			if lookup "$sl_lanes" "$sl_member" && ! runs "$sl_found"; then
				end_member "$sl_member"
			fi
		done
	done
	sl_prefix=
	# Its tries are used up: a way back of everything would only try it again.
	if [ -n "$sl_helpless" ]; then
		journal rollback '' why "$sl_reasons"
		hand_over "$sl_helpless"
	fi
	if [ -n "$sl_stuck" ]; then
		sl_why=$sl_reasons
		return 1
	fi
	# What a red flag kept from beginning is still to be done.
	[ -z "$sl_then" ] || sl_unfinished=yes
	return 0
}

# Where a run that was interrupted left a member.
take_up() {
	load_action "$1"
	sl_given=$sl_for_action
	lookup "$sl_doubts" "$1"
	case $sl_found in
	undo,*)
		if [ "$sl_idempotent" = yes ] || approved_again "$1"; then
			fail_member "$1" "$1 failed, and its way back was interrupted"
		else
			sl_before="the way back of $1 was begun and nobody knows whether it ended"
			in_doubt "$1" "$sl_undo_text"
		fi
		return
		;;
	esac
	if has_begun_before "$1"; then
		settle_doubt "$1"
		case $? in
		0) finish "$1" ;;
		2) in_doubt "$1" "$sl_run_text" ;;
		esac
	elif has "$sl_failed" "$1"; then
		fail_member "$1" "$1 failed in the run before"
	fi
}

may_begin() {
	local sl_needed sl_count=0
	! has "$sl_done $sl_undone $sl_failed" "$1" && ! lookup "$sl_lanes" "$1" || return 1
	[ -z "$sl_then$sl_stuck" ] || return 1
	for sl_needed in $sl_lanes; do
		sl_count=$((sl_count + 1))
	done
	[ "$sl_count" -lt "$sl_at_once" ] || return 1
	if lookup "$sl_pauses" "$1"; then
		passed
		[ "$sl_passed" -ge "$sl_found" ]
		return
	fi
	load_action "$1"
	for sl_needed in $sl_after; do
		has "$sl_done $sl_undone" "$sl_needed" || return 1
	done
	# Between members is between steps: nothing runs, and the flags are looked at anew.
	if [ -z "$sl_lanes" ] && [ -n "$sl_looked" ]; then
		look fresh
		[ -z "$sl_then" ]
	fi
}

begin_member() {
	local sl_slot=1
	load_action "$1"
	sl_given=$sl_for_action
	without "$sl_pauses" "$1"
	sl_pauses=$sl_found
	while has "$sl_running" "$sl_slot"; do
		sl_slot=$((sl_slot + 1))
	done
	sl_prefix="$1 | "
	sl_looked=yes
	if has "$sl_ran" "$1"; then
		if [ -z "$sl_verify" ]; then
			finish "$1"
			return
		fi
		title_line "$1"
		start_command "$sl_slot" "$1" verify "$sl_verify" "$sl_timeout" 0
	else
		local sl_left=$sl_retries
		if lookup "$sl_lefts" "$1"; then
			sl_left=$sl_found
		else
			tries_left "$1" run
			title_line "$1"
		fi
		if [ -n "$sl_captures" ]; then
			note_before "$1" || {
				fail_member "$1" "$sl_why"
				return
			}
			[ -z "$sl_then" ] || return 0
		fi
		start_command "$sl_slot" "$1" run "$sl_run_text" "$sl_timeout" "$sl_left"
	fi
	sl_lanes="$sl_lanes $1=$sl_slot"
}

# end_member ID: its command ended, in the slot sl_lanes says.
end_member() {
	local sl_slot sl_tries
	lookup "$sl_lanes" "$1"
	sl_slot=$sl_found
	without "$sl_lanes" "$1"
	sl_lanes=$sl_found
	sl_tries=${sl_slot_left[sl_slot]}
	finish_command "$sl_slot"
	load_action "$1"
	sl_given=$sl_for_action
	if [ "$sl_status" -eq 0 ]; then
		if [ "${sl_slot_part[sl_slot]}" = run ] && [ -n "$sl_verify" ]; then
			[ "$sl_then" != rollback ] || return 0
			sl_prefix="$1 | "
			start_command "$sl_slot" "$1" verify "$sl_verify" "$sl_timeout" 0
			sl_lanes="$sl_lanes $1=$sl_slot"
		else
			finish "$1"
		fi
		return
	fi
	sl_why="$1 $(how_it_ended "$sl_timeout")"
	[ "${sl_slot_part[sl_slot]}" = run ] || sl_why="the verification of $sl_why"
	if [ "$sl_then" = rollback ]; then
		return
	elif [ "$sl_tries" -gt 0 ] && [ -z "$sl_stuck" ]; then
		say "  $sl_why; trying again in $sl_retry_delay seconds ($sl_tries left)"
		without "$sl_lefts" "$1"
		sl_lefts="$sl_found $1=$((sl_tries - 1))"
		passed
		sl_pauses="$sl_pauses $1=$((sl_passed + sl_retry_delay + (sl_retry_delay > 0)))"
	else
		fail_member "$1" "$sl_why"
	fi
}

# fail_member ID WHY: one of those that may fail is taken back by itself, and the others go on.
fail_member() {
	local sl_other sl_count=0 sl_reason=$2
	for sl_other in $sl_all; do
		! has "$sl_undone" "$sl_other" || sl_count=$((sl_count + 1))
	done
	say "  $sl_reason"
	# What could not be captured is no failure of its host: nothing was begun there, and nothing is known of it.
	if [ "$sl_count" -lt "$sl_spare" ] && [ "$sl_undo_kind" = command ] && has "$sl_begun" "$1"; then
		has "$sl_failed" "$1" || journal failed "$1" why "$sl_reason" spared yes
		say "  $1 is taken back, and the others go on ($((sl_count + 1)) of at most $sl_spare)"
		sl_prefix="$1 | "
		if tries "$1" undo "$sl_undo_text"; then
			journal undone "$1"
			sl_undone="$sl_undone $1"
			but "$sl_failed" "$1"
			sl_failed=$sl_found
			owe step "$1"
			return
		fi
		sl_helpless="the undo of $sl_why"
		sl_stuck="$sl_stuck $1"
		sl_reasons="${sl_reasons:+$sl_reasons; }$sl_reason"
		sl_prefix=
		return
	fi
	sl_prefix=
	has "$sl_fell" "$1" || journal failed "$1" why "$sl_reason"
	weigh_failure "$1"
	# How many may fail is said, and no flag allows more before the group has come to its end.
	if [ "$sl_flagged" = fix-forward ] && [ "$sl_spare" -eq 0 ] && will_be_repaired "$1"; then
		finish "$1"
		return
	fi
	sl_stuck="$sl_stuck $1"
	sl_reasons="${sl_reasons:+$sl_reasons; }$sl_reason"
}

# A red flag wants everything taken back: what runs is ended, and what waits for another try is not tried again. A member that
# is being taken back already, in slot 0, is not ended.
end_members() {
	local sl_lane
	sl_pauses=
	[ -n "${sl_lanes:-}" ] || return 0
	sl_groups=()
	for sl_lane in $sl_lanes; do
		sl_lane=${sl_lane#*=}
		sl_slot_left[sl_lane]=0
		! exists "${sl_slot_group[sl_lane]}" || sl_slot_ended[sl_lane]=yes
		sl_groups[${#sl_groups[@]}]=${sl_slot_group[sl_lane]}
	done
	end_groups 5 ${sl_groups[@]+"${sl_groups[@]}"}
	[ -z "$sl_survivors" ] || abandon "a member of the group"
}
