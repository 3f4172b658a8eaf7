# What a server on the open Internet meets, thrown at a live one.  Shortened
# here, in full by scripts/soak.
ABUSE_TESTS = %D%/abuse_descriptors.sh

dist_check_SCRIPTS += $(ABUSE_TESTS)
TESTS += $(ABUSE_TESTS)
EXTRA_DIST += %D%/module.mk %D%/lib.sh
