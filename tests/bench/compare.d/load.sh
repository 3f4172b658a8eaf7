# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154  # compare and the other subjects have them
# How fast a directory is made of people in a file, by the clock on the wall
# from the start of the process to its end, and with how much memory:
#   whoisctl  parses, checks the keys, sorts by name, stores records and terms,
#             and waits until all of it is on the disk
#   fts5      sqlite3 imports every column into one FTS5 table, in one
#             transaction, without journal and without waiting for the disk,
#             with 512 MB of cache and 16 MB for its table of terms, its best
#   slapadd   -q, back end mdb, the same attributes: equality of keys, parts of
#             names; without waiting for the disk
memory_mb=512

# timed SERIES COMMAND...: note what it cost to load so many people.
timed() {
	series=$1
	shift
	"$bench/bench_run" "$tmp/cost" "$@" >"$tmp/log.load" 2>&1 ||
	    fail "$*"
	split "$series"
	read -r elapsed user system anonymous <"$tmp/cost"
	rm "$tmp/cost"
	awk -v elapsed="$elapsed" -v used=$((user + system)) \
	    -v memory="$anonymous" -v size="$size" 'BEGIN {
		printf "load_rate,load_cpu_us,processors,anonymous_mb\n"
		printf "%d,%.2f,%.2f,%d\n", size * 1000000 / elapsed,
		    used / size, used / elapsed, memory / 1024
	}' | note_row "$series"
}

# load_whoisctl SIZE: $tmp/whoisctl.SIZE
load_whoisctl() {
	make_people "$1"
	rm -rf "$tmp/whoisctl.$1"
	timed "whoisctl:load:$1:0:0" "$tools/whoisctl" load -f csv \
	    --memory "$memory_mb" -d "$tmp/whoisctl.$1" "$tmp/people.$1.csv"
}

# load_fts5 SIZE: $tmp/fts5.SIZE
load_fts5() {
	make_people "$1"
	rm -f "$tmp/fts5.$1"
	cat >"$tmp/fts5.sql" <<-END
		PRAGMA journal_mode = off;
		PRAGMA synchronous = off;
		PRAGMA cache_size = -500000;
		CREATE VIRTUAL TABLE people
		    USING fts5($(head -n 1 "$tmp/people.$1.csv" | tr -d '\r'));
		INSERT INTO people(people, rank) VALUES('hashsize', 16777216);
		.mode csv
		.import --skip 1 '$tmp/people.$1.csv' people
	END
	timed "fts5:load:$1:0:0" sqlite3 "$tmp/fts5.$1" \
	    ".read '$tmp/fts5.sql'"
}

write_slapd_conf() { # SIZE
	schema=/etc/ldap/schema
	cat <<-END
		include $schema/core.schema
		include $schema/cosine.schema
		include $schema/inetorgperson.schema
		include $schema/misc.schema
		modulepath /usr/lib/ldap
		moduleload back_mdb
		pidfile $tmp/slapd.pid
		sizelimit 50
		timelimit unlimited
		tool-threads 2
		index_substr_any_len 3
		index_substr_any_step 1
		database mdb
		suffix dc=example
		directory $tmp/slapadd.$1
		maxsize 17179869184
		dbnosync
		index objectClass eq
		index employeeNumber,uid eq
		index cn sub
	END
}

# load_slapadd SIZE: $tmp/slapadd.SIZE and $tmp/slapd.SIZE.conf
load_slapadd() {
	make_ldif "$1"
	rm -rf "$tmp/slapadd.$1"
	mkdir "$tmp/slapadd.$1"
	write_slapd_conf "$1" >"$tmp/slapd.$1.conf"
	timed "slapadd:load:$1:0:0" slapadd -q -f "$tmp/slapd.$1.conf" \
	    -l "$tmp/people.$1.ldif"
}

# For those who need one and do not measure how it is made.
make_directory() { # SIZE
	test -d "$tmp/whoisctl.$1" || load_whoisctl "$1"
}

make_fts5() { # SIZE
	test -s "$tmp/fts5.$1" || load_fts5 "$1"
}

make_slapd() { # SIZE
	test -d "$tmp/slapadd.$1" || load_slapadd "$1"
}

# load_once SIZE: with everything; slapadd takes minutes, and so it is measured
# once only.
load_once() {
	say "loading $1 people"
	load_whoisctl "$1"
	if has sqlite3 sqlite3 "loading with FTS5"; then
		load_fts5 "$1"
	fi
	if test "$1" -le "$slapd_people" &&
	    has slapadd slapd "loading with slapadd"; then
		make_slapd "$1"
	fi
}

# What is not the usual number of people is loaded once, too.
measure_loads() {
	wanted load || return 0
	for _ in $(seq "$loads"); do
		load_once "$people"
		test "$slapd_people" -eq "$people" || load_once "$slapd_people"
	done
	wanted pictures && test -z "$quick" || return 0
	for other in $sizes; do
		test "$other" -eq "$people" || load_once "$other"
	done
}
