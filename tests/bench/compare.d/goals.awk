# The table of goals, after rows.awk: what each row says, and whether it is met.
BEGIN {
	print "| what | whoisd | beside | ratio | half of them | goal | |"
	print "|------|-------:|-------:|------:|-------------:|-----:|---|"
}

# 1000000 as 1,000,000, where a number stands alone in a sentence.
function readable(text,    before, start, count) {
	while (match(text, /[0-9][0-9][0-9][0-9]+/)) {
		start = RSTART
		count = RLENGTH
		before = before substr(text, 1, start - 1) \
		    with_commas(substr(text, start, count))
		text = substr(text, start + count)
	}
	return before text
}

function is_met(value, sign, goal) {
	return sign == ">=" ? value >= goal : value <= goal
}

function write_ratio(ratio) {
	return sprintf(ratio < 10 ? "%.2f" : "%.0f", ratio)
}

# Of what was measured in turn the ratios of all turns, else of the medians.
function ratio_of(first, second, measure,    pair) {
	pair = first "/" second
	if (has(pair, measure))
		return median(pair, measure)
	return median(first, measure) / median(second, measure)
}

# Between which two the middle half of the ratios is.
function spread_of(first, second, measure,    pair) {
	pair = first "/" second
	if (!has(pair, measure))
		return ""
	return write_ratio(quantile(pair, measure, 0.25)) "–" \
	    write_ratio(quantile(pair, measure, 0.75))
}

FILENAME != ARGV[1] && is_row($0) {
	goal = field[6] == "" ? "" : (field[5] == ">=" ? "≥ " : "≤ ") \
	    readable(field[6])
	measure = field[2]
	first = field[3]
	second = field[4]
	alone = second == "-"
	if (!has(first, measure) || (!alone && !median(second, measure))) {
		printf "| %s | | | | | %s | not measured |\n",
		    readable(field[7]), goal
		next
	}
	value = median(first, measure)
	shown = write_value(measure, value)
	beside = ratio = spread = ""
	if (!alone) {
		beside = write_value(measure, median(second, measure))
		value = ratio_of(first, second, measure)
		ratio = write_ratio(value)
		spread = spread_of(first, second, measure)
	}
	verdict = goal == "" ? "" : \
	    is_met(value, field[5], field[6] + 0) ? "met" : "missed"
	printf "| %s | %s | %s | %s | %s | %s | %s |\n", readable(field[7]),
	    shown, beside, ratio, spread, goal, verdict
}
