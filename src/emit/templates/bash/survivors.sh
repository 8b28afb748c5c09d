# ---------------------------------------------------------------- what outlives those who began it

# note_survivors [LEADER]: the groups in sl_survivors are written beside the journal, for whoever comes next, and whose command
# they are of. A watchdog may find them when nobody is left who writes the journal.
note_survivors() {
	local sl_group sl_found
	for sl_group in $sl_survivors; do
		born "$sl_group"
		{ printf '%s %s %s %s\n' "$sl_group" "${sl_found:--}" "$sl_host" "${1:--}" >>"$sl_home/survivors"; } 2>/dev/null || return 1
	done
}

# forget_survivors: the file is there from the beginning, with a line in it, and takes another one where the disk is full.
forget_survivors() {
	if [ -s "$sl_home/survivors" ] && { read -r _ && ! read -r _; } 2>/dev/null <"$sl_home/survivors"; then
		return
	fi
	printf '# what could not be ended: process group, birth, machine\n' 2>/dev/null >"$sl_home/survivors" || :
}

# surviving [LEADER]: those that were written down (of this command) and do something still, in sl_survivors; no where none does.
surviving() {
	local sl_group sl_birth sl_where sl_whose
	sl_survivors=
	[ -e "$sl_home/survivors" ] || return 1
	if [ ! -r "$sl_home/survivors" ]; then
		complain "$sl_home/survivors cannot be read: it says what still runs"
		leave_now "$(status_for_stop)"
	fi
	while read -r sl_group sl_birth sl_where sl_whose; do
		[ "${1:--}" = - ] || [ "${sl_whose:--}" = - ] || [ "$sl_whose" = "$1" ] || continue
		if [ "$sl_where" = "$sl_host" ] && ! has "$sl_survivors" "$sl_group" && is_still "$sl_group" "$sl_birth"; then
			sl_survivors="$sl_survivors $sl_group"
		fi
	done <"$sl_home/survivors"
	[ -n "$sl_survivors" ]
}

# is_still GROUP BIRTH: whether it lives. A leader that was born at another time is somebody else's process under a number
# given out again.
is_still() {
	is_count "$1" && group_lives "$1" || return 1
	born "$1"
	[ -z "$sl_found" ] || [ "$sl_found" = "$2" ]
}

# abandon ID: while a part of it runs that nobody here can end, nothing is done beside it.
abandon() {
	note_survivors
	complain "$1 runs on, and may not be ended from here (as another user, perhaps):${sl_survivors:- what it is could not be written down}"
	complain "end it, or wait for it; \`resume\` and \`rollback\` go on once it has ended"
	stop 76 orphan "still running: $1"
}

# The same of every other plan of the service: of one that came to its end nothing runs on. What nobody can tell keeps others
# from beginning, and where the glass is broken over that, too.
refuse_orphan_of_another() {
	local sl_other
	[ -r "$sl_place" ] || not_known_to_run "$sl_place"
	for sl_other in "$sl_place"/*/; do
		sl_other=${sl_other%/}
		if [ "$sl_other" = "$sl_home" ] || [ ! -d "$sl_other" ]; then
			continue
		fi
		case $(tail -n 1 "$sl_other/journal.jsonl" 2>/dev/null) in
		*'"event":"confirmed"'* | *'"event":"rolled-back"'* | *'"event":"refused"'* | *'"event":"handed"'*) continue ;;
		esac
		sl_status=0
		(refuse_orphan_in "$sl_other") || sl_status=$?
		case $sl_status in
		0) ;;
		76)
			complain "that is of a run of another plan: $sl_other"
			leave_now 76
			;;
		*) not_known_to_run "$sl_other" ;;
		esac
	done
}

# not_known_to_run FOLDER: without the glass it is asked for its end, which says more.
not_known_to_run() {
	[ -n "$sl_glass" ] || return 0
	complain "whether something of another plan still runs is not known, and nothing is done beside it: $1"
	complain "when somebody who may read it has seen to that, move it away"
	leave_now "$(status_for_stop)"
}

# refuse_orphan_in FOLDER: called where nothing of it is remembered; nothing is journaled there. No where it cannot be told.
refuse_orphan_in() {
	local sl_home=$1 sl_journal='' sl_whole=$1/journal.jsonl sl_newest
	[ -r "$sl_home" ] && [ -x "$sl_home" ] || return 1
	[ -e "$sl_home/journal.jsonl" ] || [ -d "$sl_home/log" ] || return 0
	# A last line that was torn is none: its own runbook sets it aside.
	case $(tail -c 1 "$sl_whole" 2>/dev/null | od -An -tx1 | tr -d ' \n') in
	0a) ;;
	[0-9a-f][0-9a-f])
		sed '$d' "$sl_whole" >"$sl_tmp/whole" || return 1
		sl_whole=$sl_tmp/whole
		;;
	esac
	remember "$sl_whole"
	refuse_orphan
	newest_log "$sl_home/log"
	sl_newest=$sl_found
	check_chain "$sl_whole" && ! why_unsound "$sl_newest"
}

# Something of the last run may still be at work. Then nothing is done, forward or back.
refuse_orphan() {
	local sl_entry sl_id sl_fields sl_group sl_where sl_alive='' sl_living='' sl_elsewhere=''
	for sl_entry in $sl_doubts $sl_looking; do
		sl_id=${sl_entry%%=*}
		# part,group,host,birth
		sl_fields=${sl_entry#*,}
		sl_group=${sl_fields%%,*} sl_fields=${sl_fields#*,}
		sl_where=${sl_fields%%,*}
		if [ "$sl_where" != "$sl_host" ]; then
			complain "$sl_id was begun on $sl_where, and whether it still runs there cannot be seen from here"
			continue
		fi
		is_still "$sl_group" "${sl_fields#*,}" || continue
		complain "$sl_id of the last run is still running, as process group $sl_group"
		sl_alive="$sl_alive $sl_id"
		# Once it has ended, nobody finds any more what it has started in groups of their own.
		families "$sl_group"
		sl_survivors=$sl_found
		note_survivors
		for sl_group in $sl_survivors; do
			sl_living="$sl_living $sl_group"
		done
	done
	if surviving; then
		for sl_group in $sl_survivors; do
			has "$sl_living" "$sl_group" && continue
			complain "what the last run began is still running, as process group $sl_group"
			sl_alive="$sl_alive $sl_group"
			sl_living="$sl_living $sl_group"
		done
	fi
	if [ -e "$sl_home/survivors" ]; then
		while read -r sl_group _ sl_where _; do
			if is_count "$sl_group" && [ "$sl_where" != "$sl_host" ] && ! has "$sl_elsewhere" "$sl_where"; then
				sl_elsewhere="$sl_elsewhere $sl_where"
				complain "something that could not be ended ran on $sl_where, and whether it still does cannot be seen from here"
			fi
		done <"$sl_home/survivors"
	fi
	if [ -z "$sl_alive" ]; then
		[ -n "$sl_elsewhere" ] || forget_survivors
		return
	fi
	complain "wait for it, or end it with:  kill --${sl_living// / -}"
	stop 76 orphan "still running:$sl_alive"
}
