# ---------------------------------------------------------------- the clock of a test

# This script was made for a test: its clock starts at STOPLINE_NOW, and is set by what stands in STOPLINE_CLOCK_SET. Do
# not deploy with it.
sl_test_start=$(date +%s)

read_clock() {
	local sl_real sl_set=0
	sl_now=
	sl_real=$(date +%s) && is_count "$sl_real" || return
	[ ! -r "${STOPLINE_CLOCK_SET:-}" ] || read -r sl_set <"$STOPLINE_CLOCK_SET"
	sl_now=$((${STOPLINE_NOW:-sl_test_start} + sl_real - sl_test_start + sl_set))
}
