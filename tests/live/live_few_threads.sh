#!/bin/sh
# A load that cannot have another thread, each of them in turn, says so in a
# sentence, and what was in service stays there.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need timeout
preloaded=$top_builddir/tests/live/few_threads.so
if ! test -e "$preloaded"; then
	echo "skipped: what is preloaded does not go with a sanitizer"
	exit 77
fi

# load_with THREADS: more people than the batches between two threads hold.
load_with() {
	THREADS=$1 LD_PRELOAD=$preloaded timeout 60 "$tools/whoisctl" load \
	    -d "$tmp/people" "$tmp/sample.csv" >"$tmp/said" 2>&1
}

entries() {
	"$tools/whoisctl" verify -d "$tmp/people" | sed -n 's/^entries: //p'
}

load "$tmp/people" "$live/people.csv"
before=$(entries)
"$tools/whoisctl" sample 20000 >"$tmp/sample.csv"
threads=0
until load_with "$threads"; do
	expect_line "with $threads threads" "$tmp/said" \
	    '^whoisctl: cannot start a thread: Resource temporarily unavail'
	test "$(wc -l <"$tmp/said")" -eq 1 || fail "not one sentence"
	test "$(entries)" = "$before" || fail "others are in service"
	threads=$((threads + 1))
	test "$threads" -lt 1000 || fail "no number of threads is enough"
done
test "$threads" -ge 5 || fail "$threads threads are enough"
test "$(entries)" = 20000 || fail "the load is not in service"
echo "ok: $threads threads are enough"
