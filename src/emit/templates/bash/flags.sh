# ---------------------------------------------------------------- metrics and red flags

# number UNIT TEXT: the text as digits and a power of ten (`250ms` is 250e-3), or nothing when it is no number.
# A metric's text is data: it is looked at here, and nowhere does the shell calculate with it.
number() {
	SL_UNIT=$1 SL_TEXT=$2 awk '
		function times(digits, factor, at, carry, out) {
			carry = 0
			out = ""
			for (at = length(digits); at > 0; at--) {
				carry += substr(digits, at, 1) * factor
				out = (carry % 10) out
				carry = int(carry / 10)
			}
			return (carry ? carry : "") out
		}
		BEGIN {
			text = ENVIRON["SL_TEXT"]
			# More of it was not kept.
			if (length(text) > 900) exit
			unit = ENVIRON["SL_UNIT"]
			gsub(/^[ \t\n]+|[ \t\r\n]+$/, "", text)
			shift = 0
			factor = 1
			if (unit == "percent") sub(/%$/, "", text)
			if (unit == "duration") {
				if (sub(/ms$/, "", text)) shift = -3
				else if (sub(/s$/, "", text)) shift = 0
				else if (sub(/m$/, "", text)) factor = 60
				else if (sub(/h$/, "", text)) factor = 3600
			}
			if (length(text) > 40 || text !~ /^-?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9][0-9]?)?$/) exit
			sign = sub(/^-/, "", text) ? "-" : ""
			if (at = match(text, /[eE]/)) {
				shift += substr(text, at + 1)
				text = substr(text, 1, at - 1)
			}
			if (at = index(text, ".")) {
				shift -= length(text) - at
				text = substr(text, 1, at - 1) substr(text, at + 1)
			}
			if (factor > 1) text = times(text, factor)
			if (text !~ /[1-9]/) sign = ""
			print sign text "e" shift
		}
	'
}

# sample METRIC: reads it, into sl_values (its number), sl_shown (as it was printed) and sl_read (when).
sample() {
	local sl_number sl_fault='something that is not one number'
	load_metric "$1"
	local sl_given=$sl_m_secrets sl_percent=''
	capture "metric:$1" "$sl_m_run" "$sl_m_timeout"
	sl_number=
	if [ "$sl_status" -eq 0 ]; then
		sl_number=$(number "$sl_m_unit" "$sl_out")
	fi
	# What cannot be counts for nothing: many a command prints -1 when it could not read anything.
	case $sl_number:$sl_m_negative in
	-*:no)
		sl_number=
		sl_fault='a number below zero, which counts for nothing unless the plan says `negative = true`'
		;;
	esac
	without "$sl_values" "$1"
	sl_values=$sl_found
	without "$sl_shown" "$1"
	sl_shown=$sl_found
	without "$sl_read" "$1"
	passed
	sl_read="$sl_found $1=$sl_passed"
	if [ -n "$sl_number" ]; then
		sl_values="$sl_values $1=$sl_number"
		sl_shown="$sl_shown $1=$(printf '%s' "$sl_out" | tr -cd '0-9a-zA-Z.%+-')"
		return 0
	fi
	if [ "$sl_status" -ne 0 ]; then
		sl_why="metric $1 $(how_it_ended "$sl_m_timeout")"
	else
		sl_why="metric $1 printed $sl_fault"
	fi
	[ -z "$sl_err" ] || indented "$sl_err"
	return 1
}

# verdict CONDITION: fine, raised or unknown. Exact: numbers are fractions of whole numbers of any length.
verdict() {
	SL_CONDITION=$1 SL_VALUES=" $sl_values " SL_BASELINES=" $sl_baselines " SL_FAILED=" $sl_fell " \
		SL_FAILED_PHASES=" $sl_failed_phases " awk '
		function strip(digits) {
			sub(/^0+/, "", digits)
			return digits == "" ? "0" : digits
		}
		function compare(left, right) {
			if (length(left) != length(right)) return length(left) < length(right) ? -1 : 1
			if (("d" left) == ("d" right)) return 0
			return ("d" left) < ("d" right) ? -1 : 1
		}
		function add(left, right, at, other, carry, out) {
			at = length(left)
			other = length(right)
			carry = 0
			out = ""
			while (at > 0 || other > 0 || carry) {
				if (at > 0) carry += substr(left, at--, 1)
				if (other > 0) carry += substr(right, other--, 1)
				out = (carry % 10) out
				carry = int(carry / 10)
			}
			return strip(out)
		}
		function subtract(left, right, at, other, borrow, digit, out) {
			at = length(left)
			other = length(right)
			borrow = 0
			out = ""
			while (at > 0) {
				digit = substr(left, at--, 1) - borrow
				if (other > 0) digit -= substr(right, other--, 1)
				borrow = digit < 0
				out = (digit + (borrow ? 10 : 0)) out
			}
			return strip(out)
		}
		function multiply(left, right, at, other, cell, carry, out, total) {
			for (at = 1; at <= length(left) + length(right); at++) total[at] = 0
			for (at = length(left); at > 0; at--)
				for (other = length(right); other > 0; other--)
					total[at + other] += substr(left, at, 1) * substr(right, other, 1)
			carry = 0
			out = ""
			for (cell = length(left) + length(right); cell > 0; cell--) {
				carry += total[cell]
				out = (carry % 10) out
				carry = int(carry / 10)
			}
			return strip(out)
		}
		function zeros(count, out) {
			out = ""
			while (count-- > 0) out = out "0"
			return out
		}
		function push(sign, above, below) {
			top++
			negative[top] = above == "0" ? 0 : sign
			numerator[top] = above
			denominator[top] = below
		}
		function push_unknown() {
			push(0, "?", "1")
		}
		function push_text(text, sign, at, power) {
			if (text == "") {
				push_unknown()
				return
			}
			sign = sub(/^-/, "", text)
			power = 0
			if (at = index(text, "e")) {
				power = substr(text, at + 1) + 0
				text = substr(text, 1, at - 1)
			}
			if (at = index(text, ".")) {
				power -= length(text) - at
				text = substr(text, 1, at - 1) substr(text, at + 1)
			}
			if (power >= 0) push(sign, strip(text zeros(power)), "1")
			else push(sign, strip(text), "1" zeros(-power))
		}
		function value(list, key, at, rest) {
			at = index(list, " " key "=")
			if (!at) return ""
			rest = substr(list, at + length(key) + 2)
			return substr(rest, 1, index(rest, " ") - 1)
		}
		# The sign of left - right, both over their denominators.
		function order(left, right, over, under) {
			over = multiply(numerator[left], denominator[right])
			under = multiply(numerator[right], denominator[left])
			if (negative[left] != negative[right]) return negative[left] ? -1 : 1
			return negative[left] ? compare(under, over) : compare(over, under)
		}
		function sum(left, right, flip, over, under, below, sign) {
			over = multiply(numerator[left], denominator[right])
			under = multiply(numerator[right], denominator[left])
			below = multiply(denominator[left], denominator[right])
			sign = flip ? !negative[right] : negative[right]
			top = left - 1
			if (negative[left] == sign) push(sign, add(over, under), below)
			else if (compare(over, under) >= 0) push(negative[left], subtract(over, under), below)
			else push(sign, subtract(under, over), below)
		}
		function truth(is) {
			push(0, is ? "raised" : "fine", "1")
		}
		BEGIN {
			count = split(ENVIRON["SL_CONDITION"], word, " ")
			for (at = 1; at <= count; at++) {
				token = word[at]
				kind = token
				rest = ""
				if (colon = index(token, ":")) {
					kind = substr(token, 1, colon - 1)
					rest = substr(token, colon + 1)
				}
				if (kind == "constant") push_text(rest)
				else if (kind == "metric") push_text(value(ENVIRON["SL_VALUES"], rest))
				else if (kind == "baseline") push_text(value(ENVIRON["SL_BASELINES"], rest))
				else if (kind == "failed") truth(index(ENVIRON["SL_FAILED"], " " rest " "))
				else if (kind == "phase-failed") truth(index(ENVIRON["SL_FAILED_PHASES"], " " rest " "))
				else if (kind == "not") {
					if (numerator[top] == "raised") numerator[top] = "fine"
					else if (numerator[top] == "fine") numerator[top] = "raised"
				} else if (kind == "all" || kind == "any") {
					decided = kind == "all" ? "fine" : "raised"
					result = kind == "all" ? "raised" : "fine"
					for (part = 0; part < rest; part++) {
						if (numerator[top] == decided) result = decided
						else if (numerator[top] == "?" && result != decided) result = "?"
						top--
					}
					push(0, result, "1")
				} else {
					left = top - 1
					right = top
					if (numerator[left] == "?" || numerator[right] == "?") {
						top = left - 1
						push_unknown()
					} else if (kind == "plus") sum(left, right, 0)
					else if (kind == "minus") sum(left, right, 1)
					else if (kind == "times" || kind == "over") {
						sign = negative[left] != negative[right]
						if (kind == "times") {
							over = multiply(numerator[left], numerator[right])
							under = multiply(denominator[left], denominator[right])
						} else {
							over = multiply(numerator[left], denominator[right])
							under = multiply(denominator[left], numerator[right])
						}
						top = left - 1
						if (under == "0") push_unknown()
						else push(sign, over, under)
					} else {
						relation = order(left, right)
						top = left - 1
						if (kind == "eq") truth(relation == 0)
						else if (kind == "ne") truth(relation != 0)
						else if (kind == "lt") truth(relation < 0)
						else if (kind == "le") truth(relation <= 0)
						else if (kind == "gt") truth(relation > 0)
						else if (kind == "ge") truth(relation >= 0)
						else push_unknown()
					}
				}
			}
			if (top == 1 && (numerator[1] == "fine" || numerator[1] == "raised")) print numerator[1]
			else print "unknown"
		}
	'
}

# look HOW: evaluates the flags armed now. HOW is `fresh` (every metric is read again), `due` (those that are old
# enough) or `failure` (none; what failed is why we look, and `for` does not wait for it).
look() {
	local sl_how=$1 sl_id sl_verdict sl_every
	[ -n "$sl_armed" ] || return 0
	for sl_id in $sl_armed_metrics; do
		[ "$sl_how" != failure ] || break
		passed
		load_metric "$sl_id"
		sl_every=$sl_m_every
		[ -z "$sl_tick" ] || [ "$sl_tick" -ge "$sl_every" ] || sl_every=$sl_tick
		if [ "$sl_how" = fresh ] || ! lookup "$sl_read" "$sl_id" || [ "$((sl_passed - sl_found))" -ge "$sl_every" ]; then
			sample "$sl_id" || say "  $sl_why"
		fi
	done
	for sl_id in $sl_armed; do
		load_flag "$sl_id"
		sl_verdict=$(verdict "$sl_f_condition")
		case $sl_verdict in
		fine | raised) ;;
		*) sl_verdict=unknown ;;
		esac
		weigh "$sl_id" "$sl_verdict" "$sl_how"
	done
	passed
	sl_next_look=$((sl_passed + ${sl_tick:-$sl_armed_every}))
}

# weigh FLAG VERDICT HOW: whether it has been raised for long enough.
weigh() {
	lookup "$sl_verdicts" "$1"
	if [ "$sl_found" != "$2" ]; then
		journal flag "$1" verdict "$2" values "$sl_shown"
		without "$sl_verdicts" "$1"
		sl_verdicts="$sl_found $1=$2"
	fi
	if [ "$2" = fine ]; then
		without "$sl_since" "$1"
		sl_since=$sl_found
		return
	fi
	passed
	if ! lookup "$sl_since" "$1"; then
		sl_since="$sl_since $1=$sl_passed"
		sl_found=$sl_passed
	fi
	if [ "$((sl_passed - sl_found))" -lt "$sl_f_lasting" ]; then
		[ "$3" = failure ] && [ "$sl_f_on_failure" = yes ] || return
	fi
	if [ "$sl_f_then" = fix-forward ]; then
		# Only a flag that speaks of what failed lets the run go on in spite of it, and only one that is known to be raised.
		case "$2 $3 $sl_f_condition " in
		"raised failure "*" failed:$sl_failing "* | "raised failure "*" phase-failed:$sl_phase "* | \
			"raised failure failed:$sl_failing "* | "raised failure phase-failed:$sl_phase "*)
			sl_flagged=${sl_flagged:-fix-forward}
			sl_repairs="$sl_repairs $1"
			;;
		*) owe_repair "$1" "$2" ;;
		esac
		return
	fi
	sl_flagged=$sl_f_then
	# In an analysis a flag of the plan is counted; what a policy forbids, no plan tolerates.
	if [ -n "$sl_counting" ] && [ -z "$sl_f_policy" ] && [ "$3" != failure ]; then
		count_look "$1" "$2"
		return
	fi
	if [ "$sl_then" = rollback ] || [ "$sl_then" = "$sl_f_then" ]; then
		return
	fi
	decide "$sl_f_then" "red flag $1 is $2: $sl_f_title$sl_f_policy"
	say "  red flag $1 is $2: $sl_f_title ($sl_f_then)$(shown_for "$2")"
}

# decide THEN WHY: written down before anything is done about it, so that whoever goes on after an interruption does it. What has to
# go back is not held.
decide() {
	[ "$sl_then" != rollback ] || return 0
	sl_then=$1 sl_because=$2
	journal decided '' 'then' "$1" why "$2"
}

# owe_repair FLAG VERDICT: of what is taken back, none is owed.
owe_repair() {
	[ -z "${sl_stuck:-}" ] || return 0
	load_flag "$1"
	has "$sl_owed" "flag:$1" || say "  red flag $1 is $2: $sl_f_title (a repair is owed)$(shown_for "$2")"
	owe flag "$1"
}

shown_for() {
	if [ "$1" = unknown ]; then
		printf ': it cannot be evaluated, and what is unknown counts as raised'
	elif [ -n "$sl_shown" ]; then
		printf ':%s' "$sl_shown"
	fi
}

look_if_due() {
	[ -n "$sl_armed_metrics" ] && [ "$sl_then" != rollback ] || return 0
	passed
	[ "$sl_passed" -lt "$sl_next_look" ] || look due
}

# A flag that is raised, but not yet for long enough, when it stops being armed: it is waited for.
settle() {
	local sl_next_flags=$1 sl_id sl_pending sl_said=''
	while [ -z "$sl_then" ]; do
		sl_pending=
		for sl_id in $sl_armed; do
			# One that was raised for long enough, and is a repair to be owed, is waited for no more.
			if lookup "$sl_since" "$sl_id" && ! has "$sl_next_flags" "$sl_id" && ! has "$sl_owed" "flag:$sl_id"; then
				sl_pending=$sl_id
			fi
		done
		[ -n "$sl_pending" ] || return 0
		[ "$sl_said" = "$sl_pending" ] || say "  waiting: red flag $sl_pending is raised, though not for long enough yet"
		sl_said=$sl_pending
		nap 1
		look due
	done
}

# Sleeps through SECONDS while looking; only a rollback ends it early.
rest() {
	local sl_end
	passed
	sl_end=$((sl_passed + $1 + ($1 > 0)))
	while [ "$sl_then" != rollback ] && [ "$sl_passed" -lt "$sl_end" ]; do
		nap 1
		look_if_due
		passed
	done
}

# Sleeps through SECONDS while looking every so often; ends early when a flag says so.
observe() {
	local sl_end
	passed
	sl_end=$((sl_passed + $1 + ($1 > 0)))
	while [ -z "$sl_then" ] && [ "$sl_passed" -lt "$sl_end" ]; do
		nap 1
		look_if_due
		passed
	done
}
