#!/bin/sh
# Kill -9 a load a hundred times, at moments spread over all of it: what was
# in service stays in service and whole, and the next load clears up.
#   KILLS      how often (100)
#   SECONDS_MAX  after so many no further one is begun (30)
set -eu

whoisctl=${top_builddir:-.}/src/tools/whoisctl
kills=${KILLS:-100} seconds=${SECONDS_MAX:-30}
work=$(mktemp -d "${TMPDIR:-/tmp}/whoisd-kill.XXXXXX")
trap 'rm -rf "$work"' EXIT
dir=$work/DIR

fail() {
	echo "FAIL: $*"
	ls -lR "$dir"
	exit 1
}

now_ms() {
	date +%s%3N
}

load() { # FILE
	"$whoisctl" load -d "$dir" "$1" >"$work/load" 2>&1 ||
	    fail "the load ended with $(cat "$work/load")"
}

entries() {
	"$whoisctl" info -d "$dir" >"$work/info" 2>&1 ||
	    fail "after kill $1: $(cat "$work/info")"
	sed -n 's/^entries: //p' "$work/info"
}

verify() {
	"$whoisctl" verify -d "$dir" >"$work/verify" 2>&1 ||
	    fail "after kill $1: $(cat "$work/verify")"
}

"$whoisctl" sample 500 --seed 1 >"$work/old.csv"
"$whoisctl" sample 20000 --seed 2 >"$work/new.csv"
load "$work/new.csv"
began=$(now_ms)
load "$work/new.csv"
whole=$(($(now_ms) - began))
load "$work/old.csv"

# Moments from the start of a load to a little beyond its usual end.
deadline=$(($(date +%s) + seconds))
done=0 finished=0
while test "$done" -lt "$kills" && test "$(date +%s)" -lt "$deadline"; do
	done=$((done + 1))
	"$whoisctl" load -d "$dir" "$work/new.csv" >/dev/null 2>&1 &
	moment=$((whole * (done * 37 % 110) / 100))
	sleep "$((moment / 1000)).$(printf %03d $((moment % 1000)))"
	kill -KILL $! 2>/dev/null || true
	wait $! 2>/dev/null || true
	case $(entries "$done") in
	500) ;;
	20000)
		finished=$((finished + 1))
		verify "$done"
		load "$work/old.csv"
		;;
	*) fail "after kill $done the directory has other entries" ;;
	esac
	test $((done % 20)) -ne 0 || verify "$done"
done
verify "$done"

# What the dead left is gone after one more load.
load "$work/new.csv"
test "$(entries "$done")" = 20000 || fail "the last load is not in service"
left=$(find "$dir" -mindepth 1 -maxdepth 1 -name 'gen-*' | wc -l)
test "$left" -le 2 || fail "$left generations are left"
others=$(find "$dir" -mindepth 1 -maxdepth 1 ! -name 'gen-*' \
    ! -name current ! -name lock)
test -z "$others" || fail "there is also $others"
runs=$(find "$dir" -name 'runs-*')
test -z "$runs" || fail "temporary files are left: $runs"
echo "$done loads killed, $finished of them at or after the end"
test "$done" -ge 1 || fail "no load was killed"
