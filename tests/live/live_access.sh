#!/bin/sh
# Access rules, limits of a source and classes of viewers, over loopback, where
# every address of 127.0.0.0/8 is a source of its own.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need nc timeout mkfifo

load "$tmp/people" "$live/people.csv"

# from ADDRESS: standard input as a client there sends it; the answer.
from() {
	timeout 20 nc -N -s "$1" 127.0.0.1 "$port" | tr -d '\r'
}

# question ADDRESS [QUESTION]
question() {
	printf '%s\r\n' "${2:-reggers}" | from "$1" >"$tmp/answer" || true
}

answered() {
	question "$@"
	cmp -s "$tmp/answer" "$live/golden.txt"
}

# refused SENTENCE ADDRESS: with this sentence and no other line.
refused() {
	wanted=$1
	shift
	question "$@"
	test "$(wc -l <"$tmp/answer")" = 1 &&
	    grep -q "^% error: $wanted\$" "$tmp/answer"
}

# must COMMAND...: or show what came.
must() {
	"$@" || {
		cat "$tmp/answer"
		fail "$*"
	}
}

has_reloaded() {
	test "$(grep -c ': reloaded' "$log")" -gt "$reloads"
}

# configure: standard input becomes the configuration, here and now.
configure() {
	printf 'request_ms = 3600000\ntotal_ms = 0\n' >"$tmp/conf"
	cat >>"$tmp/conf"
	reloads=$(grep -c ': reloaded' "$log" || true)
	kill -HUP "$pid"
	soon has_reloaded || fail "no reload of: $(cat "$tmp/conf")"
}

# value NAME: of the last counters in the log.
value() {
	sed -n "s/^.* $1  *\([0-9][0-9]*\)  # .*/\1/p" "$log" | tail -n 1
}

# --- loopback is exempt unless the configuration says otherwise
# However slow the machine: who holds on is not dropped for it.
printf 'source_daily = 1\nrequest_ms = 3600000\ntotal_ms = 0\n' >"$tmp/conf"
start_whoisd -d "$tmp/people" -c "$tmp/conf"
for _ in 1 2 3; do
	must answered 127.0.0.1
done

# --- answers of a day: three each, then a sentence, and no worker is asked
configure <<END
exempt = {}
source_daily = 3
END
for one in 127.0.0.1 127.0.0.2; do
	for _ in 1 2 3; do
		must answered "$one"
	done
done
for _ in 1 2 3 4 5 6 7 8 9 10; do
	must refused 'Your network has had all its answers of a day; try again in 24 hours\.' 127.0.0.2
done
soon counted source_used_up 10 || fail "refusals are not counted"
test "$(value served)" = 9 || fail "served $(value served) instead of 9"
test "$(value transactions)" = 9 || fail "refusals are transactions"
lines=$(grep -c 'refused whois 127\.0\.0\.2/32: Your network' "$log")
test "$lines" = 1 || fail "$lines lines for ten refusals of one source"
must answered 127.0.0.3

# --- more for everybody, without a restart
configure <<END
exempt = {}
source_daily = 5
END
must answered 127.0.0.2
must answered 127.0.0.2
must refused 'Your network .*' 127.0.0.2

# --- some more for one of them
configure <<END
exempt = {"127.0.0.2"}
source_daily = 3
END
must answered 127.0.0.2
must refused 'Your network .*' 127.0.0.1

# --- too fast: of many questions in a row some are, unless each takes a second
configure <<END
exempt = {}
source_rate = 1
source_burst = 1
END
soon refused 'Too many questions from your network; try again in 1 second\.' \
    127.0.0.4 || fail "nobody is too fast"
soon answered 127.0.0.4 || fail "who waits is not answered"

# --- connections at a time: two that have not asked all, and no third
configure <<END
exempt = {}
source_connections = 2
END
# hold ADDRESS: a connection of half a question; sets held.
hold() {
	mkfifo "$tmp/hold.$holds"
	nc -s "$1" 127.0.0.1 "$port" <"$tmp/hold.$holds" >/dev/null 2>&1 &
	held=$!
	started="$started $held"
	holds=$((holds + 1))
}
holds=3
hold 127.0.0.5
first=$held
exec 3>"$tmp/hold.3"
printf 'regg' >&3
hold 127.0.0.5
exec 4>"$tmp/hold.4"
printf 'regg' >&4
soon counted waiting_request 2 || fail "two half questions are not held"
soon refused 'Too many connections from your network at once; try again in 10 seconds\.' \
    127.0.0.5 || fail "a third connection is let in"
must answered 127.0.0.6
kill "$first"
soon answered 127.0.0.5 || fail "who left still counts"
exec 3>&- 4>&-

# --- rules: refused with a sentence, silent, allowed, by class
configure <<END
class desk { networks = {"127.0.0.7"} shown_max = 1 }
class staff { networks = {"127.0.0.8/30"} shown_max = 3 }
access = {
	"allow desk",
	"allow staff on whois",
	"silent 127.0.0.13",
	"refuse 127.0.0.12/30 say Ask the desk, please.",
	"refuse all"
}
END
must answered 127.0.0.7
must answered 127.0.0.9
must refused 'Ask the desk, please\.' 127.0.0.12
must refused 'Your network may not ask here\.' 127.0.0.16
question 127.0.0.13
test ! -s "$tmp/answer" || fail "not silent"
soon counted rule_refused 2 || fail "rules are not counted"
test "$(value rule_silent)" = 1 || fail "silence is not counted"

# --- and each class sees as much as is its own
question 127.0.0.7 smith
expect_line "the cap of the desk" "$tmp/answer" 'first 1 '
question 127.0.0.10 smith
expect_line "the cap of the staff" "$tmp/answer" 'first 3 '

# --- a mistake changes nothing
echo 'access = { "refuse nobody" }' >"$tmp/conf"
kill -HUP "$pid"
soon grep -q 'not reloaded.*conf:1: access: ' "$log" || fail "no complaint"
must refused 'Ask the desk, please\.' 127.0.0.12
must answered 127.0.0.7

stop_whoisd
echo "ok"
