#!/bin/sh
# Net::PH, the client of Debian's libnet-ph-perl: every method that it has.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need perl
if ! perl -MNet::PH -e 1 2>/dev/null; then
	echo "skipped: there is no Net::PH here"
	exit 77
fi

write_many "$tmp/many.csv"
load "$tmp/people" "$live/people.csv" "$tmp/many.csv"
start_whoisd -d "$tmp/people" -w 2 -l ph:127.0.0.1:0
perl "$live/net_ph.pl" 127.0.0.1 "$port" || fail "Net::PH is not content"
logged() {
	grep -q "$1" "$log"
}
soon logged '"login reggers"' || fail "the log has no line of a login"
stop_whoisd
echo "ok"
