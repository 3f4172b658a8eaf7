# shellcheck shell=sh
# What the tests of abuse share.  Sourced first, in place of the live tests'
# library, which it brings along: `. "$top_srcdir/tests/abuse/lib.sh"`.
#
# Each is abuse_NAME.sh, throws something at a live server, counts what others
# lost by it, and ends with `report`.  `make check` runs it for some seconds;
# scripts/soak gives it SOAK_SECONDS, or all of SOAK_MINUTES to one that is run
# alone.
if test -z "${SOAK_SECONDS-}" && test -n "${SOAK_MINUTES-}"; then
	SOAK_SECONDS=$((SOAK_MINUTES * 60))
	export SOAK_SECONDS
fi
# Nobody's time is measured: the deadline only ends what hangs.
LIVE_SECONDS=${LIVE_SECONDS:-$((180 + 2 * ${SOAK_SECONDS:-0}))}
export LIVE_SECONDS
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
# shellcheck disable=SC2034  # for the tests
abuse=$top_srcdir/tests/abuse

# How long to go on throwing: a few seconds, or a share of the soak.
# shellcheck disable=SC2034  # for the tests
seconds=${SOAK_SECONDS:-4}

# soaking: this is the long run.
soaking() {
	test -n "${SOAK_SECONDS-}"
}

# sanitized: the build is some ten times slower and keeps freed memory.
sanitized() {
	grep -q '__[atu]b*san_' "$tools/whoisd"
}

# scale SHORT LONG [SANITIZED]: how many in `make check`, in a soak, and under
# a sanitizer: a quarter of the others unless given.
scale() {
	if soaking; then
		many=$2
	else
		many=$1
	fi
	if sanitized; then
		many=${3:-$(((many + 3) / 4))}
	fi
	echo "$many"
}

count_descriptors() {
	find "/proc/$pid/fd" -mindepth 1 2>/dev/null | wc -l
}

# status NAME: "Threads", or "RssAnon" in KiB, of the server.
status() {
	awk -v name="$1:" '$1 == name { print $2 }' "/proc/$pid/status"
}

# remember: how things are before the attackers come.  Tables and stacks are
# touched for the first time by the first who come, so a test that bounds the
# memory remembers after a first, small wave.  Mapped files do not count.
remember() {
	descriptors_before=$(count_descriptors)
	threads_before=$(status Threads)
	memory_before=$(status RssAnon)
}

has_as_many_as_before() {
	test "$(count_descriptors)" -le "$descriptors_before" &&
	    test "$(status Threads)" -eq "$threads_before"
}

# leaves_nothing: once the attackers have left and their deadlines have passed,
# descriptors and threads are as `remember` found them, and memory has grown by
# no more than growth_max.  A sanitizer keeps what was freed.
growth_max=2048 # KiB
leaves_nothing() {
	soon has_as_many_as_before || {
		find "/proc/$pid/fd" -mindepth 1 -printf '%f %l\n'
		fail "$(count_descriptors) descriptors and $(status Threads)" \
		    "threads, before it was $descriptors_before and" \
		    "$threads_before"
	}
	sanitized && return
	grown=$(($(status RssAnon) - memory_before))
	test "$grown" -le "$growth_max" ||
	    fail "memory has grown by $grown KiB of $growth_max allowed"
}

# besiege ARGUMENT...: a siege (siege.c) of the server in the background, whose
# attackers have connected when this returns.
besiege() {
	: >"$tmp/siege"
	"$top_builddir/tests/abuse/siege" --port "$port" "$@" >"$tmp/siege" 2>&1 &
	siege=$!
	started="$started $siege"
	tries=0
	until grep -q '^attached' "$tmp/siege"; do
		running "$siege" || {
			cat "$tmp/siege"
			fail "the siege did not begin"
		}
		tries=$((tries + 1))
		test "$tries" -lt 2400 || fail "the attackers could not connect"
		sleep 0.05
	done
}

# end_siege: wait for its report.
end_siege() {
	wait "$siege" || {
		cat "$tmp/siege"
		fail "the siege failed"
	}
}

# said NAME: a value of that report.
said() {
	sed -n "s/^$1 //p" "$tmp/siege"
}

# count_lost: how many ordinary clients did not get the answer they had before.
count_lost() {
	awk '/^ordinary_(wrong|denied|empty|reset|refused|unreached|late) / {
		lost += $2 } END { print lost + 0 }' "$tmp/siege"
}

# report THROWN LOST: the last line of each test, for scripts/soak.
report() {
	echo "$(basename "$0" .sh): thrown $1; lost $2"
	test "$2" -eq 0 || fail "$2 were lost"
}
