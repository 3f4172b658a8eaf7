#!/bin/sh
# The directory changes under load: every answer is of one generation, whole.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need timeout mkfifo

dir=$tmp/people
"$tools/whoisctl" sample 2000 --seed 1 >"$tmp/one.csv"
"$tools/whoisctl" sample 2000 --seed 2 >"$tmp/two.csv"
load "$dir" "$tmp/one.csv"
one=$(readlink "$dir/current")
load "$dir" "$tmp/two.csv"
two=$(readlink "$dir/current")
start_whoisd -d "$dir" -w 2
clients=

# turn_to GENERATION: and wait until it is noticed.
turns=1
turn_to() {
	turns=$((turns + 1))
	ln -sfn "$1" "$dir/next"
	mv -T "$dir/next" "$dir/current"
	kill -HUP "$pid"
	soon noticed || fail "turn $turns was not noticed"
}
noticed() {
	test "$(grep -c 'serving gen-' "$log")" -ge "$turns"
}

ask 's*' | sed 's/$/\r/' >"$tmp/answer.two"
turn_to "$one"
ask 's*' | sed 's/$/\r/' >"$tmp/answer.one"
if cmp -s "$tmp/answer.one" "$tmp/answer.two"; then
	fail "both generations answer the same"
fi
mkfifo "$tmp/leash"
for i in 1 2 3 4 5 6 7 8; do
	"$client" either "$port" 's*' "$tmp/answer.one" "$tmp/answer.two" \
	    <"$tmp/leash" >"$tmp/either.$i" &
	clients="$clients $!"
done
started="$started $clients"
exec 9>"$tmp/leash"
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do
	turn_to "$two"
	turn_to "$one"
done
exec 9>&-
for i in $clients; do
	wait "$i" || fail "a client gave up"
done
for i in 1 2 3 4 5 6 7 8; do
	expect_line "client $i" "$tmp/either.$i" '^neither 0$'
	expect_line "client $i" "$tmp/either.$i" '^answered [1-9]'
done
test "$(find "/proc/$pid/fd" -lname '*data.mdb*' | wc -l)" -le 4 ||
    fail "generations are kept open"
serves_one() {
	ask 's*' | sed 's/$/\r/' | cmp -s - "$tmp/answer.one"
}
serves_one || fail "not the last generation at the end"
stop_whoisd
echo "ok"
