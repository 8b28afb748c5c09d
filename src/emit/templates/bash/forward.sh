# ---------------------------------------------------------------- forward

finish() {
	journal 'done' "$1"
	sl_done="$sl_done $1"
	but "$sl_failed" "$1"
	sl_failed=$sl_found
}

proceed() {
	local sl_id sl_entered=''
	for sl_id in $sl_actions; do
		load_action "$sl_id"
		if [ "$sl_entered" != "$sl_phase" ]; then
			load_phase "$sl_phase"
			leave_phase "$sl_entered" "$sl_next_armed"
			sl_armed=$sl_next_armed sl_armed_metrics=$sl_next_metrics sl_armed_every=$sl_next_every
			sl_entered=$sl_phase
			sl_next_look=0
		fi
		has "$sl_done" "$sl_id" && continue
		if [ "$sl_id" = "$sl_until" ]; then
			[ "$sl_kind" != hold ] || open_hold "$sl_id"
			journal stop '' status 0 wait until why "$sl_until"
			say "arrived at $sl_until; \`resume\` goes on from here"
			leave_now 0
		fi
		[ "$sl_kind" = hold ] || look fresh
		obey
		title_line "$sl_id"
		sl_given="$sl_for_action"
		sl_unfinished=
		if has "$sl_failed" "$sl_id"; then
			sl_why="$sl_id failed in the run before"
			! fall_back "$sl_id" || finish "$sl_id"
		elif "do_$sl_kind" "$sl_id"; then
			[ "$sl_then" = rollback ] || [ -n "$sl_unfinished" ] || finish "$sl_id"
		else
			! fall_back "$sl_id" || finish "$sl_id"
		fi
		obey
	done
	leave_phase "$sl_entered" ''
	say_what_is_owed
	journal_end 0 confirmed ''
	say "confirmed: $sl_title_of_all"
	leave_now 0
}

# leave_phase PHASE NEXT: what its last action has done is looked at as long as its flags are armed, in this run or, where it was
# held by one, in the next. NEXT are those that stay armed.
leave_phase() {
	local sl_flag sl_going=''
	for sl_flag in $sl_armed; do
		has "$2" "$sl_flag" || sl_going=yes
	done
	[ -n "$sl_going" ] && ! has "$sl_left_phases" "$1" || return 0
	look fresh
	obey
	settle "$2"
	obey
	journal left "$1"
	sl_left_phases="$sl_left_phases $1"
}

# fall_back ID: something failed. A red flag may say what follows; without one it is undone. Says with its status
# whether the run goes on in spite of it.
fall_back() {
	local sl_reason=$sl_why
	say "  $sl_why"
	journal failed "$1" why "$sl_why"
	weigh_failure "$1"
	if [ "$sl_flagged" = fix-forward ]; then
		! will_be_repaired "$1" || return 0
		sl_flagged=
	fi
	[ -n "$sl_flagged" ] || decide rollback "$sl_reason"
	return 1
}

# will_be_repaired ID: as the red flags say that speak of its failure, if it can be.
will_be_repaired() {
	local sl_id
	can_be_repaired "$1" || return 1
	for sl_id in $sl_repairs; do
		owe_repair "$sl_id" raised
	done
}

# can_be_repaired ID: later, and the run goes on. Not what was never begun, the last share of a canary too, nor what nobody must be
# shifted to that does not work.
can_be_repaired() {
	local sl_id
	load_action "$1"
	# A group of which some may fail has failed because more did.
	[ -z "$sl_prepares" ] && [ "${sl_tolerated:-0}" -eq 0 ] || return 1
	case $sl_kind in
	step | canary) has "$sl_begun" "$1" || return 1 ;;
	esac
	for sl_id in $sl_shares; do
		[ "$sl_id" = "${sl_shares##* }" ] || has "$sl_shared" "$1=$sl_id" || return 1
	done
	for sl_id in $sl_members; do
		has "$sl_begun $sl_done $sl_undone" "$sl_id" || return 1
	done
}

# What the red flags say of a failure, in sl_flagged: nothing, or what the gravest of them leads to.
weigh_failure() {
	has "$sl_failed" "$1" || sl_failed="$sl_failed $1"
	has "$sl_fell" "$1" || sl_fell="$sl_fell $1"
	has "$sl_failed_phases" "$sl_phase" || sl_failed_phases="$sl_failed_phases $sl_phase"
	sl_flagged='' sl_repairs='' sl_failing=$1
	[ "$sl_then" = rollback ] || look failure
}

# owe KIND ID: something is to be repaired after the run.
owe() {
	if has "$sl_owed" "$1:$2"; then
		return
	fi
	journal owed "$2" kind "$1"
	sl_owed="$sl_owed $1:$2"
}

# What is left to people when the run is over.
say_what_is_owed() {
	local sl_id
	for sl_id in $sl_actions; do
		load_action "$sl_id"
		[ "$sl_kind" != followup ] || say "owed by ${sl_by:-somebody} until $sl_due_text: $sl_title ($sl_id)"
	done
	for sl_id in $sl_owed; do
		case $sl_id in
		flag:*)
			load_flag "${sl_id#*:}"
			say "owed: repair what red flag ${sl_id#*:} is about: $sl_f_title"
			;;
		*)
			load_action "${sl_id#*:}"
			say "owed: ${sl_id#*:} failed and was taken back: $sl_title"
			;;
		esac
	done
}

# Does what a red flag or a failure asked for.
obey() {
	case $sl_then in
	rollback) roll_back "$sl_because" ;;
	hold) stop "$(status_for_stop)" flag "$sl_because; \`resume\` looks again and goes on, \`rollback\` undoes" ;;
	esac
}
