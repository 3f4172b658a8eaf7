#!/bin/sh
# Confined, and as another user, it still follows SIGHUP and new generations.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need nc timeout

dir=$tmp/people
mkdir "$tmp/conf.d"
conf=$tmp/conf.d/whoisd.conf
load "$dir" "$live/people.csv"

# status NAME: that line of /proc/PID/status.
status() {
	sed -n "s/^$1:[[:space:]]*//p" "/proc/$pid/status"
}

# follows WHAT: a new configuration, put in place as editors do, and a new
# generation.
follows() {
	serves "$1"
	printf 'directory = "%s"\nshown_max = 2\n%s\n' "$dir" "$options" \
	    >"$conf.new"
	mv "$conf.new" "$conf"
	kill -HUP "$pid"
	soon grep -q ' reloaded$' "$log" || fail "$1: no line about SIGHUP"
	printf 'smith\r\n' | send >"$tmp/answer"
	test "$(grep -c '\[' "$tmp/answer")" = 2 ||
	    fail "$1: the new configuration has no effect"
	load "$dir" "$live/people.csv"
	newest=$(readlink "$dir/current")
	soon grep -q "now serving $newest" "$log" ||
	    fail "$1: the new generation is not served"
	serves "$1, from the new generation"
}

# begin OPTIONS: serve with these, beside the directory.
begin() {
	options=$1
	printf 'directory = "%s"\n%s\n' "$dir" "$options" >"$conf"
	start_whoisd -c "$conf"
	soon grep -q ' sandbox: no new privileges' "$log" ||
	    fail "the log does not say how it is confined"
	test "$(status NoNewPrivs)" = 1 || fail "it could gain privileges"
}

begin 'sandbox = { }'
soon grep -q ' sandbox: no new privileges$' "$log" ||
    fail "more than was asked for"
follows "without a sandbox"
stop_whoisd

begin ''
if grep -q 'privileges.*, seccomp' "$log"; then
	test "$(status Seccomp)" = 2 || fail "there is no filter of system calls"
else
	sed -n 's/.*\(sandbox: .*\)/here: \1/p' "$log"
fi
follows "in a sandbox"
stop_whoisd

if test "$(id -u)" != 0; then
	echo "skipped: only root can become another user"
elif ! id nobody >/dev/null 2>&1; then
	echo "skipped: there is no user nobody"
else
	# As whoisctl(8) says under FILES.
	group=$(id -gn nobody)
	chmod 711 "$tmp"
	chgrp -R "$group" "$dir"
	chmod g+s "$dir"
	mkdir "$tmp/run"
	begin "user = nobody
group = $group
pidfile = \"$tmp/run/pid\""
	test "$(status Uid | cut -f 1)" = "$(id -u nobody)" ||
	    fail "it is still root"
	test "$(status CapEff)" = 0000000000000000 ||
	    fail "it has capabilities"
	follows "as nobody in a sandbox"
	stop_whoisd
	test ! -s "$tmp/run/pid" || fail "the pid file names nobody"
fi
echo "ok"
