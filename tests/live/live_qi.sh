#!/bin/sh
# A session that was once held with UIUC's qi (qi/session.txt), held again on a
# directory of the same people.  What is answered differently is listed, with
# the reason, in qi/differences.txt; anything else that differs is a failure.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need awk
qi=$live/qi

# The people that the session asks for: one of the name, and many called Smith.
awk 'BEGIN {
	print "alias,name,email,phone,address,department,title,type"
	print "u000123,rotari joseph,u000123@example.org,333-0123,\"100 main" \
	    " st\nCAMPUS MC 1\",physics,staff,person"
	for (i = 10200; i < 10240; i++)
		printf "u%06d,smith p%d,u%06d@example.org,,,music,,person\n",
		    i, i, i
}' >"$tmp/people.csv"
load "$tmp/people" -s "$qi/schema" "$tmp/people.csv"

sed -n 's/^C: //p' "$qi/session.txt" |
    "$whoisd" -i --test -d "$tmp/people" -l ph | tr -d '\r' |
    sed 's/whoisd [0-9][^ ,]*/whoisd VERSION/' >"$tmp/answers"
sed '/^C: /d;/^\[/d' "$qi/session.txt" >"$tmp/qi"
sed -n '/^C: /p' "$qi/session.txt" >"$tmp/commands"

# Both answers to each command: the lines up to one with a code of 200 or more.
# What is in a topic of help is each server's own.
awk -v commands="$tmp/commands" -v qi="$tmp/qi" -v ours="$tmp/answers" '
function reply(file,   line, text) {
	while ((getline line <file) > 0) {
		text = text line "\n"
		if (line ~ /^[2-9][0-9][0-9]:/)
			break
	}
	return text
}
BEGIN {
	while ((getline command <commands) > 0) {
		theirs = reply(qi)
		mine = reply(ours)
		if (command ~ /^C: help ./) {
			gsub(/-200:[^\n]*\n/, "", theirs)
			gsub(/-200:[^\n]*\n/, "", mine)
		}
		if (theirs == mine)
			continue
		gsub(/\n/, "\n- ", theirs)
		gsub(/\n/, "\n+ ", mine)
		print command
		print "- " substr(theirs, 1, length(theirs) - 3)
		print "+ " substr(mine, 1, length(mine) - 3)
	}
	if ((getline line <ours) > 0)
		print "left over: " line
}' >"$tmp/differences"

grep -v '^#' "$qi/differences.txt" | sed '/^$/d' >"$tmp/expected"
expect "the differences from qi" "$tmp/differences" "$tmp/expected"
# Each has its reason, in lines before it.
awk '/^C: / && last !~ /^#/ { print "no reason for " $0; bad = 1 }
    { last = $0 } END { exit bad }' "$qi/differences.txt" ||
    fail "a difference is not explained"
echo "ok: $(grep -c '' "$tmp/commands") commands," \
    "$(grep -c '^C: ' "$tmp/expected") answered differently"
