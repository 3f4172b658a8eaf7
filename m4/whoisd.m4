# WHOISD_WARNINGS: a strict set, in WARN_CFLAGS; --enable-werror makes them errors.
AC_DEFUN([WHOISD_WARNINGS], [
AC_ARG_ENABLE([werror],
    [AS_HELP_STRING([--enable-werror], [treat warnings as errors])],
    [], [enable_werror=no])
WARN_CFLAGS=
for flag in -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion \
    -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
    -Wpointer-arith -Wcast-qual -Wwrite-strings -Wundef -Wvla \
    -Wformat=2 -Wnull-dereference -Wimplicit-fallthrough \
    -Wno-missing-field-initializers; do
	WHOISD_TRY_FLAG([$flag])
done
AS_IF([test "$enable_werror" = yes], [WARN_CFLAGS="$WARN_CFLAGS -Werror"])
AC_SUBST([WARN_CFLAGS])
])

# WHOISD_TRY_FLAG(FLAG): add it to WARN_CFLAGS when the compiler knows it.
AC_DEFUN([WHOISD_TRY_FLAG], [
saved_CFLAGS=$CFLAGS
CFLAGS="$CFLAGS -Werror $1"
AC_COMPILE_IFELSE([AC_LANG_PROGRAM()], [WARN_CFLAGS="$WARN_CFLAGS $1"])
CFLAGS=$saved_CFLAGS
])

# WHOISD_SANITIZER: --with-sanitizer=address,undefined or thread.
AC_DEFUN([WHOISD_SANITIZER], [
AC_ARG_WITH([sanitizer],
    [AS_HELP_STRING([--with-sanitizer=LIST],
	[build with these sanitizers: address,undefined or thread])],
    [], [with_sanitizer=no])
SANITIZER_CFLAGS=
AS_IF([test "$with_sanitizer" != no], [
	SANITIZER_CFLAGS="-fsanitize=$with_sanitizer -fno-omit-frame-pointer"
	SANITIZER_CFLAGS="$SANITIZER_CFLAGS -fno-sanitize-recover=all"
	AC_DEFINE([WITH_SANITIZER], [1], [Built with a sanitizer.])
])
AM_CONDITIONAL([WITH_SANITIZER], [test "$with_sanitizer" != no])
AC_SUBST([SANITIZER_CFLAGS])
])

# WHOISD_FUZZING: libFuzzer drives the fuzz targets; needs CC=clang.
AC_DEFUN([WHOISD_FUZZING], [
AC_ARG_ENABLE([fuzzing],
    [AS_HELP_STRING([--enable-fuzzing],
	[link the fuzz targets with libFuzzer (CC=clang)])],
    [], [enable_fuzzing=no])
FUZZ_CFLAGS= FUZZ_LDFLAGS=
AS_IF([test "$enable_fuzzing" = yes], [
	FUZZ_CFLAGS="-fsanitize=fuzzer-no-link,address,undefined"
	FUZZ_LDFLAGS="-fsanitize=fuzzer,address,undefined"
	saved_CFLAGS=$CFLAGS
	CFLAGS="$CFLAGS $FUZZ_CFLAGS"
	AC_COMPILE_IFELSE([AC_LANG_PROGRAM()], [],
	    [AC_MSG_ERROR([--enable-fuzzing needs CC=clang and its runtime])])
	CFLAGS=$saved_CFLAGS
])
AM_CONDITIONAL([FUZZING], [test "$enable_fuzzing" = yes])
AC_SUBST([FUZZ_CFLAGS])
AC_SUBST([FUZZ_LDFLAGS])
])

# WHOISD_LANDLOCK: Landlock, when the kernel's header is there.
AC_DEFUN([WHOISD_LANDLOCK], [
AC_ARG_WITH([landlock],
    [AS_HELP_STRING([--without-landlock],
	[do without the Landlock part of the sandbox])],
    [], [with_landlock=check])
AS_IF([test "$with_landlock" != no], [
	AC_CHECK_HEADER([linux/landlock.h], [
		AC_DEFINE([WITH_LANDLOCK], [1], [Built with Landlock.])
	], [
		AS_IF([test "$with_landlock" = yes],
		    [AC_MSG_ERROR([linux/landlock.h is missing])])
	])
])
])

# WHOISD_SECCOMP: seccomp, when libseccomp is there.
AC_DEFUN([WHOISD_SECCOMP], [
AC_ARG_WITH([seccomp],
    [AS_HELP_STRING([--without-seccomp],
	[do without the seccomp part of the sandbox])],
    [], [with_seccomp=check])
SECCOMP_LIBS=
AS_IF([test "$with_seccomp" != no], [
	AC_CHECK_HEADER([seccomp.h], [AC_CHECK_LIB([seccomp], [seccomp_init],
	    [SECCOMP_LIBS=-lseccomp])])
	AS_IF([test -n "$SECCOMP_LIBS"],
	    [AC_DEFINE([WITH_SECCOMP], [1], [Built with seccomp.])],
	    [test "$with_seccomp" = yes],
	    [AC_MSG_ERROR([libseccomp is missing; on Debian: dnl
apt-get install libseccomp-dev])])
])
AC_SUBST([SECCOMP_LIBS])
])

# WHOISD_LIBRARY(VARIABLE, HEADER, LIBRARY, FUNCTION, DEBIAN-PACKAGE)
# Sets VARIABLE_LIBS, or stops and names the package to install.
AC_DEFUN([WHOISD_LIBRARY], [
AC_CHECK_HEADER([$2], [],
    [AC_MSG_ERROR([$2 is missing; on Debian: apt-get install $5])])
AC_CHECK_LIB([$3], [$4], [$1_LIBS=-l$3],
    [AC_MSG_ERROR([lib$3 is missing; on Debian: apt-get install $5])])
AC_SUBST([$1_LIBS])
])
