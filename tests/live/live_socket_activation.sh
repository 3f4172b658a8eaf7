#!/bin/sh
# Sockets that systemd opens are served, whatever is configured.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need nc timeout systemd-socket-activate

load "$tmp/people" "$live/people.csv"

# activate SOCKET NAME ARGUMENT...: whoisd starts at the first call; sets pid
# and log.
activate() {
	daemons=$((daemons + 1))
	log=$tmp/log.$daemons
	socket=$1 name=$2
	shift 2
	systemd-socket-activate -l "$socket" --fdname="$name" "$@" \
	    "$whoisd" -d "$tmp/people" -l whois:127.0.0.1:0 2>"$log" &
	pid=$!
	started="$started $pid"
	soon grep -q "^Listening on $socket" "$log" ||
	    fail "systemd-socket-activate is silent"
}

# ask_unix SOCKET: standard input to it, the answer out of it.
ask_unix() {
	timeout 20 nc -N -U "$1"
}

for name in whois connection whoisd.socket; do
	rm -f "$tmp/socket"
	activate "$tmp/socket" "$name"
	printf 'reggers\r\n' | ask_unix "$tmp/socket" | tr -d '\r' >"$tmp/answer" ||
	    fail "no answer at $name"
	expect "the answer at $name" "$tmp/answer" "$live/golden.txt"
	# Whoever was waiting in the backlog may be answered before that is said.
	soon grep -q "^listening whois unix:$tmp/socket\$" "$log" ||
	    fail "it does not say what it listens on"
	test "$(grep -c '^listening ' "$log")" = 1 ||
	    fail "it listens where it is configured to as well"
	soon grep -q 'handed over, not on what is configured' "$log" ||
	    fail "the log does not say what it listens on"
	stop_whoisd
	test -S "$tmp/socket" || fail "the socket's name went with the server"
done

# One for each face, as the three units have them.
activate "$tmp/43" whois:ph:finger -l "$tmp/105" -l "$tmp/79"
printf 'reggers\r\n' | ask_unix "$tmp/43" | tr -d '\r' >"$tmp/answer"
expect "the answer beside others" "$tmp/answer" "$live/golden.txt"
printf 'status\r\nquit\r\n' | ask_unix "$tmp/105" >"$tmp/answer"
expect_line "PH" "$tmp/answer" '^200:Bye!'
printf '@elsewhere.example\r\n' | ask_unix "$tmp/79" >"$tmp/answer"
expect_line "finger" "$tmp/answer" '^Finger forwarding service denied'
stop_whoisd

# An Internet socket too: a port that was free a moment ago.
start_whoisd -d "$tmp/people"
stop_whoisd
activate "127.0.0.1:$port" whois
serves "on a port that was handed over"
stop_whoisd
echo "ok"
