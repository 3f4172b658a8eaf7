sampledir = $(docdir)/examples
dist_sample_DATA = %D%/whoisd.conf %D%/inetd.conf

bashcompletiondir = $(datadir)/bash-completion/completions
dist_bashcompletion_DATA = %D%/whoisd.bash %D%/whoisctl.bash \
	%D%/whoisbench.bash

# Under /usr/local too systemd finds its units here.
systemdunitdir = $(prefix)/lib/systemd/system
systemdunit_DATA = %D%/whoisd.service
dist_systemdunit_DATA = %D%/whoisd.socket
CLEANFILES += %D%/whoisd.service

%D%/whoisd.service: %D%/whoisd.service.in Makefile
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(SED) -e 's,@sbindir[@],$(sbindir),' \
	    -e 's,@sysconfdir[@],$(sysconfdir),' \
	    '$(srcdir)/dist/whoisd.service.in' >$@

EXTRA_DIST += %D%/module.mk %D%/whoisd.service.in
