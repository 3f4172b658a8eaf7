# Names as they stand become questions for sqlite3: every word, the best fifty.
# Each is followed by what it took.
BEGIN {
	FS = "[ ,.\"]+"
	print ".output /dev/null"
	print ".timer on"
}

{
	words = ""
	for (i = 1; i <= NF; i++)
		if ($i != "")
			words = words "\"" $i "\" "
	gsub(/'/, "''", words)
	print "SELECT * FROM people WHERE people MATCH 'full_name : (" words \
	    ")' ORDER BY rank LIMIT 50;"
}
