# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154  # compare and the other subjects have them
# Servers, each started when it is needed and then left until the end: where it
# listens and which process it is stands in $tmp/at.NAME.
#   bare        one thread accepts, reads, writes as many bytes as an answer of
#               whoisd has, and closes (bench_bare); bare-again is another one
#   net         the network part of whoisd with a fixed answer (bench_net)
#   whoisd      logs every question; another one for each number of clients
#               that are attached and say nothing
#   ph          the same process, asked by PH: a connection for each question;
#               ph-session keeps one, ph-N asks N questions ahead on it
#   fork        one process accepts and forks (bench_fork)
#   inetd       openbsd-inetd starts whoisd -i
#   inetd-text  openbsd-inetd starts bench_text
#   slapd       and slapd-kept, whose clients keep one connection

# name_of SERIES: of the server that it is about, in $tmp/at.*
name_of() {
	split "$1"
	case $server in
	bare*) echo "$server.$question" ;;
	slapd*) echo "slapd" ;;
	whoisd) echo "whoisd.$size.$silent" ;;
	ph*) echo "ph.$size" ;;
	*) echo "$server" ;;
	esac
}

# start_listener NAME COMMAND...: one that prints "listening ADDRESS:PORT".
start_listener() {
	name=$1
	shift
	: >"$tmp/log.$name"
	"$@" >>"$tmp/log.$name" 2>&1 &
	pid=$!
	started="$started $pid"
	soon listening_or_gone "$tmp/log.$name" "$pid" ||
	    fail "$*: no answer"
	has_listening "$tmp/log.$name" || fail "$* did not start"
	port=$(sed -n '/^listening /{s/.*://p;q;}' "$tmp/log.$name")
	echo "$port $pid" >"$tmp/at.$name"
}

# start_whoisd_with SIZE SILENT
start_whoisd_with() {
	make_directory "$1"
	# Those that say nothing are to stay as long as we measure.
	printf 'request_ms = 3600000\ntotal_ms = 0\n' >"$tmp/conf"
	start_whoisd -c "$tmp/conf" -d "$tmp/whoisctl.$1" \
	    -l whois:127.0.0.1:0 -l ph:127.0.0.1:0
	echo "$port $pid $log" >"$tmp/at.whoisd.$1.$2"
	if test "$2" -gt 0; then
		attach "$2"
		return 0
	fi
	port=$(sed -n 's/^listening ph .*://p' "$log")
	echo "$port $pid" >"$tmp/at.ph.$1"
}

# attach COUNT: clients that say nothing until the end, to the last whoisd.
# Once they are there whoisbench is stopped, and takes no time of others.
attach() {
	"$tools/whoisbench" -p "$port" -c 1 --rate 1 -t 86400 --idle "$1" \
	    help >"$tmp/log.attached" 2>&1 &
	crowd=$!
	started="$started $crowd"
	soon counted connections "$1" || soon counted connections "$1" ||
	    fail "not all of $1 are attached"
	kill -STOP "$crowd"
}

# times_told: how often the server has told its counters.
times_told() {
	grep -c ' connections  *[0-9][0-9]*  # ' "$log" || true
}

has_told_since() { # TIMES
	test "$(times_told)" -gt "$1"
}

# All of them still are: what was told when they came does not say so.
check_attached() {
	for at in "$tmp"/at.whoisd.*; do
		silent=${at##*.}
		test "$silent" -eq 0 && continue
		read -r port pid log <"$at"
		told=$(times_told)
		kill -USR1 "$pid"
		soon has_told_since "$told" ||
		    fail "whoisd does not tell its counters"
		counted connections "$silent" ||
		    fail "some of $silent have not stayed attached"
	done
}

# answer_bytes QUESTION: how long whoisd's answers are on average.
answer_bytes() {
	read -r port pid _ <"$tmp/at.whoisd.$people.0"
	"$tools/whoisbench" -p "$port" -c 8 -n 2000 -q "$tmp/$1.$people" \
	    --csv 2>/dev/null | awk -F , '
	NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i }
	NR == 2 { printf "%d\n", $column["bytes"] / $column["answered"] }'
}

start_bare() { # NAME QUESTION
	need_server "whoisd:$2:$people:0:0"
	make_questions "$people"
	start_listener "$1" "$bench/bench_bare" "$(answer_bytes "$2")"
}

# inetd takes no port 0: borrow a free one from a server of ours.
free_port() {
	start_listener borrowed "$bench/bench_bare"
	kill "$pid"
	wait "$pid" 2>/dev/null || true
}

inetd_answers() { # FILE OF QUESTIONS
	test "$("$tools/whois" -h 127.0.0.1 -p "$port" \
	    "$(head -n 1 "$1")" 2>/dev/null | wc -c)" -gt 100
}

# start_inetd NAME PROGRAM WORD...: unless told otherwise, inetd starts no more
# than 256 in a minute.
start_inetd() {
	make_questions "$people"
	free_port
	name=$1 program=$2
	shift 2
	printf '127.0.0.1:%s stream tcp nowait.1000000 %s %s %s\n' \
	    "$port" "$(id -un)" "$program" "$*" >"$tmp/$name.conf"
	inetd -i "$tmp/$name.conf" >"$tmp/log.$name" 2>&1 &
	pid=$!
	started="$started $pid"
	soon inetd_answers "$tmp/key.$people" || fail "inetd does not answer"
	echo "$port $pid" >"$tmp/at.$name"
}

slapd_answers() {
	"$bench/bench_ldap" "ldap://127.0.0.1:$port" dc=example 1 0.01 \
	    "$tmp/key.$slapd_people.ldap" >/dev/null 2>&1
}

# With a level of debugging, even none, it stays in the foreground.
start_slapd() {
	make_slapd "$slapd_people"
	make_filters "$slapd_people"
	free_port
	slapd -f "$tmp/slapd.$slapd_people.conf" -d 0 \
	    -h "ldap://127.0.0.1:$port" 2>"$tmp/log.slapd" &
	pid=$!
	started="$started $pid"
	soon slapd_answers || fail "slapd does not answer"
	echo "$port $pid" >"$tmp/at.slapd"
}

# need_server SERIES
need_server() {
	name=$(name_of "$1")
	test ! -s "$tmp/at.$name" || return 0
	split "$1"
	say "starting $server"
	case $server in
	bare*) start_bare "$name" "$question" ;;
	net) start_listener net "$bench/bench_net" ;;
	whoisd) start_whoisd_with "$size" "$silent" ;;
	ph*) need_server "whoisd:key:$size:0:0" ;;
	fork)
		make_directory "$people"
		start_listener fork "$bench/bench_fork" "$tmp/whoisctl.$people"
		;;
	inetd)
		make_directory "$people"
		start_inetd inetd "$whoisd" whoisd -i \
		    -d "$tmp/whoisctl.$people"
		;;
	inetd-text)
		start_inetd inetd-text "$bench/bench_text" bench_text \
		    "$tmp/people.$people.csv"
		;;
	slapd*) start_slapd ;;
	esac
}
