sampledir = $(docdir)/examples
dist_sample_DATA = %D%/whoisd.conf %D%/inetd.conf

bashcompletiondir = $(datadir)/bash-completion/completions
dist_bashcompletion_DATA = %D%/whoisd.bash %D%/whoisctl.bash \
	%D%/whoisbench.bash

# Under /usr/local too systemd finds its units here.
systemdunitdir = $(prefix)/lib/systemd/system
systemdunit_DATA = %D%/whoisd.service %D%/whois2ph@.service
dist_systemdunit_DATA = %D%/whoisd.socket %D%/whoisd-finger.socket \
	%D%/whoisd-ph.socket %D%/whois2ph.socket
CLEANFILES += $(systemdunit_DATA)

MAKE_UNIT = $(AM_V_GEN)$(MKDIR_P) $(@D) && $(SED) \
	-e 's,@sbindir[@],$(sbindir),' -e 's,@sysconfdir[@],$(sysconfdir),' \
	'$(srcdir)/$@.in' >$@

%D%/whoisd.service: %D%/whoisd.service.in Makefile
	$(MAKE_UNIT)

%D%/whois2ph@.service: %D%/whois2ph@.service.in Makefile
	$(MAKE_UNIT)

EXTRA_DIST += %D%/module.mk %D%/whoisd.service.in %D%/whois2ph@.service.in
