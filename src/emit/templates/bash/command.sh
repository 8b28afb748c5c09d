# ---------------------------------------------------------------- commands

# child ID SCRIPT: becomes the command. It gets its own variables and secrets, no lock, no terminal to read from.
child() {
	local sl_name
	for sl_name in $sl_secrets; do
		has "$sl_given" "$sl_name" || unset "$sl_name"
	done
	trap - PIPE XFSZ
	umask "$sl_umask"
	if [ -n "$sl_locale_was" ]; then
		export LC_ALL="$sl_locale"
	else
		unset LC_ALL
	fi
	give_all
	give "$1"
	give_kept "$1"
	[ -z "$sl_noted_by" ] || give_kept "$sl_noted_by"
	[ -z "$sl_percent" ] || export STOPLINE_PERCENT="$sl_percent"
	[ "$sl_check" != http ] || export STOPLINE_URL="$sl_url" STOPLINE_LIMIT="$sl_timeout"
	if [ -n "$sl_machine" ]; then
		exec 9>&-
		on_machine "$1" "$2"
	fi
	exec "$BASH" --norc -euo pipefail -c "$2" stopline 9>&-
}

# A pause that a signal ends at once.
nap() {
	sleep "$1" >/dev/null 2>&1 9>&- &
	wait "$!"
}

# pause POLLS: what ends soon is seen soon, and what lasts is not asked all the time.
pause() {
	if [ "$1" -lt 5 ]; then
		nap 0.01
	elif [ "$1" -lt 20 ]; then
		nap 0.05
	elif [ "$1" -lt 60 ]; then
		nap 0.2
	else
		nap 1
	fi
}

# start_command SLOT ID PART SCRIPT LIMIT LEFT [KEY VALUE]…: begins a command in a process group of its own, journaled
# before it does anything. A slot is a place a command runs in; LEFT is how many tries are left after this one.
start_command() {
	local sl_slot=$1 sl_id=$2 sl_part=$3 sl_script=$4 sl_limit=$5 sl_tries_left=$6
	shift 6
	local sl_log sl_group
	sl_log=$sl_home/log/$((sl_seq + 1))-$sl_id-$sl_part.log
	rm -f "$sl_tmp/late.$sl_slot" "$sl_tmp/out.$sl_slot" "$sl_tmp/gate.$sl_slot"
	mkfifo "$sl_tmp/out.$sl_slot" "$sl_tmp/gate.$sl_slot" ||
		stop "$(status_for_stop)" signal "nothing can be written in $sl_tmp"

	# Both ends are opened here, where neither can wait for the other: a reader whose writer was ended before it came
	# would wait for ever, and keep the lock.
	exec 5<>"$sl_tmp/out.$sl_slot"
	exec 4<"$sl_tmp/out.$sl_slot"
	exec 3>"$sl_tmp/out.$sl_slot"
	exec 5>&-

	set -m
	mask "$sl_log" "$sl_prefix" 3>&- 9>&- <&4 &
	sl_slot_reader[sl_slot]=$!
	# It waits at a gate until the journal knows its process group; when we die first, it ends without having begun.
	exec 7<>"$sl_tmp/gate.$sl_slot"
	exec 6<"$sl_tmp/gate.$sl_slot"
	(
		exec 3>&- 4<&- 7>&- 9>&-
		IFS= read -r _ <&6 || exit 125
		exec 6<&-
		child "$sl_id" "$sl_script"
	) </dev/null >&3 2>&1 &
	sl_group=$!
	set +m
	exec 3>&- 4<&- 6<&-
	sl_slot_group[sl_slot]=$sl_group sl_slot_of[sl_slot]=$sl_id sl_slot_part[sl_slot]=$sl_part
	sl_slot_ended[sl_slot]='' sl_slot_left[sl_slot]=$sl_tries_left sl_slot_log[sl_slot]=$sl_log sl_slot_more[sl_slot]=$*
	sl_running="$sl_running $sl_slot"
	case $sl_part in
	run | shift)
		has "$sl_begun" "$sl_id" || sl_begun="$sl_begun $sl_id"
		[ "$sl_changes" != yes ] || sl_changed=yes
		;;
	esac
	born "$sl_group"
	journal begin "$sl_id" part "$sl_part" left "$sl_tries_left" group "$sl_group" host "$sl_host" \
		started "$sl_found" changes "$sl_changes" "$@"
	# Only what the journal knows has a log: one that is there without its line says that the line was lost.
	{ [ -d "$sl_home/log" ] || mkdir -p "$sl_home/log"; } 2>/dev/null && : 2>/dev/null >"$sl_log"
	passed
	sl_slot_began[sl_slot]=$sl_passed sl_slot_limit[sl_slot]=$sl_limit
	watch_over "$sl_group" "$sl_limit" "$sl_tmp/late.$sl_slot" command
	sl_slot_dog[sl_slot]=$sl_found
	printf 'go\n' >&7
	exec 7>&-
}

# Whether the command in SLOT still runs.
runs() {
	local sl_found
	exists "${sl_slot_group[$1]}" || return 1
	! exists "${sl_slot_dog[$1]}" || return 0
	# Its watchdog has ended: because the command has, because it could not end it, or because it was killed itself.
	exists "${sl_slot_group[$1]}" || return 1
	if [ -e "$sl_tmp/late.$1" ]; then
		sl_survivors=" ${sl_slot_group[$1]}"
		abandon "${sl_slot_of[$1]}"
	fi
	passed
	watch_over "${sl_slot_group[$1]}" "$((sl_slot_began[$1] + sl_slot_limit[$1] - sl_passed))" "$sl_tmp/late.$1" command
	sl_slot_dog[$1]=$sl_found
}

# finish_command SLOT: after it ended. sl_status says how, sl_late whether it had to be ended.
finish_command() {
	local sl_slot=$1 sl_polls=0 sl_reader=${sl_slot_reader[$1]} sl_log=${sl_slot_log[$1]} sl_more sl_outlived=''
	wait "${sl_slot_group[sl_slot]}" 2>/dev/null
	sl_status=$?
	call_off "${sl_slot_dog[sl_slot]}" "$sl_tmp/late.$sl_slot"
	case $?:$([ -d "$sl_tmp" ] || printf 'gone') in
	3:*) sl_late=yes sl_outlived=yes ;;
	4:* | 137:gone) sl_late=yes ;;
	*) sl_late= ;;
	esac
	[ ! -e "$sl_tmp/late.$sl_slot" ] || sl_late=yes
	# Some end well when they are told to end, and have not done their work.
	if [ "$sl_status" -eq 0 ]; then
		[ -z "${sl_slot_ended[sl_slot]}" ] || sl_status=143
		[ -z "$sl_late" ] || sl_status=124
	fi
	# What it left in the pipe is still written; what it left running does not keep us.
	while kill -0 "$sl_reader" 2>/dev/null && [ "$sl_polls" -lt 30 ]; do
		pause "$sl_polls"
		sl_polls=$((sl_polls + 1))
	done
	kill -KILL "$sl_reader" 2>/dev/null
	wait "$sl_reader" 2>/dev/null
	if [ "$sl_status" -eq 0 ]; then
		sl_slot_left[sl_slot]=0
	else
		# What failed is tried again or undone, and nothing of it may go on beside that.
		end_groups 5 "${sl_slot_group[sl_slot]}"
		[ -z "$sl_outlived" ] || sl_survivors="$sl_survivors$(cat "$sl_tmp/late.$sl_slot")"
		if [ -n "$sl_outlived" ] || [ -n "$sl_survivors" ] || surviving "${sl_slot_group[sl_slot]}"; then
			abandon "${sl_slot_of[sl_slot]}"
		fi
	fi
	but "$sl_running" "$sl_slot"
	sl_running=$sl_found
	# shellcheck disable=SC2206 # words without blanks
	sl_more=(${sl_slot_more[sl_slot]})
	passed
	sl_found=
	digest 2>/dev/null <"$sl_log"
	journal end "${sl_slot_of[sl_slot]}" part "${sl_slot_part[sl_slot]}" left "${sl_slot_left[sl_slot]}" \
		status "$sl_status" late "$sl_late" seconds "$((sl_passed - sl_slot_began[sl_slot]))" \
		output "$sl_found" ${sl_more[@]+"${sl_more[@]}"}
}

# goes_back PART: what a red flag wants has begun with it.
goes_back() {
	case $1 in
	undo | return) return 0 ;;
	esac
	return 1
}

# run_command ID PART SCRIPT LIMIT LEFT [KEY VALUE]…: begins it, looks at the red flags while it runs, finishes it.
run_command() {
	local sl_polls=0 sl_ended=''
	start_command 0 "$@"
	while runs 0; do
		pause "$sl_polls"
		sl_polls=$((sl_polls + 1))
		look_if_due
		if [ "$sl_then" = rollback ] && goes_back "$2"; then
			# A member of a group may be taken back while others run.
			[ -n "$sl_ended" ] || end_members
			sl_ended=yes
		elif [ "$sl_then" = rollback ]; then
			sl_slot_left[0]=0
			# It may have come to its end while the flags were looked at.
			! exists "${sl_slot_group[0]}" || sl_slot_ended[0]=yes
			end_groups 5 "${sl_slot_group[0]}"
			[ -z "$sl_survivors" ] || abandon "$1"
			break
		fi
	done
	finish_command 0
}

# What no command leaves with.
sl_no_answer=999

# Why the last command did not do, for people.
how_it_ended() {
	if [ -n "$sl_late" ]; then
		printf 'took longer than its limit of %s seconds and was ended' "$1"
	elif [ "$sl_status" = "$sl_no_answer" ]; then
		printf 'gave no answer that could be kept'
	else
		printf 'left with status %s' "$sl_status"
	fi
}

# capture ID SCRIPT LIMIT [look [MACHINE]]: a command that only looks. Its first output is in sl_out, its complaints in
# sl_err. With `look` the red flags are looked at meanwhile, each of their metrics in a capture of its own.
capture() {
	local sl_dog sl_looker sl_began sl_polls=0 sl_base=$sl_tmp/${4:-sample} sl_machine=${5:-} sl_noted_by=''
	rm -f "$sl_base-late" "$sl_base-status"
	: >"$sl_base"
	: >"$sl_base-err"
	set -m
	(
		{
			{
				(child "$1" "$2") 2>&1 >&3 </dev/null
				printf '%s\n' "$?" 2>/dev/null >"$sl_base-status"
			} | mask /dev/null '' | head -c 2000 >"$sl_base-err"
		} 3>&1 | tr '\000' '\002' 2>/dev/null | mask /dev/null '' | head -c 1000 >"$sl_base"
		# No variable holds a NUL: without one, 1<NUL>5 would be 15. What is too long ends those before `head` with 1. Where its
		# output could not be kept, it gave no answer.
		case "${PIPESTATUS[1]} ${PIPESTATUS[2]} ${PIPESTATUS[3]}" in
		'0 0 0' | '0 1 0' | '1 1 0') ;;
		*) rm -f "$sl_base-status" ;;
		esac
	) 9>&- &
	sl_looker=$!
	if [ -n "${4:-}" ]; then
		sl_look=$sl_looker
	else
		sl_sample=$sl_looker
	fi
	set +m
	passed
	sl_began=$sl_passed
	watch_over "$sl_looker" "$3" "$sl_base-late"
	sl_dog=$sl_found
	while exists "$sl_looker"; do
		if ! exists "$sl_dog" && [ ! -e "$sl_base-late" ]; then
			passed
			watch_over "$sl_looker" "$((sl_began + $3 - sl_passed))" "$sl_base-late"
			sl_dog=$sl_found
		fi
		pause "$sl_polls"
		sl_polls=$((sl_polls + 1))
		if [ -n "${4:-}" ]; then
			look_if_due
			[ "$sl_then" != rollback ] || end_lookers 1 "$sl_looker"
		fi
	done
	wait "$sl_looker" 2>/dev/null
	IFS= read -r sl_status 2>/dev/null <"$sl_base-status" && is_count "$sl_status" || sl_status=$sl_no_answer
	if [ -n "${4:-}" ]; then
		sl_look=
	else
		sl_sample=
	fi
	call_off "$sl_dog" "$sl_base-late"
	sl_late=
	if [ -e "$sl_base-late" ]; then
		sl_late=yes
		[ "$sl_status" -ne 0 ] || sl_status=124
	fi
	sl_out=$(cat "$sl_base")
	sl_err=$(cat "$sl_base-err")
}
