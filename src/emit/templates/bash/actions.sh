# ---------------------------------------------------------------- actions

# Each says with its status whether it was good; why not is in sl_why. sl_then says what a red flag wants.

title_line() {
	say "- $sl_phase/$1  $sl_title"
}

# Whether a person must say that ID may run: the last run left it in doubt, or it failed and somebody resumed. What
# changes nothing may fail as often as it likes.
has_begun_before() {
	sl_before=
	if lookup "$sl_doubts" "$1"; then
		sl_before="$1 was begun and nobody knows whether it ended"
		say "  the last run ended while $1 was running, and nobody knows how far it came"
	elif has "$sl_again" "$1" && has "$sl_begun" "$1" && ! has "$sl_ran" "$1" && [ "$sl_changes" = yes ]; then
		sl_before="$1 failed and nobody knows what it did before that"
		say "  $sl_before"
	fi
	[ -n "$sl_before" ]
}

# A step nobody knows the work of: 0 it is done, 1 it may run, 2 a person must look, 3 a red flag wants everything taken back. What
# is verified alike before the second half of a strategy and behind it says nothing of that half.
settle_doubt() {
	if [ -n "$sl_verify" ] && [ -z "$sl_noted_by" ]; then
		run_command "$1" verify "$sl_verify" "$sl_timeout" 1
		[ "$sl_then" != rollback ] || return 3
		if [ "$sl_status" -eq 0 ]; then
			say "  its verification says that it is done"
			return 0
		fi
		say "  its verification says that it is not done"
	fi
	if [ "$sl_idempotent" = yes ]; then
		return 1
	fi
	if approved_again "$1"; then
		return 1
	fi
	return 2
}

# Whether somebody said that STEP may run again, on the command line or, where another one was in doubt too, before.
approved_again() {
	local sl_entry
	! has "$sl_allowed" "$1" || return 0
	for sl_entry in $sl_cli_approvals; do
		case $sl_entry in
		"$1:"*)
			journal approve "$1" who "${sl_entry#*:}" user "$sl_user" host "$sl_host" from "${SSH_CONNECTION:-}"
			return 0
			;;
		esac
	done
	return 1
}

in_doubt() {
	complain "$sl_before. Look at what it did:"
	indented "$2" >&2
	complain "if it may run again:   $sl_self $sl_verb$sl_state_option --approve $1 --as YOU"
	complain "if it must be undone:  $sl_self rollback$sl_state_option"
	stop 79 doubt "$1 is in doubt"
}

# tries_left ID PART: what the run before has left of the tries, in sl_left.
tries_left() {
	case $2 in
	run | shift) ! lookup "$sl_tries_left" "$1" || ! is_count "$sl_found" || sl_left=$((sl_found - 1)) ;;
	# Whoever asks for the way back has it tried anew.
	undo | return) [ "$sl_verb" = rollback ] || ! lookup "$sl_tries_left" "back:$1" || ! is_count "$sl_found" || sl_left=$((sl_found - 1)) ;;
	esac
}

# tries ID PART SCRIPT [KEY VALUE]…: as often as declared.
tries() {
	local sl_of=$1 sl_which=$2 sl_body=$3 sl_left=$sl_retries
	shift 3
	tries_left "$sl_of" "$sl_which"
	while :; do
		run_command "$sl_of" "$sl_which" "$sl_body" "$sl_timeout" "$sl_left" "$@"
		[ "$sl_status" -ne 0 ] || return 0
		sl_why="$sl_of $(how_it_ended "$sl_timeout")"
		if [ "$sl_then" = rollback ] && ! goes_back "$sl_which"; then
			sl_why="$sl_of was ended because of a red flag"
			return 1
		fi
		[ "$sl_left" -gt 0 ] || return 1
		say "  $sl_why; trying again in $sl_retry_delay seconds ($sl_left left)"
		sl_left=$((sl_left - 1))
		rest "$sl_retry_delay"
		if [ "$sl_then" = rollback ] && ! goes_back "$sl_which"; then
			sl_why="$sl_of is not tried again because of a red flag"
			return 1
		fi
	done
}

do_step() {
	if has_begun_before "$1"; then
		settle_doubt "$1"
		case $? in
		0 | 3) return 0 ;;
		2) in_doubt "$1" "$sl_run_text" ;;
		esac
	elif has "$sl_ran" "$1" && ! has "$sl_failed" "$1"; then
		say "  it ran; what is left is its verification"
		verify_step "$1"
		return
	fi
	note_before "$1" || return 1
	# What was looked at meanwhile may have found that nothing more is to begin.
	if [ -n "$sl_then" ]; then
		sl_unfinished=yes
		return 0
	fi
	tries "$1" run "$sl_run_text" || return 1
	verify_step "$1"
}

verify_step() {
	[ -n "$sl_verify" ] && [ "$sl_then" != rollback ] || return 0
	run_command "$1" verify "$sl_verify" "$sl_timeout" 0
	[ "$sl_status" -ne 0 ] || return 0
	sl_why="the verification of $1 $(how_it_ended "$sl_timeout")"
	return 1
}

do_canary() {
	local sl_share
	if has_begun_before "$1"; then
		settle_doubt "$1"
		case $? in
		2) in_doubt "$1" "$sl_run_text" ;;
		3) return 0 ;;
		esac
	fi
	note_before "$1" || return 1
	if [ -n "$sl_then" ]; then
		sl_unfinished=yes
		return 0
	fi
	for sl_share in $sl_shares; do
		has "$sl_shared" "$1=$sl_share" && continue
		say "  $sl_share %"
		if ! has "$sl_shifted" "$1=$sl_share" || [ "$sl_idempotent" = yes ]; then
			sl_percent=$sl_share
			if ! tries "$1" shift "$sl_run_text" share "$sl_share"; then
				sl_percent=
				return 1
			fi
			sl_percent=
		fi
		if [ -n "$sl_looks" ]; then
			analyze "$1" "$sl_share"
		else
			sl_tick=$sl_every
			sl_next_look=0
			observe "$sl_analyze"
			[ -n "$sl_then" ] || look fresh
		fi
		sl_tick=
		if [ -n "$sl_then" ]; then
			sl_unfinished=yes
			return 0
		fi
		journal share "$1" share "$sl_share"
		sl_shared="$sl_shared $1=$sl_share"
	done
}

# analyze CANARY SHARE: so many looks, of which some may be bad and some undecided.
analyze() {
	local sl_count=0 sl_bad=0 sl_undecided=0
	sl_counting=$sl_looks
	while [ "$sl_count" -lt "$sl_looks" ] && [ -z "$sl_then" ]; do
		observe "$sl_every"
		[ -z "$sl_then" ] || break
		sl_look_is=fine sl_look_wants='' sl_look_because=''
		look fresh
		sl_count=$((sl_count + 1))
		case $sl_look_is in
		failed)
			sl_bad=$((sl_bad + 1))
			say "  look $sl_count of $sl_looks: failed ($sl_bad, at most $sl_may_fail): $sl_look_because"
			[ "$sl_bad" -le "$sl_may_fail" ] || sl_then=$sl_look_wants sl_because=$sl_look_because
			;;
		inconclusive)
			sl_undecided=$((sl_undecided + 1))
			say "  look $sl_count of $sl_looks: inconclusive ($sl_undecided, at most $sl_may_be_unknown): $sl_look_because"
			[ "$sl_undecided" -le "$sl_may_be_unknown" ] ||
				sl_then=hold sl_because="the analysis of $1 at $2 % is inconclusive: $sl_look_because"
			;;
		esac
		journal look "$1" share "$2" number "$sl_count" verdict "$sl_look_is" values "$sl_shown"
	done
	sl_counting=
}

# count_look FLAG VERDICT: what one look found, the gravest of all flags.
count_look() {
	if [ "$2" = unknown ] && [ "$sl_missing" = inconclusive ]; then
		[ "$sl_look_is" = failed ] && return
		sl_look_is=inconclusive
	else
		sl_look_is=failed
		[ "$sl_look_wants" = rollback ] || sl_look_wants=$sl_f_then
	fi
	sl_look_because="red flag $1 is $2: $sl_f_title"
}

do_probe() {
	local sl_first sl_bad=0 sl_good
	passed
	sl_first=$sl_passed
	while :; do
		if [ "$sl_check" = http ]; then
			capture "$1" "$sl_http_script" "$((sl_timeout + 2))" look
			sl_good=no
			[ "$sl_status" -ne 0 ] || [ "$sl_out" != "$sl_expect" ] || sl_good=yes
			sl_why="$1 answered ${sl_out:-nothing} instead of $sl_expect"
		else
			capture "$1" "$sl_run_text" "$sl_timeout" look
			sl_good=no
			[ "$sl_status" -ne "$sl_expect" ] || [ -n "$sl_late" ] || sl_good=yes
			sl_why="$1 $(how_it_ended "$sl_timeout")"
		fi
		if [ "$sl_then" = rollback ]; then
			sl_unfinished=yes
			return 0
		elif [ "$sl_good" = yes ]; then
			sl_bad=0
			passed
			if [ "$((sl_passed - sl_first))" -ge "$((sl_lasting + (sl_lasting > 0)))" ]; then
				journal probe "$1" verdict good
				return 0
			fi
		else
			sl_bad=$((sl_bad + 1))
			say "  $sl_why ($sl_bad of $sl_failures)"
			[ -z "$sl_out$sl_err" ] || indented "$(printable "$sl_out$sl_err")"
			if [ "$sl_bad" -ge "$sl_failures" ]; then
				journal probe "$1" verdict bad why "$sl_why"
				return 1
			fi
		fi
		observe "$sl_every"
		if [ -n "$sl_then" ]; then
			sl_unfinished=yes
			return 0
		fi
	done
}

do_watch() {
	sl_tick=$sl_every
	sl_next_look=0
	observe "$sl_lasting"
	[ -n "$sl_then" ] || look fresh
	sl_tick=
	if [ -n "$sl_then" ]; then
		sl_unfinished=yes
		return 0
	fi
	journal watch "$1" verdict fine values "$sl_shown"
}

do_notify() {
	! has "$sl_ran" "$1" || return 0
	tries "$1" notify "$sl_run_text" && return 0
	say "  $sl_why; nobody may have been told, and nothing else depends on it"
}

do_followup() {
	journal followup "$1" due "$sl_due" by "$sl_by"
	say "  owed by ${sl_by:-somebody} until $sl_due_text"
}

do_baseline() {
	local sl_metric
	for sl_metric in $sl_of_metrics; do
		sample "$sl_metric" || return 1
		lookup "$sl_values" "$sl_metric"
		journal baseline "$1" metric "$sl_metric" value "$sl_found"
		without "$sl_baselines" "$sl_metric"
		sl_baselines=$sl_found
		lookup "$sl_values" "$sl_metric"
		sl_baselines="$sl_baselines $sl_metric=$sl_found"
	done
}

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
	if [ -z "$sl_flagged" ] && [ "$sl_then" != rollback ]; then
		sl_then=rollback
		sl_because=$sl_reason
	fi
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
