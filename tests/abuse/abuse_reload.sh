#!/bin/sh
# One new generation after the other while clients ask flat out, and broken ones
# in between: every answer is of one generation, whole, and none fails.
# shellcheck source=tests/abuse/lib.sh
. "${top_srcdir:-.}/tests/abuse/lib.sh"
need timeout mkfifo

dir=$tmp/people
askers='1 2 3 4 5 6 7 8'
people=$(scale 500 2000)
"$tools/whoisctl" sample "$people" --seed 1 >"$tmp/one.csv"
"$tools/whoisctl" sample "$people" --seed 2 >"$tmp/two.csv"
load "$dir" "$tmp/one.csv"
start_whoisd -d "$dir" -w 2

# answer_of FILE: what the generation in service answers.
answer_of() {
	ask 's*' | sed 's/$/\r/' >"$1"
}

# noticed TEXT COUNT: the log says so for the COUNTth time.
noticed() {
	test "$(grep -c "$1" "$log")" -ge "$2"
}

# turn_to FILE: load it, and wait until it is served.
turns=0
turn_to() {
	load "$dir" "$1"
	turns=$((turns + 1))
	kill -HUP "$pid"
	soon noticed 'now serving gen-' "$turns" ||
	    fail "generation $turns was not noticed"
}

# break_data FAULT: what can be wrong with the data of the generation $next.
faults='cut empty nonsense fifo folder missing vanished'
break_data() {
	data=$dir/$next/data.mdb
	case $1 in
	cut) dd if="$dir/current/data.mdb" of="$data" bs=4096 count=9 \
	    2>/dev/null ;;
	empty) : >"$data" ;;
	nonsense) yes nonsense | dd of="$data" bs=4096 count=50 2>/dev/null ;;
	fifo) mkfifo "$data" ;;
	folder) mkdir "$data" ;;
	missing) ;;
	vanished) rmdir "$dir/$next" ;;
	esac
}

# break_by FAULT: put a broken generation into service, and wait until the
# server has said that it does not take it.
breaks=0
break_by() {
	good=$(readlink "$dir/current")
	next=$(printf 'gen-%06d' $((100000 + breaks)))
	mkdir "$dir/$next"
	break_data "$1"
	ln -sfn "$next" "$dir/next"
	mv -T "$dir/next" "$dir/current"
	breaks=$((breaks + 1))
	kill -HUP "$pid"
	soon noticed "is not taken.*$next" 1 ||
	    fail "the log says nothing of a generation that is broken: $1"
	"$tools/whoisctl" stats -d "$dir" >"$tmp/stats" ||
	    fail "no statistics while stale"
	expect_line "$1" "$tmp/stats" '^stale_since  *[1-9]'
	expect_line "$1" "$tmp/stats" "^# stale since .*$next"
	ln -sfn "$good" "$dir/next"
	mv -T "$dir/next" "$dir/current"
	rm -rf "${dir:?}/$next"
}

# attack ROUNDS: that many times both generations, each time with another fault
# in between, under all askers.
attack() {
	clients=
	rm -f "$tmp/leash"
	mkfifo "$tmp/leash"
	for i in $askers; do
		"$client" either "$port" 's*' "$tmp/answer.one" \
		    "$tmp/answer.two" <"$tmp/leash" >"$tmp/either.$i" &
		clients="$clients $!"
	done
	started="$started $clients"
	exec 9>"$tmp/leash"
	for _ in $(seq "$1"); do
		turn_to "$tmp/two.csv"
		break_by "${faults%% *}"
		faults="${faults#* } ${faults%% *}"
		turn_to "$tmp/one.csv"
	done
	exec 9>&-
	for i in $clients; do
		wait "$i" || fail "a client gave up"
	done
}

# let_go: no worker is left in an old generation, though nobody asks it any more.
let_go() {
	test "$(find "/proc/$pid/fd" -lname '*/data.mdb*' | wc -l)" -eq 1
}

answer_of "$tmp/answer.one"
turn_to "$tmp/two.csv"
answer_of "$tmp/answer.two"
if cmp -s "$tmp/answer.one" "$tmp/answer.two"; then
	fail "both generations answer the same"
fi
attack 1
soon let_go || fail "generations are kept open"
remember
answered=0
neither=0
rounds=$(scale 5 25)
ends=$(($(date +%s) + seconds))
while :; do
	attack "$rounds"
	for i in $askers; do
		n=$(awk '$1 == "answered" { print $2 }' "$tmp/either.$i")
		answered=$((answered + n))
		n=$(awk '$1 == "neither" { print $2 }' "$tmp/either.$i")
		neither=$((neither + n))
	done
	if ! soaking || test "$(date +%s)" -ge "$ends"; then
		break
	fi
done
test "$answered" -gt 0 || fail "nobody was answered"
soon let_go || fail "generations are kept open"
leaves_nothing
answer_of "$tmp/answer"
expect "the last generation" "$tmp/answer" "$tmp/answer.one"
stop_whoisd
report "$turns generations and $breaks broken ones under 8 askers, \
$answered answers" "$neither"
