# ---------------------------------------------------------------- the clock

# The time of day, for what a plan says in times.
now() {
	date +%s
}
