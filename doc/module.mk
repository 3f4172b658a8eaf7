EXTRA_DIST += %D%/module.mk
dist_man_MANS += %D%/whoisd.8 %D%/whoisd.conf.5
