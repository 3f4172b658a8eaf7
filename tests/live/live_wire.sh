#!/bin/sh
# What Debian's whois sends for what a person types, row by row of
# tests/query/whois-wire.tsv: the real client sends what the table says, and
# finds what the person meant (wire.txt).
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need whois locale paste
case $(whois --version 2>&1 || true) in
*md+whois@linux.it*) ;;
*)
	echo "skipped: this whois is not Marco d'Itri's"
	exit 77
	;;
esac
unset WHOIS_HIDE WHOIS_OPTIONS WHOIS_SERVER
LC_ALL=C.UTF-8
export LC_ALL
if test "$(locale charmap 2>/dev/null)" != UTF-8; then
	echo "skipped: there is no locale C.UTF-8 here"
	exit 77
fi
table=$top_srcdir/tests/query/whois-wire.tsv
tab=$(printf '\t')

# rows FILE: without its remarks.
rows() {
	grep -v '^#' "$1"
}

# type_to PORT TYPED: one argument, but for options of the client.
type_to() {
	case $2 in
	-*)
		# shellcheck disable=SC2086 # the words of the row
		set -- "$1" $2
		;;
	esac
	to=$1
	shift
	timeout 20 whois -h 127.0.0.1 -p "$to" "$@" </dev/null 2>&1 |
	    tr -d '\r'
}

# found FILE: the Index Keys of an answer, or what wire.txt has in their place.
found() {
	sed -n 's/^.*\[\([^]]*\)\]$/\1/p
	    s/^ *Index Key: //p
	    s/^There were 0 matches .*/none/p
	    s/^Topics are .*/help/p' "$1" | in_order
}

# in_order: lines become one, sorted.
in_order() {
	sort | paste -s -d ' ' -
}

# --- no row without an expectation, and none without a row
rows "$table" | cut -f 1 >"$tmp/typed"
rows "$live/wire.txt" | cut -f 1 >"$tmp/expected"
expect "wire.txt has not the rows of whois-wire.tsv" "$tmp/expected" \
    "$tmp/typed"
test -s "$tmp/typed" || fail "no rows"
bad=0

# --- what is found
load "$tmp/handles" "$live/wire.csv" "$live/wire-handles.csv"
start_whoisd -d "$tmp/handles" -w 2
handles=$port
load "$tmp/people" "$live/wire.csv"
start_whoisd -d "$tmp/people" -w 2
rows "$live/wire.txt" >"$tmp/rows"
while IFS=$tab read -r typed wanted; do
	case $typed in
	!* | *@*) type_to "$handles" "$typed" >"$tmp/answer" ;;
	*) type_to "$port" "$typed" >"$tmp/answer" ;;
	esac
	wanted=$(echo "$wanted" | tr ' ' '\n' | in_order)
	got=$(found "$tmp/answer")
	if test "$got" != "$wanted"; then
		echo "typed: $typed; found: $got; not: $wanted"
		bad=$((bad + 1))
	fi
done <"$tmp/rows"
test "$bad" = 0 || fail "$bad rows do not find what was meant"
stop_whoisd

# --- what is sent: other versions may rewrite otherwise
version=$(whois --version | sed -n '1s/^Version \([0-9.]*[0-9]\).*/\1/p')
: >"$tmp/sent"
"$client" record >"$tmp/sent" &
started="$started $!"
soon grep -q '^port ' "$tmp/sent" || fail "the recorder does not listen"
port=$(sed -n '1s/^port //p' "$tmp/sent")
count=1
rows "$table" | cut -f 1,2 >"$tmp/rows"
while IFS=$tab read -r typed wire; do
	type_to "$port" "$typed" >"$tmp/answer" || true
	count=$((count + 1))
	test "$(wc -l <"$tmp/sent")" = "$count" || {
		cat "$tmp/answer"
		fail "typed: $typed; nothing came, or more than a line"
	}
	wire=$wire'\x0d\x0a'
	got=$(tail -n 1 "$tmp/sent")
	if test "$got" != "$wire"; then
		printf '%s\n' \
		    "whois $version, typed: $typed; sent: $got; not: $wire"
		bad=$((bad + 1))
	fi
done <"$tmp/rows"
if test "$bad" -gt 0 && test "$version" = 5.5.17; then
	fail "$bad rows are not what this client sends"
fi
echo "ok"
