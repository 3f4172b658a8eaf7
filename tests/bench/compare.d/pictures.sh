# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154  # compare and the other subjects have them
# The pictures perf-*.svg, drawn by gnuplot from the medians.  style.gnuplot
# gives a server the same colour in all of them.
curves=$tmp/curves

# curve STYLE TITLE SERVER QUESTION USUAL: $curves/STYLE, along $along by
# $measure (see points.awk), and what plots it; nothing when there is no point.
curve() {
	awk -f "$subjects/lib.awk" -f "$subjects/points.awk" -v server="$3" \
	    -v question="$4" -v usual="$5" -v along="$along" \
	    -v measure="$measure" "$tmp/measures" >"$curves/$measure.$1"
	test -s "$curves/$measure.$1" || return 0
	printf '%s"%s" using %s linestyle %s %s title "%s"' "$comma" \
	    "$curves/$measure.$1" "$columns" "$1" "$axes" "$2"
	comma=', '
}

# begin_picture NAME ALONG MEASURE: what follows on standard output is for
# gnuplot.
begin_picture() {
	along=$2 measure=$3 comma='' columns=1:2 axes=''
	cat "$subjects/style.gnuplot"
	echo "set output '$files/perf-$1.svg'"
}

servers_of_keys() { # CLIENTS, or * along them
	curve bare "bare" bare key "$people:$1:0"
	curve whoisd_key "whoisd, key" whoisd key "$people:$1:0"
	curve whoisd_name "whoisd, full name" whoisd name "$people:$1:0"
	curve slapd "slapd, key" slapd key "$slapd_people:$1:0"
	curve fork "fork, key" fork key "$people:$1:0"
	curve inetd "inetd, key" inetd key "$people:$1:0"
}

picture_clients() {
	begin_picture clients clients rate
	cat <<-END
		set title "Answers a second by clients"
		set xlabel "clients at a time"
		set ylabel "thousand answers a second"
		set logscale x 2
		set xrange [1:512]
	END
	printf 'plot '
	servers_of_keys '*'
}

picture_latency() {
	begin_picture latency percentile percentiles
	columns=1:2:xtic\(3\)
	cat <<-END
		set title "How long answers take, 64 clients"
		set xlabel "percent of answers that took no longer"
		set ylabel "milliseconds"
		set logscale y
		set yrange [*:*]
		set xrange [0.8:5.2]
	END
	printf 'plot '
	servers_of_keys 64
}

# Both axes begin at 0; equal steps are ten times as many.
picture_idle() {
	begin_picture idle idle rate
	columns=0:2:xtic\(1\)
	cat <<-END
		set title "Keys, 64 clients beside idle ones"
		set xlabel "idle clients attached"
		set ylabel "thousand answers a second"
		set y2label "99th percentile, milliseconds"
		set y2tics
		set key bmargin center horizontal
		set y2range [0:*]
		set border 11
		set xrange [-0.2:4.2]
	END
	printf 'plot '
	curve whoisd_key "rate" whoisd key "$people:64:*"
	measure=p99_us axes='axes x1y2'
	curve whoisd_name "99th percentile (right)" whoisd key "$people:64:*"
}

picture_size() {
	begin_picture size people rate
	cat <<-END
		set title "Answers a second by size of the directory, 64 clients"
		set xlabel "people"
		set ylabel "thousand answers a second"
		set logscale x
		set format x "10^{%T}"
	END
	printf 'plot '
	curve whoisd_key "whoisd, key" whoisd key "*:64:0"
	curve whoisd_name "whoisd, full name" whoisd name "*:64:0"
}

picture_load() {
	begin_picture load people load_rate
	cat <<-END
		set title "Load by number of people"
		set xlabel "people"
		set ylabel "thousand entries a second"
		set logscale x
		set format x "10^{%T}"
	END
	printf 'plot '
	curve whoisd_key "whoisctl load" whoisctl load "*:0:0"
	curve fts5 "FTS5" fts5 load "*:0:0"
	curve slapd "slapadd -q" slapadd load "*:0:0"
}

draw_pictures() {
	mkdir -p "$curves"
	for picture in clients latency idle size load; do
		"picture_$picture" >"$curves/gnuplot"
		gnuplot "$curves/gnuplot" 2>"$tmp/log.gnuplot" ||
		    leave_out "perf-$picture.svg" "$(tail -n 1 "$tmp/log.gnuplot")"
	done
}
