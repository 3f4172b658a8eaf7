#!/bin/sh
# whoisctl from the outside: exit statuses, sentences, and what is printed.
set -eu

bin=${top_builddir:-.}/src/tools
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0

fail() {
	echo "FAIL: $1"
	bad=1
}

# expect STATUS COMMAND...: run it, output to $work/out and $work/err.
expect() {
	want=$1
	shift
	got=0
	"$@" >"$work/out" 2>"$work/err" || got=$?
	test "$got" = "$want" || fail "$* ended with $got, not $want:
$(cat "$work/err")"
	case $want in
	2 | 3)
		test "$(wc -l <"$work/err")" = 1 ||
		    fail "$* said more or less than one sentence"
		;;
	esac
}

has() {
	grep -q -e "$1" "$work/out" || fail "no \"$1\" in the output:
$(cat "$work/out")"
}

hasnt() {
	! grep -e "$1" "$work/out" || fail "there is \"$1\" in the output"
}

says() {
	grep -q -e "$1" "$work/err" || fail "\"$1\" was not said:
$(cat "$work/err")"
}

ctl=$bin/whoisctl
cat >"$work/reggers.csv" <<'CSV'
index_key,full_name,department,room,phone,machine_address,directory_addresses
481800,"Quinton, Reg",Info Tech Svcs,NSC 214,679-2111x(6026),reggers@julian.uwo.ca,reg.quinton@uwo.ca r.quinton@uwo.ca reggers@uwo.ca quinton@uwo.ca
CSV

# The command line.
expect 2 "$ctl"
expect 2 "$ctl" nonsense
says nonsense
for command in load query info verify dump rollback; do
	expect 2 "$ctl" "$command"
	says "-d DIR"
	expect 2 "$ctl" "$command" -d
	says "needs a value"
	expect 2 "$ctl" "$command" -d "$work/dir" -Q
done
for command in info verify dump rollback; do
	expect 2 "$ctl" "$command" -d "$work/dir" more
done
expect 2 "$ctl" sample
expect 2 "$ctl" sample ten
expect 2 "$ctl" sample -1
expect 2 "$ctl" sample 10 --seed x
expect 2 "$ctl" load -d "$work/dir" -f xml "$work/reggers.csv"
expect 2 "$ctl" load -d "$work/dir" --memory 1 "$work/reggers.csv"
says "number of MB"
expect 2 "$ctl" load -d "$work/dir"
expect 2 "$ctl" load --nonsense
says "nonsense"
expect 2 "$ctl" schema -d "$work/dir"
expect 2 "$ctl" schema more
says more
expect 0 "$ctl" --help
has "whoisctl load"
expect 0 "$ctl" load --help
expect 0 "$ctl" --version

# The world.
for command in "query reggers" info verify dump rollback; do
	# shellcheck disable=SC2086  # the words of the query
	set -- $command
	name=$1
	shift
	expect 3 "$ctl" "$name" -d "$work/none" "$@"
	says "$work/none"
done
expect 3 "$ctl" load -d "$work/other" "$work/none.csv"
says none.csv
if test -c /dev/full; then
	got=0
	"$ctl" sample 10 >/dev/full 2>"$work/err" || got=$?
	test "$got" = 3 || fail "sample on a full disk ended with $got"
fi

# A reader that has seen enough.
"$ctl" sample 100000 2>"$work/err" | head -n 1 >"$work/out"
has "^index_key,full_name,"
test ! -s "$work/err" || fail "a closed pipe was complained about"

# Two generations and back.
# The built-in schema is what the manual shows, and does what it does.
expect 0 "$ctl" schema
cp "$work/out" "$work/my.schema"
expand "$work/my.schema" >"$work/shown"
sed -n '/^\.Sh THE BUILT-IN/,/^\.Ed/{/^\./!p;}' \
    "${srcdir:-.}/doc/whoisd-schema.5" | cmp - "$work/shown" ||
    fail "whoisd-schema(5) shows another schema"
for schema in "" "-s $work/my.schema"; do
	# shellcheck disable=SC2086  # two words or none
	expect 0 "$ctl" load -d "$work/by${schema:+-file}" $schema \
	    "$work/reggers.csv"
done
for name in by by-file; do
	expect 0 "$ctl" dump -d "$work/$name"
	cp "$work/out" "$work/$name.ldif"
done
cmp "$work/by.ldif" "$work/by-file.ldif" || fail "my.schema loads otherwise"

expect 0 "$ctl" load -d "$work/dir" "$work/reggers.csv"
has "^generation: gen-000001$"
has "^entries: 1$"
has "^skipped: 0 (not people 0, bad 0)$"
expect 0 "$ctl" info -d "$work/dir"
has "^entries: 1$"
has "^serial: 1$"
expect 0 "$ctl" query -d "$work/dir" whois REGGERS
has "^           Full Name: Quinton, Reg$"
expect 1 "$ctl" query -d "$work/dir" nobody
has "^There were 0 matches on your request.$"
expect 2 "$ctl" query -d "$work/dir" "reggers
nobody"
expect 1 "$ctl" rollback -d "$work/dir"
says gen-000001
"$ctl" sample 500 >"$work/people.csv"
expect 0 "$ctl" load -d "$work/dir" --memory 64 "$work/people.csv" \
    "$work/reggers.csv"
has "^entries: 501$"
expect 0 "$ctl" verify -d "$work/dir"
has "^wrong: 0$"

# What is dumped loads again, to the same directory.
for format in csv ldif; do
	"$ctl" dump -d "$work/dir" -f $format >"$work/dump.$format"
	expect 0 "$ctl" load -d "$work/again" -f $format - \
	    <"$work/dump.$format"
	has "^entries: 501$"
	"$ctl" dump -d "$work/again" -f $format >"$work/again.$format"
	cmp "$work/dump.$format" "$work/again.$format" ||
	    fail "the $format dump of a dump is another"
done
expect 0 "$ctl" rollback -d "$work/dir"
has "^generation: gen-000001$"
expect 0 "$ctl" info -d "$work/dir"
has "^entries: 1$"

# Bad input changes nothing, unless it may be skipped.
printf 'index_key,full_name\n1,"One, A"\n1,"Two, B"\n' >"$work/twice.csv"
expect 1 "$ctl" load -d "$work/dir" "$work/twice.csv"
says "twice.csv:3"
expect 0 "$ctl" info -d "$work/dir"
has "^entries: 1$"
expect 0 "$ctl" load -d "$work/dir" --skip-bad "$work/twice.csv"
has "^skipped: 1 (not people 0, bad 1)$"
says "twice.csv:3"

# What the phases took is said when it is asked for.
expect 0 "$ctl" load -d "$work/timed" --timings "$work/twice.csv" --skip-bad
for phase in reading checking indexing writing syncing; do
	has "^$phase: [0-9.]* seconds, [0-9.]* of processors$"
done

# What a viewer sees, and what an owner hides.
cat >"$work/campus.csv" <<'CSV'
index_key,full_name,room,home_phone,nickname,hidden
1,"Smith, Ann",R1,555-1001,Nan,
2,"Smith, Bob",R2,555-1002,,room
3,"Smith, Cyd",R3,555-1003,,all
4,"Smith, Dee",R4,555-1004,,"home phone, oops"
CSV
expect 0 "$ctl" load -d "$work/campus" "$work/campus.csv"
has "^hiding unknown attributes: 1$"
expect 0 "$ctl" verify -d "$work/campus"
has "^entries: 4$"
has "^keys: 3$"
expect 0 "$ctl" dump -d "$work/campus" -f csv
has "R3.*555-1003.*all"
expect 0 "$ctl" dump -d "$work/campus" -f csv --as everyone
hasnt "555-\|home_phone\|hidden\|R2\|Cyd"
has "Bob"
expect 0 "$ctl" dump -d "$work/campus" --as front-desk,private
has "^homePhone: 555-1002"
hasnt "555-1003\|555-1004\|R2\|whoisHidden"
expect 0 "$ctl" query -d "$work/campus" full smith
has "^There were 3 matches"
hasnt "555\|R2"
expect 0 "$ctl" query -d "$work/campus" --as private smith
has "^There were 3 matches"
expect 1 "$ctl" query -d "$work/campus" --as private cyd
for classes in "" Staff "a,,b" all; do
	expect 2 "$ctl" dump -d "$work/campus" --as "$classes"
	expect 2 "$ctl" query -d "$work/campus" --as "$classes" smith
done

# Where there is no room for a load, the directory stays as it was.
"$ctl" sample 20000 >"$work/many.csv"
# shellcheck disable=SC2016  # for the inner shell
expect 3 sh -c 'ulimit -f 2000; exec "$@"' - \
    "$ctl" load -d "$work/dir" "$work/many.csv"
says "File too large"
expect 0 "$ctl" info -d "$work/dir"
has "^entries: 1$"
expect 0 "$ctl" verify -d "$work/dir"
has "^wrong: 0$"

# A record that is not one is told, and never taken for one: here its first
# field gets an attribute that no schema has.
"$ctl" load -d "$work/hurt" "$work/reggers.csv" >/dev/null
data=$work/hurt/current/data.mdb
at=$(LC_ALL=C grep -abo "Quinton, Reg" "$data" | head -n 1 | cut -d : -f 1)
printf '\310' | dd of="$data" bs=1 seek=$((at - 2)) conv=notrunc 2>/dev/null
expect 1 "$ctl" verify -d "$work/hurt"
says "entry 1: its record is malformed"
for format in csv ldif; do
	expect 1 "$ctl" dump -d "$work/hurt" -f $format
	says "entry 1 is damaged"
done

exit $bad
