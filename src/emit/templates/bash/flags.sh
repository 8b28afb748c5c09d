# ---------------------------------------------------------------- red flags

# look HOW: evaluates the flags armed now. HOW is `fresh` (every metric is read again), `due` (those that are old
# enough) or `failure` (none; what failed is why we look, and `for` does not wait for it).
look() {
	local sl_how=$1 sl_id sl_verdict sl_every
	[ -n "$sl_armed" ] || return 0
	for sl_id in $sl_armed_metrics; do
		[ "$sl_how" != failure ] || break
		passed
		load_metric "$sl_id"
		sl_every=$sl_m_every
		[ -z "$sl_tick" ] || [ "$sl_tick" -ge "$sl_every" ] || sl_every=$sl_tick
		if [ "$sl_how" = fresh ] || ! lookup "$sl_read" "$sl_id" || [ "$((sl_passed - sl_found))" -ge "$sl_every" ]; then
			sample "$sl_id" || say "  $sl_why"
		fi
	done
	for sl_id in $sl_armed; do
		load_flag "$sl_id"
		sl_verdict=$(verdict "$sl_f_condition")
		case $sl_verdict in
		fine | raised) ;;
		*) sl_verdict=unknown ;;
		esac
		weigh "$sl_id" "$sl_verdict" "$sl_how"
	done
	passed
	sl_next_look=$((sl_passed + ${sl_tick:-$sl_armed_every}))
}

# weigh FLAG VERDICT HOW: whether it has been raised for long enough.
weigh() {
	lookup "$sl_verdicts" "$1"
	if [ "$sl_found" != "$2" ]; then
		journal flag "$1" verdict "$2" values "$sl_shown"
		without "$sl_verdicts" "$1"
		sl_verdicts="$sl_found $1=$2"
	fi
	if [ "$2" = fine ]; then
		without "$sl_since" "$1"
		sl_since=$sl_found
		return
	fi
	passed
	if ! lookup "$sl_since" "$1"; then
		sl_since="$sl_since $1=$sl_passed"
		sl_found=$sl_passed
	fi
	if [ "$((sl_passed - sl_found))" -lt "$sl_f_lasting" ]; then
		[ "$3" = failure ] && [ "$sl_f_on_failure" = yes ] || return
	fi
	if [ "$sl_f_then" = fix-forward ]; then
		# Only a flag that speaks of what failed lets the run go on in spite of it, and only one that is known to be raised.
		case "$2 $3 $sl_f_condition " in
		"raised failure "*" failed:$sl_failing "* | "raised failure "*" phase-failed:$sl_phase "* | \
			"raised failure failed:$sl_failing "* | "raised failure phase-failed:$sl_phase "*)
			sl_flagged=${sl_flagged:-fix-forward}
			sl_repairs="$sl_repairs $1"
			;;
		*) owe_repair "$1" "$2" ;;
		esac
		return
	fi
	sl_flagged=$sl_f_then
	# In an analysis a flag of the plan is counted; what a policy forbids, no plan tolerates.
	if [ -n "$sl_counting" ] && [ -z "$sl_f_policy" ] && [ "$3" != failure ]; then
		count_look "$1" "$2"
		return
	fi
	if [ "$sl_then" = rollback ] || [ "$sl_then" = "$sl_f_then" ]; then
		return
	fi
	decide "$sl_f_then" "red flag $1 is $2: $sl_f_title$sl_f_policy"
	say "  red flag $1 is $2: $sl_f_title ($sl_f_then)$(shown_for "$2")"
}

# decide THEN WHY: written down before anything is done about it, so that whoever goes on after an interruption does it. What has to
# go back is not held.
decide() {
	[ "$sl_then" != rollback ] || return 0
	sl_then=$1 sl_because=$2
	journal decided '' 'then' "$1" why "$2"
}

# owe_repair FLAG VERDICT: of what is taken back, none is owed.
owe_repair() {
	[ -z "${sl_stuck:-}" ] || return 0
	load_flag "$1"
	has "$sl_owed" "flag:$1" || say "  red flag $1 is $2: $sl_f_title (a repair is owed)$(shown_for "$2")"
	owe flag "$1"
}

shown_for() {
	if [ "$1" = unknown ]; then
		printf ': it cannot be evaluated, and what is unknown counts as raised'
	elif [ -n "$sl_shown" ]; then
		printf ':%s' "$sl_shown"
	fi
}

look_if_due() {
	[ -n "$sl_armed_metrics" ] && [ "$sl_then" != rollback ] || return 0
	passed
	[ "$sl_passed" -lt "$sl_next_look" ] || look due
}

# A flag that is raised, but not yet for long enough, when it stops being armed: it is waited for.
settle() {
	local sl_next_flags=$1 sl_id sl_pending sl_said=''
	while [ -z "$sl_then" ]; do
		sl_pending=
		for sl_id in $sl_armed; do
			# One that was raised for long enough, and is a repair to be owed, is waited for no more.
			if lookup "$sl_since" "$sl_id" && ! has "$sl_next_flags" "$sl_id" && ! has "$sl_owed" "flag:$sl_id"; then
				sl_pending=$sl_id
			fi
		done
		[ -n "$sl_pending" ] || return 0
		[ "$sl_said" = "$sl_pending" ] || say "  waiting: red flag $sl_pending is raised, though not for long enough yet"
		sl_said=$sl_pending
		nap 1
		look due
	done
}

# Sleeps through SECONDS while looking; only a rollback ends it early.
rest() {
	local sl_end
	passed
	sl_end=$((sl_passed + $1 + ($1 > 0)))
	while [ "$sl_then" != rollback ] && [ "$sl_passed" -lt "$sl_end" ]; do
		nap 1
		look_if_due
		passed
	done
}

# Sleeps through SECONDS while looking every so often; ends early when a flag says so.
observe() {
	local sl_end
	passed
	sl_end=$((sl_passed + $1 + ($1 > 0)))
	while [ -z "$sl_then" ] && [ "$sl_passed" -lt "$sl_end" ]; do
		nap 1
		look_if_due
		passed
	done
}
