# ---------------------------------------------------------------- guards

# guard NAME VERDICT WHY HELP: one verdict. Breaking the glass overrules times, and nothing else.
guard() {
	local sl_verdict=$2
	if [ "$sl_verdict" = stop ] && [ -n "$sl_glass" ]; then
		case $1 in
		window | room | forbidden) sl_verdict=broken ;;
		esac
	fi
	journal guard '' name "$1" verdict "$sl_verdict" why "$3"
	case $sl_verdict in
	stop)
		sl_refused="$sl_refused $1"
		say "  stop  $1: $3"
		[ -z "${4:-}" ] || say "        $4"
		;;
	broken) say "  glass $1: $3" ;;
	waived) say "  waive $1: $3" ;;
	pass) [ -z "$sl_dry" ] || say "  pass  $1" ;;
	esac
}

# forbid FROM UNTIL RULE WHY HELP: `forbidden` calls it for each time that is forbidden, and `excuse` for each that is waived.
forbid() {
	# The rule comes with its policy, its version and its digest.
	if [ "$sl_at" -lt "$2" ] && [ "$((sl_at + sl_room))" -gt "$1" ]; then
		guard forbidden stop "$4 ($3)" "$5"
	else
		guard forbidden pass "$3" ''
	fi
}

# excuse FROM UNTIL RULE WHY WORDS: the same for a time in which the rule is let pass, which is said and kept.
excuse() {
	if [ "$sl_at" -lt "$2" ] && [ "$((sl_at + sl_room))" -gt "$1" ]; then
		guard forbidden waived "$4 ($3), $5" ''
	fi
}

# What a person can do about the guards that said no.
say_how_to_go_on() {
	local sl_time
	complain "when they agree:  $sl_self $1$sl_state_option"
	for sl_time in window room forbidden; do
		if has "$sl_refused" "$sl_time"; then
			complain "times alone can be overruled:  $sl_self $1$sl_state_option --break-glass REASON"
			return
		fi
	done
}

# lack_secrets NAMES: some are not set, and nothing is begun without. They belong to a process, and another may have begun the run.
lack_secrets() {
	local sl_name
	sl_missing=
	for sl_name in $1; do
		[ -n "${!sl_name-}" ] || has "$sl_missing" "$sl_name" || sl_missing="$sl_missing $sl_name"
	done
	[ -n "$sl_missing" ] || return 1
	complain "not set in the environment, and nothing is done without:$sl_missing"
	complain "set them, and say the same again"
}

# demand_secrets NAMES: of a run that has begun something by now.
demand_secrets() {
	lack_secrets "$1" || return 0
	ask_the_same
	stop "$(status_for_stop)" "$sl_waiting" "secrets are not set:$sl_missing"
}

# demand_secrets_to_go_back: before anything is journaled, so that the run stays what it is.
demand_secrets_to_go_back() {
	lack_secrets "$(secrets_to_go_back)" || return 0
	[ "$sl_ending" != handed ] || still_handed
	leave_now "$(status_for_stop)"
}

# reads SCRIPT [OPTION]…: whether bash can; what it says of it, on standard output.
reads() {
	local sl_script=$1
	shift
	"$BASH" --norc "$@" -n -c "$sl_script" stopline 2>&1
}

# judge_command WHAT SCRIPT: that bash can read it. One line of it may allow what the lines behind it need.
judge_command() {
	local sl_said sl_line sl_marked sl_above='' sl_below=$2
	sl_said=$(reads "$2") && return
	while [ -n "$sl_below" ]; do
		sl_line=${sl_below%%$'\n'*}
		sl_below=${sl_below#"$sl_line"}
		sl_below=${sl_below#$'\n'}
		# What may stand before it, whatever it is, belongs to a comment, a string or a here-document.
		sl_marked=$sl_above${sl_line/shopt -/) shopt -}
		sl_above=$sl_above$sl_line$'\n'
		case $sl_line in
		*'shopt -s'*extglob* | *'shopt -qs'*extglob*)
			if reads "$sl_above" >/dev/null && ! reads "$sl_marked" >/dev/null; then
				sl_said=$(reads "$2" -O extglob) && return
				break
			fi
			;;
		esac
	done
	guard command stop "$1 cannot be read: ${sl_said//stopline: -c: /}" 'correct it in the plan, and compile that'
}

# judge_commands: what bash cannot read is found before anything is begun; that of the way back would be found when it is needed.
judge_commands() {
	local sl_id sl_name
	for sl_id in $sl_everything $sl_rollback_steps; do
		load_action "$sl_id"
		for sl_name in $sl_captures; do
			load_capture "$sl_id:$sl_name"
			judge_command "what $sl_id captures as $sl_name" "$sl_capture_text"
		done
		[ -z "$sl_run_text" ] || judge_command "the command of $sl_id" "$sl_run_text"
		[ -z "$sl_verify" ] || judge_command "the verification of $sl_id" "$sl_verify"
		[ "$sl_undo_kind" != command ] || judge_command "the undo of $sl_id" "$sl_undo_text"
	done
}

# judge SECONDS [commands]: every guard, so that one sees all that is wrong at once. SECONDS is the worst case of what is left.
judge() {
	local sl_room=$1 sl_at sl_id
	sl_refused=
	now
	sl_at=$sl_now
	if ! is_count "$sl_at"; then
		guard clock stop "the clock cannot be read" ''
		return 1
	fi
	if [ -n "$sl_window_end" ]; then
		if [ "$sl_at" -lt "$sl_window_start" ]; then
			guard window stop "the window opens in $((sl_window_start - sl_at)) seconds" ''
		elif [ "$sl_at" -ge "$sl_window_end" ]; then
			guard window stop "the window closed $((sl_at - sl_window_end)) seconds ago" 'plan another one'
		else
			guard window pass 'inside the window' ''
			if [ "$((sl_at + sl_room))" -gt "$sl_window_end" ]; then
				guard room stop \
					"the worst case takes $sl_room seconds, and the window closes in $((sl_window_end - sl_at))" \
					'start earlier, or lengthen the window'
			else
				guard room pass "$sl_room of $((sl_window_end - sl_at)) seconds" ''
			fi
		fi
	fi
	forbidden
	[ -z "${2:-}" ] || judge_commands
	for sl_id in $sl_tools; do
		# A function of this script may be called as a tool is.
		if (unset -f "$sl_id" && command -v "$sl_id") >/dev/null 2>&1; then
			guard tool pass "$sl_id" ''
		else
			guard tool stop "$sl_id is not installed, or not on the path" ''
		fi
	done
	for sl_id in $sl_secrets; do
		if [ -n "${!sl_id-}" ]; then
			guard secret pass "$sl_id" ''
		else
			guard secret stop "$sl_id is not set in the environment" ''
		fi
	done
	for sl_id in $sl_guard_metrics; do
		if [ -n "$sl_dry" ]; then
			say "  -     metric $sl_id is not read in a dry run"
		elif sample "$sl_id"; then
			lookup "$sl_shown" "$sl_id"
			guard metric pass "$sl_id is $sl_found" ''
		else
			guard metric stop "$sl_why" 'a red flag could not be seen without it'
		fi
	done
	[ -z "$sl_refused" ]
}
