# ---------------------------------------------------------------- what was there before

# A step or a canary may note what it is about to change. Three lists: whose, under which name, what; of two, the later counts.

keep() {
	sl_kept_of[${#sl_kept_of[@]}]=$1
	sl_kept_name[${#sl_kept_name[@]}]=$2
	sl_kept_value[${#sl_kept_value[@]}]=$3
}

# captures STEP NAME: whether the plan says so. What else a journal calls so would be a word of the shell on another machine.
captures() {
	load_capture "$1:$2"
	[ -n "$sl_capture_text" ]
}

# kept STEP NAME: whether it is known.
kept() {
	local sl_i
	for ((sl_i = 0; sl_i < ${#sl_kept_of[@]}; sl_i++)); do
		[ "${sl_kept_of[sl_i]}" = "$1" ] && [ "${sl_kept_name[sl_i]}" = "$2" ] && return 0
	done
	return 1
}

# give_kept STEP: every command of a step finds what was captured before it.
give_kept() {
	local sl_i
	for ((sl_i = 0; sl_i < ${#sl_kept_of[@]}; sl_i++)); do
		[ "${sl_kept_of[sl_i]}" != "$1" ] || export "${sl_kept_name[sl_i]}=${sl_kept_value[sl_i]}"
	done
}

# tell_kept STEP: the same as lines for a shell on another machine, in sl_found.
tell_kept() {
	local sl_i sl_lines=''
	for ((sl_i = 0; sl_i < ${#sl_kept_of[@]}; sl_i++)); do
		[ "${sl_kept_of[sl_i]}" = "$1" ] || continue
		quoted "${sl_kept_value[sl_i]}"
		sl_lines="${sl_lines}export ${sl_kept_name[sl_i]}=$sl_found
"
	done
	sl_found=$sl_lines
}

# say_given STEP: for a person who finishes the way back by hand, what its commands find in their environment.
say_given() (
	give "$1"
	for sl_name in $sl_variables; do
		quoted "${!sl_name-}"
		mask_line "$sl_found"
		complain "     with $sl_name=$(printable "$sl_masked")"
	done
	[ -z "$sl_for_action" ] || complain "     with the secrets: $sl_for_action"
	say_kept "$1"
)

say_kept() {
	local sl_i
	for ((sl_i = 0; sl_i < ${#sl_kept_of[@]}; sl_i++)); do
		[ "${sl_kept_of[sl_i]}" = "$1" ] || continue
		quoted "${sl_kept_value[sl_i]}"
		complain "     with ${sl_kept_name[sl_i]}=$sl_found"
	done
}

# note_before STEP: runs what it captures, once: what a run noted before it was interrupted is not noted again, and
# nothing is once the step has begun. Where one fails or is no answer, the step must not begin.
note_before() {
	local sl_name sl_unknown=''
	! has "$sl_begun" "$1" || return 0
	for sl_name in $sl_captures; do
		kept "$1" "$sl_name" || sl_unknown=yes
	done
	[ -n "$sl_unknown" ] || return 0
	for sl_name in $sl_captures; do
		load_capture "$1:$sl_name"
		capture "$1" "$sl_capture_text" "$sl_capture_timeout" look "$sl_machine"
		[ -z "$sl_then" ] || return 0
		if ! one_line; then
			sl_why="$1 did not begin: $sl_name could not be captured, its command $sl_why"
			[ -z "$sl_err" ] || indented "$(printable "$sl_err")"
			return 1
		fi
		journal captured "$1" name "$sl_name" value "$sl_out"
		keep "$1" "$sl_name" "$sl_out"
		say "  $sl_name=$sl_out"
	done
}

# one_line: whether the last capture is one line of plain characters, without blanks around it in sl_out. What is masked
# was a secret, and a secret is not written down.
one_line() {
	sl_out=${sl_out#"${sl_out%%[! 	]*}"}
	sl_out=${sl_out%"${sl_out##*[! 	]}"}
	if [ "$sl_status" -ne 0 ] || [ -n "$sl_late" ]; then
		sl_why=$(how_it_ended "$sl_capture_timeout")
	elif [ -z "$sl_out" ]; then
		sl_why='printed nothing'
	elif [ "${#sl_out}" -gt 900 ]; then
		sl_why='printed more than 900 characters'
	else
		case $sl_out in
		*'***'*) sl_why='printed a secret, which must not be kept' ;;
		*$'\n'*) sl_why='printed more than one line' ;;
		*[![:print:]]*) sl_why='printed other characters than letters, digits and signs of ASCII' ;;
		*) return 0 ;;
		esac
	fi
	return 1
}
