#!/bin/sh
# The units for systemd are well-formed, and what the service may do is little.
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need systemd-analyze sed
EXPOSURE_MAX=15 # tenths

# The units that were made, with a program that is there.
for service in whoisd whois2ph@; do
	sed "s;=\(-*\)[^= ]*/whoisd ;=\1$whoisd ;" \
	    "$top_builddir/dist/$service.service" >"$tmp/$service.service"
done
cp "$top_srcdir"/dist/*.socket "$tmp"
systemd-analyze verify --man=no "$tmp"/whois* >"$tmp/said" 2>&1 || true
if grep 'whois.*\.\(service\|socket\)' "$tmp/said"; then
	fail "systemd-analyze finds something in the units"
fi

if ! systemd-analyze security --help 2>/dev/null | grep -q offline; then
	echo "skipped: this systemd-analyze cannot judge a file"
	exit 77
fi
for service in whoisd whois2ph@; do
	systemd-analyze --no-pager --threshold=100 --offline=true security \
	    "$tmp/$service.service" >"$tmp/judged" 2>&1 ||
	    fail "systemd-analyze security: $(cat "$tmp/judged")"
	exposure=$(sed -n 's/.*exposure level for .*: *\([0-9]*\)\.\([0-9]\).*/\1\2/p' \
	    "$tmp/judged")
	test -n "$exposure" || fail "there is no verdict: $(cat "$tmp/judged")"
	test "$exposure" -le "$EXPOSURE_MAX" || {
		grep '✗' "$tmp/judged"
		fail "$service: an exposure of $exposure tenths," \
		    "where $EXPOSURE_MAX may be"
	}
	echo "exposure of $service in tenths: $exposure"
done
