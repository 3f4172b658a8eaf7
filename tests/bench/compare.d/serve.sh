# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154  # compare and the other subjects have them
# Rates, latencies and processor time of servers.
#
# What the goals set side by side is a pair: both servers are asked in turn, in
# slices of a fraction of a second, and each two slices that follow each other
# give a ratio.  A machine that has other things to do, or whose speed changes
# from one second to the next, does so to both.  What the pictures show beside
# the pairs is a series of its own, which has nothing to be compared with.
#
# Pairs and series are planned first, and then measured round by round.

has_openbsd_inetd() {
	has inetd openbsd-inetd "whoisd -i under inetd" || return 1
	case $(inetd --version 2>&1 || true) in
	*inetutils*)
		leave_out "whoisd -i under inetd" "this is not openbsd-inetd"
		return 1
		;;
	esac
}

has_slapd() {
	has slapd slapd "slapd" || return 1
	test -x "$bench/bench_ldap" || {
		leave_out "slapd" "there is no bench_ldap; on Debian: apt-get \
install libldap-dev, configure and make bench-programs"
		return 1
	}
}

is_there() { # SERIES
	case $1 in
	inetd*) has_openbsd_inetd ;;
	slapd*) has_slapd ;;
	esac
}

plan_pairs() {
	# shellcheck disable=SC2086  # several
	read_goals pairs.awk $parts | while read -r first second; do
		if is_there "$second"; then
			echo "$first $second"
		fi
	done >"$tmp/pairs"
}

# plan SERIES...
plan() {
	for one in "$@"; do
		if is_there "$one"; then
			echo "$one"
		fi
	done
}

plan_pictures() {
	wanted pictures && test -z "$quick" || return 0
	for clients in 1 2 4 8 16 32 64 128 256 512; do
		plan "bare:key:$people:$clients:0" "whoisd:key:$people:$clients:0" \
		    "whoisd:name:$people:$clients:0" "fork:key:$people:$clients:0" \
		    "slapd:key:$slapd_people:$clients:0" \
		    "inetd:key:$people:$clients:0"
	done
	for silent in 10 100 1000 10000; do
		plan "whoisd:key:$people:64:$silent"
	done
	for size in $sizes; do
		plan "whoisd:key:$size:64:0" "whoisd:name:$size:64:0"
	done
}

# warm: the directory at hand is in the kernel's cache, however long ago it was
# asked last.
warm() {
	directory=$tmp/whoisctl.$size/current
	test ! -e "$directory" || cat "$directory/data.mdb" >/dev/null
}

# speak SERVER: sets speaking, the protocol, the questions of a session and how
# many of them wait for answers; and queries, the ending of their files.
speak() {
	speaking=whois:1:1 queries=''
	case $1 in
	ph) speaking=ph:1:1 ;;
	ph-session) speaking=ph:0:1 ;;
	ph-*) speaking=ph:0:${1#ph-} ;;
	esac
	case $speaking in
	ph:*) queries=.ph ;;
	esac
}

# Of others than whoisd answers may be lost: the table says how many.
check_answers() { # SERIES
	case $1 in
	whoisd:* | ph*:*)
		test "$(noted "$1" errors)" = 0 ||
		    fail "answers of $1 were lost or wrong"
		;;
	esac
}

ask_whois() { # SERIES
	"$tools/whoisbench" -p "$port" --pid "$pid" -c "$clients" \
	    -t "$seconds" -q "$tmp/$question.$size" --csv \
	    >"$tmp/row" 2>"$tmp/log.whoisbench" ||
	    test $? -eq 1 || fail "whoisbench against $1"
	note_row "$1" <"$tmp/row"
	check_answers "$1"
}

ask_slapd() { # SERIES
	kept=''
	test "$server" = slapd || kept=kept
	before=$(processor_us "$pid")
	"$bench/bench_ldap" "ldap://127.0.0.1:$port" dc=example "$clients" \
	    "$seconds" "$tmp/$question.$size.ldap" $kept >"$tmp/row" ||
	    fail "bench_ldap against $1"
	note_row "$1" <"$tmp/row"
	used=$(($(processor_us "$pid") - before))
	note "$1" server_cpu_us "$(awk -F , -v used="$used" -v s="$seconds" \
	    'NR == 2 { printf "%.1f\n", used / ($1 * s) }' "$tmp/row")"
}

# find_server SERIES: sets port and pid and what split does.
find_server() {
	read -r port pid _ <"$tmp/at.$(name_of "$1")"
	split "$1"
	warm
}

measure_series() { # SERIES
	find_server "$1"
	case $server in
	slapd*) ask_slapd "$1" ;;
	*) ask_whois "$1" ;;
	esac
}

# Somebody else asks slapd, one slice a round.
measure_apart() { # FIRST SECOND
	measure_series "$1"
	measure_series "$2"
	note "$1/$2" rate "$(echo "$(noted "$1" rate) $(noted "$2" rate)" |
	    awk '{ print $1 / $2 }')"
}

# slices SERIES: sets slice_ms, in which each of its clients has some answers
# where the server is quick and one where it is slow; warm_up_ms, in which they
# fall out of step; and slice_count, how many are in a round.
slices() {
	split "$1"
	slice_ms=50 warm_up_ms=25
	test "$clients" -lt 512 || slice_ms=100 warm_up_ms=50
	case $server in
	fork | inetd) slice_ms=500 warm_up_ms=200 ;;
	inetd-text) slice_ms=1000 warm_up_ms=500 ;;
	esac
	slice_count=$(awk -v s="$seconds" -v ms="$slice_ms" 'BEGIN {
		count = int(s * 1000 / ms)
		print (count > 0 ? count : 1)
	}')
}

# side SERIES: as bench_pair takes it.
side() {
	find_server "$1"
	speak "$server"
	echo "$port:$pid:$clients:$speaking:$tmp/$question.$size$queries"
}

# One round, see bench_pair.c.
measure_in_turn() { # FIRST SECOND
	slices "$2"
	"$bench/bench_pair" "$slice_count" "$slice_ms" "$warm_up_ms" \
	    "$(side "$1")" "$(side "$2")" >"$tmp/turns" ||
	    fail "bench_pair with $1 and $2"
	sed -n "s|^[a-z0-9_]* [0-9.]*$|$1/$2 &|p" "$tmp/turns" >>"$tmp/measures"
	grep , "$tmp/turns" >"$tmp/rows"
	sed -n 1,2p "$tmp/rows" | note_row "$1"
	sed -n 3,4p "$tmp/rows" | note_row "$2"
	check_answers "$1"
	check_answers "$2"
}

measure_pair() { # FIRST SECOND
	case $2 in
	slapd*) measure_apart "$1" "$2" ;;
	*) measure_in_turn "$1" "$2" ;;
	esac
}

# With their questions, before anybody is measured.
start_planned() {
	tr ' ' '\n' <"$tmp/pairs" | cat - "$tmp/series" |
	    sort -u >"$tmp/started"
	while read -r series; do
		split "$series"
		make_questions "$size"
		make_queries "$size"
		need_server "$series"
	done <"$tmp/started"
}

# Of servers that are many times slower, and of curves, a few rounds tell all;
# how fast a quick one is changes with where the scheduler has put it.
few_rounds=3

has_enough() { # SERIES
	case $1 in
	fork:* | inetd*:* | slapd*:*) test "$round" -gt "$few_rounds" ;;
	*) return 1 ;;
	esac
}

measure_round() {
	while read -r first second; do
		has_enough "$second" ||
		    measure_pair "$first" "$second" </dev/null
	done <"$tmp/pairs"
	test "$round" -le "$few_rounds" || return 0
	while read -r series; do
		measure_series "$series" </dev/null
	done <"$tmp/series"
}

measure_servers() {
	plan_pairs
	plan_pictures >"$tmp/series"
	start_planned
	test -s "$tmp/started" || return 0
	for round in $(seq "$rounds"); do
		say "servers, round $round of $rounds"
		measure_round
	done
	check_attached
}
