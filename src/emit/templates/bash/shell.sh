# ---------------------------------------------------------------- which shell this is

# Any shell may be asked to run this, so any shell must understand these lines. They are one command, so that half of them is
# an error. In posix mode what is built in and special, `return` and `unset` say, comes before a function of that name.
if ! (eval '[[ -n ${BASH_VERSINFO[0]} && ${BASH##*/} != sh ]]') 2>/dev/null; then
	printf '%s\n' 'this runbook needs bash, and not as sh: bash RUNBOOK' >&2
	# shellcheck disable=SC2317
	return 64 2>/dev/null || exit 64
elif (POSIXLY_CORRECT=1 && return 0) 2>/dev/null; then
	printf '%s\n' 'this runbook is run, not sourced: bash RUNBOOK' >&2
	return 64
else
	POSIXLY_CORRECT=1
	# Until the last line has been read, this is not the whole of it.
	trap 'printf "%s\n" "this runbook is cut off: compile it again, or copy it again" >&2; exit 64' EXIT
fi

# What an environment can switch on in a shell is switched off, here and for what is started from here, and no function of it
# stands for a tool.
set +aefkmvxCEPT
unset -f builtin command compgen printf read
set -f
for sl_name in $(compgen -A function); do
	unset -f "$sl_name"
done
set +f +o posix
shopt -u extdebug nocasematch nocaseglob nullglob failglob dotglob extglob expand_aliases xpg_echo lastpipe 2>/dev/null
export -n SHELLOPTS BASHOPTS
unset CDPATH BASH_ENV ENV TMOUT GLOBIGNORE FUNCNEST POSIXLY_CORRECT BASH_COMPAT
