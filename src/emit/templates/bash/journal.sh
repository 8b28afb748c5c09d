# ---------------------------------------------------------------- the journal

# One JSON object a line, each with the digest of the line before it. It is the evidence, and all the state there is.

# sums FILE…: the shell becomes what works them out. Which of the two there is has been asked before.
sums() {
	[ -z "$sl_sha256sum" ] || exec sha256sum "$@"
	exec shasum -a 256 "$@"
}

# digest: of standard input, in sl_found. Every line of the journal needs one, so it costs one process.
digest() {
	sl_found=$(sums)
	sl_found=${sl_found%% *}
}

# What is UTF-8 once the control characters are gone.
sl_utf8=$'^([ -~]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf][\x80-\xbf]|[\xf1-\xf3][\x80-\xbf][\x80-\xbf][\x80-\xbf]|\xf4[\x80-\x8f][\x80-\xbf][\x80-\xbf])*$'

# kept_text KEY TEXT: what of a text is kept, in sl_masked: no secret, and nothing but characters.
kept_text() {
	sl_masked=$2
	case $1 in
	why | reason | glass | directory | from) mask_line "$2" ;;
	esac
	# Two folders may differ in no more than that.
	[ "$1" != directory ] || sl_masked=${sl_masked//[[:cntrl:]]/?}
	sl_masked=${sl_masked//[[:cntrl:]]/ }
	[[ $sl_masked =~ $sl_utf8 ]] || sl_masked=${sl_masked//[$'\x80'-$'\xff']/?}
}

# json KEY TEXT: the same, with what JSON escapes.
json() {
	kept_text "$@"
	case $sl_masked in
	*[!A-Za-z0-9\ ._:/@+=,%-]*) ;;
	*) return ;;
	esac
	sl_masked=${sl_masked//\\/\\\\}
	sl_masked=${sl_masked//\"/\\\"}
}

# journal EVENT OF [KEY VALUE]…
journal() {
	[ -n "$sl_journal" ] || return 0
	[ -z "$sl_link_held" ] || still_ours
	sl_busy=yes
	local sl_at sl_line sl_found='' sl_tries sl_flushed=no
	now
	sl_at=$sl_now
	is_count "$sl_at" || sl_at=0
	sl_line="{\"seq\":$((sl_seq + 1)),\"prev\":\"$sl_prev\",\"at\":$sl_at,\"event\":\"$1\",\"of\":\"$2\""
	shift 2
	while [ $# -ge 2 ]; do
		json "$1" "$2"
		sl_line="$sl_line,\"$1\":\"$sl_masked\""
		shift 2
	done
	sl_line="$sl_line}"
	sl_tries=0
	while [ "${#sl_found}" -ne 64 ] && [ "$((sl_tries += 1))" -le 5 ]; do
		digest < <(
			trap '' INT TERM HUP
			printf '%s' "$sl_line"
		)
		# That is the digest of nothing: what was to say the line was ended.
		[ "$sl_found" != e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 ] || sl_found=
	done
	if [ "${#sl_found}" -eq 64 ] && printf '%s\n' "$sl_line" >>"$sl_journal"; then
		sl_tries=0
		while [ "$sl_flushed" = no ] && [ "$((sl_tries += 1))" -le 5 ]; do
			! flush "$sl_journal" || sl_flushed=yes
		done
	fi
	if [ "$sl_flushed" = no ]; then
		sl_journal=
		complain "the journal cannot be written, and nothing is done that is not journaled"
		leave_now "$(status_for_stop)"
	fi
	sl_prev=$sl_found
	sl_seq=$((sl_seq + 1))
	sl_busy=
	if [ -n "$sl_signal" ]; then
		on_signal "$sl_signal"
	fi
}

# flush FILE: out to the disk, where the machine can do that for one file; a power cut then takes nothing with it.
flush() {
	[ -z "$sl_flushes" ] || (trap '' INT TERM HUP && exec sync -d "$1") 2>/dev/null 9>&-
}

# journal_last STATUS EVENT OF [KEY VALUE]…: what is written before this process leaves with STATUS. From here on a signal only ends
# what is still being said; one that comes before that is written has it said in passing.
journal_last() {
	local sl_leaves_with=$1
	shift
	trap 'sl_hurried=yes' INT TERM HUP
	journal "$@"
	# shellcheck disable=SC2064 # it is known now
	trap "leave_now $sl_leaves_with" INT TERM HUP
}

# journal_end STATUS EVENT OF [KEY VALUE]…: the last line of a run.
journal_end() {
	local sl_ends_with=$1
	shift
	# What was handed to a person before is still theirs, unless all is well now.
	[ -z "$sl_over" ] || [ "$sl_ends_with" -eq 0 ] || sl_ends_with=31
	journal_last "$sl_ends_with" "$@"
}
