# ---------------------------------------------------------------- the clock of a test

# This script was made for a test: its clock starts at STOPLINE_NOW. Do not deploy with it.
sl_test_start=$(date +%s)

now() {
	local sl_real
	sl_real=$(date +%s) || return
	printf '%s\n' "$((${STOPLINE_NOW:-sl_test_start} + sl_real - sl_test_start))"
}
