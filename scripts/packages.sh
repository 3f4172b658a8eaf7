# Sourced by scripts/demo and scripts/check: install what is missing.
# shellcheck shell=sh

# shellcheck disable=SC2034  # used by those who source this
BUILD_PACKAGES="autoconf automake make gcc libc6-dev pkg-config liblmdb-dev
    libutf8proc-dev libidn2-dev libconfuse-dev libseccomp-dev"

# What tests/bench/compare sets beside whoisd, and draws with; each may be missing.
# shellcheck disable=SC2034
BENCH_PACKAGES="slapd libldap-dev sqlite3 openbsd-inetd gnuplot-nox"

is_installed() {
	dpkg-query -W -f '${Status}' "$1" 2>/dev/null |
	    grep -q 'ok installed'
}

as_root() {
	if test "$(id -u)" -eq 0; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		echo "these packages are needed; as root: $*" >&2
		return 1
	fi
}

# install_packages PACKAGE...: does nothing when all are there.
install_packages() {
	missing=
	for package in "$@"; do
		is_installed "$package" || missing="$missing $package"
	done
	test -n "$missing" || return 0
	if ! command -v apt-get >/dev/null; then
		echo "install the equivalents of these Debian packages:$missing" >&2
		return 1
	fi
	echo "installing:$missing"
	as_root apt-get update -qq
	# shellcheck disable=SC2086  # a list of words
	as_root env DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y -qq --no-install-recommends $missing >/dev/null
}
