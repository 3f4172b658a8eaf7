#!/bin/sh
# One source takes all it can, and a flood of others tries to make the server
# forget it.  The greedy one is told in a sentence when to come again, before
# the flood and after it; a polite one beside them loses nothing.
# shellcheck source=tests/abuse/lib.sh
. "${top_srcdir:-.}/tests/abuse/lib.sh"
need nc timeout

polite=127.9.9.9
greedy=127.8.8.8
rate=50
burst=100
daily=200
sources=1024 # remembered, and the flood is of many more
flood=$(scale 500000 2000000 500000)

load "$tmp/people" "$live/people.csv"
printf 'reggers\nsmith\nnobody\n' >"$tmp/questions"
cat >"$tmp/conf" <<END
directory = "$tmp/people"
log_queries = false
source_connections = 16
source_rate = $rate
source_burst = $burst
source_daily = $daily
sources = $sources
exempt = {}
END
start_whoisd -c "$tmp/conf" -w 2
besiege --questions "$tmp/questions" --seconds 1 --ordinary 4
end_siege
remember

# behave WHO ARGUMENT...: a siege of its own, reported in a file of that name
behave() {
	who=$1
	shift
	"$top_builddir/tests/abuse/siege" --port "$port" \
	    --questions "$tmp/questions" --seconds "$seconds" "$@" \
	    >"$tmp/$who" 2>&1 &
	children="$children $!"
	started="$started $!"
}

# told WHO NAME
told() {
	sed -n "s/^ordinary_$2 //p" "$tmp/$1"
}

# asks_again ADDRESS: into $tmp/again
asks_again() {
	printf 'reggers\r\n' | timeout 20 nc -N -s "$1" 127.0.0.1 "$port" \
	    >"$tmp/again" || true
}

children=
began=$(date +%s)
# The polite one stays within its day, however long this takes.
behave polite --from "$polite" --sources 1 --ordinary 1 \
    --pause $((100 + seconds * 10))
behave greedy --from "$greedy" --sources 1 --ordinary 32
behave flood --from 127.16.0.1 --sources "$flood" --ordinary 16
for child in $children; do
	wait "$child" || {
		cat "$tmp/polite" "$tmp/greedy" "$tmp/flood"
		fail "a siege failed"
	}
done
lasted=$(($(date +%s) - began + 1))

lost=0
for who in polite flood; do
	for outcome in wrong denied empty reset refused unreached late; do
		lost=$((lost + $(told $who $outcome)))
	done
	test "$(told $who answered)" -gt 0 || fail "the $who was not answered"
done
test "$(told flood answered)" -gt $((2 * sources)) ||
    echo "a small flood: $(told flood answered)"

# --- the greedy one got what is its own, and else sentences
answered=$(told greedy answered)
refused=$(told greedy denied)
test "$refused" -gt 0 || fail "nobody refused the greedy one"
test "$answered" -le "$daily" ||
    fail "the greedy one got $answered answers of $daily a day"
test "$answered" -le $((burst + rate * lasted)) ||
    fail "the greedy one got $answered answers in $lasted seconds"
for outcome in wrong empty reset late; do
	test "$(told greedy $outcome)" -eq 0 || {
		cat "$tmp/greedy"
		fail "the greedy one was $outcome rather than refused"
	}
done

# --- and is remembered, though the flood has filled the table many times
asks_again "$greedy"
if test "$answered" -eq "$daily"; then
	expect_line "the greedy one after the flood" "$tmp/again" \
	    '^% .*[0-9]'
fi
leaves_nothing
stop_whoisd
report "a greedy source ($answered answers, $refused sentences) and \
$(told flood answered) others beside a polite one \
($(told polite answered) answers)" "$lost"
