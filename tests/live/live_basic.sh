#!/bin/sh
# A daemon from its start to its end: answers on every kind of socket, signals,
# new generations, refusals to start, detaching.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need nc timeout

dir=$tmp/people
load "$dir" "$live/people.csv"

# --- answers, over every kind of socket
start_whoisd -d "$dir" -w 2 -l whois:127.0.0.1:0 -l 'whois:[::1]:0' \
    -l "whois:unix:$tmp/socket"
port6=$(sed -n 's/^listening whois \[::1\]://p' "$log")
expect_line "the unix socket" "$log" "^listening whois unix:$tmp/socket\$"
serves
ask reggers >"$tmp/answer"
expect "our own client" "$tmp/answer" "$live/golden.txt"
printf 'reggers\r\n' | timeout 20 nc -N ::1 "$port6" | tr -d '\r' \
    >"$tmp/answer"
expect "over IPv6" "$tmp/answer" "$live/golden.txt"
printf 'reggers\r\n' | timeout 20 nc -N -U "$tmp/socket" | tr -d '\r' \
    >"$tmp/answer"
expect "over a unix socket" "$tmp/answer" "$live/golden.txt"
if command -v socat >/dev/null; then
	printf 'reggers\r\n' | timeout 20 socat -t 10 - \
	    "TCP4:127.0.0.1:$port" | tr -d '\r' >"$tmp/answer"
	expect "through socat" "$tmp/answer" "$live/golden.txt"
fi
printf 'smith\r\n' | send >"$tmp/answer"
expect_line "several hits" "$tmp/answer" '^There were 4 matches on your request\.'
expect_line "the key in brackets" "$tmp/answer" '^ Smith, John.*\[100001\]'
grep -c 'For more information' "$tmp/answer" | grep -qx 1 ||
    fail "the last sentence comes once"

# --- each transaction has its line in the log
soon grep -q '^.*whois 127\.0\.0\.1:[0-9]* "reggers" long [a-z]* 1 hits [0-9]* bytes [0-9]* us$' "$log" ||
    fail "no line of the log for reggers"
soon grep -q 'whois \[::1\]:[0-9]* "reggers" long' "$log" || fail "IPv6 log"
soon grep -q 'whois local "reggers" long' "$log" || fail "unix socket log"
soon grep -q '"smith" short .* 4 hits' "$log" || fail "short form log"

# --- counters
kill -USR1 "$pid"
for name in accepted served transactions answers_long answers_short; do
	soon grep -q " $name  *[1-9][0-9]*  # " "$log" ||
	    fail "SIGUSR1: the counter $name is not in the log"
done

# --- a new generation is noticed, and connections under way do not mind
printf 'full_name,index_key\n"Newcomer, Nora",200001\n' >"$tmp/new.csv"
printf 'newcomer\r\n' | send >"$tmp/answer"
expect_line "not there yet" "$tmp/answer" '^There were 0 matches'
load "$dir" "$live/people.csv" "$tmp/new.csv"
has_newcomer() {
	printf 'newcomer\r\n' | send | grep -q 'Newcomer, Nora'
}
tries=30 # of 50 ms at least: a second and a half
until has_newcomer; do
	tries=$((tries - 1))
	test "$tries" -gt 0 || fail "the new generation was not noticed"
	sleep 0.05
done
soon grep -q 'now serving gen-' "$log" || fail "the log is silent about it"
serves "after the new generation"

# --- SIGHUP
kill -HUP "$pid"
soon grep -q 'reloaded' "$log" || fail "no line about SIGHUP"
serves "after SIGHUP"
stop_whoisd
test ! -e "$tmp/socket" || fail "the unix socket is left behind"
soon grep -q 'stopping on SIGTERM' "$log" || fail "no line about SIGTERM"

# --- settings: read, changed while serving, refused
cat >"$tmp/conf" <<END
directory = "$dir"
listen = { "whois:127.0.0.1:0" }
workers = 2
pidfile = "$tmp/pid"
END
start_whoisd -c "$tmp/conf" -w 1
test "$(cat "$tmp/pid")" = "$pid" || fail "the pid file names another process"
printf 'smith\r\n' | send >"$tmp/answer"
test "$(grep -c '\[' "$tmp/answer")" = 4 || fail "not all four are shown"
printf 'shown_max = 2\nlog_queries = false\nqueue = 5\n' >>"$tmp/conf"
kill -HUP "$pid"
soon grep -q 'reloaded, but these take a restart: queue$' "$log" ||
    fail "the log does not name what takes a restart"
lines=$(grep -c '"smith"' "$log" || true)
printf 'smith\r\n' | send >"$tmp/answer"
test "$(grep -c '\[' "$tmp/answer")" = 2 || fail "shown_max has no effect"
test "$(grep -c '"smith"' "$log" || true)" = "$lines" ||
    fail "log_queries has no effect"
printf 'colour = 3\n' >>"$tmp/conf"
kill -HUP "$pid"
soon grep -q "not reloaded.*$tmp/conf:8: no such option" "$log" ||
    fail "a broken configuration is not said on SIGHUP"
serves "after a broken configuration"
kill -INT "$pid"
wait "$pid" || fail "SIGINT ends it with status $?"
test ! -e "$tmp/pid" || fail "the pid file is left behind"

# --- refused to start, each with one sentence and its status
refused() {
	wanted=$1 sentence=$2
	shift 2
	status=0
	timeout 20 "$tools/whoisd" "$@" </dev/null >"$tmp/out" 2>&1 || status=$?
	test "$status" = "$wanted" || {
		cat "$tmp/out"
		fail "whoisd $*: status $status, not $wanted"
	}
	grep -v '^listening ' "$tmp/out" >"$tmp/said" || true
	test "$(wc -l <"$tmp/said")" = 1 || {
		cat "$tmp/out"
		fail "whoisd $*: not one sentence"
	}
	expect_line "whoisd $*" "$tmp/said" "$sentence"
}
start_whoisd -d "$dir"
refused 3 "127\.0\.0\.1:$port.*in use" -d "$dir" -l "whois:127.0.0.1:$port"
refused 3 "127\.0\.0\.1:$port.*in use" -D -d "$dir" \
    -l "whois:127.0.0.1:$port"
stop_whoisd
local='-l whois:127.0.0.1:0'
# shellcheck disable=SC2086 # two words
{
	refused 3 "$tmp/nowhere" -d "$tmp/nowhere" $local
	mkdir "$tmp/empty"
	refused 1 "$tmp/empty" -d "$tmp/empty" $local
	refused 1 "$tmp/conf:8: no such option 'colour'" -c "$tmp/conf"
	refused 3 "$tmp/none.conf" -c "$tmp/none.conf" -d "$dir" $local
	refused 2 'no face "gopher"' -d "$dir" -l gopher:127.0.0.1:0
	refused 2 'workers must be between' -d "$dir" -w 0 $local
	refused 2 'not known' --colour
	refused 2 'needs a value' -d
}
printf 'user = "nobody-here"\n' >"$tmp/user.conf"
refused 1 '"nobody-here" is not known' -c "$tmp/user.conf" -d "$dir" \
    -l whois:127.0.0.1:0
if test "$(id -u)" != 0 &&
    test "$(cat /proc/sys/net/ipv4/ip_unprivileged_port_start)" -gt 43; then
	refused 3 'ermission' -d "$dir" -l whois:127.0.0.1:43
fi
mkdir -p "$tmp/other/gen-000001"
ln -s gen-000001 "$tmp/other/current"
echo 'not a database, but as long as a line of text can be' \
    >"$tmp/other/gen-000001/data.mdb"
refused 3 "$tmp/other" -d "$tmp/other" -l whois:127.0.0.1:0

# --- the same found by a check, with file and line
# checked CODE SENTENCE LINE: the configuration of this line, behind another
checked() {
	printf 'workers = 2\n%s\n' "$3" >"$tmp/checked.conf"
	refused "$1" "$2" --check-config -c "$tmp/checked.conf" -d "$dir" \
	    ${4:+-l "$4"}
}
at="^whoisd: $tmp/checked.conf:2: "
checked 1 "$at.*\"nobody-here\" is not known" 'user = "nobody-here"'
checked 1 "${at}the group \"root\" needs a user" 'group = "root"'
checked 3 "${at}cannot listen on 198.51.100.1:43: .* not have that address" \
    'listen = { "whois:198.51.100.1:43" }'
checked 1 "${at}whois:127.0.0.1:43,proxy is there twice" \
    'listen = { "whois:127.0.0.1:43", "whois:127.0.0.1:43,proxy" }'
checked 1 "${at}ph:127.0.0.1:43 is there twice" \
    'listen = { "whois:127.0.0.1:43", "ph:127.0.0.1:43" }'
checked 1 "${at}ph:127.0.0.1 is there twice" \
    'listen = { "ph:127.0.0.1", "ph:127.0.0.1" }'
checked 3 "^whoisd: -l: cannot listen on 198.51.100.1:43: " \
    'queue = 5' whois:198.51.100.1:43
checked 3 "${at}the folder of the pid file, /no/such: No such" \
    'pidfile = "/no/such/pid"'
checked 3 "${at}the folder of the control socket, /no/such: No such" \
    'control = "/no/such/control"'
checked 1 "$at.*no such option" 'colour = 3'
printf 'queue = 5\ndirectory = "%s"\n' "$tmp/other" >"$tmp/checked.conf"
refused 3 "${at}the directory cannot be opened: $tmp/other" \
    --check-config -c "$tmp/checked.conf"
printf 'directory = "%s"\n' "$dir" >"$tmp/checked.conf"
"$tools/whoisd" --check-config -c "$tmp/checked.conf" \
    -l whois:127.0.0.1:0 -l whois:127.0.0.1:0 ||
    fail "what is right is refused"
"$tools/whoisd" --check-config -c "$tmp/checked.conf" \
    -l whois:127.0.0.1 -l ph:127.0.0.1 -l finger:127.0.0.1 ||
    fail "each face on its own port is refused"
"$tools/whoisd" --help | grep -q '^usage: whoisd' || fail "--help"
"$tools/whoisd" --version | grep -q '^whoisd [0-9]' || fail "--version"

# --- nobody but root becomes somebody else
if test "$(id -u)" != 0; then
	checked 3 "${at}cannot become the user \"root\"" 'user = "root"'
fi

# --- root is given up once the port is open
if test "$(id -u)" = 0 && id nobody >/dev/null 2>&1; then
	chmod 755 "$tmp"
	chown -R nobody "$dir"
	printf 'user = "nobody"\n' >"$tmp/user.conf"
	start_whoisd -c "$tmp/user.conf" -d "$dir"
	serves "as another user"
	owner=$(awk '$1 == "Uid:" { print $2, $3, $4 }' "/proc/$pid/status")
	nobody=$(id -u nobody)
	test "$owner" = "$nobody $nobody $nobody" || fail "still root: $owner"
	grep -qx 'CapEff:	0*' "/proc/$pid/status" || fail "keeps capabilities"
	stop_whoisd
	# Not even the log's thread, or not all of the workers; how many others
	# of that user there are is not ours to say.  A sanitizer that looks for
	# leaks at the end would want a thread as well.
	if command -v prlimit >/dev/null 2>&1; then
		for threads in 1 2; do
			status=0
			ASAN_OPTIONS=detect_leaks=0 timeout 20 \
			    prlimit --nproc=$threads "$tools/whoisd" \
			    -c "$tmp/user.conf" -d "$dir" \
			    -l whois:127.0.0.1:0 -w 8 2>"$tmp/said" ||
			    status=$?
			test "$status" = 3 ||
			    fail "no thread to be had: status $status"
			expect_line "no thread to be had" "$tmp/said" \
			    'whoisd: cannot start '
		done
	fi
fi

# --- started with nothing open: no log in the place of standard error
"$tools/whoisd" -d "$dir" -l "whois:unix:$tmp/bare" <&- >&- 2>&- &
pid=$!
started="$started $pid"
soon test -S "$tmp/bare" || fail "does not start without standard error"
printf 'reggers\r\n' | timeout 20 nc -N -U "$tmp/bare" | tr -d '\r' \
    >"$tmp/served"
expect "without standard error" "$tmp/served" "$live/golden.txt"
for i in 0 1 2; do
	test "$(readlink "/proc/$pid/fd/$i")" = /dev/null ||
	    fail "descriptor $i is taken for something else"
done
stop_whoisd

# --- detached: the command returns when the server answers
cd "$tmp" || exit
printf 'pidfile = "pid.detached"\n' >detached.conf
timeout 20 "$tools/whoisd" -D -c detached.conf -d people \
    -l whois:127.0.0.1:0 >"$tmp/out" 2>"$tmp/log.detached" ||
    fail "-D: status $?"
port=$(sed -n 's/^listening whois 127.0.0.1://p' "$tmp/log.detached")
test -n "$port" || fail "-D: no listening line"
pid=$(cat "$tmp/pid.detached")
started="$started $pid"
serves "from the detached server"
test "$(readlink "/proc/$pid/cwd" || echo /)" = / || fail "-D: stands in a folder"
test "$(readlink "/proc/$pid/fd/2" || echo /dev/null)" = /dev/null ||
    fail "-D: keeps standard error"
kill -HUP "$pid"
serves "detached, after SIGHUP"
running "$pid" || fail "-D: SIGHUP ended it"
kill -TERM "$pid"
soon gone "$pid" || fail "-D: still there after SIGTERM"
test ! -e "$tmp/pid.detached" || fail "-D: the pid file is left behind"
echo "ok"
