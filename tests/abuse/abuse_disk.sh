#!/bin/sh
# Each operation of a load on the disk, in turn, fails or is the one before
# which the load is killed: what was in service is in service and whole, a load
# that failed has said so in one sentence, and the next load works and clears
# up.
#   DISK_STEP     only every so many-th operation (3; 1 in a soak)
# shellcheck source=tests/abuse/recorded.sh
. "${top_srcdir:-.}/tests/abuse/recorded.sh"

step=${DISK_STEP:-$(scale 3 1 3)}
failed=0 killed=0 unharmed=0

wrong() {
	cat "$tmp/whoisctl" "$tmp/verify"
	ls -lR "$disk"
	fail "operation $operation: $*"
}

# check_service: the last load is in service or, where it is said to have
# failed, the one before.
check_service() {
	found=$(entries "$disk/DIR") || wrong "what is in service is damaged"
	test "$found" = "$size" || {
		test "$outcome" -ne 0 && test "$found" = "$before"
	} || wrong "$found entries are in service"
}

check_next_load() {
	load_more || wrong "the next load fails"
	found=$(entries "$disk/DIR") || wrong "the next load is damaged"
	test "$found" = "$size" || wrong "the next load is not in service"
	left=$(find "$disk/DIR" -mindepth 1 -maxdepth 1 ! -name current \
	    ! -name lock | wc -l)
	test "$left" -le 2 || wrong "the next load has left something"
}

load_and_check() {
	before=$size outcome=0
	load_more || outcome=$?
	kill_at='' fail_at=''
	check_service
}

# One operation more is one too many when the load has ended as it should
# and done less.
fail_one() {
	fail_at=$operation
	load_and_check
	if test "$outcome" -eq 0; then
		unharmed=$((unharmed + 1))
		return
	fi
	failed=$((failed + 1))
	test "$(wc -l <"$tmp/whoisctl")" -eq 1 || wrong "not one sentence"
	grep -q '^whoisctl: .*: [A-Za-z]' "$tmp/whoisctl" ||
	    wrong "no sentence"
}

kill_one() {
	kill_at=$operation
	load_and_check
	test "$outcome" -eq 0 || killed=$((killed + 1))
}

load_more || { cat "$tmp/whoisctl"; fail "the first load"; }
operation=0
unkilled=0
while test "$unkilled" -lt 3; do
	operation=$((operation + step))
	fail_one
	check_next_load
	kill_one
	test "$outcome" -ne 0 || unkilled=$((unkilled + 1))
	check_next_load
done

# The link is lost, and the load may not have the address space to look into
# what is there: that is no reason to remove it.
rm "$disk/DIR/current"
newest=$(find "$disk/DIR" -name 'gen-*' | sort | tail -n 1)
# shellcheck disable=SC3045  # bash and dash have it
(ulimit -v 4000000 && load_more) && fail "it had the address space"
test -e "$newest/data.mdb" || fail "the only data was removed"
test "$killed" -gt 5 || fail "only $killed loads were killed"
test "$failed" -gt 5 || fail "only $failed loads failed"
thrown="$failed failures and $killed kills at one operation each"
report "$thrown, $unharmed went on" 0
