#!/bin/sh
# The man pages are clean under mandoc's linter.
set -eu
if ! command -v mandoc >/dev/null; then
	echo "skipped: mandoc is not installed"
	exit 77
fi
cd "${top_srcdir:-.}/doc"
mandoc -Tlint -Wwarning ./*.[1-9]
