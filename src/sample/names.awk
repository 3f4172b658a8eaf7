# Turn the name lists of data/names into the tables of src/sample/names.h.
#
#   LC_ALL=C awk -f names.awk us-forenames.csv more-forenames.csv \
#       common-forenames-by-country.csv common-surnames-by-country.csv
#
# The lists hold no quoted fields.  Kept to POSIX awk: mawk is enough.

function begin_table(type, name) {
	end_table()
	printf "\nconst struct %s %s[] = {\n", type, name
	table = name
	rows = 0
}

function end_table() {
	if (table != "")
		printf "};\nconst unsigned %s_count = %d;\n", table, rows
	table = ""
}

# One spelling: no stress accents on Cyrillic, no dot above right, no
# non-breaking blanks, and only the first of several given with a slash.
function clean(text) {
	gsub(/\314\201|\315\230/, "", text)
	gsub(/\302\240/, " ", text)
	sub(/ *\/.*/, "", text)
	gsub(/["\\]/, "", text)
	return text
}

function add_local(country, rank, count, native, roman) {
	if (roman == "")
		return
	if (native == "")
		native = roman
	if (rank < 1)
		rank = 20 # some countries name their commonest in no order
	printf "\t{ \"%s\", %d, %d, \"%s\", \"%s\" },\n", country, rank,
	    count, clean(native), clean(roman)
	rows++
}

BEGIN {
	FS = ","
	print "/* Made by names.awk from data/names. */\n"
	print "#include \"sample/names.h\""
}

{ sub(/\r$/, "") }

FNR == 1 {
	file = FILENAME
	sub(/.*\//, "", file)
	if (file == "us-forenames.csv")
		begin_table("counted_name", "names_us")
	else if (file == "more-forenames.csv")
		begin_table("local_name", "names_first")
	else if (file == "common-surnames-by-country.csv")
		begin_table("local_name", "names_last")
	next
}

file == "us-forenames.csv" {
	printf "\t{ \"%s\", %d },\n", clean($1), $2
	rows++
}
file == "more-forenames.csv" { add_local($1, $2, 0, $3, $4) }
file == "common-forenames-by-country.csv" { add_local($1, $8, 0, $11, $12) }
file == "common-surnames-by-country.csv" { add_local($1, $2, $7, $5, $6) }

END { end_table() }
