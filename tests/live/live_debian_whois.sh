#!/bin/sh
# Debian's whois, which rewrites what is typed before it sends it: small
# letters, punycode, no dots at the end.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need whois iconv
case $(whois --version 2>&1 || true) in
*md+whois@linux.it*) ;;
*)
	echo "skipped: this whois is not Marco d'Itri's"
	exit 77
	;;
esac
LC_ALL=C.UTF-8
export LC_ALL

load "$tmp/people" "$live/people.csv"
start_whoisd -d "$tmp/people" -w 2

# typed WORD...: what the client prints, without the CRs.
typed() {
	timeout 20 whois -h 127.0.0.1 -p "$port" "$@" | tr -d '\r'
}

typed reggers >"$tmp/answer"
expect "the record of the seed system" "$tmp/answer" "$live/golden.txt"

# What is typed, and the Index Keys of those it must find.
while IFS='	' read -r words keys; do
	typed "$words" | sed -n 's/^.*\[\([0-9]*\)\].*$/\1/p
	    s/^ *Index Key: //p' | sort | tr '\n' ' ' >"$tmp/found"
	test "$(cat "$tmp/found")" = "$keys " ||
	    fail "typed: $words; found $(cat "$tmp/found"), not $keys"
done <<'END'
Smith	100001 100002 100003 100007
Smith, John	100001
John Smith	100001
.Smith, John	100001
Müller	100004 100007
.Müller	100004 100007
Müller, Jürgen	100004
Müller*	100004 100007
name=Müller	100004 100007
José	100007
Smith-Müller	100007
L'Écuyer	100005
O'Brien	100006
李小龙	100008
smith*	100001 100002 100003 100007
jsmith@julian.uwo.ca	100001
!100001	100001
key 100001	100001
key481800	481800
whois whois reggers	481800
"reg quinton"	481800
department=physics	100001 100002
END
typed -B "o'brien" | grep -q '^ *Index Key: 100006' || fail "-B o'brien"
typed help | grep -q '^ *smith, john' || fail "help"
typed '?' | grep -q '^ *smith, john' || fail "?"
typed 'nobody of this name' | grep -q '^There were 0 matches' || fail "none"
stop_whoisd
echo "ok"
