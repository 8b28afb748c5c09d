# ---------------------------------------------------------------- commands

# Secrets, longest first, so that one that is part of another does not leave a rest.
sort_secrets() {
	local sl_name sl_value sl_part
	for sl_name in $sl_secrets; do
		sl_value=${!sl_name-}
		# A line at a time: output is masked a line at a time. A line too short to be a secret is left alone.
		while IFS= read -r sl_part || [ -n "$sl_part" ]; do
			if [ "${#sl_part}" -ge 4 ] || [ "$sl_part" = "$sl_value" ]; then
				sl_masks[${#sl_masks[@]}]=$sl_part
			fi
		done < <(printf '%s' "$sl_value")
	done
	local sl_i sl_j sl_count=${#sl_masks[@]}
	for ((sl_i = 1; sl_i < sl_count; sl_i++)); do
		sl_part=${sl_masks[sl_i]}
		for ((sl_j = sl_i; sl_j > 0; sl_j--)); do
			[ "${#sl_part}" -gt "${#sl_masks[sl_j - 1]}" ] || break
			sl_masks[sl_j]=${sl_masks[sl_j - 1]}
		done
		sl_masks[sl_j]=$sl_part
	done
}

mask_line() {
	local sl_mask
	sl_masked=$1
	for sl_mask in ${sl_masks[@]+"${sl_masks[@]}"}; do
		[ -z "$sl_mask" ] || sl_masked=${sl_masked//"$sl_mask"/***}
	done
}

# Standard input, masked, to standard output and to LOG.
mask() {
	local sl_line
	while IFS= read -r sl_line || [ -n "$sl_line" ]; do
		mask_line "$sl_line"
		printf '%s\n' "$sl_masked" >>"$1"
		printf '%s\n' "$sl_masked"
	done 2>/dev/null
}

# child ID SCRIPT: becomes the command. It gets its own variables and secrets, no lock, no terminal to read from.
child() {
	local sl_name
	for sl_name in $sl_secrets; do
		has "$sl_given" "$sl_name" || unset "$sl_name"
	done
	trap - PIPE
	umask "$sl_umask"
	if [ -n "$sl_locale_was" ]; then
		export LC_ALL="$sl_locale"
	else
		unset LC_ALL
	fi
	give_all
	give "$1"
	[ -z "$sl_percent" ] || export STOPLINE_PERCENT="$sl_percent"
	[ "$sl_check" != http ] || export STOPLINE_URL="$sl_url" STOPLINE_LIMIT="$sl_timeout"
	exec "$BASH" -euo pipefail -c "$2" stopline 9>&-
}

# A pause that a signal ends at once.
nap() {
	sleep "$1" >/dev/null 2>&1 9>&- &
	wait "$!"
}

# end_group GROUP SECONDS: politely, then certainly.
end_group() {
	local sl_left=$(($2 * 10))
	kill -TERM -- "-$1" 2>/dev/null
	kill -CONT -- "-$1" 2>/dev/null
	while [ "$sl_left" -gt 0 ] && kill -0 -- "-$1" 2>/dev/null; do
		sleep 0.1
		sl_left=$((sl_left - 1))
	done
	kill -KILL -- "-$1" 2>/dev/null
}

# Ends the group when it takes longer than LIMIT. It outlives us, so that an orphan has a limit too.
watchdog() {
	local sl_left=$2
	while kill -0 "$1" 2>/dev/null; do
		if [ "$sl_left" -le 0 ]; then
			: >"$3"
			end_group "$1" 5
			return
		fi
		sleep 1
		sl_left=$((sl_left - 1))
	done
}

# run_command ID PART SCRIPT LIMIT LEFT [KEY VALUE]…: journaled before and after, in a process group of its own.
# sl_status says how it ended, sl_late whether it had to be ended. LEFT is how many tries are left after this one.
run_command() {
	local sl_id=$1 sl_part=$2 sl_script=$3 sl_limit=$4 sl_tries_left=$5
	shift 5
	local sl_log sl_reader sl_dog sl_began sl_polls=0
	sl_log=$sl_home/log/$((sl_seq + 1))-$sl_id-$sl_part.log
	sl_late=
	: >"$sl_log"
	rm -f "$sl_tmp/late" "$sl_tmp/out" "$sl_tmp/gate"
	mkfifo "$sl_tmp/out" "$sl_tmp/gate"

	set -m
	mask "$sl_log" <"$sl_tmp/out" 9>&- &
	sl_reader=$!
	# It waits at a gate until the journal knows its process group; when we die first, it ends without having begun.
	exec 7<>"$sl_tmp/gate"
	exec 6<"$sl_tmp/gate"
	(
		exec 7>&- 9>&-
		IFS= read -r _ <&6 || exit 125
		exec 6<&-
		child "$sl_id" "$sl_script"
	) </dev/null >"$sl_tmp/out" 2>&1 &
	sl_group=$!
	set +m
	exec 6<&-
	sl_current=$sl_id
	case $sl_part in
	run | shift)
		has "$sl_begun" "$sl_id" || sl_begun="$sl_begun $sl_id"
		[ "$sl_changes" != yes ] || sl_changed=yes
		;;
	esac
	journal begin "$sl_id" part "$sl_part" left "$sl_tries_left" group "$sl_group" host "$sl_host" \
		started "$(born "$sl_group")" changes "$sl_changes" "$@"
	sl_began=$(now)
	printf 'go\n' >&7
	exec 7>&-
	set -m
	watchdog "$sl_group" "$sl_limit" "$sl_tmp/late" >/dev/null 2>&1 9>&- &
	sl_dog=$!
	set +m

	while kill -0 "$sl_group" 2>/dev/null; do
		if [ "$sl_polls" -lt 20 ]; then
			nap 0.05
		elif [ "$sl_polls" -lt 60 ]; then
			nap 0.2
		else
			nap 1
		fi
		sl_polls=$((sl_polls + 1))
		look_if_due
		if [ "$sl_then" = rollback ] && [ "$sl_part" != undo ] && [ "$sl_part" != return ]; then
			sl_tries_left=0
			end_group "$sl_group" 5
			break
		fi
	done
	wait "$sl_group" 2>/dev/null
	sl_status=$?
	sl_group=
	kill -KILL -- "-$sl_dog" 2>/dev/null
	wait "$sl_dog" 2>/dev/null
	sl_late=
	if [ -e "$sl_tmp/late" ]; then
		sl_late=yes
		[ "$sl_status" -ne 0 ] || sl_status=124
	fi
	# What it left in the pipe is still written; what it left running does not keep us.
	sl_polls=0
	while kill -0 "$sl_reader" 2>/dev/null && [ "$sl_polls" -lt 50 ]; do
		nap 0.05
		sl_polls=$((sl_polls + 1))
	done
	kill -KILL "$sl_reader" 2>/dev/null
	wait "$sl_reader" 2>/dev/null
	[ "$sl_status" -ne 0 ] || sl_tries_left=0
	journal end "$sl_id" part "$sl_part" left "$sl_tries_left" status "$sl_status" late "$sl_late" \
		seconds "$(($(now) - sl_began))" output "$(digest <"$sl_log")" "$@"
	sl_current=
}

# Why the last command did not do, for people.
how_it_ended() {
	if [ -n "$sl_late" ]; then
		printf 'took longer than its limit of %s seconds and was ended' "$1"
	else
		printf 'left with status %s' "$sl_status"
	fi
}

# capture ID SCRIPT LIMIT: a command that only looks. Its first output is in sl_out, its complaints in sl_err.
capture() {
	local sl_dog sl_polls=0
	rm -f "$sl_tmp/sample-late"
	: >"$sl_tmp/sample"
	: >"$sl_tmp/sample-err"
	set -m
	(
		set -o pipefail
		{
			(child "$1" "$2") 2>&1 >&3 </dev/null | mask /dev/null | head -c 2000 >"$sl_tmp/sample-err"
		} 3>&1 | mask /dev/null | head -c 1000 >"$sl_tmp/sample"
	) 9>&- &
	sl_sample=$!
	watchdog "$sl_sample" "$3" "$sl_tmp/sample-late" >/dev/null 2>&1 9>&- &
	sl_dog=$!
	set +m
	while kill -0 "$sl_sample" 2>/dev/null; do
		if [ "$sl_polls" -lt 40 ]; then
			nap 0.05
		else
			nap 0.5
		fi
		sl_polls=$((sl_polls + 1))
	done
	wait "$sl_sample" 2>/dev/null
	sl_status=$?
	sl_sample=
	kill -KILL -- "-$sl_dog" 2>/dev/null
	wait "$sl_dog" 2>/dev/null
	sl_late=
	if [ -e "$sl_tmp/sample-late" ]; then
		sl_late=yes
		[ "$sl_status" -ne 0 ] || sl_status=124
	fi
	sl_out=$(cat "$sl_tmp/sample")
	sl_err=$(cat "$sl_tmp/sample-err")
}
