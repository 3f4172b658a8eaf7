#!/bin/sh
# Kill -9 a server, a loader, or both at once, at random moments, over and over,
# while another server of the same directory is asked flat out: that one gives
# only whole and right answers, what is in service is whole, the killed server
# starts each time and clears up its readers, and nothing is left that grows.
# tests/dir/kill_load.sh is about the loader alone.
#   KILLS      how many times (20; in a soak, as many as there is time for)
#   KILL_SEED  where the random numbers begin (1)
# shellcheck source=tests/abuse/lib.sh
. "${top_srcdir:-.}/tests/abuse/lib.sh"
need timeout mkfifo

kills=${KILLS:-$(scale 20 1000000 10)}
random=${KILL_SEED:-1}
deadline=$(($(date +%s) + ${SOAK_SECONDS:-120}))
dir=$tmp/DIR
done=0 servers=0 loaders=0 cleared=0

# choose COUNT: a random number below it, in $chosen.
choose() {
	random=$(((random * 1103515245 + 12345) % 2147483648))
	chosen=$((random / 65536 % $1))
}

wrong() {
	ls -lR "$dir"
	fail "kill $done (KILL_SEED=${KILL_SEED:-1}): $*"
}

verify() {
	"$tools/whoisctl" verify -d "$dir" >"$tmp/verify" 2>&1 || {
		cat "$tmp/verify"
		wrong "what is in service is damaged"
	}
}

# answers_right: the victim's answer is that of one of the two files.
answers_right() {
	ask 's*' | sed 's/$/\r/' >"$tmp/answer" || wrong "no answer"
	cmp -s "$tmp/answer" "$tmp/answer.1" ||
	    cmp -s "$tmp/answer" "$tmp/answer.2" || {
		diff "$tmp/answer" "$tmp/answer.1"
		wrong "a wrong answer"
	}
}

# Without the client's leash, which it would hold on to.
start_victim() {
	start_whoisd -d "$dir" -w 2 9>&-
	answers_right
}

# kill_one PID: as the administrator of last resort does.
kill_one() {
	kill -KILL "$1" 2>/dev/null || true
	wait "$1" 2>/dev/null || true
}

sleep_some() {
	choose 150
	sleep "0.$(printf %03d "$chosen")"
}

witness_has_moved() {
	find "/proc/$witness/fd" -lname "*/$(readlink "$dir/current")/data.mdb" \
	    2>/dev/null | grep -q .
}

# The second time its readers are those of the generation in service, which the
# other server keeps open, so the next start must find them.
kill_server_twice() {
	soon witness_has_moved || wrong "the other server stays behind"
	kill_one "$pid"
	start_victim
	kill_one "$pid"
	start_victim
	servers=$((servers + 2))
	soon grep -q 'cleared [1-9][0-9]* dead reader' "$log" ||
	    wrong "dead readers were not cleared"
	cleared=$((cleared + 1))
}

kill_while_loading() {
	choose 2
	"$tools/whoisctl" load -d "$dir" "$tmp/$((chosen + 1)).csv" \
	    >/dev/null 2>&1 9>&- &
	loader=$!
	started="$started $loader"
	choose 3
	both=$chosen
	sleep_some
	if test "$both" -ne 1; then
		kill_one "$loader"
		loaders=$((loaders + 1))
	fi
	if test "$both" -ne 2; then
		kill_one "$pid"
		servers=$((servers + 1))
		start_victim
	fi
	wait "$loader" 2>/dev/null || true
}

# count_left: files and folders in DIR but those of one whole generation.
count_left() {
	find "$dir" -mindepth 1 ! -name control | wc -l
}

for i in 1 2; do
	"$tools/whoisctl" sample 2000 --seed "$i" >"$tmp/$i.csv"
	load "$dir" "$tmp/$i.csv"
	"$tools/whoisctl" query -d "$dir" 's*' | sed 's/$/\r/' >"$tmp/answer.$i"
done
start_whoisd -d "$dir" -w 2
witness=$pid witness_port=$port
remember
mkfifo "$tmp/leash"
"$client" either "$port" 's*' "$tmp/answer.1" "$tmp/answer.2" \
    <"$tmp/leash" >"$tmp/either" &
asking=$!
started="$started $asking"
exec 9>"$tmp/leash"
start_victim
while test "$done" -lt "$kills" && test "$(date +%s)" -lt "$deadline"; do
	done=$((done + 1))
	case $((done % 4)) in
	0) kill_server_twice ;;
	*) kill_while_loading ;;
	esac
	verify
	running "$witness" || wrong "the other server is gone"
	test "$(count_left)" -le 20 || wrong "$(count_left) files are left"
done
exec 9>&-
wait "$asking" || fail "the client of the other server gave up"
expect_line "the other server" "$tmp/either" '^neither 0$'
expect_line "the other server" "$tmp/either" '^answered [1-9]'

# What the dead left is gone after one more load.
load "$dir" "$tmp/1.csv"
test "$(count_left)" -le 8 || wrong "$(count_left) files are left at the end"
verify
stop_whoisd
pid=$witness port=$witness_port
leaves_nothing
stop_whoisd
test "$done" -ge 1 || fail "nothing was killed"
report "$servers kills of a server, $cleared with dead readers, $loaders of a \
loader, $(sed -n 's/^answered //p' "$tmp/either") questions besides" 0
