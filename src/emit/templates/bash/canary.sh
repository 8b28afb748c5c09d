# ---------------------------------------------------------------- a canary

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
			[ "$sl_bad" -le "$sl_may_fail" ] || decide "$sl_look_wants" "$sl_look_because"
			;;
		inconclusive)
			sl_undecided=$((sl_undecided + 1))
			say "  look $sl_count of $sl_looks: inconclusive ($sl_undecided, at most $sl_may_be_unknown): $sl_look_because"
			[ "$sl_undecided" -le "$sl_may_be_unknown" ] ||
				decide hold "the analysis of $1 at $2 % is inconclusive: $sl_look_because"
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
		[ "$sl_look_wants" != rollback ] || return
		sl_look_wants=$sl_f_then
	fi
	sl_look_because="red flag $1 is $2: $sl_f_title"
}
