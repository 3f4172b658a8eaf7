# shellcheck shell=sh
# What the live tests share: daemons started on free ports, asked, and stopped.
# Sourced first, by `. "$top_srcdir/tests/live/lib.sh"`.
#
# A test runs in a folder of its own, $tmp, for at most LIVE_SECONDS, and ends
# only what it started.  It skips, with a sentence, when a tool is missing.
set -eu

# The whole test under one deadline.
if test -z "${LIVE_BOUNDED-}"; then
	LIVE_BOUNDED=1
	export LIVE_BOUNDED
	exec timeout -k 5 "${LIVE_SECONDS:-180}" sh "$0" "$@"
fi

top_srcdir=$(cd "${top_srcdir:-.}" && pwd)
top_builddir=$(cd "${top_builddir:-.}" && pwd)
live=$top_srcdir/tests/live
tools=$top_builddir/src/tools
whoisd=$tools/whoisd
# shellcheck disable=SC2034  # for the tests
client=$top_builddir/tests/live/client
PATH=$PATH:/usr/sbin:/sbin
started=
daemons=0
tmp=$(mktemp -d "${TMPDIR:-/tmp}/whoisd-live.XXXXXX")

finish() {
	status=$?
	trap - EXIT
	for one in $started; do
		kill -KILL "$one" 2>/dev/null || true
	done
	if test "$status" -ne 0 && test "$status" -ne 77; then
		tail -n 20 "$tmp"/log.* 2>/dev/null || true
	fi
	rm -rf "$tmp"
	exit "$status"
}
trap finish EXIT
trap 'echo "out of time, or interrupted"; exit 1' HUP INT TERM

fail() {
	echo "FAILED: $*"
	exit 1
}

# need TOOL...
need() {
	for one in "$@"; do
		if ! command -v "$one" >/dev/null 2>&1; then
			echo "skipped: there is no $one here"
			exit 77
		fi
	done
}

# soon COMMAND...: within ten seconds it succeeds.
soon() {
	tries=200
	until "$@"; do
		tries=$((tries - 1))
		test "$tries" -gt 0 || return 1
		sleep 0.05
	done
}

# expect WHAT FILE WANTED: the file is, byte for byte, the other one.
expect() {
	cmp "$2" "$3" || {
		diff "$2" "$3" || true
		fail "$1"
	}
}

# expect_line WHAT FILE REGEX
expect_line() {
	grep -q -- "$3" "$2" || {
		cat "$2"
		fail "$1: no line is $3"
	}
}

# load DIRECTORY FILE...: make a directory, quietly.
load() {
	to=$1
	shift
	"$tools/whoisctl" load -d "$to" "$@" >"$tmp/load" 2>&1 || {
		cat "$tmp/load"
		fail "whoisctl load $*"
	}
}

# write_many FILE: forty people whom one question finds: Many, P0 to P39.
write_many() {
	awk 'BEGIN {
		print "full_name,index_key"
		for (i = 0; i < 40; i++)
			printf "\"Many, P%d\",%d\n", i, 700000 + i
	}' >"$1"
}

has_listening() {
	grep -q '^listening ' "$1"
}

# running PID: a zombie that nobody has waited for is not.
running() {
	kill -0 "$1" 2>/dev/null &&
	    ! grep -q '^State:.*Z' "/proc/$1/status" 2>/dev/null
}

gone() {
	! running "$1"
}

listening_or_gone() {
	has_listening "$1" || gone "$2"
}

# start_whoisd ARGUMENT...: in the background; sets pid, log and port (of the
# first listening line).  Without -l it listens on 127.0.0.1, a free port.
start_whoisd() {
	daemons=$((daemons + 1))
	log=$tmp/log.$daemons
	case " $* " in
	*" -l "*) ;;
	*) set -- "$@" -l whois:127.0.0.1:0 ;;
	esac
	: >"$log"
	"$whoisd" "$@" 2>"$log" &
	pid=$!
	started="$started $pid"
	soon listening_or_gone "$log" "$pid" || fail "whoisd $*: no answer"
	has_listening "$log" || fail "whoisd $* did not start"
	port=$(sed -n '/^listening /{s/.*://p;q;}' "$log")
}

# stop_whoisd: SIGTERM; it must exit with 0, and soon.
stop_whoisd() {
	kill -TERM "$pid"
	wait "$pid" || fail "whoisd ended with status $? after SIGTERM"
}

# counted NAME LEAST: a counter has come so far; with `soon`, since the log
# takes its time.
counted() {
	kill -USR1 "$pid"
	value=$(sed -n "s/^.* $1  *\([0-9][0-9]*\)  # .*/\1/p" "$log" |
	    tail -n 1)
	test "${value:-0}" -ge "$2"
}

# ask QUESTION...: with our own client.
ask() {
	"$tools/whois" -h 127.0.0.1 -p "$port" "$@"
}

# send: standard input as it is, the answer as it is.
send() {
	timeout 20 nc -N 127.0.0.1 "$port"
}

# hold_silent COUNT: connections that say nothing, until release_silent.
hold_silent() {
	rm -f "$tmp/leash" "$tmp/held"
	mkfifo "$tmp/leash"
	"$client" silent "$port" "$1" <"$tmp/leash" >"$tmp/held" &
	holder=$!
	started="$started $holder"
	exec 9>"$tmp/leash"
	soon grep -q "^held $1\$" "$tmp/held" || fail "$1 could not connect"
}

# release_silent: sets open, the connections that were still there.
release_silent() {
	exec 9>&-
	wait "$holder" || fail "the holder failed"
	# shellcheck disable=SC2034  # for the tests
	open=$(sed -n 's/^open //p' "$tmp/held")
}

# serves WHAT: the golden record comes back, through a plain socket.
serves() {
	printf 'reggers\r\n' | send | tr -d '\r' >"$tmp/served" || true
	expect "${1:-the record of the seed system}" "$tmp/served" \
	    "$live/golden.txt"
}
