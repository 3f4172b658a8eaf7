# What each loader took, after lib.awk.
END {
	print "| loader | people | entries/s | processor µs for an entry |" \
	    " processors busy | anonymous memory |"
	print "|--------|-------:|----------:|--------------------------:|" \
	    "----------------:|-----------------:|"
	for (i = 1; i <= series_count; i++)
		if (has(series[i], "load_rate"))
			print_row(series[i])
}

function print_row(one,    part) {
	split(one, part, ":")
	printf "| %s | %s | %s | %.1f | %.2f | %s MB |\n", part[1],
	    with_commas(part[3]), with_commas(median(one, "load_rate")),
	    median(one, "load_cpu_us"), median(one, "processors"),
	    with_commas(median(one, "anonymous_mb"))
}
