# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154  # compare and the other subjects have them
# Rates, latencies and processor time of servers.  All that the wanted parts
# need is planned first, and then measured in turn, round by round; what is
# compared should not be far apart, on a machine that has other things to do.
: >"$tmp/plan"

# plan SERIES...
plan() {
	for one in "$@"; do
		grep -qxF "$one" "$tmp/plan" || echo "$one" >>"$tmp/plan"
	done
}

plan_keys() {
	for clients in 8 64 512; do
		plan "bare:key:$people:$clients:0" "whoisd:key:$people:$clients:0"
	done
	plan "net:key:$people:64:0"
	test -z "$huge" || plan "whoisd:key:$huge:64:0"
}

plan_names() {
	for clients in 8 64 512; do
		plan "bare:name:$people:$clients:0" \
		    "whoisd:name:$people:$clients:0"
	done
}

has_openbsd_inetd() {
	has inetd openbsd-inetd "whoisd -i under inetd" || return 1
	case $(inetd --version 2>&1 || true) in
	*inetutils*)
		leave_out "whoisd -i under inetd" "this is not openbsd-inetd"
		return 1
		;;
	esac
}

# Those who read text wait for seconds when there are many.
plan_forks() {
	plan "whoisd:key:$people:64:0" "fork:key:$people:64:0"
	has_openbsd_inetd || return 0
	plan "inetd:key:$people:64:0" "whoisd:key:$people:8:0" \
	    "inetd-text:key:$people:8:0"
}

has_slapd() {
	has slapd slapd "slapd" || return 1
	test -x "$bench/bench_ldap" || {
		leave_out "slapd" "there is no bench_ldap; on Debian: apt-get \
install libldap-dev, configure and make bench-programs"
		return 1
	}
}

plan_ldap() {
	has_slapd || return 0
	plan "whoisd:key:$people:64:0" "whoisd:name:$people:64:0"
	for one in slapd slapd-kept; do
		plan "$one:key:$slapd_people:64:0" \
		    "$one:name:$slapd_people:64:0"
	done
}

plan_idle() {
	plan "whoisd:key:$people:64:0" "whoisd:key:$people:64:$idle"
}

plan_ph() {
	make_queries "$people"
	plan "whoisd:key:$people:64:0"
	for one in ph ph-session ph-8 ph-64; do
		plan "$one:key:$people:64:0"
	done
}

plan_pictures() {
	test -z "$quick" || return 0
	for clients in 1 2 4 8 16 32 64 128 256 512; do
		plan "bare:key:$people:$clients:0" "whoisd:key:$people:$clients:0" \
		    "whoisd:name:$people:$clients:0" "fork:key:$people:$clients:0"
		if has_slapd; then
			plan "slapd:key:$slapd_people:$clients:0"
		fi
		if has_openbsd_inetd; then
			plan "inetd:key:$people:$clients:0"
		fi
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

# speak SERVER: sets speaking, the options for what it is, and queries, the
# ending of the files of its questions.
speak() {
	speaking='' queries=.ph
	case $1 in
	ph) speaking="--protocol ph" ;;
	ph-session) speaking="--protocol ph --session 0" ;;
	ph-*) speaking="--protocol ph --pipeline ${1#ph-}" ;;
	*) queries='' ;;
	esac
}

is_ours() { # SERVER
	case $1 in
	whoisd | ph*) return 0 ;;
	*) return 1 ;;
	esac
}

# Of others than whoisd answers may be lost: the table says how many.  Those who
# say nothing are let in a second after they came, and that is not measured.
ask_whois() { # SERIES
	status=0 settling=''
	test "$silent" -eq 0 || settling="--idle $silent --warm-up 3"
	speak "$server"
	# shellcheck disable=SC2086  # options, or none
	"$tools/whoisbench" -p "$port" --pid "$pid" -c "$clients" $speaking \
	    -t "$seconds" -q "$tmp/$question.$size$queries" $settling --csv \
	    >"$tmp/row" 2>"$tmp/log.whoisbench" || status=$?
	note_row "$1" <"$tmp/row"
	if test "$status" -gt 1 || {
	    test "$status" -ne 0 && is_ours "$server"; }; then
		cat "$tmp/row"
		fail "whoisbench against $1"
	fi
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

# measure SERIES: once.
measure() {
	read -r port pid <"$tmp/at.$(name_of "$1")"
	split "$1"
	warm
	case $server in
	slapd*) ask_slapd "$1" ;;
	*) ask_whois "$1" ;;
	esac
}

# start_planned: everything, and ask it once: maps and caches are warm then.
start_planned() {
	while read -r series; do
		split "$series"
		make_questions "$size"
		need_server "$series"
	done <"$tmp/plan"
}

measure_servers() {
	for part in keys idle forks names ldap ph pictures; do
		if wanted "$part"; then
			"plan_$part"
		fi
	done
	test -s "$tmp/plan" || return 0
	start_planned
	for round in $(seq "$rounds"); do
		say "servers, round $round of $rounds"
		while read -r series; do
			measure "$series" </dev/null
		done <"$tmp/plan"
	done
}
