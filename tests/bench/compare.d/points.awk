# The points of one curve, after lib.awk: x and the median of `measure`, over
# 1,000.  Of the series of `server` and `question` those that differ only in
# `along`, which is people, clients or idle; the others are as in `usual`,
# PEOPLE:CLIENTS:IDLE.  Along percentile it is the one series, and how long 50,
# 90, 99, 99.9 and all of a hundred answers took.
BEGIN {
	split("people clients idle", name, " ")
	for (i = 1; i <= 3; i++)
		if (name[i] == along)
			varies = i
	split("p50_us p90_us p99_us p999_us max_us", percentile, " ")
	split("50 90 99 99.9 100", label, " ")
	split(usual, want, ":")
}

END {
	for (i = 1; i <= series_count; i++)
		if (along == "percentile")
			print_percentiles(series[i])
		else if (has(series[i], measure))
			print_point(series[i])
}

function is_part(one, part,    i) {
	split(one, part, ":")
	if (part[1] != server || part[2] != question)
		return 0
	for (i = 1; i <= 3; i++)
		if (i != varies && part[i + 2] != want[i])
			return 0
	return 1
}

function print_percentiles(one,    part, i) {
	if (!is_part(one, part))
		return
	for (i = 1; i <= 5; i++)
		if (has(one, percentile[i]))
			print i, median(one, percentile[i]) / 1000, label[i]
}

function print_point(one,    part) {
	if (is_part(one, part))
		print part[varies + 2], median(one, measure) / 1000 | "sort -n"
}
