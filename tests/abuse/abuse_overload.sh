#!/bin/sh
# Ten times as many arrive as can be served.  Those who wait their turn get the
# right answer; when those who do not have left, the server serves on as if
# nothing had been.
# shellcheck source=tests/abuse/lib.sh
. "${top_srcdir:-.}/tests/abuse/lib.sh"
need timeout

# Fewer at once than the kernel keeps for us: nobody is turned away by it.
waiting=$(scale 2000 3000 500)

"$tools/whoisctl" sample 5000 --seed 5 >"$tmp/people.csv"
load "$tmp/people" "$tmp/people.csv"
printf 's*\na*\nm*\n' >"$tmp/questions"
cat >"$tmp/conf" <<END
directory = "$tmp/people"
log_queries = false
END
start_whoisd -c "$tmp/conf" -w 1
besiege --questions "$tmp/questions" --ordinary 16 --seconds 1
end_siege
capacity=$(said ordinary_rate)
remember

# --- those who wait
besiege --questions "$tmp/questions" --ordinary "$waiting" \
    --rate $((10 * capacity)) --seconds $((seconds / 2)) --patience 90000
end_siege
cat "$tmp/siege"
lost=$(count_lost)
answered=$(said ordinary_answered)
test "$answered" -gt 0 || fail "nobody was answered"

# --- those who do not: each gives up after a moment, and the next one comes
besiege --questions "$tmp/questions" --ordinary "$waiting" \
    --rate $((10 * capacity)) --seconds $((seconds / 2)) --patience 200
end_siege
cat "$tmp/siege"
given_up=$(said ordinary_late)
lost=$((lost + $(said ordinary_wrong)))

# --- and then
besiege --questions "$tmp/questions" --ordinary 4 --seconds 1
end_siege
lost=$((lost + $(count_lost)))
test "$(said ordinary_answered)" -gt 0 || fail "no answer after the overload"
growth_max=8192 # the table has never held so many before
leaves_nothing
stop_whoisd
report "10 times the capacity of $capacity questions a second, of whom \
$answered waited and $given_up gave up" "$lost"
