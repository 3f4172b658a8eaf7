#!/bin/sh
# Every header compiles alone, so that no file depends on the order of includes.
set -eu
src=${top_srcdir:-.}/src
bad=0
cd "$src"
for header in */*.h; do
	printf '#include "%s"\n#include "%s"\nint only_headers;\n' \
	    "$header" "$header" |
	    ${CC:-cc} -std=gnu11 -Wall -Wextra -Werror -I. -fsyntax-only \
	    -x c - || { echo "$header does not compile alone"; bad=1; }
done
exit $bad
