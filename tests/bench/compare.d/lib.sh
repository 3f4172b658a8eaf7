# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154  # compare and the other subjects have them
# What the subjects of compare share: which parts are wanted, and measurements.
#
# What is measured is a series, SERVER:QUESTION:PEOPLE:CLIENTS:IDLE; what does
# not apply is 0.  $tmp/measures has a line "SERIES MEASURE VALUE" for every
# single measurement, in the order in which they were taken; of two that were
# measured in turn, SERIES/SERIES, the value is their ratio.
: >"$tmp/measures"
: >"$tmp/left-out"

# wanted PART...: one of them is to be measured.
wanted() {
	for one in "$@"; do
		case " $parts " in
		*" $one "*) return 0 ;;
		esac
	done
	return 1
}

# say SENTENCE: how far we are, beside the tables on standard output.
say() {
	echo "$(date +%T) $*" >&2
}

# leave_out WHAT WHY: once.
leave_out() {
	grep -qxF "$1: $2" "$tmp/left-out" || {
		echo "$1: $2" >>"$tmp/left-out"
		say "left out: $1: $2"
	}
}

# has TOOL PACKAGE WHAT: or WHAT is left out.
has() {
	command -v "$1" >/dev/null 2>&1 || {
		leave_out "$3" "there is no $1; on Debian: apt-get install $2"
		return 1
	}
}

# split SERIES: sets server, question, size, clients and silent.
split() {
	IFS=: read -r server question size clients silent <<-END
		$1
	END
}

# note SERIES MEASURE VALUE
note() {
	echo "$1 $2 $3" >>"$tmp/measures"
}

# note_row SERIES: from CSV on standard input, names in the first line and
# values in the second.
note_row() {
	awk -v series="$1" -F , '
	NR == 1 { split($0, name) }
	NR == 2 { for (i = 1; i <= NF; i++) print series, name[i], $i }' \
	    >>"$tmp/measures"
}

# noted SERIES MEASURE: the value that was noted last.
noted() {
	awk -v series="$1" -v measure="$2" \
	    '$1 == series && $2 == measure { value = $3 } END { print value }' \
	    "$tmp/measures"
}

# read_goals SCRIPT PART...: what it makes of the rows of these parts.
read_goals() {
	script=$1
	shift
	awk -f "$subjects/lib.awk" -f "$subjects/rows.awk" -f "$subjects/$script" \
	    -v parts="$*" -v people="$people" \
	    -v slapd="$slapd_people" -v huge="$huge" \
	    -v idle="$idle" -v small=$((people / 100)) \
	    -v memory=$((memory_mb + 64)) "$tmp/measures" "$subjects/goals"
}

# processor_us PID: how much time a process has used, with its children.
processor_us() {
	awk -v ticks="$(getconf CLK_TCK)" '{
		sub(/^.*\) /, "")
		printf "%d\n", ($12 + $13 + $14 + $15) * 1000000 / ticks
	}' "/proc/$1/stat"
}

check_programs() {
	for one in "$tools/whoisbench" "$tools/whoisctl" "$whoisd" \
	    "$bench/bench_bare" "$bench/bench_fork" "$bench/bench_text" \
	    "$bench/bench_run" "$bench/bench_query" "$bench/bench_get" \
	    "$bench/bench_start" "$bench/bench_pair"; do
		test -x "$one" || fail "first, in the build directory:" \
		    "make bench-programs (there is no $one)"
	done
}
