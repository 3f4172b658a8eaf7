#!/bin/sh
# Finger through sockets: its lines in any segments, what is denied, access by
# face, the log, and under inetd.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need nc timeout mkfifo

load "$tmp/people" "$live/people.csv"
# The record of the seed system; WHOIS ends it with a blank line and a sentence.
sed '/^For more information/d' "$live/golden.txt" | sed '$d' >"$tmp/golden"

# fingered LINE WANTED: the answer to the line is, but for CRs, that file.
fingered() {
	printf '%s\r\n' "$1" | send | tr -d '\r' >"$tmp/answer"
	expect "finger \"$1\"" "$tmp/answer" "$2"
}
# told LINE SENTENCE: the sentence is the whole answer.
told() {
	echo "$2" >"$tmp/sentence"
	fingered "$1" "$tmp/sentence"
}
logged() {
	grep -q "$1" "$log"
}

echo 'finger_domains = { "example.org" }' >"$tmp/conf"
start_whoisd -d "$tmp/people" -c "$tmp/conf" -w 2 -l finger:127.0.0.1:0
fingered reggers "$tmp/golden"
fingered '/W reggers' "$tmp/golden"
fingered '/w	quinton, reg' "$tmp/golden"
fingered reggers@example.org "$tmp/golden"
fingered reggers@Example.ORG.@example.org "$tmp/golden"
told '' 'Finger online user list denied'
told '/W' 'Finger online user list denied'
told reggers@uwo.ca 'Finger forwarding service denied'
told @uwo.ca 'Finger forwarding service denied'
told "$(printf '%0600d' 0)" 'The line is too long; ask in at most 512 bytes.'
soon logged 'finger 127\.0\.0\.1:[0-9]* "/W reggers" long handle 1 hits' ||
    fail "no line in the log"
soon logged 'finger 127\.0\.0\.1:[0-9]* "reggers@uwo.ca" error - 0 hits' ||
    fail "no line of what was denied in the log"

# --- as finger(1) sends it: the user, and then the end of the line
mkfifo "$tmp/typed"
nc -N 127.0.0.1 "$port" <"$tmp/typed" >"$tmp/raw" &
typist=$!
started="$started $typist"
exec 9>"$tmp/typed"
printf 'reggers' >&9
# Meanwhile another one is served.
fingered reggers "$tmp/golden"
printf '\r\n' >&9
exec 9>&-
wait "$typist" || fail "nc failed"
tr -d '\r' <"$tmp/raw" >"$tmp/answer"
expect "in two segments" "$tmp/answer" "$tmp/golden"
printf 'reggers\r\n' | "$client" bytes "$port" | tr -d '\r' >"$tmp/answer"
expect "byte by byte" "$tmp/answer" "$tmp/golden"
printf 'reggers' | send | tr -d '\r' >"$tmp/answer"
expect "without an end" "$tmp/answer" "$tmp/golden"
# Every line ends in CR LF.
printf 'reggers\n' | send >"$tmp/raw"
test "$(grep -c "$(printf '\r')\$" "$tmp/raw")" = "$(wc -l <"$tmp/raw")" ||
    fail "a line without CR"
stop_whoisd

# --- who says nothing is sent nothing
echo 'request_ms = 200' >"$tmp/conf"
start_whoisd -d "$tmp/people" -c "$tmp/conf" -w 1 -l finger:127.0.0.1:0
timeout 20 nc -d 127.0.0.1 "$port" >"$tmp/answer" || fail "held open"
test ! -s "$tmp/answer" || fail "an answer to silence"
stop_whoisd

# --- access rules know the face
echo 'access = { "refuse all on finger say Ask whois." }' >"$tmp/conf"
start_whoisd -d "$tmp/people" -c "$tmp/conf" -w 1 -l finger:127.0.0.1:0 \
    -l whois:127.0.0.1:0
told reggers 'Ask whois.'
port=$(sed -n '/^listening whois/s/.*://p' "$log")
serves "WHOIS, where finger is refused"
stop_whoisd

# --- under inetd
printf 'reggers\r\n' | "$whoisd" -i --test -l finger -d "$tmp/people" |
    tr -d '\r' >"$tmp/answer"
expect "under inetd" "$tmp/answer" "$tmp/golden"
printf '' | "$whoisd" -i --test -l finger -d "$tmp/people" >"$tmp/answer"
test ! -s "$tmp/answer" || fail "an answer to nothing, under inetd"
echo "ok"
