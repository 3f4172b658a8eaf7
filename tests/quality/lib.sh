# shellcheck shell=sh
# shellcheck disable=SC2154  # tests/live/lib.sh sets tmp, port, top_builddir
# What measure and check_quality.sh share; sourced behind tests/live/lib.sh.

quality=$top_builddir/tests/quality

has_debian_whois() {
	case $(whois --version 2>&1 || true) in
	*md+whois@linux.it*) ;;
	*) return 1 ;;
	esac
}

# write_lines CSV COUNT: $tmp/lines, what is typed, COUNT people of each kind.
write_lines() {
	"$quality/vary" "$1" "$2" >"$tmp/lines"
	has_debian_whois && return
	echo "The kind punycode is left out: Debian's whois is not here."
	grep -v '^punycode' "$tmp/lines" >"$tmp/others"
	mv "$tmp/others" "$tmp/lines"
}

# ask_whoisd CSV DIRECTORY: $tmp/tallies, a line for each kind, and
# $tmp/notes, the questions that went wrong or were crowded.
ask_whoisd() {
	printf 'log_queries = false\n' >"$tmp/fifty.conf"
	printf 'log_queries = false\nshown_max = 1000\n' >"$tmp/wide.conf"
	start_whoisd -c "$tmp/wide.conf" -d "$2" -w 1
	wide=$port
	start_whoisd -c "$tmp/fifty.conf" -d "$2" -w 2
	"$quality/ask" 127.0.0.1 "$port" "$wide" "$1" "$tmp/notes" \
	    <"$tmp/lines" >"$tmp/tallies" || fail "ask"
	stop_whoisd
}
