#!/bin/sh
# whois2ph as the seed system had it: PH, and finger in the same manner, by a
# whoisd that inetd or systemd starts for each connection.
# shellcheck source=tests/live/inetd.sh
. "${top_srcdir:-.}/tests/live/inetd.sh"
need nc timeout

load "$tmp/people" "$live/people.csv"

# A session: what one command set holds for the next, and the last one ends it.
session='status\r\nquery name=quinton return name email\nset echo=on\nid 1\nquit\nstatus\n'
cat >"$tmp/wanted" <<'END'
102:There was 1 match to your request.
-200:1:     name: Quinton, Reg
-200:1:    email: reggers@julian.uwo.ca
200:Ok.
200:Done.
101: id 1
200:Thanks.
101: quit
200:Bye!
END

# speaks_ph WHAT FILE: the answer to the session, behind the banner.
speaks_ph() {
	tr -d '\r' <"$2" | sed '1{/^-100:/d;};/^201:/d' >"$tmp/behind"
	expect "$1" "$tmp/behind" "$tmp/wanted"
	test "$(grep -c '^201:' "$2")" = 1 || fail "$1: no status"
}

# --- by hand
# shellcheck disable=SC2059 # the escapes are the point
printf "$session" | "$whoisd" -i --test -d "$tmp/people" -l ph >"$tmp/answer"
speaks_ph "on a pipe" "$tmp/answer"

# --- systemd: a socket unit with Accept=yes
if command -v systemd-socket-activate >/dev/null; then
	systemd-socket-activate -a --inetd -l "$tmp/socket" \
	    "$whoisd" -i -d "$tmp/people" -l ph 2>"$tmp/log.activate" &
	pid=$!
	started="$started $pid"
	soon grep -q "^Listening on" "$tmp/log.activate" ||
	    fail "systemd-socket-activate is silent"
	for time in first second; do
		# shellcheck disable=SC2059
		printf "$session" | timeout 20 nc -N -U "$tmp/socket" \
		    >"$tmp/answer"
		speaks_ph "the $time session that systemd starts" \
		    "$tmp/answer"
	done
	kill "$pid"
else
	echo "without systemd: there is no systemd-socket-activate here"
fi

# --- inetd
need_openbsd_inetd
start_inetd status '^201:' '-l ph'
# shellcheck disable=SC2059
printf "$session" | send >"$tmp/answer"
speaks_ph "through inetd" "$tmp/answer"

# A directory that is gone: told as PH tells it, but not where it was.
mv "$tmp/people" "$tmp/gone"
printf 'status\r\n' | send >"$tmp/answer"
expect_line "no directory" "$tmp/answer" '^400:The directory cannot be read'
! grep -q "$tmp" "$tmp/answer" || fail "a stranger is told file names"
mv "$tmp/gone" "$tmp/people"
kill "$pid"

start_inetd reggers 'Quinton, Reg' '-l finger'
printf '@elsewhere.example\r\n' | send >"$tmp/answer"
expect_line "finger through inetd" "$tmp/answer" \
    '^Finger forwarding service denied'
kill "$pid"
echo "ok"
