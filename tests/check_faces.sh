#!/bin/sh
# Network, directory and queries serve every face and so name none: fail when a
# line of theirs has the name of a face for a word.
set -eu
cd "${top_srcdir:-.}/src"
names=$(sed -n 's/^[ \t]*FACE(\([a-z0-9_]*\)).*/\1/p' proto/face_list.h |
    tr '\n' '|')
test -n "$names"
if grep -rnwiE "${names%|}" net dir query; then
	echo "net, dir and query may not name a face"
	exit 1
fi
