# ---------------------------------------------------------------- other machines

# What a machine runs for us: the length of a script, then the script, come in; what comes after is a life line. When
# it ends, because we ended or the connection did, what the script started is ended with it; so is what it leaves running when
# it fails. Without `--norc` a bash that ssh started may read the startup files of a person, and these under our `set -eu`.
sl_on_machine='IFS= read -r n || exit 125; s=$(head -c "$n"; printf x); s=${s%x}; exec 3<&0; set -m
bash --norc -euo pipefail -c "$s" stopline </dev/null 3<&- & p=$!; set +m
send() { for g in $all; do kill "-$1" -- "-$g"; done; }
lives() { for g in $all; do ! kill -0 -- "-$g" || return 0; done; return 1; }
end() { all=$(kin "$p") || all=$p; send TERM; for i in 1 2 3; do lives || return; sleep 1; done; send KILL; }
{ cat <&3; end; } >/dev/null 2>&1 & w=$!
wait "$p"; r=$?; kill "$w"; [ "$r" -eq 0 ] || end >/dev/null 2>&1; exit "$r"'

# on_machine ID SCRIPT: becomes the command on sl_machine. Variables and secrets go through the pipe, where no list of
# processes shows them.
on_machine() {
	local sl_name sl_text='' sl_writer sl_left sl_there
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
	quoted "$(declare -f processes kin)
$sl_on_machine"
	sl_there="exec bash --norc -c $sl_found"
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
