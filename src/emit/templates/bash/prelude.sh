# ---------------------------------------------------------------- the shell

# No `set -e`: it is silently off in every condition, so each status is looked at where it arises.
set -u
IFS=$' \t\n'
sl_umask=$(umask)
umask 077

# The runbook works in bytes; commands get the locale it was started in.
sl_locale_was=${LC_ALL+set}
sl_locale=${LC_ALL-}
export LC_ALL=C

# A reader of our output that goes away must not end a deployment; a file that may not grow is an error like another.
trap '' PIPE XFSZ

# Whether it could be said decides nothing.
say() {
	if [ -n "$sl_hurried" ]; then
		in_passing "$*"
	else
		printf '%s\n' "$*" 2>/dev/null || :
	fi
}

complain() {
	say "$@" >&2 || :
}

# Whoever is to be told and does not read (Ctrl-S, a pager) does not keep us here.
in_passing() {
	local sl_tries=0
	printf '%s\n' "$1" 2>/dev/null 9>&- &
	while kill -0 "$!" 2>/dev/null && [ "$((sl_tries += 1))" -le 10 ]; do
		sleep 0.1 9>&-
	done
	# Waited for, so that the shell does not say of itself that it was killed.
	kill -KILL "$!" 2>/dev/null
	wait "$!" 2>/dev/null
}

# What a terminal would act on is taken out of texts that a person is shown.
printable() {
	printf '%s\n' "$1" | tr -d '\000-\010\013-\037\177'
}

indented() {
	# What nobody reads, and outlives us, must not keep the lock.
	printable "$1" 9>&- | sed 's/^/      /' 9>&-
}

# quoted TEXT: one word for a shell, whatever the text, in sl_found.
quoted() {
	local sl_rest=$1
	sl_found=
	while :; do
		case $sl_rest in
		*\'*)
			sl_found="$sl_found${sl_rest%%\'*}'\\''"
			sl_rest=${sl_rest#*\'}
			;;
		*) break ;;
		esac
	done
	sl_found="'$sl_found$sl_rest'"
}

# typed TEXT: what a person types to mean it.
typed() {
	case $1 in
	'' | *[!A-Za-z0-9._/@+=:,%-]*)
		quoted "$1"
		printable "$sl_found"
		;;
	*) printf '%s' "$1" ;;
	esac
}

# Only digits: what arithmetic may be given.
is_count() {
	case $1 in
	'' | *[!0-9]* | ????????????????*) return 1 ;;
	esac
	return 0
}

# Lists are words with a space between them; what goes in is never anything but ids, names and numbers.
has() {
	case " $1 " in
	*" $2 "*) return 0 ;;
	esac
	return 1
}

# lookup LIST KEY: the value of KEY in a list of KEY=VALUE, in sl_found.
lookup() {
	sl_found=
	case " $1 " in
	*" $2="*)
		sl_found=" $1 "
		sl_found=${sl_found##*" $2="}
		sl_found=${sl_found%% *}
		return 0
		;;
	esac
	return 1
}

# without LIST KEY: the list without KEY=…, in sl_found.
without() {
	sl_found=
	local sl_word
	for sl_word in $1; do
		case $sl_word in
		"$2="*) ;;
		*) sl_found="$sl_found $sl_word" ;;
		esac
	done
}

# but LIST WORD: the list without the word, in sl_found.
but() {
	sl_found=
	local sl_word
	for sl_word in $1; do
		[ "$sl_word" = "$2" ] || sl_found="$sl_found $sl_word"
	done
}
