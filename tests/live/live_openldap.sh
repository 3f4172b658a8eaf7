#!/bin/sh
# The test directory of OpenLDAP: its people are found by name, and no password,
# home telephone or home address is in any answer.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need nc timeout

ldif=${SHARED_DIR:-$top_srcdir/../shared}/data/openldap-test.ldif
if ! test -r "$ldif"; then
	echo "skipped: there is no $ldif"
	exit 77
fi
load "$tmp/people" "$ldif"
"$tools/whoisctl" info -d "$tmp/people" | grep -qx 'entries: 11' ||
    fail "not eleven people"
start_whoisd -d "$tmp/people" -w 2

# Every person's cn, unfolded: dn, then attributes, until an empty line.
awk '{ sub(/\r$/, "") }
/^ / { line = line substr($0, 2); next }
{ print line; line = $0 }
END { print line }' "$ldif" >"$tmp/unfolded"
awk 'BEGIN { RS = ""; FS = "\n" }
tolower($0) ~ /objectclass: *[a-z]*person/ {
	for (i = 1; i <= NF; i++)
		if (tolower($i) ~ /^cn: /) {
			sub(/^[^:]*: */, "", $i)
			print $i
			break
		}
}' "$tmp/unfolded" >"$tmp/names"
test "$(wc -l <"$tmp/names")" = 11 || fail "the test's own reading of the LDIF"

: >"$tmp/answers"
while read -r name; do
	printf '%s\r\n' "$name" | send >"$tmp/answer"
	grep -q '^There were [1-9][0-9]* matches' "$tmp/answer" ||
	    fail "$name is not found"
	cat "$tmp/answer" >>"$tmp/answers"
	# shellcheck disable=SC2013  # keys hold no blanks
	for key in $(sed -n 's/^.*\[\([^]]*\)\].*$/\1/p' "$tmp/answer"); do
		printf '!%s\r\n' "$key" | send >>"$tmp/answers"
	done
	printf 'full %s\r\n' "$name" | send >>"$tmp/answers"
done <"$tmp/names"
test "$(grep -c 'Full Name: ' "$tmp/answers")" -ge 11 ||
    fail "the answers do not show eleven people"

# What must not be seen: the values of these attributes, and looked for as well.
sed -n 's/^\(homePhone\|homePostalAddress\): *//Ip' "$tmp/unfolded" |
    sort -u >"$tmp/hidden"
test -s "$tmp/hidden" || fail "the test's own reading of the hidden values"
while read -r value; do
	if grep -qF -- "$value" "$tmp/answers"; then
		fail "an answer shows $value"
	fi
	printf '%s\r\n' "$value" | send >"$tmp/answer"
	grep -q '^There were 0 matches\|^% error' "$tmp/answer" ||
	    fail "somebody is found by $value"
done <"$tmp/hidden"
if grep -qi 'password\|{crypt}\|{ssha}\|home' "$tmp/answers"; then
	fail "an answer speaks of a password or a home"
fi
stop_whoisd
echo "ok"
