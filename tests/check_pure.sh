#!/bin/sh
# The pure floors may not call the operating system: no sockets, files,
# threads, clocks or environment.
set -eu
os='^(socket|accept4?|bind|listen|connect|open(at)?|read|write|send|recv|poll|epoll_.*|pthread_.*|time|clock_gettime|gettimeofday|getenv|fopen64?|fprintf|printf|puts|syslog|exit)$'
bad=0
for lib in base text record query sample access; do
	out=$(${NM:-nm} -u "${top_builddir:-.}/src/$lib/lib$lib.a" | awk 'NF == 2 { sub(/@.*/, "", $2); print $2 }' | sort -u | grep -E "$os" || true)
	if test -n "$out"; then
		echo "src/$lib is not pure:"
		echo "$out"
		bad=1
	fi
done
exit $bad
