#!/bin/sh
# What has stopped, bloated or silenced other servers of this kind.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need nc timeout mkfifo awk

dir=$tmp/people
# Entries so long that an answer outgrows what the kernel takes for a client.
awk 'BEGIN {
	for (i = 0; i < 1500; i++)
		long = long " department"
	print "full_name,department,room,phone,index_key"
	for (i = 0; i < 1200; i++)
		printf "\"Multiple, Person With A Rather Long Name %d\"," \
		    "Answers%s,Room %d,661-%04d,%d\n", i, long, i, i,
		    300000 + i
}' >"$tmp/many.csv"
"$tools/whoisctl" schema |
    awk '{ print } $0 == "attribute department" { print "\tmax 65536" }' \
    >"$tmp/schema"
load "$dir" -s "$tmp/schema" "$live/people.csv" "$tmp/many.csv"
cat >"$tmp/conf" <<END
directory = "$dir"
shown_max = 1000
write_ms = 500
output_bytes = 67108864
END
start_whoisd -c "$tmp/conf" -w 2

# --- framing
printf 'reggers\r\n' | timeout 20 "$client" bytes "$port" | tr -d '\r' \
    >"$tmp/answer"
expect "segments of one byte" "$tmp/answer" "$live/golden.txt"
for line in 'reggers\n' 'reggers\r\n' 'reggers' 'reggers\r' 'reggers\n\n\n' \
    '\0reg\0gers\r\n' '  reggers\t \r\n' 'reggers\r\nsmith\r\n'; do
	# shellcheck disable=SC2059 # the escapes are the point
	printf "$line" | send | tr -d '\r' >"$tmp/answer"
	expect "the line $line" "$tmp/answer" "$live/golden.txt"
done
: | send >"$tmp/answer"
test ! -s "$tmp/answer" || fail "an empty connection is answered"
head -c 65536 /dev/zero | tr '\0' x | send >"$tmp/answer" || true
expect_line "64 KiB without a newline" "$tmp/answer" '^% error: '
test "$(wc -l <"$tmp/answer")" -le 3 || fail "an endless line gets more"
head -c 5000 /dev/urandom | send >"$tmp/answer" || true
serves "after noise"

# --- clients that do not read, or leave
printf 'full multiple\r\n' | send >"$tmp/answer"
expect_line "1,000 entries" "$tmp/answer" 'Person With A Rather Long Name'
test "$(wc -c <"$tmp/answer")" -gt 10000000 || fail "the answer is not large"
"$client" stall "$port" 'full multiple' &
staller=$!
started="$started $staller"
soon counted unsent 1 || fail "the answer is not too large for a stalled client"
serves "beside a client that never reads"
soon counted deadline_write 1 || fail "a client that never reads is kept"
kill "$staller"
tries=0
while test "$tries" -lt 20; do
	"$client" reset "$port" "full multiple"
	tries=$((tries + 1))
done
serves "after resets in the middle of answers"

# --- many at once, where few may be
cat >"$tmp/narrow.conf" <<END
directory = "$dir"
connections = 4
queue = 2
END
wide=$pid wide_port=$port wide_log=$log
start_whoisd -c "$tmp/narrow.conf" -w 1
askers=
for one in 1 2 3 4 5 6 7 8; do
	timeout 60 "$client" ask "$port" reggers 200 >"$tmp/asker.$one" &
	askers="$askers $!"
done
started="$started $askers"
for one in $askers; do
	wait "$one" || fail "an asker was refused"
done
for one in 1 2 3 4 5 6 7 8; do
	expect_line "a storm" "$tmp/asker.$one" '^answered 200$'
done
serves "after a storm"
stop_whoisd

# --- few descriptors
cat >"$tmp/few" <<END
#!/bin/sh
ulimit -n 80
exec "$whoisd" "\$@"
END
chmod +x "$tmp/few"
whoisd=$tmp/few
start_whoisd -d "$dir" -w 1
whoisd=$tools/whoisd
hold_silent 300
serves "with few descriptors and 300 silent clients"
release_silent
stop_whoisd
pid=$wide port=$wide_port log=$wide_log

# --- format characters in questions and in data
for word in '%n%s%n%s' '%s%s%s%s%s%s%s%s' '%x%x%n' '%'; do
	printf '%s\r\n' "$word" | send >"$tmp/answer"
	expect_line "the question $word" "$tmp/answer" 'whois help\|^% error'
done
soon grep -qF '"%n%s%n%s"' "$log" || fail "the log has not the question as is"
printf '!100009\r\n' | send >"$tmp/answer"
grep -qF 'Percent, %n%s%n' "$tmp/answer" || fail "data with format characters"
printf 'a"b\\c\033[2Jd\r\n' | send >"$tmp/answer"
soon grep -q '"a\\x22b\\x5cc.*d" ' "$log" || fail "the log is not escaped"
if LC_ALL=C grep -q '[[:cntrl:]]' "$log"; then
	fail "the log has control characters"
fi
running "$pid" || fail "it did not survive"

# --- the directory spoilt under the server: the old one serves on
current=$(readlink "$dir/current")
# spoilt WHAT: `current` names a bad generation; said once, and served on.
spoilt() {
	before=$(grep -c 'not taken' "$log" || true)
	ln -sfn gen-000099 "$dir/next"
	mv -T "$dir/next" "$dir/current"
	more_said() {
		test "$(grep -c 'not taken' "$log" || true)" -gt "$before"
	}
	soon more_said || fail "$1: the log is silent"
	serves "$1"
	# Two more looks at the directory, each answering a signal.
	for one in 1 2; do
		sleep 0.6
	done
	test "$(grep -c 'not taken' "$log")" = $((before + 1)) ||
	    fail "$1: said more than once"
	ln -sfn "$current" "$dir/next"
	mv -T "$dir/next" "$dir/current"
	rm -rf "$dir/gen-000099"
	soon is_fresh || fail "$1: the server takes itself for stale"
}
is_fresh() {
	"$tools/whoisctl" stats -d "$dir" | grep -q '^stale_since  *0 '
}
spoilt "no such generation"
mkdir "$dir/gen-000099"
head -c 6000 "$dir/$current/data.mdb" >"$dir/gen-000099/data.mdb"
spoilt "a generation that is cut short"
mkdir "$dir/gen-000099"
head -c 100000 /dev/urandom >"$dir/gen-000099/data.mdb"
spoilt "a generation that is noise"
rm "$dir/current"
serves "without current"
ln -s "$current" "$dir/current"
load "$dir" "$live/people.csv"
newest=$(readlink "$dir/current")
soon grep -q "now serving $newest" "$log" || fail "no recovery by a load"
serves "after the load that repaired it"
stop_whoisd

# --- the reader of the log stalls
mkfifo "$tmp/stalled.log"
exec 8<>"$tmp/stalled.log"
printf 'directory = "%s"\n' "$dir" >"$tmp/stalled.conf"
"$tools/whoisd" -c "$tmp/stalled.conf" -w 2 -l whois:127.0.0.1:0 \
    2>"$tmp/stalled.log" &
pid=$!
started="$started $pid"
port=
while test -z "$port"; do
	read -r line <&8
	case $line in
	"listening whois "*) port=${line##*:} ;;
	esac
done
timeout 60 "$client" ask "$port" reggers 12000 >"$tmp/asked"
expect_line "beside a stalled log" "$tmp/asked" '^answered 12000$'
printf 'log = syslog\nlog_queries = false\n' >>"$tmp/stalled.conf"
kill -HUP "$pid"
timeout 60 "$client" ask "$port" reggers 100 >"$tmp/asked"
expect_line "turned away from a stalled log" "$tmp/asked" '^answered 100$'
kill -USR1 "$pid"
kill -TERM "$pid"
wait "$pid" || fail "a stalled log holds up the end: status $?"
exec 8>&-
echo "ok"
