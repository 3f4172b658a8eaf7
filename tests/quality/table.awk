# The table of tests/quality/measure, from the tallies of `ask` and what others
# found, and whether the goals are met.
#   awk -f table.awk tallies prefix trigram sub approx
# The others' files have lines KIND, TAB, 1 for found or 0.

BEGIN {
	FS = "\t"
	columns = split("prefix trigram sub approx", others, " ")
	goal["stored"] = goal["swapped"] = goal["accents"] = 0.999
	goal["icao"] = goal["joined"] = 0.999
	goal["nickname"] = goal["initial"] = 0.98
	goal["insert"] = goal["delete"] = goal["replace"] = 0.98
	goal["transpose"] = 0.98
	goal["two_in_word"] = goal["two_in_name"] = goal["sound"] = 0.90
	words = " stored swapped accents icao joined nickname punycode "
}

FILENAME == ARGV[1] {
	kinds[++count] = $1
	people[$1] = $2
	ranked[$1] = $2 - $7
	at_1[$1] = $3
	at_5[$1] = $4
	at_50[$1] = $5
	empty[$1] = $6
	crowded[$1] = $7
	exact[$1] = $8
	checked[$1] = $9
	wrong[$1] = $10
	next
}

{
	name = FILENAME
	sub(/.*\//, "", name)
	asked[name, $1]++
	found[name, $1] += $2
	if (asked[name, $1] > most)
		most = asked[name, $1]
}

function share(part, whole) {
	return whole > 0 ? sprintf("%.3f", part / whole) : "-"
}

function print_row(kind,    i) {
	printf "| %-11s | %6d | %5s | %5s | %5s | %5s | %7d | %5s | %9s |",
	    kind, people[kind], share(at_1[kind], ranked[kind]),
	    share(at_5[kind], ranked[kind]), share(at_50[kind], ranked[kind]),
	    share(empty[kind], people[kind]), crowded[kind],
	    share(exact[kind], crowded[kind]),
	    (checked[kind] > 0 ? (checked[kind] - wrong[kind]) "/" \
	    checked[kind] : "-")
	for (i = 1; i <= columns; i++)
		printf " %7s |", share(found[others[i], kind],
		    asked[others[i], kind])
	printf "\n"
}

function verdict(met, sentence) {
	printf "%s: %s\n", met ? "met   " : "MISSED", sentence
}

# Shares are compared as fractions, not as they are printed.
function print_goals(kind) {
	if (kind in goal && ranked[kind] > 0)
		verdict(at_50[kind] >= goal[kind] * ranked[kind],
		    sprintf("%s at 50: %d of %d, the goal is %.3f", kind,
		    at_50[kind], ranked[kind], goal[kind]))
	if (index(words, " " kind " ") > 0 && ranked[kind] > 0)
		verdict(at_5[kind] >= at_50[kind] - 0.03 * ranked[kind],
		    sprintf("%s at 5: %d of %d, the goal is 0.03 below" \
		    " at 50", kind, at_5[kind], ranked[kind]))
}

END {
	print "| kind        | people |    @1 |    @5 |   @50 | empty |" \
	    " crowded | exact |     right |  prefix | trigram |" \
	    "     sub |  approx |"
	print "|-------------|-------:|------:|------:|------:|------:|" \
	    "--------:|------:|----------:|--------:|--------:|" \
	    "--------:|--------:|"
	for (i = 1; i <= count; i++) {
		print_row(kinds[i])
		all_crowded += crowded[kinds[i]]
		all_exact += exact[kinds[i]]
		all_checked += checked[kinds[i]]
		all_wrong += wrong[kinds[i]]
	}
	print ""
	print (most > 0 ? "prefix, trigram: SQLite FTS5; sub, approx:" \
	    " OpenLDAP: found among the 50 they give,\nasked for the" \
	    " first " most " people of each kind who are not crowded." : \
	    "prefix, trigram, sub, approx: not asked.")
	print ""
	for (i = 1; i <= count; i++)
		print_goals(kinds[i])
	verdict(all_exact == all_crowded, sprintf("crowded: %d of %d have" \
	    " an exact count and a hint", all_exact, all_crowded))
	verdict(all_wrong == 0, sprintf("crowded: %d of %d counts are as" \
	    " counted by hand, %d not checked", all_checked - all_wrong,
	    all_checked, all_exact - all_checked))
}
