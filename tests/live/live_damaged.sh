#!/bin/sh
# A record that is damaged on the disk costs whoever asks for it a sentence, and
# the log a line; everybody else is served.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need nc timeout dd

dir=$tmp/people
load "$dir" "$live/people.csv"
data=$dir/$(readlink "$dir/current")/data.mdb
start_whoisd -d "$dir" -w 1
serves "before the damage"
printf 'smith\r\n' | send >"$tmp/wanted"

# The byte before a value is its length; this one leads out of the record.
at=$(LC_ALL=C grep -abo 'Quinton, Reg' "$data" | head -n 1 | cut -d : -f 1)
test -n "$at" || fail "the record is not in the file"
printf '\377' | dd of="$data" bs=1 seek=$((at - 1)) conv=notrunc 2>/dev/null

printf 'reggers\r\n' | send >"$tmp/answer"
expect_line "the answer" "$tmp/answer" '^% This entry is damaged'
soon grep -q "entry [0-9]* is damaged; see 'whoisctl verify'" "$log" ||
    fail "the log is silent"
printf 'smith\r\n' | send >"$tmp/answer"
expect "everybody else" "$tmp/answer" "$tmp/wanted"
if "$tools/whoisctl" verify -d "$dir" >"$tmp/verified" 2>&1; then
	fail "whoisctl verify finds nothing"
fi
soon counted answers_error 1 || fail "it was not counted"
stop_whoisd
echo "ok"
