# Which two series of servers the goals set side by side, after rows.awk.
FILENAME != ARGV[1] && is_row($0) && field[4] != "-" && \
    field[2] ~ /^(rate|p99_us|server_cpu_us)$/ {
	pair = field[3] " " field[4]
	if (!(pair in known_pairs))
		print pair
	known_pairs[pair]
}
