# ---------------------------------------------------------------- the clock

# The time of day in sl_now, for what a plan says in times.
read_clock() {
	sl_now=$(date +%s)
}
