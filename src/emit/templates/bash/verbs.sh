# ---------------------------------------------------------------- verbs

list() {
	local sl_id sl_member sl_last=''
	say "$sl_title_of_all"
	for sl_id in $sl_actions; do
		load_action "$sl_id"
		if [ "$sl_phase" != "$sl_last" ]; then
			say "$sl_phase"
			sl_last=$sl_phase
		fi
		say "  $sl_id  [$sl_kind]  $sl_title"
		[ -z "$1" ] || [ -z "$sl_run_text" ] || list_commands "$sl_id"
		for sl_member in $sl_members; do
			load_action "$sl_member"
			say "    $sl_member  [step]  $sl_title"
			[ -z "$1" ] || list_commands "$sl_member"
		done
	done
	[ -z "$sl_rollback_steps" ] || say "rollback"
	for sl_id in $sl_rollback_steps; do
		load_action "$sl_id"
		say "  $sl_id  [step]  $sl_title"
		[ -z "$1" ] || indented "$sl_run_text"
	done
}

list_commands() {
	local sl_name
	for sl_name in $sl_captures; do
		load_capture "$1:$sl_name"
		indented "$sl_name=\$($sl_capture_text)"
	done
	indented "$sl_run_text"
}

status() {
	local sl_id sl_word sl_is_run=yes sl_checked sl_newest
	say "$sl_title_of_all"
	# Before the journal, which a run that is going on writes first.
	newest_log "$sl_home/log"
	sl_newest=$sl_found
	remember "$sl_home/journal.jsonl" || sl_is_run=
	# It shows what it can where nothing can be written.
	sl_checked=
	if find_sums && sl_tmp=$(mktemp -d "${TMPDIR:-/tmp}/stopline.XXXXXX" 2>/dev/null); then
		trap clean_up EXIT
		! check_chain "$sl_home/journal.jsonl" || sl_checked=yes
	fi
	[ -n "$sl_checked" ] || say "whether the journal was changed could not be checked"
	if [ -z "$sl_is_run" ]; then
		if why_unsound "$sl_newest"; then
			say "$sl_why"
		else
			say "not begun"
		fi
		return
	fi
	for sl_id in $sl_everything; do
		sl_word=-
		if has "$sl_undone" "$sl_id"; then
			sl_word=undone
		elif lookup "$sl_doubts" "$sl_id"; then
			sl_word='in doubt, or running'
		elif has "$sl_failed" "$sl_id"; then
			sl_word=failed
		elif has "$sl_done" "$sl_id"; then
			sl_word='done'
		elif has "$sl_again" "$sl_id" && ! has "$sl_ran" "$sl_id"; then
			sl_word='failed, and is to be tried again'
		elif has "$sl_begun" "$sl_id"; then
			sl_word=begun
		fi
		say "  $sl_id: $sl_word"
	done
	! why_unsound "$sl_newest" || say "$sl_why"
	[ -z "$sl_held_by" ] || say "to be held: $sl_held_by"
	sl_word=
	[ "$sl_mode" = forward ] || [ -n "$sl_ending" ] || sl_word=', to go back'
	say "run $sl_attempt, ${sl_ending:-open}$sl_word${sl_held_by:+, to be held}${sl_waiting:+, waiting: $sl_waiting}${sl_changed:+, changes were made}${sl_over:+, over one that was handed to a person}"
	say "journal: $sl_home/journal.jsonl"
}

dry_run() {
	[ "$sl_verb" = run ] || usage "--dry-run says what \`run\` would do; what \`$sl_verb\` goes on from, \`status\` shows"
	say "dry run: nothing is touched"
	list commands
	say "guards"
	if judge "$sl_worst" commands; then
		say "it would begin"
		leave_now 0
	fi
	complain "it would not begin:$sl_refused"
	leave_now 20
}

# say_glass REASON: why the glass was broken. It stands in the line that opens a run, too, where the next may not be written.
say_glass() {
	[ -z "$1" ] || journal glass '' reason "$1"
}

begin_run() {
	local sl_was
	journal open '' verb "$sl_verb" plan "$sl_digest" policies "$sl_policies" rules "$sl_rules" stopline "$sl_stopline" glass "$sl_glass" \
		user "$sl_user" host "$sl_host" directory "$PWD" from "${SSH_CONNECTION:-}"
	sl_was=$sl_ending
	forget
	[ "$sl_was" != handed ] || sl_over=yes
	forget_survivors
	say_glass "$sl_glass"
	say "$sl_title_of_all"
	if ! judge "$sl_worst" commands; then
		journal_end 20 refused '' why "guards:$sl_refused"
		complain "stopped before anything was touched:$sl_refused"
		say_how_to_go_on "run${sl_over:+ --break-glass REASON}"
		leave_ended 20
	fi
	proceed
}

run() {
	local sl_open=
	case $sl_ending in
	confirmed)
		refuse_under_another
		say "already confirmed; nothing to do"
		leave_now 0
		;;
	handed)
		[ -n "$sl_glass" ] || still_handed
		;;
	refused | rolled-back) ;;
	'')
		if [ "$sl_attempt" -gt 0 ]; then
			complain "a run is open: \`resume\` goes on with it, \`rollback\` undoes it, \`status\` shows it"
			leave_now "$(status_for_stop)"
		fi
		;;
	esac
	# Only what is surely none lets a run begin.
	sl_open=$(if other_run; then printf '%s' "$sl_found"; else printf 'none'; fi)
	if [ "$sl_open" != none ] && [ -z "$sl_glass" ]; then
		complain "a run of another plan may have changed $sl_service in $sl_environment and has not come to an end: ${sl_open:-its journal cannot be read}"
		complain "finish it, or roll it back, with the runbook it was begun with"
		complain "where that cannot wait:  $sl_self run$sl_state_option --break-glass REASON"
		leave_now 20
	fi
	begin_run
}

# A run goes on in the folder it was begun in: its commands may say `./migrate`. A build server goes on in the folder it
# has fetched the repository into, which may be another one for each job.
go_where_it_began() {
	kept_text directory "$PWD"
	[ "$sl_begun_in" != "$sl_masked" ] && [ -n "$sl_begun_in" ] && [ -z "${CI:-}" ] || return 0
	if [ "$sl_begun_on" = "$sl_host" ] && CDPATH='' cd -- "$sl_begun_in" >/dev/null 2>&1; then
		say "in $(printable "$sl_begun_in"), where the run was begun"
		return
	fi
	case $sl_begun_in in
	*'***'* | *'?'*)
		complain "the run was begun in a folder whose name could not be kept whole: $(printable "$sl_begun_in")"
		complain "go there, and say the same again"
		leave_now "$(status_for_stop)"
		;;
	esac
	complain "the run was begun in $(printable "$sl_begun_in") on $sl_begun_on, which is not here: commands run in $(printable "$PWD")"
}

resume() {
	local sl_id sl_unread=
	if [ "$sl_attempt" -eq 0 ]; then
		usage "there is no run of this plan to resume$(other_run && printf '; another plan has one: %s' "$sl_found")"
	fi
	case $sl_ending in
	confirmed)
		refuse_under_another
		say "already confirmed; nothing to do"
		leave_now 0
		;;
	refused) usage "the last run was stopped before any change; \`run\` begins another" ;;
	rolled-back)
		say "already rolled back; \`run\` begins another"
		leave_now 10
		;;
	handed)
		still_handed
		;;
	esac
	# Whoever stops before what has begun wants nothing, and leaves no trace of it.
	if [ "$sl_mode" = forward ] && [ -n "$sl_until" ] && was_begun "$sl_until"; then
		say "already past $sl_until"
		leave_now 0
	fi
	refuse_under_another
	if [ "$sl_mode" = back ]; then
		demand_secrets_to_go_back
	else
		refuse_under_other_rules
	fi
	journal resume '' verb "$sl_verb" policies "$sl_policies" rules "$sl_rules" user "$sl_user" host "$sl_host" after "$sl_waiting" directory "$PWD"
	say_glass "${sl_glass:-$sl_glass_then}"
	[ "$sl_mode" = forward ] || roll_back "going on with the way back"
	# Nobody has been told of it yet.
	[ -z "$sl_held_by" ] || {
		sl_then=hold sl_because=$sl_held_by
		obey
	}
	# A person who resumes after a failure wants it tried again, or has seen that it was passed.
	if [ "$sl_waiting" = flag ]; then
		for sl_id in $sl_fell; do
			has "$sl_failed" "$sl_id" || sl_failed="$sl_failed $sl_id"
		done
		for sl_id in $sl_failed; do
			if has "$sl_done" "$sl_id"; then
				journal again "$sl_id" passed yes
			else
				journal again "$sl_id"
			fi
			has "$sl_again" "$sl_id" || sl_again="$sl_again $sl_id"
		done
		sl_failed='' sl_fell=''
	fi
	# A phase in which something failed has failed, though a flag let the run go on.
	for sl_id in $sl_fell; do
		load_action "$sl_id"
		has "$sl_failed_phases" "$sl_phase" || sl_failed_phases="$sl_failed_phases $sl_phase"
	done
	# A person had to come, and what was true before may not be now. Only a pipeline goes on by itself, and soon; and a hold
	# has the guards judged when it is signed.
	first_left
	if [ -z "$sl_changed" ] || { ! goes_on_by_itself && [ "$sl_kind" != hold ]; }; then
		[ -n "$sl_begun" ] || sl_unread=commands
		if ! judge "$sl_left_here" "$sl_unread"; then
			say_how_to_go_on resume
			[ "$sl_waiting" = until ] && sl_waiting=
			stop "$(status_for_stop)" "${sl_waiting:-person}" "the guards say no:$sl_refused"
		fi
	elif [ "$sl_kind" = hold ]; then
		# Who signs needs no more than what red flags are looked at with.
		demand_secrets "$sl_metric_secrets"
	else
		demand_secrets "$sl_secrets"
	fi
	proceed
}

# What another plan has changed since does not go back, or on, from under that.
refuse_under_another() {
	local sl_on_top
	[ -z "$sl_glass" ] || return 0
	sl_on_top=$(if other_run "$sl_latest" "$sl_opened_at"; then printf '%s' "$sl_found"; else printf 'none'; fi)
	[ "$sl_on_top" != none ] || return 0
	complain "a run of another plan may have changed $sl_service in $sl_environment since: ${sl_on_top:-its journal cannot be read}"
	if [ "$sl_ending" = confirmed ] && [ "$sl_verb" != rollback ]; then
		complain "this one was confirmed before that, and nothing is done: to do it once more, change its text (its version, say) and compile it"
		leave_now 20
	fi
	# What changed nothing is not under it, and can be begun anew.
	if [ -z "$sl_changed" ]; then
		demand_secrets_to_go_back
		roll_back "another plan came after it"
	fi
	complain "nothing is done under it: roll that one back first, with the runbook it was begun with"
	complain "where that cannot wait:  $sl_self $sl_verb$sl_state_option --break-glass REASON"
	leave_now "$(status_for_stop)"
}

# The guards that a run began with and the flags that were armed are not those of this runbook, nor is the baseline.
refuse_under_other_rules() {
	[ "$sl_rules_then" != "$sl_rules" ] || return 0
	complain "the run was begun under other rules: since then a policy, a parameter or a waiver has changed, or Stopline itself"
	complain "then: rules ${sl_rules_then:-unknown}, policies ${sl_policies_then:-none}"
	complain "now:  rules $sl_rules, policies ${sl_policies:-none}"
	complain "go on with the runbook it was begun with, or undo what was begun:  $sl_self rollback$sl_state_option"
	ask_the_same
	stop "$(status_for_stop)" "$sl_waiting" 'the rules are not those that the run was begun under'
}

# Who looks at a flag or a doubt is asked no other question by a stop before anything was begun.
ask_the_same() {
	case $sl_waiting in
	flag | doubt | orphan) ;;
	*) sl_waiting=person ;;
	esac
}

# Whether the next job of a pipeline goes on where the one before arrived.
goes_on_by_itself() {
	[ "$sl_waiting" = until ] || return 1
	now
	is_count "$sl_now" && [ "$sl_now" -ge "$sl_stopped" ] && [ "$((sl_now - sl_stopped))" -le 1800 ]
}

# Whether an action, or a member of it, was begun in this run.
was_begun() {
	local sl_id
	load_action "$1"
	for sl_id in "$1" $sl_members; do
		! has "$sl_done $sl_begun $sl_failed" "$sl_id" || return 0
	done
	return 1
}

first_left() {
	local sl_id
	sl_left_here=0 sl_kind=
	for sl_id in $sl_actions; do
		if ! has "$sl_done" "$sl_id"; then
			load_action "$sl_id"
			return
		fi
	done
}

rollback() {
	if [ "$sl_attempt" -eq 0 ]; then
		usage "there is no run of this plan to roll back"
	fi
	case $sl_ending in
	refused) leave_now 20 ;;
	rolled-back)
		say "already rolled back"
		leave_now 10
		;;
	esac
	[ -z "$sl_finished" ] || finish_by_hand
	refuse_under_another
	demand_secrets_to_go_back
	say_glass "${sl_glass:-$sl_glass_then}"
	roll_back "asked for by $sl_user"
}

# Nobody but a person can say so, and only of what was begun and not come to its end by itself.
finish_by_hand() {
	if [ "$sl_mode" != back ]; then
		usage "no way back was begun that a person could have finished; \`rollback\` begins it"
	fi
	if [ -z "$sl_was_handed" ] && [ "$sl_waiting" != doubt ]; then
		usage "the way back was interrupted, and not handed to a person; \`rollback\` goes on with it"
	fi
	journal_end 10 rolled-back '' why "finished by hand: $sl_finished" user "$sl_user" host "$sl_host" from "${SSH_CONNECTION:-}"
	say "rolled back, by hand: $(printable "$sl_finished")"
	leave_ended 10
}
