#!/bin/sh
# A session is answered the same, in order and to its end, however its commands
# are cut into segments; and each of its questions has a line in the log.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need nc timeout

load "$tmp/people" "$live/people.csv"
start_whoisd -d "$tmp/people" -w 2 -l ph:127.0.0.1:0

# LF and CR LF, a continued line, an empty one, errors, and what comes too late.
printf 'status\r\nid 1\nquery name=quinton \\\nreturn name phone\r\n' \
    >"$tmp/asked"
printf '\r\nnonsense\nquery reggers\r\nset echo=on\nfields name\r\n' \
    >>"$tmp/asked"
printf 'quit\r\nstatus\r\n' >>"$tmp/asked"
questions=8

send <"$tmp/asked" >"$tmp/whole"
expect_line "the first answer" "$tmp/whole" '^201:'
expect_line "an unknown command" "$tmp/whole" '^598:'
tail -n 1 "$tmp/whole" | grep -q '^200:Bye!' || fail "the last is not Bye"
times=1

"$client" bytes "$port" <"$tmp/asked" >"$tmp/answer"
expect "a byte at a time" "$tmp/answer" "$tmp/whole"
times=$((times + 1))

length=$(wc -c <"$tmp/asked")
at=0
while test "$at" -le "$length"; do
	"$client" cut "$port" "$at" <"$tmp/asked" >"$tmp/answer"
	expect "cut after $at bytes" "$tmp/answer" "$tmp/whole"
	times=$((times + 1))
	at=$((at + 1))
done

# Without a quit: what came before the end of the client is answered.
head -n 2 "$tmp/asked" | send >"$tmp/answer"
test "$(tail -n 1 "$tmp/answer" | cut -c 1-4)" = 200: ||
    fail "a client that ends is not answered"

soon counted transactions $((times * questions + 2)) ||
    fail "not every question was counted"
stop_whoisd
test "$(grep -c '\]: ph 127' "$log")" = $((times * questions + 2)) ||
    fail "not every question has a line in the log"
echo "ok"
