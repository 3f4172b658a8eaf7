#!/bin/sh
# Silent clients cost the others nothing, and go when there is no room.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need nc timeout mkfifo

load "$tmp/people" "$live/people.csv"

# --- five hundred of them, and everybody else is served
start_whoisd -d "$tmp/people" -w 2
hold_silent 500
# The kernel keeps a silent one back for a second before we see it.
soon counted accepted 500 || fail "not all 500 were accepted"
asked=0
while test "$asked" -lt 50; do
	serves "beside 500 silent clients, question $asked"
	asked=$((asked + 1))
done
release_silent
test "$open" = 500 || fail "$((500 - open)) were closed before their time"
stop_whoisd

# --- no room: those silent longest are closed first
cat >"$tmp/conf" <<END
directory = "$tmp/people"
connections = 16
request_ms = 60000
END
start_whoisd -c "$tmp/conf" -w 1
hold_silent 40
soon counted evicted_silent 24 || fail "nobody was closed to make room"
serves "when the table is full"
release_silent
test "$open" -le 16 || fail "$open are held where 16 may be"
stop_whoisd

# --- the deadline
printf 'request_ms = 200\n' >>"$tmp/conf"
start_whoisd -c "$tmp/conf" -w 1
hold_silent 10
soon counted deadline_request 10 || fail "silent clients outlive their deadline"
release_silent
test "$open" = 0 || fail "$open of 10 outlive their deadline"
serves "after the deadline"
stop_whoisd
echo "ok"
