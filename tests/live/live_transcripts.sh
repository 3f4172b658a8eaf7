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
start_whoisd -d "$tmp/people" -l whois:127.0.0.1:0
"$transcripts" --connect "127.0.0.1:$port" || fail "transcripts over IPv4"
stop_whoisd
start_whoisd -d "$tmp/people" -l 'whois:[::1]:0'
"$transcripts" --connect "[::1]:$port" || fail "transcripts over IPv6"
stop_whoisd
echo "ok"
