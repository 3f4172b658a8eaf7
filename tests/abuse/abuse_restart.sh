#!/bin/sh
# Restarted and reloaded without a pause while clients ask as fast as they can:
# none is refused, reset or left without its answer.
# shellcheck source=tests/abuse/lib.sh
. "${top_srcdir:-.}/tests/abuse/lib.sh"
need timeout awk

load "$tmp/people" "$live/people.csv"
start_whoisd -d "$tmp/people"
ask reggers | sed 's/$/\r/' >"$tmp/wanted"
test -s "$tmp/wanted" || fail "there is no answer to compare with"
stop_whoisd

"$top_builddir/tests/abuse/restart" "$seconds" 8 reggers "$tmp/wanted" \
    "$whoisd" -d "$tmp/people" -w 2 >"$tmp/restart" 2>"$tmp/log.restart" || {
	cat "$tmp/restart"
	fail "a server did not come up, reload or end as it should"
}
cat "$tmp/restart"
lost=$(awk '/^(refused|reset|wrong) / { lost += $2 } END { print lost + 0 }' \
    "$tmp/restart")
report "$(sed -n 's/^restarts //p' "$tmp/restart") restarts under $(sed -n \
    's/^answered //p' "$tmp/restart") questions" "$lost"
