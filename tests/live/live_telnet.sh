#!/bin/sh
# People who type into telnet: its negotiations, and their backspaces, do no
# harm.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need nc timeout

load "$tmp/people" "$live/people.csv"
start_whoisd -d "$tmp/people" -w 2

# IAC WILL TERMINAL-TYPE, IAC DO ECHO, IAC NOP, then a corrected line.
printf '\377\373\030\377\375\001\377\361regx\010gers\r\n' | send |
    tr -d '\r' >"$tmp/answer"
expect "negotiation and a backspace" "$tmp/answer" "$live/golden.txt"
printf 'regyz\177\177gers\r\n' | send | tr -d '\r' >"$tmp/answer"
expect "two deletes" "$tmp/answer" "$live/golden.txt"
# A subnegotiation with a newline in it.
printf '\377\372\030\000\n\377\360reggers\r\n' | send | tr -d '\r' \
    >"$tmp/answer"
expect "a newline inside a subnegotiation" "$tmp/answer" "$live/golden.txt"

need telnet
# telnet ends with its input, so this keeps it open until the answer is there.
type_line() {
	printf 'reggers\r\n'
	soon grep -q 'whois help' "$tmp/session" || true
}
: >"$tmp/session"
type_line | timeout 20 telnet 127.0.0.1 "$port" >"$tmp/session" 2>&1 || true
tr -d '\r' <"$tmp/session" | sed -n '/^There were/,/^For more/p' \
    >"$tmp/answer"
expect "through telnet" "$tmp/answer" "$live/golden.txt"
stop_whoisd
echo "ok"
