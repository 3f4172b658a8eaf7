#!/bin/sh
# A request takes its memory from its worker's arena: whatever is asked, once
# the server has been asked it before, malloc() is not called again.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
counting=$top_builddir/tests/live/count_allocations.so
test -e "$counting" || {
	echo "skipped: a sanitizer has a malloc() of its own"
	exit 77
}
need od

"$tools/whoisctl" sample 5000 --seed 1 >"$tmp/sample.csv"
load "$tmp/people" "$live/people.csv" "$tmp/sample.csv"

# One worker: which of several answers is chance, and each has to be asked once.
head -c 8 /dev/zero >"$tmp/count"
LD_PRELOAD=$counting
ALLOCATIONS=$tmp/count
export LD_PRELOAD ALLOCATIONS
start_whoisd -d "$tmp/people" -w 1 -l whois:127.0.0.1:0 -l ph:127.0.0.1:0
unset LD_PRELOAD ALLOCATIONS

allocations() {
	od -An -tu8 -N8 "$tmp/count" | tr -d ' '
}

# asks TIMES QUESTION
asks() {
	"$client" ask "$port" "$2" "$1" | grep -qx "answered $1" ||
	    fail "\"$2\" was not answered $1 times"
}

test "$(allocations)" -gt 0 || fail "nothing is counted"

# What a thread does twice a second may take memory: that is not once a
# request.
times=40
while read -r question; do
	asks 5 "$question"
	before=$(allocations)
	asks "$times" "$question"
	taken=$(($(allocations) - before))
	test "$taken" -lt $((times / 2)) ||
	    fail "$times times \"$question\" took memory $taken times"
done <<'END'
reggers
100001
key 100001
nobody of this name
smith, john
smith
sum smith
full smith
john smith
smyth jon
a*
s*
*mit*
ends son
sounds smith
fuzzy smiht
exact smith, john
name=smith department=physics
expand physics
phone 1
smith@
@example.edu
müller
Łukasz
help
help selectors
name
=
END

# The same of a session, whose requests come together or one by one.
ph_port=$(sed -n '/^listening ph /{s/.*://p;q;}' "$log")

# in_session PIPELINE TIMES
in_session() {
	"$tools/whoisbench" -h 127.0.0.1 -p "$ph_port" --protocol ph -c 2 \
	    --session 0 --pipeline "$1" -n "$2" \
	    'query id=100001 return name phone' >"$tmp/bench" 2>&1 || {
		cat "$tmp/bench"
		fail "$2 questions, $1 at a time, were not answered"
	}
}

times=2000
for pipeline in 1 8 64; do
	in_session "$pipeline" 200
	before=$(allocations)
	in_session "$pipeline" "$times"
	taken=$(($(allocations) - before))
	test "$taken" -lt $((times / 10)) ||
	    fail "a session took memory $taken times, $pipeline at a time"
done
stop_whoisd
echo "ok"
