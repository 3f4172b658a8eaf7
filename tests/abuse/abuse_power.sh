#!/bin/sh
# The loss of power at random moments of a load: what a load does to the disk
# is recorded, and replayed up to some moment, without some of what no sync had
# covered until then (disk.h).  What `current` then names is whole: the
# generation before or the new one, and once the load has said that it is done,
# the new one.  The next load works.
#   POWER_MOMENTS  how often for each of the ways to load (40)
# shellcheck source=tests/abuse/recorded.sh
. "${top_srcdir:-.}/tests/abuse/recorded.sh"

moments=${POWER_MOMENTS:-40}
out=$tmp/out
deadline=$(($(date +%s) + ${SOAK_SECONDS:-0}))
replayed=0 loaded=0

# group_may_lock DIR: readers of another user's find what they need.
group_may_lock() {
	test ! -L "$1/current" ||
	    test -n "$(find -H "$1/current/lock.mdb" -perm -0060 2>/dev/null)"
}

wrong() {
	cat "$tmp/replay" "$tmp/verify"
	ls -lR "$out"
	fail "$way: $*"
}

# lose_power ARGUMENT...: the disk as it then is, in $out.
lose_power() {
	rm -rf "$out"
	: >"$tmp/verify"
	"$built/replay_power" "$notes" "$start" "$out" "$@" >"$tmp/replay"
}

# check_moment ARGUMENT...: one of the sizes in $allowed is in service.
check_moment() {
	lose_power "$@"
	replayed=$((replayed + 1))
	group_may_lock "$out/DIR" ||
	    wrong "lock.mdb is not there, or not for its group to write"
	found=$(entries "$out/DIR") || wrong "what is in service is damaged"
	case " $allowed " in
	*" $found "*) ;;
	*) wrong "$found entries are in service, not one of $allowed" ;;
	esac
}

# check_next_load: on the disk that is left.
check_next_load() {
	"$tools/whoisctl" load -d "$out/DIR" "$tmp/next.csv" >"$tmp/load" \
	    2>&1 || { cat "$tmp/load"; wrong "the next load fails"; }
	found=$(entries "$out/DIR") || wrong "the next load is damaged"
	test "$found" = 7 || wrong "the next load is not in service"
	left=$(find "$out/DIR" -mindepth 1 -maxdepth 1 ! -name current \
	    ! -name lock | wc -l)
	test "$left" -le 2 || wrong "the next load has left something"
	loaded=$((loaded + 1))
}

# check_way: the power is lost at some moments of what was recorded.
check_way() {
	seed=0
	while test "$seed" -lt "$moments"; do
		seed=$((seed + 1))
		check_moment "$((round * moments + seed))"
		test $((seed % 10)) -ne 0 || check_next_load
	done
	allowed=$size
	check_moment 1 99999 0
	check_moment 1 99999 100
	compare_with_disk
}

# compare_with_disk: nothing was missed in recording.
compare_with_disk() {
	rm -f "$out/DIR"/gen-*/lock.mdb
	cp -a "$disk" "$tmp/copy"
	rm -f "$tmp/copy/DIR"/gen-*/lock.mdb
	diff -r "$out" "$tmp/copy" || wrong "something was not recorded"
	rm -rf "$tmp/copy"
}

# begin WAY: what follows is recorded.
begin() {
	way=$1
	ways=$((ways + 1))
	start=$tmp/start.$ways notes=$tmp/notes.$ways
	cp -a "$disk" "$start"
	allowed=$(entries "$disk/DIR")
	: >"$notes"
}

count_operations() {
	"$built/replay_power" "$notes" "$start" "$tmp/counted" 1 0 0 |
	    sed 's/.* of \([0-9]*\) .*/\1/'
	rm -rf "$tmp/counted"
}

load_whole() {
	load_more || { cat "$tmp/whoisctl"; fail "$way: the load"; }
	allowed="$allowed $size"
}

# Each operation, in turn, is the one before which a load is killed.
load_killed() {
	kill_at=$((1 + round * 7 % operations))
	! load_more || fail "$way: the load was not killed"
	kill_at=
	allowed="$allowed $size"
}

# Just behind the flip.
roll_back_killed() {
	before=$(readlink "$disk/DIR/current")
	kill_at=0
	while test "$(readlink "$disk/DIR/current")" = "$before"; do
		kill_at=$((kill_at + 1))
		! recorded rollback -d "$disk/DIR" ||
		    fail "$way: it was not killed"
	done
	kill_at=
	allowed="$allowed $(entries "$disk/DIR")"
}

# notices_lies: this test fails on a disk that does not sync.
notices_lies() {
	seed=0 noticed=0
	while test "$seed" -lt 30; do
		seed=$((seed + 1))
		lose_power "$seed" 99999 50 lying
		found=$(entries "$out/DIR") && test "$found" = "$size" ||
		    noticed=$((noticed + 1))
	done
	test "$noticed" -gt 0 || fail "a disk that does not sync is not noticed"
}

"$tools/whoisctl" sample 7 >"$tmp/next.csv"
round=0
while :; do
	ways=0
	for generation in first second third; do
		begin "the $generation generation"
		load_whole
		check_way
		test "$generation" != first || notices_lies
	done
	operations=$(count_operations)
	begin "a load after one that was killed"
	load_killed
	load_whole
	check_way
	begin "a load after a rollback that was killed"
	roll_back_killed
	load_whole
	check_way
	round=$((round + 1))
	test "$(date +%s)" -lt "$deadline" || break
	rm -rf "$disk/DIR" "$tmp"/start.* "$tmp"/notes.*
done
report "$replayed losses of power, $loaded loads after them" 0
