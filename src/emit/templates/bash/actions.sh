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
