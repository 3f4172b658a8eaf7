# What the tables of compare share: medians of a series' measure, and how values
# are written.  The first file is of measures, see lib.sh; `series` has those
# that are no ratios.
FILENAME == ARGV[1] {
	at = $1 " " $2
	values[at, ++counted[at]] = $3
	if (!($1 in known) && $1 !~ /\//) {
		known[$1]
		series[++series_count] = $1
	}
	next
}

function sort_values(at,    i, j, value) {
	for (i = 2; i <= counted[at]; i++) {
		value = values[at, i] + 0
		for (j = i - 1; j > 0 && values[at, j] + 0 > value; j--)
			values[at, j + 1] = values[at, j]
		values[at, j + 1] = value
	}
}

function has(one, measure) {
	return counted[one " " measure] > 0
}

# What so large a share of the values does not exceed; 0 when there are none.
function quantile(one, measure, share,    at) {
	at = one " " measure
	if (!counted[at])
		return 0
	sort_values(at)
	return values[at, int((counted[at] - 1) * share + 1)] + 0
}

function median(one, measure) {
	return quantile(one, measure, 0.5)
}

function with_commas(number,    text) {
	text = sprintf("%d", number + 0.5)
	while (match(text, /[0-9][0-9][0-9][0-9]($|,)/))
		text = substr(text, 1, RSTART) "," substr(text, RSTART + 1)
	return text
}

function write_value(measure, value) {
	if (measure ~ /rate$/ && value < 100)
		return sprintf("%.1f/s", value)
	if (measure ~ /rate$/)
		return with_commas(value) "/s"
	if (measure ~ /_cpu_us$|^search_us$/)
		return sprintf("%.1f µs", value)
	if (measure ~ /_us$/)
		return with_commas(value) " µs"
	if (measure ~ /_ms$/)
		return sprintf("%.1f ms", value)
	if (measure ~ /_mb$/)
		return with_commas(value) " MB"
	if (measure == "mallocs")
		return sprintf("%.4f", value)
	return sprintf("%.2f", value)
}
