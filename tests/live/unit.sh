#!/bin/sh
# The units for systemd are well-formed, and what the service may do is little.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need systemd-analyze sed
EXPOSURE_MAX=15 # tenths

# The unit that was made, with a program that is there.
service=$tmp/whoisd.service
sed "s,=[^= ]*/whoisd ,=$whoisd ," "$top_builddir/dist/whoisd.service" \
    >"$service"
cp "$top_srcdir/dist/whoisd.socket" "$tmp"
systemd-analyze verify --man=no "$service" \
    "$tmp/whoisd.socket" >"$tmp/said" 2>&1 || true
if grep 'whoisd\.\(service\|socket\)' "$tmp/said"; then
	fail "systemd-analyze finds something in the units"
fi

if ! systemd-analyze security --help 2>/dev/null | grep -q offline; then
	echo "skipped: this systemd-analyze cannot judge a file"
	exit 77
fi
systemd-analyze --no-pager --threshold=100 --offline=true security \
    "$service" >"$tmp/judged" 2>&1 ||
    fail "systemd-analyze security: $(cat "$tmp/judged")"
exposure=$(sed -n 's/.*exposure level for whoisd.service: *\([0-9]*\)\.\([0-9]\).*/\1\2/p' \
    "$tmp/judged")
test -n "$exposure" || fail "there is no verdict: $(cat "$tmp/judged")"
test "$exposure" -le "$EXPOSURE_MAX" || {
	grep '✗' "$tmp/judged"
	fail "an exposure of $exposure tenths, where $EXPOSURE_MAX may be"
}
echo "exposure in tenths: $exposure"
