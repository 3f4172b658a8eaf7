#!/bin/sh
# whoisbench counts what it asks and what came of it: against whoisd, and
# against servers that do the wrong thing.  How fast they are is not looked at.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need timeout

whoisbench=$tools/whoisbench

# bench STATUS ARGUMENT...: a run with that exit status, in $tmp/bench
bench() {
	wanted=$1
	shift
	status=0
	timeout 120 "$whoisbench" -h 127.0.0.1 -p "$port" --csv "$@" \
	    >"$tmp/bench" 2>&1 || status=$?
	test "$status" -eq "$wanted" || {
		cat "$tmp/bench"
		fail "whoisbench $* ended with $status, not $wanted"
	}
}

# column NAME: its value.
column() {
	awk -F , -v name="$1" 'NR == 1 {
		for (i = 1; i <= NF; i++)
			if ($i == name)
				which = i
	}
	NR == 2 { print $which }' "$tmp/bench"
}

# counts NAME=VALUE...: what the columns must be.
counts() {
	for one in "$@"; do
		test "$(column "${one%%=*}")" = "${one#*=}" || {
			cat "$tmp/bench"
			fail "${one%%=*} is $(column "${one%%=*}"), not ${one#*=}"
		}
	done
}

# start_odd HOW: sets port and odd.
start_odd() {
	: >"$tmp/odd"
	"$top_builddir/tests/live/odd_server" "$1" >"$tmp/odd" 2>&1 &
	odd=$!
	started="$started $odd"
	soon has_listening "$tmp/odd" || fail "there is no odd server"
	port=$(sed -n 's/^listening .*://p' "$tmp/odd")
}

load "$tmp/people" "$live/people.csv"
printf 'reggers\r\nnobody of this name\nhelp\n' >"$tmp/questions"
start_whoisd -d "$tmp/people"

# --- as many as it is told to, from one thread and from several
for threads in 1 3; do
	bench 0 -c 8 -n 1000 --threads "$threads" -q "$tmp/questions"
	counts clients=8 offered=1000 answered=1000 errors=0
done
bench 0 -c 4 -n 300 reggers
length=$(send <"$tmp/questions" | wc -c)
counts bytes=$((300 * length))

# --- until the time is over, in a closed loop and at a rate
bench 0 -c 4 -t 0.5 --warm-up 0.1 reggers
test "$(column answered)" -gt 0 || fail "nothing was answered"
counts "offered=$(column answered)"
bench 0 --rate 200 -n 100 --threads 2 reggers
counts offered=100 answered=100

# --- the server's processor time is found, or asked of the process it is told
test -n "$(column server_cpu_us)" || fail "the server was not found"
bench 0 -n 10 --pid "$pid" reggers
test -n "$(column server_cpu_us)" || fail "the server has no time"
bench 3 -n 10 --pid 4194304 reggers
bench 0 -n 10 reggers
test -n "$(column own_cpu_us)" || fail "whoisbench has no time"

# --- beside those who say nothing, and from many addresses
bench 0 -c 4 -n 100 --idle 50 --slow 10 --sources 7 reggers
counts answered=100 errors=0

# --- what the answers must be
bench 0 -n 100 --check 'Room: NSC 214$' reggers
counts answered=100 wrong=0
bench 1 -n 100 --check '^There were 2 matches' reggers
counts answered=0 wrong=100 errors=100
bench 1 -n 300 --check 'Room: NSC 214$' -q "$tmp/questions" --random
counts offered=300 "errors=$(column wrong)"
test "$(column answered)" -gt 0 || fail "not all are asked at random"

# --- the same to people
"$whoisbench" -h 127.0.0.1 -p "$port" -n 50 reggers >"$tmp/said" ||
    fail "whoisbench failed"
expect_line "how many" "$tmp/said" '^asked  *50 questions'
expect_line "no errors" "$tmp/said" '^errors  *none$'
"$whoisbench" -h 127.0.0.1 -p "$port" -n 50 --json reggers >"$tmp/said" ||
    fail "whoisbench --json failed"
expect_line "json" "$tmp/said" '^{.*"answered": 50,.*}$'

# --- interrupted, it tells what it has found so far; its one client has the
# answer before when it asks again
has_been_asked() {
	test "$(grep -c 'what the interrupted one asks' "$log")" -ge 2
}
"$whoisbench" -h 127.0.0.1 -p "$port" -c 1 -t 60 --csv \
    what the interrupted one asks >"$tmp/bench" &
interrupted=$!
soon has_been_asked || fail "the one to be interrupted asks nothing"
kill -INT "$interrupted"
wait "$interrupted" || fail "it was ended by the interrupt"
counts clients=1 errors=0
test "$(column answered)" -gt 0 || fail "what was answered before is lost"
stop_whoisd

# --- PH: a connection for each question, sessions, and pipelines
start_whoisd -d "$tmp/people" -l ph:127.0.0.1:0
length=$(printf 'status\r\n' | send | wc -c)
for session in '' '--session 1' '--session 7' '--session 0 --threads 2' \
    '--pipeline 16' '--session 100 --pipeline 8 --threads 3' '--rate 1000' \
    '--rate 1000 --session 3' '--rate 1000 --pipeline 5'; do
	# shellcheck disable=SC2086  # options
	bench 0 --protocol ph -c 4 -n 300 $session --check '^20[01]:' status
	counts offered=300 answered=300 errors=0 "bytes=$((300 * length))"
done
bench 0 --protocol ph -c 4 -t 0.5 --warm-up 0.1 --pipeline 8
test "$(column answered)" -gt 0 || fail "nothing was answered in sessions"
printf 'status\nno such command\n' >"$tmp/commands"
bench 1 --protocol ph -c 2 -n 20 --pipeline 4 -q "$tmp/commands"
counts answered=10 denied=10
bench 0 --protocol ph -c 2 -n 20 --pipeline 4 --check '^[25][09][018]:' \
    -q "$tmp/commands"
stop_whoisd

# --- finger
start_whoisd -d "$tmp/people" -l finger:127.0.0.1:0
bench 0 --protocol finger -c 4 -n 100 --check 'Room: NSC 214$' reggers
counts answered=100
bench 0 --protocol finger -n 10
stop_whoisd

# --- nobody is there any more
for idle in 0 5; do
	bench 3 -t 60 --idle "$idle" --threads 2 reggers
	expect_line "that nobody is there" "$tmp/bench" \
	    "^whoisbench: 127.0.0.1, port $port: nobody listens there$"
done

# --- servers that do the wrong thing
start_odd reset
bench 1 -c 2 -n 20 x
counts reset=20 errors=20
start_odd empty
bench 1 -c 2 -n 20 x
counts empty=20 errors=20
start_odd silent
bench 1 -c 2 -n 4 --patience 0.2 x
counts errors=4
test $(($(column late) + $(column unreached))) -eq 4 ||
    fail "who says nothing is not late"
start_odd slow
bench 0 -c 1 -n 3 --check 'a piece
a piece
a piece$' x
counts answered=3 bytes=81
test "$(column p50_us)" -ge 60000 || fail "an answer ends with its last piece"

bench 1 -c 1 -n 3 --protocol ph x
counts cut=3 errors=3
bench 1 -c 1 -n 6 --protocol ph --pipeline 3 x
counts cut=2 empty=4

# --- an open loop does not forget what nobody was free to ask
bench 1 -c 1 --rate 200 -n 20 --patience 0.3 x
counts offered=20
test "$(column late)" -gt 0 || fail "all came in time through one client"

# --- an answer without an end neither keeps it for ever nor fills its memory
start_odd endless
bench 1 -c 1 -n 1 --patience 0.3 x
counts late=1
bench 1 -c 2 -n 4 --patience 0.3 --protocol ph --pipeline 2 x
counts late=4
bench 1 -c 1 -n 1 --patience 60 --check x x
counts wrong=1

# --- what makes no sense
bench 2 --no-such-option
bench 2 --check 'a(b'
bench 2 --protocol gopher x
bench 2 --session 3 x
bench 2 --protocol finger --pipeline 3 x
expect_line "what sessions are for" "$tmp/bench" '--pipeline is for ph'
port=no-such-port
bench 3 x
