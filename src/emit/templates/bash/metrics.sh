# ---------------------------------------------------------------- metrics

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
