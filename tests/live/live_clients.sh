#!/bin/sh
# The clients that people have: lynx, by cso:, gopher: and finger:, Debian's
# finger, and Net::PH; each asks the server itself, and HAProxy in front of it.
#
# Finger is asked on its own port and no other.  So all of this happens in a
# network namespace, where that port is free and may be taken.
if test -z "${LIVE_NAMESPACE-}"; then
	if ! unshare -Urn true 2>/dev/null; then
		echo "skipped: there are no network namespaces here"
		exit 77
	fi
	LIVE_NAMESPACE=1
	export LIVE_NAMESPACE
	exec unshare -Urn sh "$0" "$@"
fi
# shellcheck source=tests/live/lib.sh
. "${top_srcdir:-.}/tests/live/lib.sh"
need ip nc timeout
ip link set lo up
direct=127.0.0.1
behind=127.0.0.2
LC_ALL=C.UTF-8 TERM=dumb HOME=$tmp
export LC_ALL TERM HOME

# takes PORT: somebody listens there, in front of the server.
takes() {
	nc -z "$behind" "$1" 2>/dev/null
}

# has TOOL: whether it is here; what is not is said.
has() {
	command -v "$1" >/dev/null && return
	echo "without $1, which is not here"
	return 1
}

write_many "$tmp/many.csv"
load "$tmp/people" "$live/people.csv" "$tmp/many.csv"
echo "proxies = { \"$direct\" }" >"$tmp/conf"
start_whoisd -d "$tmp/people" -c "$tmp/conf" -w 2 \
    -l "ph:$direct:105" -l "finger:$direct:79" \
    -l "ph:$direct:1105,proxy" -l "finger:$direct:1079,proxy"

hosts=$direct
if has haproxy; then
	cat >"$tmp/haproxy.conf" <<END
defaults
    mode tcp
    timeout connect 10s
    timeout client 60s
    timeout server 60s
listen ph
    bind $behind:105
    server one $direct:1105 send-proxy-v2
listen finger
    bind $behind:79
    server one $direct:1079 send-proxy
END
	haproxy -db -f "$tmp/haproxy.conf" >"$tmp/log.haproxy" 2>&1 &
	started="$started $!"
	soon takes 105 || fail "HAProxy does not listen"
	soon takes 79 || fail "HAProxy does not listen for finger"
	hosts="$direct $behind"
fi

# shows WHAT PATTERN COMMAND...: what the command prints has such lines.
shows() {
	what=$1 pattern=$2
	shift 2
	timeout 60 "$@" </dev/null >"$tmp/shown" 2>&1 || {
		cat "$tmp/shown"
		fail "$what: status $?"
	}
	expect_line "$what" "$tmp/shown" "$pattern"
}

# the_record WHAT: what was shown last is that of the seed system.
the_record() {
	for line in 'Quinton, Reg' 'Info Tech Svcs' 'NSC 214' \
	    '679-2111x(6026)' 481800 reggers@julian.uwo.ca \
	    quinton@uwo.ca; do
		grep -qF "$line" "$tmp/shown" || {
			cat "$tmp/shown"
			fail "$1: there is no $line"
		}
	done
}

# submit_form HOST FIELDS: as who fills in lynx's form and presses the button.
submit_form() {
	printf '%s\n---\n' "$2" >"$tmp/form"
	timeout 60 lynx -dump -post_data "cso://$1/" <"$tmp/form" \
	    >"$tmp/shown" 2>&1 || fail "lynx cannot submit a form"
}

lynx_asks() {
	shows "the form of lynx" 'Full Name\*' lynx -dump "cso://$1/"
	expect_line "all fields" "$tmp/shown" 'Machine Address\*'
	! grep -q 'Home Phone' "$tmp/shown" || fail "the form has Home Phone"
	submit_form "$1" 'q_3=quinton&q_3=reg&return=default'
	expect_line "cso: asks" "$tmp/shown" 'query name="quinton" name="reg"'
	the_record "lynx cso:"
	submit_form "$1" 'q_2=reggers%40julian.uwo.ca&return=all'
	the_record "lynx cso: by address"
	submit_form "$1" 'q_3=many&return=all'
	expect_line "cso: too many" "$tmp/shown" 'Too many entries to print'
	shows "lynx gopher:" 'Quinton, Reg' lynx -dump "gopher://$1:105/2?quinton"
	the_record "lynx gopher:"
	shows "lynx finger:" 'Full Name: Quinton, Reg' \
	    lynx -dump "finger://$1/reg%20quinton"
	the_record "lynx finger:"
	shows "lynx finger: /w" 'Full Name: Quinton, Reg' \
	    lynx -dump "finger://$1/w/reggers"
	shows "lynx finger: nobody" 'user list denied' \
	    lynx -dump "finger://$1/"
}

finger_asks() {
	shows finger 'Full Name: Quinton, Reg' finger "reggers@$1"
	the_record finger
	shows "finger by name" 'Full Name: Quinton, Reg' \
	    finger "reg quinton@$1"
	shows "finger -l" 'Smith, John' finger -l "smith@$1"
	shows "finger of several" 'There were 4 matches' finger "smith@$1"
	shows "finger of nobody" 'user list denied' finger "@$1"
	shows "finger elsewhere" 'forwarding service denied' \
	    finger "reggers@uwo.ca@$1"
	shows "finger in UTF-8" 'Müller, Jürgen' finger "jürgen müller@$1"
}

for host in $hosts; do
	if has lynx; then
		lynx_asks "$host"
	fi
	if has finger; then
		finger_asks "$host"
	fi
	if perl -MNet::PH -e 1 2>/dev/null; then
		perl "$live/net_ph.pl" "$host" 105 ||
		    fail "Net::PH is not content with $host"
	fi
done
stop_whoisd
echo "ok: asked $hosts"
