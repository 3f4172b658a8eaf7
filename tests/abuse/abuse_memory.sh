#!/bin/sh
# The system has no more memory for us: whoever needs it is dropped and counted,
# no answer is wrong or cut off, and once there is memory everybody is served.
# shellcheck source=tests/abuse/lib.sh
. "${top_srcdir:-.}/tests/abuse/lib.sh"
need timeout prlimit
if sanitized; then
	echo "skipped: a sanitizer's own memory cannot be limited"
	exit 77
fi

room=64 # KiB for all that the attack makes the server remember
unreading=40

"$tools/whoisctl" sample 5000 --seed 8 >"$tmp/people.csv"
load "$tmp/people" "$tmp/people.csv"
awk -F , 'NR % 500 == 7 { print $1 }' "$tmp/people.csv" >"$tmp/questions"
echo 'full a*' >>"$tmp/questions"
cat >"$tmp/conf" <<END
directory = "$tmp/people"
shown_max = 1000
write_ms = 1000
log_queries = false
END
start_whoisd -c "$tmp/conf" -w 2
besiege --questions "$tmp/questions" --ordinary 8 --seconds 1
end_siege
remember

# limit_memory BYTES:
limit_memory() {
	prlimit --pid "$pid" --data="$1"
}

lost=0
dropped=0
answered=0
rounds=0
ends=$(($(date +%s) + seconds))
while test "$rounds" -eq 0 || test "$(date +%s)" -lt "$ends"; do
	rounds=$((rounds + 1))
	limit_memory $((($(status VmData) + room) * 1024)):
	besiege --questions "$tmp/questions" --unreading "$unreading" \
	    --slow 20 --silent 100 --ordinary 4 --seconds 3
	end_siege
	running "$pid" || fail "the server did not survive"
	lost=$((lost + $(said ordinary_wrong) + $(said ordinary_reset)))
	dropped=$((dropped + $(said ordinary_empty)))
	answered=$((answered + $(said ordinary_answered)))
	limit_memory unlimited:
	besiege --questions "$tmp/questions" --ordinary 4 --seconds 1
	end_siege
	lost=$((lost + $(count_lost)))
done
soon counted no_memory 1 || fail "nobody counted the lack of memory"
growth_max=$((growth_max + room))
leaves_nothing
stop_whoisd
report "$rounds times $unreading clients that do not read at $room KiB of \
memory: of $((dropped + answered)) ordinary ones $dropped were dropped \
meanwhile" "$lost"
