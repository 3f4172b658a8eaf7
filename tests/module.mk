AM_TESTS_ENVIRONMENT = \
	top_srcdir='$(abs_top_srcdir)'; export top_srcdir; \
	top_builddir='$(abs_top_builddir)'; export top_builddir; \
	NM='$(NM)'; export NM; CC='$(CC)'; export CC;

# What looks at the sources alone: a sanitizer sees no others.
SOURCE_TESTS = %D%/check_faces.sh %D%/check_floors.sh %D%/check_headers.sh \
	%D%/check_man.sh %D%/check_scripts.sh
dist_check_SCRIPTS += $(SOURCE_TESTS) %D%/check_pure.sh
TESTS += %D%/check_pure.sh
if !WITH_SANITIZER
TESTS += $(SOURCE_TESTS)
endif
EXTRA_DIST += %D%/module.mk

CHECK_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests
if HAVE_CHECK
include tests/base/module.mk
include tests/text/module.mk
include tests/record/module.mk
include tests/query/module.mk
include tests/access/module.mk
include tests/sample/module.mk
include tests/sys/module.mk
include tests/dir/module.mk
include tests/proto/module.mk
include tests/net/module.mk
include tests/server/module.mk
include tests/tools/module.mk
include tests/bench/checks.mk
endif
include tests/fuzz/module.mk
include tests/live/module.mk
include tests/abuse/module.mk
include tests/bench/module.mk
include tests/quality/module.mk
