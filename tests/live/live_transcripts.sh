#!/bin/sh
# The transcripts, against a daemon that serves the people they ask for.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
transcripts=$top_builddir/tests/proto/transcripts
if ! test -x "$transcripts"; then
	echo "skipped: the transcripts program is not built"
	exit 77
fi

load "$tmp/people" "$top_srcdir/tests/transcripts/people.csv"

# What tests/proto/people.c says, where that is not the default.
echo 'finger_domains = { "example.org", "example.net." }' >"$tmp/conf"

# replay FACE HOST
replay() {
	start_whoisd -d "$tmp/people" -c "$tmp/conf" -l "$1:$2:0"
	"$transcripts" --face "$1" --connect "$2:$port" ||
	    fail "transcripts of $1 at $2"
	stop_whoisd
}
replay whois 127.0.0.1
replay whois '[::1]'
replay finger 127.0.0.1
replay ph 127.0.0.1
echo "ok"
