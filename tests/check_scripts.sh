#!/bin/sh
# The shell scripts are clean under shellcheck.
set -eu
if ! command -v shellcheck >/dev/null; then
	echo "skipped: shellcheck is not installed"
	exit 77
fi
cd "${top_srcdir:-.}"
{
	find scripts tests -type f \( -name '*.sh' -o -path 'scripts/*' \)
	grep -rlx '#!/bin/sh' tests
} | sort -u | xargs shellcheck -x
