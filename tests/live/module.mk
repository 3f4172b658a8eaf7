dist_check_SCRIPTS += %D%/whoisctl.sh
TESTS += %D%/whoisctl.sh
EXTRA_DIST += %D%/module.mk
