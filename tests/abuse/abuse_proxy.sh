#!/bin/sh
# Behind a real HAProxy, which says for whom it asks in either version of the
# PROXY protocol: its health checks are answered, and limits, access rules and
# the log go by the real client, however many share the proxy.  Who is no proxy
# is not believed.
# shellcheck source=tests/abuse/lib.sh
. "${top_srcdir:-.}/tests/abuse/lib.sh"
need haproxy nc timeout

rounds=$(scale 3 100)
asked=0 lost=0
load "$tmp/people" "$live/people.csv"

cat >"$tmp/whoisd.conf" <<'END'
proxies = {"127.0.0.1"}
exempt = {"127.0.0.1"}
source_daily = 2
access = {"refuse 127.0.66.0/24 say Not from there."}
END
start_whoisd -d "$tmp/people" -c "$tmp/whoisd.conf" -w 2 \
    -l whois:127.0.0.1:0,proxy
remember

# HAProxy takes no port 0, so this one may be taken: then another is tried.
write_haproxy_conf() {
	entry=$((10000 + ($$ * 7 + try * 101) % 20000))
	cat >"$tmp/haproxy.conf" <<END
global
    stats socket $tmp/haproxy.sock level admin
defaults
    mode tcp
    timeout connect 10s
    timeout client 30s
    timeout server 30s
    timeout check 10s
    option tcp-check
    tcp-check connect default
    tcp-check send "reggers\r\n"
    tcp-check expect string "Quinton"
listen v1
    bind 127.0.0.1:$entry
    server one 127.0.0.1:$port send-proxy check inter 300ms check-send-proxy
listen v2
    bind 127.0.0.1:$((entry + 1))
    server one 127.0.0.1:$port send-proxy-v2 check inter 300ms check-send-proxy
END
}

# haproxy_says COMMAND
haproxy_says() {
	echo "$1" | timeout 10 nc -U -N "$tmp/haproxy.sock"
}

haproxy_is_there() {
	haproxy_says 'show info' 2>/dev/null | grep -q '^Name: HAProxy'
}

haproxy_is_there_or_gone() {
	haproxy_is_there || gone "$haproxy"
}

start_haproxy() {
	for try in 1 2 3 4 5 6 7 8 9 10; do
		write_haproxy_conf
		haproxy -db -f "$tmp/haproxy.conf" >"$tmp/haproxy.log" 2>&1 &
		haproxy=$!
		started="$started $haproxy"
		soon haproxy_is_there_or_gone || fail "HAProxy says nothing"
		haproxy_is_there && return
	done
	cat "$tmp/haproxy.log"
	fail "HAProxy does not start"
}

# is_healthy VERSION: the last check was a question, and answered right.
is_healthy() {
	haproxy_says "show stat $1 -1 -1" >"$tmp/stat" &&
	    grep '^v.,one,' "$tmp/stat" | grep -q ',UP,.*,L7OK,'
}

# question VERSION ADDRESS: the answer that this client of the proxy gets.
question() {
	to=$entry
	test "$1" = v1 || to=$((entry + 1))
	printf 'reggers\r\n' | timeout 20 nc -N -s "$2" 127.0.0.1 "$to" |
	    tr -d '\r' >"$tmp/answer" || true
	asked=$((asked + 1))
}

# gets WHAT VERSION ADDRESS: the record, or the refusal that WHAT begins.
gets() {
	question "$2" "$3"
	case $1 in
	record) cmp -s "$tmp/answer" "$live/golden.txt" ;;
	*) grep -q "^% error: $1" "$tmp/answer" ;;
	esac || {
		cat "$tmp/answer"
		echo "LOST: $1 for $3 by $2"
		lost=$((lost + 1))
	}
}

# logged REGEX
logged() {
	grep -q -- "$1" "$log"
}

start_haproxy
for version in v1 v2; do
	soon is_healthy "$version" || {
		cat "$tmp/stat"
		fail "HAProxy finds $version in bad health"
	}
done

# Each client has its own two answers of a day, whoever else uses the proxy.
round=0
while test "$round" -lt "$rounds"; do
	round=$((round + 1))
	for version in v1 v2; do
		client=127.${version#v}.$((round / 200)).$((round % 200 + 1))
		gets record "$version" "$client"
		gets record "$version" "$client"
		gets 'Your network has had all' "$version" "$client"
		gets 'Not from there\.' "$version" 127.0.66.$((round % 200 + 1))
		soon logged "whois $client:[0-9]* \"reggers\"" ||
		    fail "$client is not in the log"
	done
done
! logged 'whois 127\.0\.0\.1:[1-9][0-9]* "reggers" .*refused' ||
    fail "a health check was refused"

# Whoever is no proxy may say what he likes.
printf 'PROXY TCP4 127.9.9.9 127.0.0.1 1 43\r\nreggers\r\n' |
    timeout 20 nc -N -s 127.0.0.2 127.0.0.1 "$port" >"$tmp/answer" || true
test ! -s "$tmp/answer" || fail "one who is no proxy is answered"
soon counted proxy_untrusted 1 || fail "nobody was found untrusted"
soon counted proxied $((asked)) || fail "not all clients were named"
soon counted proxy_local 2 || fail "no health check was counted"
for version in v1 v2; do
	soon is_healthy "$version" || fail "$version is in bad health at the end"
done
kill -TERM "$haproxy"
wait "$haproxy" || true
leaves_nothing
stop_whoisd
report "$asked questions by way of HAProxy, and its health checks" "$lost"
