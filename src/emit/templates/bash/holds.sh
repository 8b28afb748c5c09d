# ---------------------------------------------------------------- holds

# A terminal somebody sits at. A build server may have one with nobody there.
somebody_is_there() {
	[ -z "${CI:-}" ] && [ -t 0 ] && { : >/dev/tty; } 2>/dev/null
}

# How many different people have signed HOLD.
signatures() {
	local sl_entry
	sl_signed=0
	for sl_entry in $sl_approved; do
		case $sl_entry in
		"$1:"*) sl_signed=$((sl_signed + 1)) ;;
		esac
	done
}

# sign HOLD WHO HOW: once a person, and only those who may.
sign() {
	has "$sl_signers" "$2" || return 1
	if ! has "$sl_approved" "$1:$2"; then
		journal approve "$1" who "$2" how "$3" user "$sl_user" host "$sl_host" from "${SSH_CONNECTION:-}"
		sl_approved="$sl_approved $1:$2"
		say "  $2 signed"
	fi
}

# The time in which signatures count begins when the hold is first reached.
open_hold() {
	lookup "$sl_opened" "$1" && return
	sl_found=never
	if [ -n "$sl_expires" ]; then
		now_for "$1"
		sl_found=$((sl_now + sl_expires))
	fi
	journal hold "$1" expires "$sl_found"
	sl_opened="$sl_opened $1=$sl_found"
}

do_hold() {
	local sl_entry sl_deadline
	open_hold "$1"
	sl_deadline=$sl_found
	# Signatures that were given in time, and not gone on with in time, count no more.
	if expired "$1" "$sl_deadline"; then
		refuse "$1" "nobody signed $1 in time"
	fi
	for sl_entry in $sl_cli_approvals; do
		case $sl_entry in
		"$1:"*) sign "$1" "${sl_entry#*:}" option ;;
		esac
	done
	signatures "$1"
	while [ "$sl_signed" -lt "$sl_needs" ]; do
		somebody_is_there || wait_for_people "$1"
		ask "$1" "$sl_deadline"
		signatures "$1"
	done
	# A wait for a person lies behind us: what was true before it may not be now.
	if ! judge "$sl_left_after"; then
		say_how_to_go_on resume
		stop "$(status_for_stop)" person "$1 is signed, and the guards say no:$sl_refused"
	fi
}

# now_for HOLD: what cannot be said does not pass.
now_for() {
	now
	is_count "$sl_now" || stop "$(status_for_stop)" person "the clock cannot be read, and $1 expires"
}

# expired HOLD DEADLINE
expired() {
	is_count "$2" || return 1
	now_for "$1"
	[ "$sl_now" -ge "$2" ]
}

wait_for_people() {
	complain "$1 needs $sl_needs of: $sl_signers; signed: $sl_signed"
	complain "go on with:  $sl_self resume$sl_state_option --approve $1 --as NAME"
	stop "$(status_for_stop)" person "$1 waits for a signature, and nobody is at a terminal"
}

# Whether the terminal is ours. Whoever reads it in the background is stopped until it is, or told that it is at its end.
in_foreground() {
	local sl_line=''
	if IFS= read -r sl_line 2>/dev/null <"/proc/$$/stat"; then
		# shellcheck disable=SC2086 # one field after the other
		set -- ${sl_line##*) }
		[ "${3-}" = "${6-none}" ]
		return
	fi
	case $(ps -o stat= -p "$$" 2>/dev/null 9>&-) in
	*+*) ;;
	*) return 1 ;;
	esac
}

# What was typed before somebody is asked is no answer, nor is half a line of it: the terminal lets go of what it has.
forget_what_was_typed() {
	local sl_was sl_tries=0
	in_foreground || return 0
	sl_was=$(stty -g </dev/tty 2>/dev/null 9>&-) || return 0
	# Whatever ends us in between would leave the terminal so.
	sl_busy=yes
	! (trap '' INT TERM HUP && exec stty -icanon min 0 time 0) </dev/tty 2>/dev/null 9>&- ||
		head -c 65536 </dev/tty >/dev/null 2>&1 9>&-
	until (trap '' INT TERM HUP && exec stty "$sl_was") </dev/tty 2>/dev/null 9>&- || [ "$((sl_tries += 1))" -ge 5 ]; do
		:
	done
	sl_busy=
	[ -z "$sl_signal" ] || on_signal "$sl_signal"
}

# ask HOLD DEADLINE: one answer from the terminal. What is no name and no `yes` is no.
ask() {
	local sl_answer sl_name sl_asked
	forget_what_was_typed
	printf '%s\n  may sign: %s (%s of %s signed)\n  your name to sign, anything else to refuse: ' \
		"$sl_title" "$sl_signers" "$sl_signed" "$sl_needs" >/dev/tty
	sl_answer=
	while :; do
		# The terminal keeps a line until it is whole, so looking up every few seconds loses nothing.
		passed
		sl_asked=$sl_passed
		IFS= read -r -t 3 sl_answer </dev/tty
		sl_status=$?
		passed
		# bash 3 does not say whether time is up or the terminal is closed.
		if [ "$sl_status" -ne 0 ] && [ "$sl_status" -le 128 ] && { [ "${BASH_VERSINFO[0]}" -ge 4 ] || [ "$((sl_passed - sl_asked))" -lt 2 ]; }; then
			# A line that was lost ends it, too, and its signal may come later; such a terminal is not ours any more.
			nap 1
			in_foreground || wait_for_people "$1"
			refuse "$1" "the terminal was closed at $1"
		fi
		# An answer may come too late, too.
		if expired "$1" "$2"; then
			refuse "$1" "nobody signed $1 in time"
		fi
		[ "$sl_status" -ne 0 ] || break
	done
	sl_name=${sl_answer#@}
	case $sl_name in
	'' | *[!A-Za-z0-9._+@-]*) refuse "$1" "$1 was refused at the terminal" ;;
	esac
	sign "$1" "$sl_name" terminal || refuse "$1" "$1 was refused at the terminal"
}

refuse() {
	journal refuse "$1" why "$2" user "$sl_user" host "$sl_host" from "${SSH_CONNECTION:-}"
	roll_back "$2"
}
