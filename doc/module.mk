EXTRA_DIST += %D%/module.mk %D%/performance.md %D%/robustness.md
EXTRA_DIST += %D%/search-quality.md
EXTRA_DIST += %D%/perf-clients.svg %D%/perf-idle.svg %D%/perf-latency.svg \
	%D%/perf-load.svg %D%/perf-size.svg
dist_man_MANS += %D%/whois.1 %D%/whois2ph.8 %D%/whoisbench.1 %D%/whoisctl.8 \
	%D%/whoisd-ph.7 %D%/whoisd-query.7 %D%/whoisd-schema.5 \
	%D%/whoisd.8 %D%/whoisd.conf.5
