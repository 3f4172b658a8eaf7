#!/bin/sh
# The system has no more descriptors for us: those who say nothing give theirs
# up, and everybody else is served.
# shellcheck source=tests/abuse/lib.sh
. "${top_srcdir:-.}/tests/abuse/lib.sh"
need nc timeout mkfifo prlimit

load "$tmp/people" "$live/people.csv"
cat >"$tmp/conf" <<END
directory = "$tmp/people"
request_ms = 60000
END
start_whoisd -c "$tmp/conf" -w 2
serves "before the attack"
remember
limit=$((descriptors_before + 10))
prlimit --pid "$pid" --nofile="$limit:$limit"
# Silent connections, far more than there is room for.
count=$(scale 100 200 100)

rounds=0
ends=$(($(date +%s) + seconds))
while test "$rounds" -eq 0 || test "$(date +%s)" -lt "$ends"; do
	hold_silent "$count"
	rounds=$((rounds + 1))
	# The kernel keeps a silent one back for a second before we see it.
	soon counted evicted_silent $((rounds * count / 2)) ||
	    fail "nobody was dropped to make room"
	serves "beside $count silent clients and 10 descriptors"
	release_silent
	serves "when the silent ones have left"
done
soon counted fd_exhausted 1 || fail "nobody counted the lack of descriptors"
expect_line "the log" "$log" 'cannot accept with [0-9]* connections open'
leaves_nothing
stop_whoisd

# --- few from the start: fewer connections, and that is said
tight=$tmp/tight
printf '#!/bin/sh\nexec prlimit --nofile=128:128 "%s" "$@"\n' "$whoisd" \
    >"$tight"
chmod +x "$tight"
whoisd=$tight
start_whoisd -c "$tmp/conf" -w 2
# The log has a thread of its own.
soon grep -q 'connections lowered from 16384 to [1-9]' "$log" ||
    fail "the log does not say that there are fewer connections"
serves "with few descriptors"
remember
hold_silent "$count"
soon counted evicted_silent $((count / 4)) ||
    fail "the table is larger than the descriptors allow"
serves "with few descriptors beside $count silent clients"
release_silent
soon counted fd_exhausted 0
test "$value" -eq 0 || fail "descriptors ran out though the table is smaller"
leaves_nothing
stop_whoisd
report "$rounds times $count silent clients at 10 descriptors" 0
