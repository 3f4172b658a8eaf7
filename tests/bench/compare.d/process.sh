# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154  # compare and the other subjects have them
# What can be told without a network: look-ups and searches in process, and how
# soon after its start a server answers.

searches=1000

# Lines "kind<TAB><TAB>question", as bench_query takes them.
some_questions() {
	for kind in key name; do
		awk -v kind="$kind" \
		    -v most="$searches" 'NR <= most { print kind "\t\t" $0 }' \
		    "$tmp/$kind.$people"
	done
}

# Look-ups beside two mdb_get of the same key and entry.
measure_get() {
	"$bench/bench_get" "$tmp/whoisctl.$people" <"$tmp/key.$people" \
	    >"$tmp/get" || fail "bench_get"
	note "whoisd:get:$people:0:0" in_turn \
	    "$(sed -n 's/^in turn.* ratio *//p' "$tmp/get")"
	note "whoisd:get:$people:0:0" in_a_row \
	    "$(sed -n 's/^in a row.* ratio *//p' "$tmp/get")"
}

# In turn, so that each question finds the caches full of others.
measure_query() {
	some_questions | "$bench/bench_query" "$tmp/whoisctl.$people" \
	    >"$tmp/searched" || fail "bench_query"
	while read -r kind _ _ _ in_turn _; do
		note "whoisd:$kind:$people:0:0" search_us "$in_turn"
	done <"$tmp/searched"
}

# The same names in FTS5.
measure_fts5() {
	has sqlite3 sqlite3 "searching with FTS5" || return 0
	make_fts5 "$people"
	head -n "$searches" "$tmp/name.$people" |
	    awk -f "$subjects/fts5.awk" >"$tmp/fts5.asks"
	sqlite3 "$tmp/fts5.$people" <"$tmp/fts5.asks" >"$tmp/fts5.times" ||
	    fail "sqlite3"
	note "fts5:name:$people:0:0" search_us \
	    "$(awk '/^Run Time/ { print ($6 + $8) * 1000000 }' \
	        "$tmp/fts5.times" | sort -n |
	        awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }')"
}

# Calls of malloc() and its like for each request, when all that is asked has
# been asked before.
requests=20000
measure_allocations() {
	counting=$top_builddir/tests/live/count_allocations.so
	test -e "$counting" || {
		leave_out "calls of malloc()" "a sanitizer has its own"
		return 0
	}
	head -c 8 /dev/zero >"$tmp/count"
	LD_PRELOAD=$counting ALLOCATIONS=$tmp/count
	export LD_PRELOAD ALLOCATIONS
	start_whoisd -d "$tmp/whoisctl.$people"
	unset LD_PRELOAD ALLOCATIONS
	head -n 1000 "$tmp/key.$people" >"$tmp/mixed"
	head -n 1000 "$tmp/name.$people" >>"$tmp/mixed"
	for round in before after; do
		"$tools/whoisbench" -p "$port" -c 8 -n "$requests" \
		    -q "$tmp/mixed" --csv >"$tmp/row" 2>&1 || fail "whoisbench"
		od -An -tu8 -N8 "$tmp/count" >"$tmp/count.$round"
	done
	stop_whoisd
	note "whoisd:malloc:$people:0:0" mallocs \
	    "$(cat "$tmp/count.before" "$tmp/count.after" |
	        awk -v n="$requests" '{ v[NR] = $1 }
	            END { print (v[2] - v[1]) / n }')"
}

measure_process() {
	wanted query || return 0
	say "look-ups and searches in process"
	make_directory "$people"
	make_questions "$people"
	measure_get
	measure_query
	measure_fts5
	measure_allocations
}

# The page cache holds what the last load wrote, the process is new.
measure_start() { # SIZE
	make_directory "$1"
	make_questions "$1"
	for _ in $(seq "$rounds"); do
		"$bench/bench_start" "$whoisd" "$tmp/whoisctl.$1" \
		    "$(head -n 1 "$tmp/key.$1")" 1 >"$tmp/start" ||
		    fail "bench_start"
		note "whoisd:start:$1:0:0" first_ms \
		    "$(sed 's/.* median \([0-9.]*\) ms.*/\1/' "$tmp/start")"
	done
}

measure_starts() {
	wanted start || return 0
	say "starts"
	for some in $((people / 100)) $people $huge; do
		measure_start "$some"
	done
}
