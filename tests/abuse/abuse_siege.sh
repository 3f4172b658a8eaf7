#!/bin/sh
# The picture that whoisd is built for: silent, slow and unreading clients hold
# on to it while others reset, leave, and talk nonsense.  Ordinary clients get
# every answer they got before, no worker waits for a client, a parked
# connection costs next to nothing, and in the end all of them are gone.
# shellcheck source=tests/abuse/lib.sh
. "${top_srcdir:-.}/tests/abuse/lib.sh"
need timeout

workers=2
parked_max=2048 # bytes of memory for a connection that waits
silent=$(scale 1000 10000)
slow=$(scale 50 500)
unreading=$(scale 20 100)
deadline_ms=$(scale 3000 10000 3000)

# --- a directory with some large answers, and one question of each sort
"$tools/whoisctl" sample 5000 --seed 4 >"$tmp/people.csv"
load "$tmp/people" "$tmp/people.csv"
awk -F '"' 'NR % 250 == 0 { print $2 }' "$tmp/people.csv" |
    grep . >"$tmp/questions"
awk -F , 'NR % 500 == 7 { print $1 }' "$tmp/people.csv" >>"$tmp/questions"
printf 's*\nnobody of this name\nhelp\nfull a*\n' >>"$tmp/questions"

cat >"$tmp/conf" <<END
directory = "$tmp/people"
shown_max = 1000
request_ms = $deadline_ms
write_ms = $deadline_ms
log_queries = false
END
start_whoisd -c "$tmp/conf" -w "$workers"

# --- what a silent connection costs, table and all
besiege --questions "$tmp/questions" --ordinary 8 --seconds 1
end_siege
remember
besiege --questions "$tmp/questions" --silent "$silent" --seconds 2
soon counted parked "$silent" || fail "not all $silent are parked"
parked_bytes=$((($(status RssAnon) - memory_before) * 1024 / silent))
end_siege
leaves_nothing
remember
sanitized || test "$parked_bytes" -le "$parked_max" ||
    fail "a parked connection costs $parked_bytes bytes"

# malloc may keep what unread answers took: of the unreading, of the resetting,
# and of the ordinary, who read theirs in time.
large=$((unreading + 5 + 8))
growth_max=$((growth_max + large * $(ask full 'a*' | wc -c) / 1024))

# --- all of them at once

# find_workers: sets tasks, and idle_calls: what workers wait in for work, one
# of them at the desk and the others until there is more.
find_workers() {
	tasks=
	idle_calls=
	for task in "/proc/$pid/task"/*; do
		test "$(cat "$task/comm")" = worker || continue
		tasks="$tasks $task"
		read -r call _ 2>/dev/null <"$task/syscall" || return
		idle_calls="$idle_calls $call "
	done
}

# watch_workers: count those who sleep in anything else.  A page that is read
# from the disk, or a lock in the kernel, is not that kind of sleep.
watch_workers() {
	for task in $tasks; do
		read -r call _ <"$task/syscall"
		looks=$((looks + 1))
		case " running -1 $idle_calls" in
		*" $call "*) continue ;;
		esac
		read -r _ _ state _ <"$task/stat"
		test "$state" != S || {
			echo "a worker waits in system call $call"
			waiting=$((waiting + 1))
		}
	done
}

waiting=0
looks=0
find_workers || echo "whether workers wait cannot be seen here"
besiege --questions "$tmp/questions" --ordinary 8 --seconds "$seconds" \
    --silent "$silent" --slow "$slow" --unreading "$unreading" --half 20 \
    --resetting 5 --leaving 5 --garbage 5 --endless 5 --stay 40
while running "$siege"; do
	test -z "${idle_calls-}" || watch_workers
	sleep 0.02
done
end_siege
cat "$tmp/siege"
lost=$(count_lost)
answered=$(said ordinary_answered)
test "$answered" -gt 0 || fail "no ordinary client was answered"
test "$waiting" -eq 0 || fail "$waiting times a worker was found waiting"
for kind in silent slow half; do
	test "$(said ${kind}_open)" -eq 0 ||
	    fail "$kind clients outlive their deadline"
done

# --- the counters agree, and nothing is left
soon counted deadline_request $((silent + slow)) || fail "deadline_request"
soon counted deadline_write "$unreading" || fail "deadline_write"
counted accepted 0
accepted=$value
soon counted closed "$accepted" ||
    fail "of $accepted connections only $value are closed"
leaves_nothing
stop_whoisd
report "$silent silent, $slow slow, $unreading unreading, 20 half, 20 who hit \
and run, beside $answered ordinary questions; a parked one costs \
$parked_bytes bytes; $looks looks at workers" "$lost"
