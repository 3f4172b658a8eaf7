#!/bin/sh
# Random bytes of a generation are changed, over and over.  `whoisctl verify`
# never crashes or hangs on it; and where it does not say that pages are damaged
# (only contents are, or nothing that matters) no question crashes or hangs.
#   DAMAGES      how many times (60; in a soak, while there is time)
#   DAMAGE_SEED  where the random numbers begin (1)
# shellcheck source=tests/abuse/lib.sh
. "${top_srcdir:-.}/tests/abuse/lib.sh"
need timeout dd cmp

damages=${DAMAGES:-$(scale 60 1000000 15)}
random=${DAMAGE_SEED:-1}
deadline=$(($(date +%s) + ${SOAK_SECONDS:-60}))
done=0 pages=0 contents=0 unharmed=0 asked=0

# choose COUNT: a random number below it, in $chosen.
choose() {
	random=$(((random * 1103515245 + 12345) % 2147483648))
	chosen=$((random / 65536 % $1))
}

# choose_offset: of a byte of the file, in $offset.
choose_offset() {
	choose $((size / 512))
	offset=$((chosen * 512))
	choose 512
	offset=$((offset + chosen))
}

# put_byte OFFSET: a random one.
put_byte() {
	choose 256
	# shellcheck disable=SC2059  # that is how to print a byte
	printf "\\$(printf %03o "$chosen")" |
	    dd of="$data" bs=1 seek="$1" conv=notrunc 2>/dev/null
}

damage() {
	cp "$tmp/good.mdb" "$data"
	choose_offset
	choose 4
	case $chosen in
	0) put_byte "$offset" ;;
	1)
		for _ in 1 2 3 4 5 6 7 8; do
			choose_offset
			put_byte "$offset"
		done
		;;
	2)
		choose 32
		put_byte $((offset / 4096 * 4096 + chosen))
		;;
	*)
		dd if=/dev/zero of="$data" bs=512 count=1 conv=notrunc \
		    seek=$((offset / 512)) 2>/dev/null
		;;
	esac
}

# survives COMMAND...: whoisctl ends by itself, with an answer or a sentence.
survives() {
	outcome=0
	timeout 60 "$tools/whoisctl" "$@" >"$tmp/out" 2>&1 || outcome=$?
	case $outcome in
	0 | 1 | 3) return ;;
	esac
	cat "$tmp/out"
	cmp -l "$tmp/good.mdb" "$data" | head -n 20
	fail "damage $done (DAMAGE_SEED=${DAMAGE_SEED:-1}): whoisctl $*" \
	    "ended with $outcome"
}

ask_all() {
	for question in smith 's*' 'smiht jon' 'given john' '@a*' help; do
		survives query -d "$tmp/DIR" "$question"
		asked=$((asked + 1))
	done
}

"$tools/whoisctl" sample 300 >"$tmp/people.csv"
load "$tmp/DIR" "$tmp/people.csv"
data=$tmp/DIR/gen-000001/data.mdb
cp "$data" "$tmp/good.mdb"
size=$(wc -c <"$data")
while test "$done" -lt "$damages" && test "$(date +%s)" -lt "$deadline"; do
	done=$((done + 1))
	damage
	survives verify -d "$tmp/DIR"
	if grep -q 'damaged: page' "$tmp/out"; then
		pages=$((pages + 1))
		continue
	elif test "$outcome" -eq 0; then
		unharmed=$((unharmed + 1))
	else
		contents=$((contents + 1))
	fi
	ask_all
done
report "$done damages, of pages $pages, of contents $contents, of no \
consequence $unharmed; $asked questions" 0
