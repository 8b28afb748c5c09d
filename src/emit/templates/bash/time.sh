# ---------------------------------------------------------------- how long something takes

# The time of day in sl_now, or nothing. A key at the terminal ends what is asked, too: it is asked again.
now() {
	local sl_tries=0
	sl_now=
	while ! is_count "$sl_now" && [ "$((sl_tries += 1))" -le 5 ]; do
		read_clock
	done
}

# Seconds that pass, in sl_passed: for all that lasts. The clock may be set back or forward meanwhile, and a watch must
# not end early, or never, because of it. Where the machine does not count since it was started, the clock must do.
# Seconds are whole: what lasts from the middle of one to the middle of another is over in the second after.
passed() {
	if [ -r /proc/uptime ]; then
		IFS=. read -r sl_passed _ </proc/uptime
	else
		now
		# Without an answer, time stands still.
		sl_passed=${sl_now:-$sl_passed}
	fi
}
