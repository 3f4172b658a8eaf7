#!/bin/sh
# Every example in the help finds somebody, or helps: all that `help` and its
# topics show is asked, of a directory that holds the people of the examples
# (help.csv) among many others.
#
# An example stands behind four blanks and before two; its explanation may end
# with "also" and further ones, parted by commas.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need nc timeout awk

"$tools/whoisctl" sample 20000 >"$tmp/sample.csv"
load "$tmp/people" "$live/help.csv" "$tmp/sample.csv"
start_whoisd -d "$tmp/people" -w 2

# say QUESTION: its answer, in $tmp/answer.
say() {
	printf '%s\r\n' "$1" | send | tr -d '\r' >"$tmp/answer" ||
	    fail "$1: no answer"
}

# examples: those of the help in $tmp/answer, one a line.
examples() {
	awk '
	/^    [^ ]/ {
		line = substr($0, 5)
		if (!match(line, /   */)) {
			print "no two blanks behind an example: " line
			exit 1
		}
		print substr(line, 1, RSTART - 1)
		line = substr(line, RSTART + RLENGTH)
		if (match(line, /(^|[;,] )also /)) {
			line = substr(line, RSTART + RLENGTH)
			gsub(/, /, "\n", line)
			print line
		}
	}' "$tmp/answer"
}

# helps: the answer is a text of the help.
helps() {
	! grep -q '^There were \|^%' "$tmp/answer" && test -s "$tmp/answer"
}

# finds: the answer has somebody.
finds() {
	sed -n 1p "$tmp/answer" | grep -q '^There were .*[1-9].* matches '
}

# --- what is shown
say help
helps || fail "help does not help"
examples >"$tmp/examples" || fail "$(tail -n 1 "$tmp/examples")"
test -s "$tmp/examples" || fail "help shows no examples"
sed -n 's/^Topics are \(.*\)\.$/\1/p' "$tmp/answer" | tr -d ' ' |
    tr ',' '\n' >"$tmp/topics"
test -s "$tmp/topics" || fail "help shows no topics"
while read -r topic; do
	say "help $topic"
	helps || fail "help $topic does not help"
	examples >>"$tmp/examples" || fail "$(tail -n 1 "$tmp/examples")"
done <"$tmp/topics"

# --- does what it says
bad=0
count=0
LC_ALL=C sort -u "$tmp/examples" >"$tmp/questions"
while read -r question; do
	say "$question"
	count=$((count + 1))
	case $question in
	help | 'help '* | '?' | '? '*) helps && continue ;;
	*) finds && continue ;;
	esac
	echo "the example of the help: $question"
	sed 's/^/    /' "$tmp/answer"
	bad=$((bad + 1))
done <"$tmp/questions"
test "$bad" = 0 || fail "$bad of $count examples"
stop_whoisd
echo "ok: $count examples"
