# ---------------------------------------------------------------- processes

# What runs, one a line: its number, state, parent and group; then, where that is all, `whole`. Many an image has no ps.
processes() {
	if [ -d /proc/self ]; then
		cat /proc/[0-9]*/stat 2>/dev/null | sed 's/(.*)//'
		# Some have ended before they are read.
		case "${PIPESTATUS[0]} ${PIPESTATUS[1]}" in
		'0 0' | '1 0') printf 'whole\n' ;;
		esac
	elif ps -A -o pid= -o stat= -o ppid= -o pgid= 2>/dev/null; then
		printf 'whole\n'
	fi
}

# born PID: when a process began, in sl_found, so that a number that was given to another one since is not taken for it.
# One that has ended and was never asked after was not born at any time.
born() {
	local sl_line=''
	sl_found=
	if [ -d /proc/self ]; then
		IFS= read -r sl_line 2>/dev/null <"/proc/$1/stat" || return 0
		# shellcheck disable=SC2086 # one field after the other
		set -- ${sl_line##*) }
		[ "${1-}" = Z ] || sl_found=${20-}
	else
		sl_found=$(ps -o lstart= -p "$1" 2>/dev/null | tr -s ' ' '_' | tr -cd 'A-Za-z0-9:_')
	fi
}

# knows PID: whether anything can be seen of it; what is somebody else's may be hidden.
knows() {
	[ ! -d /proc/self ] || [ -r "/proc/$1/stat" ]
}

# exists PID: also where it is somebody else's (`sudo` makes it root's) and may not be sent a signal. `-PID` is its group.
exists() {
	kill -0 -- "$1" 2>/dev/null && return 0
	case $(kill -0 -- "$1" 2>&1) in
	*permitted*) return 0 ;;
	esac
	return 1
}

# group_lives GROUP: whether anything in it does something still. What ended and was never asked after has its number and does
# nothing; and only what is said to have ended has.
group_lives() {
	exists "-$1" || return 1
	[ "$(processes | awk -v group="$1" '
		$1 == "whole" { whole = 1 }
		$4 == group { known = 1 }
		$4 == group && $2 !~ /^Z/ { lives = 1 }
		END { print whole && known && !lives ? "ended" : "lives" }
	')" != ended ] && exists "-$1" # it may have gone while it was looked at
}
