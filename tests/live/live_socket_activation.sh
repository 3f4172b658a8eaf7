#!/bin/sh
# Sockets that systemd opens are served, whatever is configured.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need nc timeout systemd-socket-activate

load "$tmp/people" "$live/people.csv"

# activate SOCKET NAME: whoisd starts at the first call; sets pid and log.
activate() {
	daemons=$((daemons + 1))
	log=$tmp/log.$daemons
	systemd-socket-activate -l "$1" --fdname="$2" \
	    "$whoisd" -d "$tmp/people" -l whois:127.0.0.1:0 2>"$log" &
	pid=$!
	started="$started $pid"
	soon grep -q "^Listening on $1" "$log" ||
	    fail "systemd-socket-activate is silent"
}

# ask_unix: standard input to the socket, the answer out of it.
ask_unix() {
	timeout 20 nc -N -U "$tmp/socket"
}

for name in whois connection whoisd.socket; do
	rm -f "$tmp/socket"
	activate "$tmp/socket" "$name"
	printf 'reggers\r\n' | ask_unix | tr -d '\r' >"$tmp/answer" ||
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

# An Internet socket too: a port that was free a moment ago.
start_whoisd -d "$tmp/people"
stop_whoisd
activate "127.0.0.1:$port" whois
serves "on a port that was handed over"
stop_whoisd
echo "ok"
