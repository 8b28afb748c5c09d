# ---------------------------------------------------------------- how commands are ended

# families GROUP…: the process groups of all that these groups have started, and are still the parents of, in sl_found:
# `timeout` and job control in a command make groups of their own.
families() {
	local sl_tries=0
	# What asks can be ended by a key, and then it is asked again.
	while [ "$((sl_tries += 1))" -le 3 ]; do
		sl_found=$(kin "$@") && return 0
	done
	sl_found=$*
}

kin() {
	processes | awk -v groups="$*" -v ours="$$" '
		{
			if ($1 == "whole") whole = 1
			parent[$1] = $3
			group[$1] = $4
		}
		END {
			if (!whole) exit 1
			count = split(groups, list, " ")
			for (at = 1; at <= count; at++) {
				given[list[at]] = 1
				print list[at]
			}
			for (process in parent) if (group[process] in given) kin[process] = 1
			do {
				more = 0
				for (process in parent) if (!(process in kin) && parent[process] in kin) more = kin[process] = 1
			} while (more)
			for (process in kin) if (!(group[process] in given) && group[process] != group[ours]) {
				given[group[process]] = 1
				print group[process]
			}
		}
	'
}

# end_groups SECONDS GROUP…: politely, then certainly, with all that they have started, which is written down before it is told:
# whoever comes next finds no more of what has lost its parent. What may not be ended (`sudo` made it somebody else's) is in
# sl_survivors. No where not all could be written down.
end_groups() {
	local sl_seconds=$1 sl_leader sl_all='' sl_unnoted='' sl_found
	shift
	for sl_leader in "$@"; do
		families "$sl_leader"
		sl_survivors=$sl_found
		sl_all="$sl_all $sl_found"
		note_survivors "$sl_leader" || sl_unnoted=yes
	done
	# shellcheck disable=SC2086
	end_all "$sl_seconds" $sl_all
	[ -z "$sl_unnoted" ]
}

# end_lookers SECONDS GROUP…: the same of what only looks, and of which nothing is left to wait for.
end_lookers() {
	local sl_seconds=$1 sl_found
	shift
	families "$@"
	# shellcheck disable=SC2086
	end_all "$sl_seconds" $sl_found
}

# end_all SECONDS GROUP…: these, and no others.
end_all() {
	local sl_left=$(($1 * 10)) sl_one sl_living
	sl_survivors=
	shift
	for sl_one in "$@"; do
		kill -TERM -- "-$sl_one" 2>/dev/null
		kill -CONT -- "-$sl_one" 2>/dev/null
	done
	while [ "$sl_left" -gt 0 ]; do
		sl_living=
		for sl_one in "$@"; do
			! kill -0 -- "-$sl_one" 2>/dev/null || sl_living=yes
		done
		[ -n "$sl_living" ] || break
		sleep 0.1 9>&-
		sl_left=$((sl_left - 1))
	done
	for sl_one in "$@"; do
		kill -KILL -- "-$sl_one" 2>/dev/null
	done
	sl_left=20
	for sl_one in "$@"; do
		while group_lives "$sl_one"; do
			if [ "$sl_left" -le 0 ]; then
				sl_survivors="$sl_survivors $sl_one"
				break
			fi
			sleep 0.1 9>&-
			sl_left=$((sl_left - 1))
		done
	done
}

# watchdog GROUP LIMIT FILE [KIND]: ends the group when it takes longer. It outlives us, so that an orphan has a limit too. It
# leaves with 4 when it has ended a command, with 3 where something survives and could not be written down, and what that is stands
# in FILE then, if anywhere; of what only looks, nothing is done with that.
watchdog() {
	local sl_left=$2 sl_end sl_found
	passed
	sl_end=$((sl_passed + $2 + 1))
	while exists "$1"; do
		# Naps last longer than they say, and a clock may stand still.
		if [ "$sl_left" -le 0 ] || [ "$sl_passed" -ge "$sl_end" ]; then
			# Nobody waits for a command while the runbook is suspended, and then it has ended all the same.
			born "$1"
			[ -n "$sl_found" ] || ! knows "$1" || return
			: >"$3"
			if [ -z "${4:-}" ]; then
				end_lookers 5 "$1"
				return 0
			fi
			! end_groups 5 "$1" && [ -n "$sl_survivors" ] || return 4
			printf '%s\n' "$sl_survivors" >"$3"
			return 3
		fi
		sleep 1
		sl_left=$((sl_left - 1))
		passed
	done
}

# watch_over GROUP LIMIT FILE [KIND]: a watchdog in a group of its own, in sl_found.
watch_over() {
	set -m
	watchdog "$@" >/dev/null 2>&1 7>&- 9>&- &
	sl_found=$!
	set +m
}

# call_off WATCHDOG FILE: one that has begun to end a command comes to the end of that: what it has found, nobody finds again
# once its parent is gone. Its status is the watchdog's. Where the folder with FILE has been removed, nobody knows that it has begun.
call_off() {
	local sl_polls=0
	while { [ -e "$2" ] || [ ! -d "$sl_tmp" ]; } && exists "$1" && [ "$sl_polls" -lt 100 ]; do
		nap 0.1
		sl_polls=$((sl_polls + 1))
	done
	kill -KILL -- "-$1" 2>/dev/null
	wait "$1" 2>/dev/null
}
