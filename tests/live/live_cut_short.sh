#!/bin/sh
# A data file that is cut short under the server ends it with a sentence and a
# status, not with a core; the next start serves the generation before.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need nc timeout truncate

dir=$tmp/people
load "$dir" "$live/people.csv"
before=$(readlink "$dir/current")
load "$dir" "$live/people.csv"
current=$(readlink "$dir/current")
start_whoisd -d "$dir"
serves "before the cut"
whole=$(wc -c <"$dir/$current/data.mdb")
# What is left is less than LMDB's own first pages.
truncate -s 4096 "$dir/$current/data.mdb"
printf 'smith\r\n' | send >"$tmp/answer" || true
test ! -s "$tmp/answer" || fail "something was answered: $(cat "$tmp/answer")"
status=0
wait "$pid" || status=$?
test "$status" = 3 || fail "it ended with status $status, not 3"
expect_line "the last words" "$log" "whoisd\[$pid\]: $dir/$current/data.mdb was \
cut short while it was read: 4096 bytes of $whole are left"

start_whoisd -d "$dir"
soon grep -q "serving $before" "$log" || fail "not the generation before"
serves "from the generation before"
load "$dir" "$live/people.csv"
newest=$(readlink "$dir/current")
soon grep -q "now serving $newest" "$log" || fail "no recovery by a load"
serves "after the load that repaired it"
stop_whoisd
echo "ok"
