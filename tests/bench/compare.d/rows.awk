# The rows of goals that are about the wanted `parts`, after lib.awk.  Numbers
# for the names in them come as variables: people, slapd, huge, idle, small,
# memory.  Without a huge one, its rows are left out.

# Whether the line is such a row; sets field[].
function is_row(line) {
	if (line ~ /^#/ || line !~ /\t/ || (huge == "" && line ~ /\$huge/))
		return 0
	split(fill_in(line), field, "\t")
	return index(" " parts " ", " " field[1] " ") != 0
}

function fill_in(text) {
	gsub(/\$people/, people, text)
	gsub(/\$slapd/, slapd, text)
	gsub(/\$huge/, huge, text)
	gsub(/\$idle/, idle, text)
	gsub(/\$small/, small, text)
	gsub(/\$memory/, memory, text)
	return text
}
