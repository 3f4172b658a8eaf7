EXTRA_DIST += %D%/module.mk
