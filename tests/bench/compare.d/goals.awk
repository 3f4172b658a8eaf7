# The table of goals of the wanted `parts`, after lib.awk.  The second file is
# of goals; numbers for its names come as variables: people, slapd, huge, idle,
# small, memory.  Without a huge one, its rows are left out.
BEGIN {
	print "| what | whoisd | beside | ratio | goal | |"
	print "|------|-------:|-------:|------:|-----:|---|"
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

/^#/ || !/\t/ || (huge == "" && /\$huge/) || \
    index(" " parts " ", " " substr($0, 1, index($0, "\t") - 1) " ") == 0 {
	next
}

{
	split(fill_in($0), field, "\t")
	goal = field[6] == "" ? "" : (field[5] == ">=" ? "≥ " : "≤ ") \
	    readable(field[6])
	measure = field[2]
	first = field[3]
	second = field[4]
	alone = second == "-"
	if (!has(first, measure) || (!alone && !median(second, measure))) {
		printf "| %s | | | | %s | not measured |\n",
		    readable(field[7]), goal
		next
	}
	value = median(first, measure)
	shown = write_value(measure, value)
	beside = ratio = alone ? "" : write_value(measure,
	    median(second, measure))
	if (!alone) {
		value /= median(second, measure)
		ratio = sprintf(value < 10 ? "%.2f" : "%.0f", value)
	}
	verdict = goal == "" ? "" : \
	    is_met(value, field[5], field[6] + 0) ? "met" : "missed"
	printf "| %s | %s | %s | %s | %s | %s |\n", readable(field[7]),
	    shown, beside, ratio, goal, verdict
}
