#!/bin/sh
# People are found by names that are typed another way than they are stored: a
# small version of tests/quality/measure, the same at every run.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
# shellcheck source=tests/quality/lib.sh
. "$top_srcdir/tests/quality/lib.sh"

"$tools/whoisctl" sample 20000 --seed 1 >"$tmp/people.csv"
load "$tmp/directory" "$tmp/people.csv"
write_lines "$tmp/people.csv" 50
ask_whoisd "$tmp/people.csv" "$tmp/directory"

# By columns: kind, people, found at 1, 5, 50, empty, crowded, exact, checked,
# wrong.  With 50 people of a kind, 0.99 is all of them.
awk -F '\t' '
BEGIN {
	least["stored"] = least["swapped"] = least["accents"] = 0.99
	least["icao"] = least["joined"] = 0.99
	least["nickname"] = least["initial"] = 0.95
	least["insert"] = least["delete"] = least["replace"] = 0.95
	least["transpose"] = 0.95
	least["sound"] = 0.85
}
$5 < least[$1] * ($2 - $7) {
	printf "%s: %d of %d found, not %.2f\n", $1, $5, $2 - $7, least[$1]
	failed = 1
}
$8 < $7 || $10 > 0 {
	printf "%s: %d crowded, %d exact, %d wrong\n", $1, $7, $8, $10
	failed = 1
}
END {
	exit failed
}' "$tmp/tallies" || {
	echo "kind, what, stored, asked, matches, remark:"
	grep -v '	crowded	' "$tmp/notes"
	fail "people are not found"
}
echo "ok"
