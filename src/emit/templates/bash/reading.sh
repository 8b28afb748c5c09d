# ---------------------------------------------------------------- what the journal says

# What a journal says, one fact a line. Texts in it are escaped, so `,"key":"` can only be a key. It is read twice: a run that
# was begun over one that was handed to a person, and has come back or never began, leaves that one as it was.
facts() {
	awk '
		function field(name, at, rest) {
			at = index($0, ",\"" name "\":\"")
			if (!at) return ""
			rest = substr($0, at + length(name) + 5)
			return substr(rest, 1, index(rest, "\"") - 1)
		}
		# A text with its escapes taken back.
		function whole(name, at, rest, text) {
			at = index($0, ",\"" name "\":\"")
			if (!at) return ""
			rest = substr($0, at + length(name) + 5)
			while (rest != "" && substr(rest, 1, 1) != "\"") {
				if (substr(rest, 1, 1) == "\\") rest = substr(rest, 2)
				text = text substr(rest, 1, 1)
				rest = substr(rest, 2)
			}
			return text
		}
		function forget(key) {
			for (key in begun) delete begun[key]
			for (key in fact) delete fact[key]
			for (key in before) delete before[key]
			for (key in doubt) delete doubt[key]
			for (key in tries) delete tries[key]
			for (key in looking) delete looking[key]
			order = captures = 0
			mode = "forward"
			ending = waiting = held_by = changed = was_handed = over = resumed = ""
		}
		BEGIN { forget() }
		NR == FNR {
			if (match($0, /,"event":"(open|rollback|refused|confirmed|rolled-back|handed)",/)) {
				event = substr($0, RSTART + 10, RLENGTH - 12)
				if (event == "open" && last == "handed") opened[++depth] = FNR
				if ((event == "refused" || event == "rolled-back") && depth) {
					for (line = opened[depth--]; line <= FNR; line++) gone[line] = 1
					event = "handed"
				}
				last = event
			}
			next
		}
		# A line that does not follow the one before it: what is missing may be a change.
		!/^\{"seq":[0-9]+,"prev":"[0-9a-f]+","at":[0-9]+,"event":"[a-z-]+","of":"[a-z0-9_-]*".*\}$/ ||
			substr($0, 8, length(FNR)) != FNR || substr($0, 8 + length(FNR), 1) != "," {
			if (!broken) broken = FNR
			time = substr($0, index($0, ",\"at\":") + 6) + 0
			if (time > latest) latest = time
			next
		}
		{
			seq++
			time = substr($0, index($0, ",\"at\":") + 6) + 0
			event = field("event")
			id = field("of")
			part = field("part")
		}
		event == "open" { attempt++ }
		FNR in gone { next }
		event == "open" {
			last = ending
			forget()
			if (last == "handed") over = "yes"
			latest = opened_at = time
			directory = whole("directory")
			gsub(/ /, "\001", directory)
			rules = field("rules")
			glass = whole("glass")
			gsub(/ /, "\001", glass)
			policies = field("policies")
			machine = field("host")
		}
		# What a flag held is tried again once that is written, and may not be yet.
		event == "resume" {
			if (waiting == "flag") resumed = 1
			else waiting = ""
		}
		resumed && event !~ /^(torn|resume|glass|guard|again|stop)$/ { resumed = waiting = "" }
		event == "glass" { glass = "" }
		event == "begin" {
			if ((part == "run" || part == "shift") && !(id in begun)) {
				begun[id] = ++order
				if (field("changes") == "yes") changed = "yes"
			}
			if (part != "verify" && field("changes") == "yes") latest = time
			if (part == "run" || part == "shift") {
				delete fact["failed " id]
				delete fact["again " id]
			}
			if (part == "run" || part == "shift" || part == "undo" || part == "return") delete fact["allowed " id]
			if (part == "run" || part == "shift" || part == "undo" || part == "return")
				doubt[id] = part "," field("group") "," field("host") "," field("started")
			else
				looking[id] = part "," field("group") "," field("host") "," field("started")
		}
		event == "end" {
			if (part == "run" || part == "shift" || part == "undo" || part == "return") delete doubt[id]
			else delete looking[id]
			delete fact["failed " id]
			if (part == "run" || part == "shift") delete tries[id]
			if (field("status") != "0" && field("left") == "0" && part != "notify") fact["failed " id] = 1
			if (field("status") != "0" && field("left") != "0" && (part == "run" || part == "shift")) tries[id] = field("left")
			if (part == "undo" || part == "return") {
				delete tries["back:" id]
				if (field("status") != "0" && field("left") != "0") tries["back:" id] = field("left")
			}
			if (field("status") == "0" && part == "run") fact["ran " id] = 1
			# Whether anybody was told decides nothing, and nobody is told twice.
			if (part == "notify" && (field("status") == "0" || field("left") == "0")) fact["ran " id] = 1
			if (field("status") == "0" && part == "undo") fact["undone " id] = 1
			if (field("status") == "0" && part == "return") fact["came-back " id] = 1
			if (field("status") == "0" && part == "shift") fact["shifted " id "=" field("share")] = 1
		}
		event == "end" && (part == "undo" || part == "return") {
			delete fact["helpless " id]
			if (field("status") != "0" && field("left") == "0") fact["helpless " id] = 1
		}
		event == "failed" {
			fact["failed " id] = 1
			# Of those that may fail, no flag hears.
			if (field("spared") == "") fact["fell " id] = 1
		}
		event == "again" {
			delete fact["failed " id]
			delete fact["fell " id]
			fact["again " id] = 1
		}
		event == "captured" { captured[++captures] = id " " field("name") " " whole("value") }
		event == "share" { fact["shared " id "=" field("share")] = 1 }
		event == "done" {
			fact["done " id] = 1
			delete doubt[id]
			delete fact["failed " id]
		}
		event == "left" { fact["left " id] = 1 }
		event == "undone" {
			fact["undone " id] = 1
			delete fact["failed " id]
			delete fact["fell " id]
		}
		event == "owed" { fact["owed " field("kind") ":" id] = 1 }
		event == "returned" { fact["returned " id] = 1 }
		event == "hold" { fact["opened " id "=" field("expires")] = 1 }
		event == "approve" {
			fact["approved " id ":" field("who")] = 1
			fact["allowed " id] = 1
		}
		event == "baseline" { before[field("metric")] = field("value") }
		event == "rollback" || event == "refuse" || event == "decided" && field("then") == "rollback" {
			mode = "back"
			ending = waiting = held_by = ""
		}
		event == "confirmed" { latest = time }
		event == "handed" { was_handed = "yes" }
		# What a flag wants, and what has not been done about it yet.
		event == "decided" && field("then") == "hold" { held_by = whole("why") }
		event == "stop" && field("wait") == "flag" { held_by = "" }
		# Whoever was to look at something, and was interrupted before anything was done, is still to look at it.
		event == "stop" {
			if (waiting !~ /^(flag|doubt)$/ || field("wait") !~ /^(signal|orphan)$/) waiting = field("wait")
			resumed = ""
			stopped = time
		}
		event == "refused" || event == "confirmed" || event == "rolled-back" || event == "handed" { ending = event }
		END {
			for (id in begun) place[begun[id]] = id
			for (at = 1; at <= order; at++) print "begun " place[at]
			for (at = 1; at <= captures; at++) print "captured " captured[at]
			for (key in fact) print key
			for (key in before) print "baseline " key "=" before[key]
			print "seq " seq + 0
			print "attempt " attempt + 0
			print "mode " mode
			print "ending " ending
			print "waiting " waiting
			gsub(/ /, "\001", held_by)
			print "held-by " held_by
			print "changed " changed
			print "was-handed " was_handed
			print "over " over
			print "rules " rules " " policies
			print "glass " glass
			print "latest " latest + 0
			print "opened-at " opened_at + 0
			print "stopped " stopped + 0
			print "broken " broken
			print "begun-in " directory " " machine
			for (key in tries) print "tries " key "=" tries[key]
			for (key in doubt) print "doubt " key "=" doubt[key]
			for (key in looking) print "looking " key "=" looking[key]
			print "whole"
		}
	' "$1" "$1"
}

forget() {
	sl_done='' sl_begun='' sl_undone='' sl_returned='' sl_failed='' sl_again='' sl_ran='' sl_shifted='' sl_shared=''
	sl_opened='' sl_approved='' sl_allowed='' sl_baselines='' sl_changed='' sl_mode=forward sl_ending='' sl_waiting='' sl_held_by=''
	sl_left_phases='' sl_helpless_before='' sl_fell='' sl_looking='' sl_latest=0 sl_opened_at=0 sl_stopped=0 sl_was_handed='' sl_doubts='' sl_owed='' sl_came_back='' sl_tries_left='' sl_broken='' sl_begun_in='' sl_begun_on='' sl_over='' sl_rules_then='' sl_policies_then='' sl_glass_then=''
	sl_kept_of=() sl_kept_name=() sl_kept_value=()
}

# newest_log FOLDER: the highest number of a line with which a command was begun, in sl_found.
newest_log() {
	local sl_log sl_number
	sl_found=0
	for sl_log in "$1"/*.log; do
		sl_number=${sl_log##*/}
		sl_number=${sl_number%%-*}
		if is_count "$sl_number" && [ "$sl_number" -gt "$sl_found" ]; then
			sl_found=$sl_number
		fi
	done
}

# check_chain FILE: the first line that does not name the digest of the one before it is broken, too; the digest of the last
# one is in sl_last. No where not every digest can be had.
check_chain() {
	local sl_lines=$sl_tmp/lines
	sl_last=0000000000000000000000000000000000000000000000000000000000000000
	[ -s "$1" ] && [ -z "$sl_broken" ] || return 0
	rm -rf -- "$sl_lines" "$sl_lines.sums"
	mkdir -- "$sl_lines" || return 1
	(
		CDPATH='' cd -- "$sl_lines" >/dev/null && awk '
			{
				name = sprintf("%08d", NR)
				printf "%s", $0 >name
				if (close(name)) exit 1
			}
		'
	) <"$1" || return 1
	sums_of_lines "$sl_lines" >"$sl_lines.sums" || return 1
	sl_found=$(
		awk '
			BEGIN {
				sums = ARGV[1]
				ARGV[1] = ""
				while ((getline line <sums) > 0) sum[++count] = substr(line, 1, 64)
				before = sprintf("%064d", 0)
			}
			!broken && substr($0, index($0, ",\"prev\":\"") + 9, 64) != before { broken = NR }
			{ before = sum[NR] }
			END {
				if (count != NR || before !~ /^[0-9a-f]+$/ || length(before) != 64) exit 1
				print before, broken
			}
		' "$sl_lines.sums" "$1"
	) || return 1
	sl_last=${sl_found%% *}
	sl_broken=${sl_found#* }
}

# sums_of_lines FOLDER: a thousand at a time, because a command takes only so many words.
sums_of_lines() (
	local sl_batch=0 sl_stem
	CDPATH='' cd -- "$1" >/dev/null || return 1
	while :; do
		printf -v sl_stem '%05d' "$sl_batch"
		set -- ./"$sl_stem"*
		[ -e "$1" ] || return 0
		(sums "$@") || return 1
		sl_batch=$((sl_batch + 1))
	done
)

# why_unsound NEWEST: what was read by `remember` is not all that was written, in sl_why; or no. NEWEST is the newest log.
why_unsound() {
	sl_why=
	if [ -n "$sl_broken" ]; then
		sl_why="line $sl_broken of the journal does not follow the one before it: what it said may have been a change"
		return 0
	fi
	if [ "$1" -gt "$sl_seq" ]; then
		sl_why="the journal ends at line $sl_seq, and a command was begun with line $1: what is lost may have been a change"
		return 0
	fi
	return 1
}

# Reads FILE into the sl_… of `forget`; says no when there is no run in it.
remember() {
	local sl_key sl_value sl_rest sl_whole=
	forget
	sl_seq=0 sl_attempt=0
	[ -s "$1" ] || return 1
	while read -r sl_key sl_value sl_rest; do
		case $sl_key in
		begun) sl_begun="$sl_begun $sl_value" ;;
		captured) ! captures "$sl_value" "${sl_rest%% *}" || keep "$sl_value" "${sl_rest%% *}" "${sl_rest#* }" ;;
		done) sl_done="$sl_done $sl_value" ;;
		left) sl_left_phases="$sl_left_phases $sl_value" ;;
		helpless) sl_helpless_before="$sl_helpless_before $sl_value" ;;
		fell) sl_fell="$sl_fell $sl_value" ;;
		looking) sl_looking="$sl_looking $sl_value" ;;
		undone) sl_undone="$sl_undone $sl_value" ;;
		returned) sl_returned="$sl_returned $sl_value" ;;
		failed) sl_failed="$sl_failed $sl_value" ;;
		again) sl_again="$sl_again $sl_value" ;;
		ran) sl_ran="$sl_ran $sl_value" ;;
		shifted) sl_shifted="$sl_shifted $sl_value" ;;
		shared) sl_shared="$sl_shared $sl_value" ;;
		opened) sl_opened="$sl_opened $sl_value" ;;
		allowed) sl_allowed="$sl_allowed $sl_value" ;;
		approved) sl_approved="$sl_approved $sl_value" ;;
		baseline) sl_baselines="$sl_baselines $sl_value" ;;
		seq) is_count "$sl_value" && sl_seq=$sl_value ;;
		attempt) is_count "$sl_value" && sl_attempt=$sl_value ;;
		mode) sl_mode=$sl_value ;;
		ending) sl_ending=$sl_value ;;
		waiting) sl_waiting=$sl_value ;;
		held-by) sl_held_by=${sl_value//$'\001'/ } ;;
		changed) sl_changed=$sl_value ;;
		was-handed) sl_was_handed=$sl_value ;;
		over) sl_over=$sl_value ;;
		glass) sl_glass_then=${sl_value//$'\001'/ } ;;
		rules) sl_rules_then=$sl_value sl_policies_then=$sl_rest ;;
		stopped) is_count "$sl_value" && sl_stopped=$sl_value ;;
		latest) is_count "$sl_value" && sl_latest=$sl_value ;;
		opened-at) is_count "$sl_value" && sl_opened_at=$sl_value ;;
		came-back) sl_came_back="$sl_came_back $sl_value" ;;
		owed) sl_owed="$sl_owed $sl_value" ;;
		doubt) sl_doubts="$sl_doubts $sl_value" ;;
		tries) sl_tries_left="$sl_tries_left $sl_value" ;;
		broken) sl_broken=$sl_value ;;
		whole) sl_whole=yes ;;
		begun-in) sl_begun_in=${sl_value//$'\001'/ } sl_begun_on=$sl_rest ;;
		esac
	done < <(facts "$1")
	if [ -z "$sl_whole" ]; then
		complain "$1 cannot be read, or what reads it was ended"
		leave_unread
	fi
	[ "$sl_attempt" -gt 0 ]
}

# Reads our own journal. A last line that was cut off by a crash is set aside, and is in sl_torn.
read_journal() {
	sl_torn=
	sl_journal=$sl_home/journal.jsonl
	set_torn_line_aside
	sl_flushes=
	if : >>"$sl_journal" && sync -d "$sl_journal" 2>/dev/null 9>&-; then
		sl_flushes=yes
		sync "$sl_home" 2>/dev/null 9>&-
	fi
	remember "$sl_journal"
	if ! check_chain "$sl_journal"; then
		complain "$sl_journal cannot be checked: nothing can be written in ${TMPDIR:-/tmp}, or what works out its digests was ended"
		leave_unread
	fi
	sl_prev=$sl_last
	newest_log "$sl_home/log"
	if why_unsound "$sl_found"; then
		complain "$sl_why"
		complain "look at $sl_journal and the logs beside it; nothing is done, forth or back, by what is left of it"
		complain "when a person has seen to it, move $sl_home away: \`run\` then begins anew"
		sl_journal=
		leave_now 79
	fi
}

set_torn_line_aside() {
	[ -s "$sl_journal" ] || return 0
	case $(tail -c 1 "$sl_journal" | od -An -tx1 | tr -d ' \n') in
	0a) return ;;
	[0-9a-f][0-9a-f]) ;;
	*)
		complain "$sl_journal cannot be read, or what reads it was ended"
		leave_unread
		;;
	esac
	if tail -n 1 "$sl_journal" >"$sl_home/torn.new" && digest <"$sl_home/torn.new" && [ "${#sl_found}" -eq 64 ] &&
		mv -f "$sl_home/torn.new" "$sl_home/torn-$sl_found" && sed '$d' "$sl_journal" >"$sl_journal.new" &&
		mv -f "$sl_journal.new" "$sl_journal"; then
		sl_torn=$sl_found
		return
	fi
	complain "the journal's last line was cut off, and nothing can be written beside it"
	leave_unread
}

note_torn_line() {
	[ -n "$sl_torn" ] || return 0
	journal torn '' digest "$sl_torn"
	say "the journal's last line was cut off by a crash; it is kept beside the journal, and the rest counts"
}
