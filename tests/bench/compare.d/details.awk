# What stands behind the ratios of servers, after lib.awk.  Of the series that
# are measured for the pictures only, few are shown; people is the usual number.
END {
	print "| server | question | people | clients | idle | answers/s |" \
	    " p50 µs | p99 µs | server µs | of it kernel | load µs |" \
	    " waits for the load | lost |"
	print "|--------|----------|-------:|--------:|-----:|----------:|" \
	    "-------:|-------:|----------:|-------------:|--------:|" \
	    "--------------------|-----:|"
	for (i = 1; i <= series_count; i++)
		if (has(series[i], "rate") && is_shown(series[i]))
			print_row(series[i])
}

function is_shown(one,    part) {
	split(one, part, ":")
	if (part[1] !~ /^slapd/ && part[3] < people + 0)
		return 0
	if (part[5] > 0 && part[5] != idle)
		return 0
	return part[4] == 64 || part[1] == "inetd-text" || \
	    (part[1] ~ /^(bare|whoisd)$/ && (part[4] == 8 || part[4] == 512))
}

function cell(one, measure, format) {
	return has(one, measure) ? sprintf(format, median(one, measure)) : ""
}

# The clock that tells user and kernel apart ticks a hundred times a second, so
# it only gives their shares.
function kernel_us(one,    user, kernel) {
	user = median(one, "server_user_us")
	kernel = median(one, "server_system_us")
	if (user + kernel == 0)
		return ""
	return sprintf("%.1f",
	    median(one, "server_cpu_us") * kernel / (user + kernel))
}

# Whether the load generator could do no more in most rounds.
function waits(one,    at, yes) {
	at = one " bottleneck"
	for (yes = j = 0; ++j <= counted[at];)
		yes += values[at, j] == "true" || values[at, j] == 1
	return yes * 2 > counted[at] ? "yes" : ""
}

function print_row(one,    part, load_waits) {
	split(one, part, ":")
	load_waits = waits(one)
	printf "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n",
	    part[1], part[2], with_commas(part[3]), part[4],
	    with_commas(part[5]), with_commas(median(one, "rate")),
	    with_commas(median(one, "p50_us")),
	    with_commas(median(one, "p99_us")),
	    cell(one, "server_cpu_us", "%.1f"),
	    kernel_us(one),
	    cell(one, "own_cpu_us", "%.1f"), load_waits,
	    cell(one, "errors", "%d")
}
