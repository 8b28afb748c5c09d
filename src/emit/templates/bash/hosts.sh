# ---------------------------------------------------------------- other machines

# What a machine runs for us: the length of a script, then the script, come in, of which half is none; what comes after is a
# life line. When it ends, because we ended or the connection did, what the script started is ended with it; so is what it leaves running when
# it fails. It stays until that has ended, so that whoever comes next for this run (it is called after it) finds it: it is waited for,
# then told to end, and nothing is done beside it. Without `--norc` a bash that ssh started may read the startup files of
# a person, and these under our `set -eu`. The script comes as a variable: it has secrets, and arguments everybody may read.
sl_on_machine='IFS= read -r n || exit 125; s=$(head -c "$n"; printf x); s=${s%x}; exec 3<&0
[ "$(LC_ALL=C; printf %s "${#s}")" = "$n" ] || exit 125
others() {
	if [ -d /proc/self ]; then
		set -- $(for f in $(grep -l "[s]${0#s}" /proc/[0-9]*/cmdline 2>/dev/null); do [ ! -O "$f" ] || printf "%s " "${f//[!0-9]/}"; done)
	else
		set -- $(ps -A -ww -o pid= -o args= | grep "[s]${0#s}" | awk "{ print \$1 }")
	fi
	processes | awk -v all="$*" -v ours="$$" "
		\$1 == \"whole\" { whole = 1 }
		{ group[\$1] = \$4 }
		END {
			count = split(all, list, \" \")
			for (at = 1; at <= count; at++) {
				if (list[at] == ours) seen = 1
				if (list[at] in group && group[list[at]] != group[ours]) print list[at]
			}
			if (!whole || !seen) print \"unknown\"
		}" || printf unknown
}
t=0
while o=$(others); [ -n "$o" ]; do
	[ "$((t += 1))" -ne 6 ] || kill -TERM $o 2>/dev/null
	[ "$t" -le 16 ] || { printf "what was begun here before may still run, as process %s\n" $o >&2; exit 125; }
	sleep 1
done
send() { for g in $all; do kill "-$1" -- "-$g"; done; }
lives() { for g in $all; do ! group_lives "$g" || return 0; done; return 1; }
end() { all=$(kin "$p") || all=$p; send TERM; for i in 1 2 3; do lives || return; sleep 1; done; send KILL; while lives; do sleep 1; done; }
leave() { trap "" TERM USR1; [ -z "$w" ] || kill -KILL "$w"; [ "$1" -eq 0 ] || [ -z "$p" ] || end; exit "$1"; } >/dev/null 2>&1
p= w=; trap "leave 143" TERM USR1; set -m
STOPLINE_SCRIPT=$s bash --norc -euo pipefail -c "eval \"unset STOPLINE_SCRIPT; \$STOPLINE_SCRIPT\"" stopline </dev/null 3<&- &
p=$!; set +m
{ cat <&3; kill -USR1 "$$" || { w=; leave 143; }; } >/dev/null 2>&1 & w=$!
wait "$p"; leave "$?"'

# on_machine ID SCRIPT: becomes the command on sl_machine. Variables and secrets go through the pipe, where no list of
# processes shows them.
on_machine() {
	local sl_name sl_text='' sl_writer sl_left sl_there sl_first
	for sl_name in $sl_told $sl_given; do
		quoted "${!sl_name-}"
		sl_text="${sl_text}export $sl_name=$sl_found
"
	done
	[ -z "$sl_percent" ] || sl_text="${sl_text}export STOPLINE_PERCENT=$sl_percent
"
	tell_kept "$1"
	sl_text=$sl_text$sl_found$2
	sl_left=$(LC_ALL=C && printf '%s' "${#sl_text}")
	quoted "$(declare -f processes exists group_lives kin)
$sl_on_machine"
	sl_there="exec bash --norc -c $sl_found"
	# It is called after the machine and the first line of the journal: no other run is taken for this one, and no step of it begins
	# where another still does something. In quotes, because
	# ssh itself, which may run on the same machine, shows the same words.
	IFS= read -r sl_first <"$sl_journal" && digest < <(printf '%s' "$sl_first") && [ "${#sl_found}" -eq 64 ] || exit 125
	sl_there="$sl_there stop'line:$sl_found:$sl_machine:'"
	rm -f "$sl_tmp/line.$sl_machine"
	mkfifo "$sl_tmp/line.$sl_machine" || exit 125
	exec 8<>"$sl_tmp/line.$sl_machine"
	printf '%s\n%s' "$sl_left" "$sl_text" >&8 &
	sl_writer=$!
	ssh -T -o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=5 -o ServerAliveCountMax=3 -- "$sl_machine" \
		"$sl_there" <"$sl_tmp/line.$sl_machine" 8>&-
	sl_left=$?
	kill "$sl_writer" 2>/dev/null
	exit "$sl_left"
}
