# shellcheck shell=sh
# What the tests share that record a load (record_io.c): a disk of their own,
# $disk, and loads on it of one person more each time.
# Sourced first, by `. "$top_srcdir/tests/abuse/recorded.sh"`.
# shellcheck source=tests/abuse/lib.sh
. "${top_srcdir:-.}/tests/abuse/lib.sh"
need timeout readlink

built=$top_builddir/tests/abuse
if ! test -e "$built/record_io.so"; then
	echo "skipped: what records a load does not go with a sanitizer"
	exit 77
fi
tmp=$(cd "$tmp" && pwd -P)
disk=$tmp/disk notes=$tmp/notes
size=40 kill_at='' fail_at=''
mkdir "$disk"

# recorded COMMAND ARGUMENT...: whoisctl on the disk, noted in $notes.
recorded() {
	LD_PRELOAD=$built/record_io.so RECORD_UNDER=$disk RECORD_LOG=$notes \
	    RECORD_KILL_AT=${kill_at:-0} RECORD_FAIL_AT=${fail_at:-0} \
	    "$tools/whoisctl" "$@" >"$tmp/whoisctl" 2>&1
}

# load_more: load one person more, so that each load is told from those before;
# after ten it begins anew, so that all loads do about as much.
load_more() {
	size=$((40 + (size - 39) % 10))
	"$tools/whoisctl" sample "$size" --seed "$size" >"$tmp/new.csv"
	recorded load -d "$disk/DIR" "$tmp/new.csv"
}

# entries DIR: of what is in service, all of which is right; else 0.
entries() {
	if ! test -L "$1/current"; then
		echo 0
		return
	fi
	"$tools/whoisctl" verify -d "$1" >"$tmp/verify" 2>&1 || return 1
	sed -n 's/^entries: //p' "$tmp/verify"
}
