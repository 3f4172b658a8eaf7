#!/bin/sh
# The control socket of a live server: who makes it, who may ask, what it says.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need nc timeout

dir=$tmp/people
load "$dir" "$live/people.csv"

# question SOCKET COMMAND: the answer, in $tmp/answer.
question() {
	printf '%s\n' "$2" | timeout 20 nc -N -U "$1" >"$tmp/answer" ||
	    fail "$1 does not answer $2"
	tail -n 1 "$tmp/answer" | grep -qx '# EOF' || fail "$2: no end"
}

# --- in the directory, unless told otherwise
start_whoisd -d "$dir"
test "$(stat -c %a "$dir/control")" = 660 || fail "the mode of the socket"
ask reggers >"$tmp/answer"
question "$dir/control" stats
expect_line "what serves" "$tmp/answer" \
    '^# serving gen-000001: 10 entries, serial 1, loaded 2'
for name in accepted served transactions answers_long; do
	expect_line "a counter" "$tmp/answer" "^$name  *1  # [a-z]"
done
expect_line "a gauge" "$tmp/answer" '^stale_since  *0  # '
question "$dir/control" 'stats prometheus'
expect_line "for Prometheus" "$tmp/answer" '^whoisd_served_total 1$'
expect_line "for Prometheus" "$tmp/answer" '^# TYPE whoisd_uptime_s gauge$'
expect_line "of the net" "$tmp/answer" '^# TYPE whoisd_connections gauge$'
sed -n 's/^# TYPE \([^ ]*\) .*/\1/p' "$tmp/answer" | sort | uniq -d >"$tmp/twice"
expect "names that are there twice" "$tmp/twice" /dev/null
question "$dir/control" help
expect_line "help" "$tmp/answer" '^stats prometheus '
question "$dir/control" 'format c:'
expect_line "an unknown command" "$tmp/answer" \
    '^error: there is no command "format c:"; try help$'

# --- the same with our own tool
"$tools/whoisctl" stats -d "$dir" >"$tmp/answer" || fail "stats: status $?"
expect_line "stats" "$tmp/answer" '^# serving gen-000001: 10 entries'
expect_line "stats" "$tmp/answer" '^served  *1  # requests answered$'
if grep -q EOF "$tmp/answer"; then
	fail "the end is shown"
fi
"$tools/whoisctl" stats --control "$dir/control" --prometheus >"$tmp/answer" ||
    fail "stats --prometheus: status $?"
expect_line "stats" "$tmp/answer" '^whoisd_served_total 1$'
expect_line "times" "$tmp/answer" '^whoisd_answer_seconds_count 1$'
"$tools/whoisctl" top -d "$dir" -n 1 --count 2 >"$tmp/answer" ||
    fail "top: status $?"
test "$(grep -c '^serving gen-000001' "$tmp/answer")" = 2 ||
    fail "top shows not two pictures"
expect_line "top" "$tmp/answer" '^served  *[0-9.]*  *1$'
expect_line "top" "$tmp/answer" '^half of the answers within [0-9.]* ms'
if grep -q "$(printf '\033')" "$tmp/answer"; then
	fail "top clears what is no screen"
fi

# said STATUS SENTENCE ARGUMENT...: whoisctl fails with one sentence
said() {
	wanted=$1 sentence=$2
	shift 2
	status=0
	timeout 20 "$tools/whoisctl" "$@" >"$tmp/said" 2>&1 || status=$?
	test "$status" = "$wanted" || fail "whoisctl $*: status $status"
	test "$(wc -l <"$tmp/said")" = 1 || fail "whoisctl $*: not one line"
	expect_line "whoisctl $*" "$tmp/said" "$sentence"
}
said 3 "no server answers at $tmp/control: No such file" stats -d "$tmp"
said 3 'no server answers at ' top -d "$tmp" --count 1
said 2 'is wanted' stats
said 2 'must be between' top -d "$dir" -n 0
said 2 'wants no "more"' stats -d "$dir" more

# --- a server that is none, and wants to harm the terminal
# pretend ANSWER: to be one, for one question
pretend() {
	rm -f "$tmp/false"
	printf '%b' "$1" >"$tmp/says"
	timeout 30 nc -N -l -U "$tmp/false" <"$tmp/says" >"$tmp/heard" &
	started="$started $!"
	soon test -S "$tmp/false" || fail "nc does not listen"
}
pretend 'half an answ'
said 3 'was cut off' stats --control "$tmp/false"
pretend 'error: no\033 entry\n# EOF\n'
said 1 'no.x1b entry' stats --control "$tmp/false"
if command -v script >/dev/null 2>&1; then
	for command in stats 'top --count 1'; do
		pretend '# serving \033[2Jnothing\n# EOF\n'
		script -qec "'$tools/whoisctl' $command --control '$tmp/false'" \
		    /dev/null </dev/null >"$tmp/seen" || fail "$command: $?"
		if grep -q "$(printf '\033')\[2Jnothing" "$tmp/seen"; then
			fail "$command sends to the terminal what it is told"
		fi
		grep -q 'nothing' "$tmp/seen" || fail "$command shows nothing"
	done
fi

# --- a second server of the directory does without, unless told otherwise
first=$pid
start_whoisd -d "$dir"
soon grep -q 'nobody can ask.*another server listens on it' "$log" ||
    fail "no notice about the socket that is taken"
stop_whoisd
status=0
timeout 20 "$whoisd" -d "$dir" -l whois:127.0.0.1:0 --control "$dir/control" \
    2>"$tmp/said" || status=$?
test "$status" = 1 || fail "status $status"
expect_line "a socket that is taken" "$tmp/said" \
    '^whoisd: the control socket: .*another server listens on it$'
start_whoisd -d "$dir" --control "$tmp/second"
question "$tmp/second" stats
stop_whoisd
test ! -e "$tmp/second" || fail "the socket is left behind"

# --- what a killed server leaves is replaced
kill -KILL "$first"
wait "$first" || true
test -S "$dir/control" || fail "there is no socket to replace"
start_whoisd -d "$dir"
question "$dir/control" stats
stop_whoisd
test ! -e "$dir/control" || fail "the socket is left behind"

# --- none
printf 'control = ""\n' >"$tmp/conf"
start_whoisd -d "$dir" -c "$tmp/conf"
test ! -e "$dir/control" || fail "there is a socket that nobody wants"
stop_whoisd

# --- a relative directory
cd "$tmp" || exit
start_whoisd -d people
question "$dir/control" stats
stop_whoisd

# --- a directory that is no longer what `current` names
start_whoisd -d "$dir"
ln -sfn gen-000077 "$dir/current"
kill -HUP "$pid"
stale() {
	question "$dir/control" stats
	grep -q '^stale_since  *[1-9]' "$tmp/answer"
}
soon stale || fail "nothing is stale"
expect_line "why" "$tmp/answer" '^# stale since 2.*gen-000077'
expect_line "counted" "$tmp/answer" '^reload_failed  *1  # '
serves "while stale"
stop_whoisd
start_whoisd -d "$dir"
soon grep -q 'FALLING BACK.*gen-000077' "$log" || fail "no loud line"
question "$dir/control" stats
expect_line "the gauge" "$tmp/answer" '^fallback  *1  # '
serves "after falling back"
load "$dir" "$live/people.csv"
soon grep -q 'now serving gen-' "$log" || fail "it stays behind"
question "$dir/control" stats
expect_line "fresh again" "$tmp/answer" '^stale_since  *0  # '
expect_line "fresh again" "$tmp/answer" '^fallback  *0  # '
stop_whoisd

# --- it belongs to the user that the server becomes
if test "$(id -u)" = 0 && id nobody >/dev/null 2>&1; then
	chmod 755 "$tmp"
	chown -R nobody "$dir"
	printf 'user = "nobody"\n' >"$tmp/conf"
	start_whoisd -d "$dir" -c "$tmp/conf"
	test "$(stat -c %U "$dir/control")" = nobody || fail "not given away"
	question "$dir/control" stats
	stop_whoisd
	test ! -e "$dir/control" || fail "the socket is left behind"
fi
echo "ok"
