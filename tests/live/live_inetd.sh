#!/bin/sh
# The way of the seed system: inetd starts a whoisd for each connection.
# shellcheck source=tests/live/inetd.sh
. "${top_srcdir:-.}/tests/live/inetd.sh"
need nc timeout

load "$tmp/people" "$live/people.csv"

# --- by hand
printf 'reggers\n' | "$tools/whoisd" -i --test -d "$tmp/people" | tr -d '\r' \
    >"$tmp/answer"
expect "on a pipe with --test" "$tmp/answer" "$live/golden.txt"
printf 'reggers' | "$tools/whoisd" -i --test -d "$tmp/people" -l whois |
    tr -d '\r' >"$tmp/answer"
expect "without a newline" "$tmp/answer" "$live/golden.txt"

# refused STATUS SENTENCE ARGUMENT...
refused() {
	wanted=$1 sentence=$2
	shift 2
	status=0
	echo reggers | "$tools/whoisd" "$@" >"$tmp/out" 2>"$tmp/said" ||
	    status=$?
	test "$status" = "$wanted" || fail "whoisd $*: status $status"
	expect_line "whoisd $*" "$tmp/said" "$sentence"
	test ! -s "$tmp/out" || fail "whoisd $*: answers all the same"
}
refused 1 'not a connected socket' -i -d "$tmp/people"
refused 2 'no face "gopher"' -i --test -d "$tmp/people" -l gopher
refused 3 "$tmp/nowhere" -i --test -d "$tmp/nowhere"
refused 2 'exclude' -i -D -d "$tmp/people"

# --- access rules and caps of classes hold here, too; a pipe is local
cat >"$tmp/conf" <<END
class pipe { networks = {local} shown_max = 1 }
access = { "refuse 192.0.2.0/24", "allow pipe", "refuse all" }
END
echo smith | "$tools/whoisd" -i --test -d "$tmp/people" -c "$tmp/conf" \
    >"$tmp/answer"
expect_line "the cap of its class" "$tmp/answer" 'first 1 '
echo 'access = { "refuse local say Not you." }' >"$tmp/conf"
echo reggers | "$tools/whoisd" -i --test -d "$tmp/people" -c "$tmp/conf" |
    tr -d '\r' >"$tmp/answer"
test "$(cat "$tmp/answer")" = '% error: Not you.' || fail "not refused"
echo 'access = { "silent all" }' >"$tmp/conf"
echo reggers | "$tools/whoisd" -i --test -d "$tmp/people" -c "$tmp/conf" \
    >"$tmp/answer"
test ! -s "$tmp/answer" || fail "not silent"

# --- under inetd
need_openbsd_inetd
start_inetd reggers 'Quinton, Reg' ''
serves "through inetd"
asked=0
while test "$asked" -lt 300; do
	inetd_answers reggers 'Quinton, Reg' || fail "question $asked through inetd"
	asked=$((asked + 1))
done
printf 'reggers' | send | tr -d '\r' >"$tmp/answer"
expect "half-closed, without a newline" "$tmp/answer" "$live/golden.txt"

# A directory that is gone: the client is told, but not where it was.
mv "$tmp/people" "$tmp/gone"
printf 'reggers\r\n' | send >"$tmp/answer"
expect_line "no directory" "$tmp/answer" '^% error: '
! grep -q "$tmp" "$tmp/answer" || fail "a stranger is told file names"
kill "$pid"
echo "ok"
