# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154  # compare and the other subjects have them
# What comes out: tables, and with --out files.

write_csv() {
	awk 'BEGIN { print "server,question,people,clients,idle,beside," \
	    "measure,round,value" }
	{
		split($1, series, "/")
		gsub(/:/, ",", series[1])
		print series[1] "," series[2] "," $2 "," ++round[$1, $2] "," $3
	}' "$tmp/measures"
}

# version_of TOOL COMMAND...: its first number with dots in it.
version_of() {
	name=$1
	shift
	command -v "$1" >/dev/null 2>&1 || return 0
	printf ', %s %s' "$name" \
	    "$("$@" 2>&1 | grep -o '[0-9][0-9]*\.[0-9.]*' | head -n 1)"
}

minutes_since() { # SECONDS, as `date +%s` has them
	past=$(($(date +%s) - $1))
	echo "$((past / 60)) min $((past % 60)) s"
}

write_machine() {
	printf '%s processors, %s, %s, Linux %s' "$(nproc)" \
	    "$(sed -n 's/^model name[^:]*: //p;' /proc/cpuinfo | head -n 1)" \
	    "$(awk '/^MemTotal/ { printf "%d GB", $2 / 1048576 + 0.5 }' \
	        /proc/meminfo)" "$(uname -r)"
	version_of gcc gcc -dumpfullversion
	version_of SQLite sqlite3 --version
	version_of slapd slapd -VV
	printf '; %s, when the average load was %s.\n' "$(date -u +%F)" \
	    "$(cat "$tmp/load-before")"
	echo "$people people, slapd has $slapd_people; $rounds rounds of" \
	    "$seconds s for each server, $loads of each load; all in" \
	    "$(minutes_since "$began")."
}

write_details() {
	awk -f "$subjects/lib.awk" -f "$subjects/details.awk" \
	    -v people="$people" -v idle="$idle" "$tmp/measures"
}

write_loads() {
	awk -f "$subjects/lib.awk" -f "$subjects/loads.awk" "$tmp/measures"
}

# Pictures need the whole of what they show.
write_pictures() {
	wanted pictures && test -z "$quick" || return 0
	has gnuplot gnuplot-nox "the pictures" || return 0
	draw_pictures
}

# More than its head.
has_rows() {
	test "$(wc -l <"$1")" -gt 2
}

report() {
	files=${out:-$tmp/out}
	mkdir -p "$files"
	write_csv >"$files/measures.csv"
	write_machine >"$files/machine.md"
	# shellcheck disable=SC2046  # several
	read_goals goals.awk $(echo " $parts " | sed 's/ ph / /') \
	    >"$files/goals.md"
	read_goals goals.awk "$(wanted ph && echo ph)" >"$files/sessions.md"
	write_details >"$files/details.md"
	write_loads >"$files/loads.md"
	if test -n "$out"; then
		write_pictures
	fi
	cat "$files/machine.md"
	for table in goals sessions details loads; do
		if has_rows "$files/$table.md"; then
			echo
			cat "$files/$table.md"
		else
			rm "$files/$table.md"
		fi
	done
	echo
	sed 's/^/Left out: /' "$tmp/left-out"
}
