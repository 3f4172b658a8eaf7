# Turn data/names/nicknames.csv into the table of src/text/nicknames.h.
#
#   LC_ALL=C awk -f nicknames.awk nicknames.csv
#
# A line is a name, "has_nickname" and its nickname; each counts both ways.
# Kept to POSIX awk: mawk is enough.

# Shell's sort: an awk without sorting is all that POSIX promises.
function sort(list, count,    gap, i, j, item) {
	for (gap = int(count / 2); gap > 0; gap = int(gap / 2))
		for (i = gap + 1; i <= count; i++) {
			item = list[i]
			for (j = i - gap; j > 0 && list[j] > item; j -= gap)
				list[j + gap] = list[j]
			list[j + gap] = item
		}
}

# A blank sorts before all letters, so that the pairs of a name stand together.
function add(name, relative) {
	if (!((name, relative) in known))
		pairs[++count] = name " " relative
	known[name, relative] = 1
}

BEGIN { FS = "," }

{ sub(/\r$/, "") }

# What has a full stop is not one word: k.c.
FNR > 1 && $1 != $3 && $1 ~ /^[a-z]+$/ && $3 ~ /^[a-z]+$/ {
	add($1, $3)
	add($3, $1)
}

END {
	sort(pairs, count)
	print "/* Made by nicknames.awk from data/names. */\n"
	print "#include \"text/nicknames.h\""
	print "\nconst struct span nickname_relatives[] = {"
	for (i = 1; i <= count; i++) {
		split(pairs[i], part, " ")
		printf "\tSPAN_LITERAL(\"%s\"),\n", part[2]
		if (part[1] != name)
			first[names[++total] = name = part[1]] = i - 1
	}
	print "};\n\nconst struct nickname nicknames[] = {"
	for (i = 1; i <= total; i++)
		printf "\t{ SPAN_LITERAL(\"%s\"), %d },\n", names[i],
		    first[names[i]]
	printf "\t{ SPAN_LITERAL(\"\"), %d },\n};\n", count
	printf "const unsigned nicknames_count = %d;\n", total
}
