#!/bin/sh
# whoisbench asks for the people of a directory, and sees whether the answers
# hold them.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need timeout

kinds=key=3,name=3,spoken=2,last=1,prefix=1,typo=1,sounds=1
kinds=$kinds,mailbox=2,phone=1,unit=1,missing=2

# bench STATUS ARGUMENT...: a run with that exit status, in $tmp/bench
bench() {
	wanted=$1
	shift
	status=0
	timeout 120 "$tools/whoisbench" -h 127.0.0.1 -p "$port" "$@" \
	    >"$tmp/bench" 2>&1 || status=$?
	test "$status" -eq "$wanted" || {
		cat "$tmp/bench"
		fail "whoisbench $* ended with $status, not $wanted"
	}
}

# print FILE ARGUMENT...: a thousand questions
print() {
	file=$1
	shift
	"$tools/whoisbench" --print 1000 "$@" >"$file" || fail "print $*"
	test "$(wc -l <"$file")" -eq 1000 || fail "$file has another length"
}

"$tools/whoisctl" sample 3000 --seed 1 >"$tmp/people.csv"
load "$tmp/people" "$tmp/people.csv"

# --- the same seed, the same questions; another seed, others
print "$tmp/first" --from "$tmp/people" --mix "$kinds"
print "$tmp/again" --from "$tmp/people" --mix "$kinds"
print "$tmp/other" --from "$tmp/people" --mix "$kinds" --seed 2
expect "the same seed" "$tmp/first" "$tmp/again"
if cmp -s "$tmp/first" "$tmp/other"; then
	fail "another seed asks the same"
fi

# --- all are people of the directory, and some come often
print "$tmp/keys" --from "$tmp/people" --mix key=1
print "$tmp/even" --from "$tmp/people" --mix key=1 --skew 0
for asked in keys even; do
	sort -u "$tmp/$asked" >"$tmp/$asked.once"
	cut -d , -f 1 "$tmp/people.csv" | sort >"$tmp/known"
	test -z "$(comm -23 "$tmp/$asked.once" "$tmp/known")" ||
	    fail "somebody is asked for who is not there"
done
test "$(wc -l <"$tmp/keys.once")" -lt "$(wc -l <"$tmp/even.once")" ||
    fail "nobody is more popular than others"

# --- lines of a file are printed, too
print "$tmp/lines" -q "$tmp/first"
expect "lines of a file" "$tmp/lines" "$tmp/first"

# --- a server of the same people gives no wrong answer, with any kind
start_whoisd -d "$tmp/people"
bench 0 -n 3000 -c 8 --threads 2 --from "$tmp/people" --mix "$kinds" --verify
stop_whoisd

# --- nor does it by PH, in sessions
start_whoisd -d "$tmp/people" -l ph:127.0.0.1:0
bench 0 --protocol ph -n 3000 -c 8 --threads 2 --pipeline 8 --verify \
    --from "$tmp/people" \
    --mix "$(echo "$kinds" | sed 's/,sounds=1//')"
bench 0 --protocol ph -n 500 --from "$tmp/people" --mix key=1 \
    --check '^102:There was 1 match'
bench 2 --protocol ph --from "$tmp/people" --mix sounds=1
stop_whoisd

# --- nor by finger, which has fewer kinds
start_whoisd -d "$tmp/people" -l finger:127.0.0.1:0
bench 0 --protocol finger -n 1000 -c 8 --from "$tmp/people" --verify \
    --mix key=3,name=3,spoken=2,last=1,typo=1,missing=2
bench 2 --protocol finger --from "$tmp/people" --mix phone=1
expect_line "which kind" "$tmp/bench" '"phone"'
stop_whoisd
start_whoisd -d "$tmp/people"

# --- one of other people does, but only who verifies finds out
"$tools/whoisctl" sample 3000 --seed 2 >"$tmp/others.csv"
load "$tmp/others" "$tmp/others.csv"
bench 1 -n 500 --from "$tmp/others" --mix key=1 --verify
bench 0 -n 500 --from "$tmp/others" --mix key=1
stop_whoisd

# --- what makes no sense
bench 2 --from "$tmp/people" --mix key=60,nmae=30
expect_line "which kinds there are" "$tmp/bench" '"nmae".*prefix.*missing'
kinds=$(sed 's/.*it is//; s/,//g; s/ or / /' "$tmp/bench")
for kind in $kinds; do
	expect_line "the manual has $kind" "$top_srcdir/doc/whoisbench.1" \
	    "^\.It $kind\$"
done
bench 2 --mix key=1
bench 3 --from "$tmp/nowhere"
