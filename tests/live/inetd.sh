# shellcheck shell=sh
# lib.sh, and whoisd under openbsd-inetd.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"

need_openbsd_inetd() {
	need inetd
	case $(inetd --version 2>&1 || true) in
	*inetutils*)
		echo "skipped: this inetd is not openbsd-inetd"
		exit 77
		;;
	esac
}

# inetd_answers QUESTION PATTERN
inetd_answers() {
	printf '%s\r\n' "$1" | timeout 5 nc -N 127.0.0.1 "$port" 2>/dev/null |
	    grep -q "$2"
}

# inetd takes no port 0: borrow a free one from a daemon of ours.
try_inetd() {
	start_whoisd -d "$tmp/people" -w 1
	stop_whoisd
	printf '127.0.0.1:%s stream tcp nowait %s %s whoisd -i -d %s %s\n' \
	    "$port" "$(id -un)" "$tools/whoisd" "$tmp/people" "$3" \
	    >"$tmp/inetd.conf"
	inetd -d -i -R 100000 "$tmp/inetd.conf" >"$tmp/log.inetd" 2>&1 &
	pid=$!
	started="$started $pid"
	soon inetd_answers "$1" "$2"
}

# start_inetd QUESTION PATTERN ARGUMENTS: inetd in the foreground, with a file of
# its own and one line, for a whoisd that serves $tmp/people and answers the
# question with such a line.  Sets pid and port.
start_inetd() {
	try_inetd "$@" || try_inetd "$@" || fail "inetd does not answer"
}
