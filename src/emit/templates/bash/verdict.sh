# ---------------------------------------------------------------- what a red flag says of metrics and failures

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
