#!/bin/sh
# tests/bench/compare runs through, at the size of a toy, and prints a row for
# every one of its goals.  Whether they are met does not matter.
set -eu
compare=${top_srcdir:-.}/tests/bench/compare
goals=${top_srcdir:-.}/tests/bench/compare.d/goals
cd "${top_builddir:-.}"
if grep -q '__[atu]b*san_' src/tools/whoisd; then
	echo "skipped: nothing is compared under a sanitizer"
	exit 77
fi
tmp=$(mktemp -d "${TMPDIR:-/tmp}/bench-smoke.XXXXXX")
trap 'rm -rf "$tmp"' EXIT

fail() {
	cat "$tmp/said" "$tmp/printed"
	echo "FAILED: $*"
	exit 1
}

"$compare" --quick --people 2000 --seconds 0.1 --rounds 1 --idle 50 \
    --out "$tmp" >"$tmp/printed" 2>"$tmp/said" || fail "compare"
tail -q -n +3 "$tmp/goals.md" "$tmp/sessions.md" >"$tmp/rows"
cat "$tmp/rows"

# Ten times as many people are for the long run.
wanted=$(grep '	' "$goals" | grep -vc '^#\|[$]huge')
found=$(wc -l <"$tmp/rows")
test "$found" -eq "$wanted" || fail "there are $found rows, not $wanted"
if grep 'not measured' "$tmp/rows" >"$tmp/missing"; then
	grep '^Left out: ' "$tmp/printed" || fail "not all was measured"
fi
