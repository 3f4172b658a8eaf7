#!/bin/sh
# Who asks decides what is seen: the example of whoisd-schema(5), end to end.
# A class of viewers comes from the network of the client, here 127.0.0.1,
# while ::1 is of no class.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need nc timeout

# The built-in schema, and the block of the manual in place of its own.
"$tools/whoisctl" schema | sed '/^attribute home_phone/,/^$/d' \
    >"$tmp/my.schema"
{
	echo
	sed -n '/^attribute home_phone/,/^\.Ed/{/^\./!p;}' \
	    "$top_srcdir/doc/whoisd-schema.5" | tail -n 7
} >>"$tmp/my.schema"
grep -q 'show.*campus' "$tmp/my.schema" || fail "no example in the manual"
load "$tmp/people" -s "$tmp/my.schema" "$live/privacy.csv"

cat >"$tmp/conf" <<'CONF'
class campus {
	networks = {"127.0.0.0/8"}
}
CONF
start_whoisd -d "$tmp/people" -c "$tmp/conf" -l whois:127.0.0.1:0 \
    -l 'whois:[::1]:0'
port6=$(sed -n 's/^listening whois \[::1\]://p' "$log")

# campus QUESTION, stranger QUESTION: the answer in $tmp/answer
campus() {
	printf '%s\r\n' "$1" | timeout 20 nc -N 127.0.0.1 "$port" |
	    tr -d '\r' >"$tmp/answer"
}

stranger() {
	printf '%s\r\n' "$1" | timeout 20 nc -N ::1 "$port6" |
	    tr -d '\r' >"$tmp/answer"
}

# lacks WHAT REGEX
lacks() {
	! grep -- "$2" "$tmp/answer" || fail "$1"
}

campus "key 1"
expect_line "for the campus" "$tmp/answer" '^ *Home Phone: 555-1001$'
stranger "key 1"
expect_line "for everyone" "$tmp/answer" '^ *Phone: 679-1001$'
lacks "a stranger sees what is for the campus" 'Home Phone\|555'

# --- what is not seen is not found, and is no attribute either
campus "home_phone=1001"
expect_line "found by the campus" "$tmp/answer" '^There were 1 matches'
stranger "home_phone=1001"
cp "$tmp/answer" "$tmp/hidden"
stranger "house_phone=1001"
sed 's/house/home/' "$tmp/answer" >"$tmp/unknown"
expect "as if there were no such attribute" "$tmp/hidden" "$tmp/unknown"
stranger "phone 555-1001"
expect_line "not by number" "$tmp/answer" '^There were 0 matches'
campus "help selectors"
expect_line "help for the campus" "$tmp/answer" '^  home_phone '
stranger "help selectors"
lacks "help tells strangers" home_phone

# --- what owners hide, for the campus too
for who in campus stranger; do
	"$who" "department=physics"
	expect_line "counted" "$tmp/answer" '^There were 1 matches'
	"$who" "full smith"
	expect_line "two of three" "$tmp/answer" '^There were 2 matches'
	lacks "$who sees a hidden value" '679-1002\|Cyd'
	for question in cyd "key 3" "phone 679-1002" "phone 1003"; do
		"$who" "$question"
		expect_line "$who: $question" "$tmp/answer" \
		    '^There were 0 matches'
	done
done

# --- the log has nothing that was not asked
stop_whoisd
! grep '555-1002\|555-1003\|Cyd' "$log" || fail "the log tells"
