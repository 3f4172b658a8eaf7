#include "server/config.h"

#include "unit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static enum err
parse(struct config *config, const char *text, struct fault *fault)
{
	config_set_defaults(config);
	return config_parse(config, span_from(text), "f.conf", fault);
}

START_TEST(cuts_an_address_into_its_parts)
{
	static const struct {
		const char *text, *address;
		bool wants_proxy;
	} rows[] = {
		{ "whois:*:43", "*:43", false },
		{ "whois:[::1]:4343,proxy", "[::1]:4343", true },
		{ "whois:127.0.0.1,proxy", "127.0.0.1", true },
		{ "whois:unix:/run/w,proxy", "unix:/run/w", true },
	};
	static const char *const refused[] = { "whois:,proxy", "whois,proxy",
		",proxy", "whois:*:43,proxies", "whois:*:43,proxy,proxy" };
	struct config_listen listen;
	struct fault fault;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		ck_assert_msg(config_cut_listen(&listen, rows[i].text,
		    &fault) == ERR_NONE, "%s", fault.text);
		ck_assert_str_eq(listen.face->name, "whois");
		ck_assert(span_is(listen.address, rows[i].address));
		ck_assert_int_eq(listen.wants_proxy, rows[i].wants_proxy);
	}
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
		ck_assert_msg(config_cut_listen(&listen, refused[i],
		    &fault) == ERR_REFUSED, "%s", refused[i]);
}
END_TEST

START_TEST(takes_what_is_said_and_keeps_the_other_defaults)
{
	struct config config, defaults;
	struct fault fault;

	config_set_defaults(&defaults);
	ck_assert_int_eq(parse(&config,
	    "# a comment\n"
	    "directory = \"/srv/people\"\n"
	    "listen = { \"whois:127.0.0.1:0\", 'whois:[::1]:4343',\n"
	    "    \"whois:unix:/run/w\" }\n"
	    "workers = 3\npostings_max = 5000\nlog = syslog\n"
	    "log_queries = false\ntotal_ms = 0\n", &fault), ERR_NONE);
	ck_assert_str_eq(config.directory, "/srv/people");
	ck_assert_uint_eq(config.listen_count, 3);
	ck_assert_str_eq(config.listens[0], "whois:127.0.0.1:0");
	ck_assert_str_eq(config.listens[1], "whois:[::1]:4343");
	ck_assert_str_eq(config.listens[2], "whois:unix:/run/w");
	ck_assert_uint_eq(config.limits.workers, 3);
	ck_assert_uint_eq(config.face.postings_max, 5000);
	ck_assert_int_eq(config.log, LOG_TO_SYSLOG);
	ck_assert(!config.log_queries);
	ck_assert_uint_eq(config.limits.total_ms, 0);
	ck_assert_uint_eq(config.limits.queue, defaults.limits.queue);
	ck_assert_uint_eq(config.face.shown_max, defaults.face.shown_max);
	ck_assert_str_eq(config.face.version, defaults.face.version);
}
END_TEST

START_TEST(blames_the_line_that_set_an_option_if_one_did)
{
	static const struct {
		const char *option, *sentence;
	} cases[] = {
		{ "directory", "f.conf:2: it is empty" },
		{ "listen", "f.conf:4: it is empty" },
		{ "user", "f.conf:6: it is empty" },
		{ "pidfile", "it is empty" },
	};
	struct config config;
	struct fault fault;

	ck_assert_int_eq(parse(&config, "# people\n"
	    "directory = \"/srv\"\n"
	    "listen = { \"whois:127.0.0.1:0\",\n"
	    "    \"whois:[::1]:0\" }\n"
	    "user = \"a\"\n"
	    "user = \"b\"\n", &fault), ERR_NONE);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		fault_set(&fault, ERR_REFUSED, "it is empty");
		ck_assert_int_eq(config_blame(&config, cases[i].option,
		    &fault), ERR_REFUSED);
		ck_assert_str_eq(fault.text, cases[i].sentence);
	}
}
END_TEST

START_TEST(an_empty_file_is_all_defaults)
{
	struct config config, defaults;
	struct fault fault;

	config_set_defaults(&defaults);
	ck_assert_int_eq(parse(&config, "", &fault), ERR_NONE);
	ck_assert_str_eq(config.file, "f.conf");
	memset(config.file, 0, sizeof config.file);
	ck_assert_mem_eq(&config, &defaults, sizeof config);
}
END_TEST

START_TEST(refuses_with_file_line_and_what_is_allowed)
{
	static const struct {
		const char *text;
		const char *sentence;
	} cases[] = {
		{ "\n\ncolour = 3\n", "f.conf:3: no such option 'colour'" },
		{ "queue = 5\nworkers = 0\n", "f.conf:2: workers must be "
		    "between 1 and 1024, not 0" },
		{ "request_ms = 9\n", "f.conf:1: request_ms must be between "
		    "10 and 3600000, not 9" },
		{ "queue = many\n", "f.conf:1: invalid integer value for "
		    "option 'queue'" },
		{ "log = \"/tmp/log\"\n", "f.conf:1: log must be \"stderr\" "
		    "or \"syslog\", not \"/tmp/log\"" },
		{ "sandbox = { landlock, chroot }\n", "f.conf:1: sandbox may "
		    "hold \"landlock\" and \"seccomp\", not \"chroot\"" },
		{ "log_queries = perhaps\n", "f.conf:1: invalid boolean value "
		    "for option 'log_queries'" },
		{ "\nlisten = { \"gopher:*:70\" }\n", "f.conf:2: listen: "
		    "\"gopher:*:70\" is not FACE:ADDRESS:PORT: there is no "
		    "face \"gopher\"; there are whois, ph and finger" },
		{ "\nlisten = { \"whois:*:99999\" }\n", "f.conf:2: listen: "
		    "cannot listen on *:99999: the port is neither a number "
		    "nor in /etc/services" },
		{ "listen = { \"whois:::1:43\" }\n", "f.conf:1: listen: "
		    "cannot listen on ::1:43: an IPv6 address needs brackets, "
		    "as in [::1]:43" },
		{ "\nph_charset = \"koi8-r\"\n", "f.conf:2: ph_charset must be "
		    "\"utf-8\", \"iso-8859-1\" or \"us-ascii\", not "
		    "\"koi8-r\"" },
		{ "administrator = \"a\tb\"\n", "f.conf:1: administrator must "
		    "be UTF-8 without control characters" },
		{ "queue = 5\n/* never\nqueue = 0\n", "f.conf:2: a comment "
		    "that begins here is never closed" },
		{ "finger_domains = { uwo.ca,\n\"a b\" }\n", "f.conf:2: "
		    "finger_domains: \"a b\" is no domain; one is written "
		    "example.org" },
		{ "finger_domains = { \".\" }\n", "f.conf:1: finger_domains: "
		    "\".\" is no domain; one is written example.org" },
		{ "listen = { \"whois\" }\n", "f.conf:1: listen: \"whois\" "
		    "lacks its address; a listen is FACE:ADDRESS:PORT, as in "
		    "whois:*:43" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct config config;
		struct fault fault;

		ck_assert_int_eq(parse(&config, cases[i].text, &fault),
		    ERR_REFUSED);
		ck_assert_str_eq(fault.text, cases[i].sentence);
	}
}
END_TEST

START_TEST(comments_count_as_the_lines_they_are)
{
	static const struct {
		const char *text;
		unsigned line;
	} cases[] = {
		{ "# a\nqueue = 0\n", 2 },
		{ "# a\n\n#\nqueue = 0 # b\n", 4 },
		{ "// a\n//b\nqueue = 0 //c\n", 3 },
		{ "/* a */\n/* b\n * c\n */ queue = 0\n", 4 },
		{ "workers = 3 # b\r\nqueue = 0\r\n", 2 },
		{ "user = \"# no comment\" # \"\nqueue = 0\n", 2 },
		{ "user = 'it\\'s // no comment' // '\nqueue = 0\n", 2 },
		{ "user=\"/*\" queue = 0\n# */\n", 1 },
		{ "listen = { # a\n}\nqueue = 0\n", 3 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct config config;
		struct fault fault;
		char start[64];

		snprintf(start, sizeof start, "f.conf:%u: queue must be ",
		    cases[i].line);
		ck_assert_int_eq(parse(&config, cases[i].text, &fault),
		    ERR_REFUSED);
		ck_assert_msg(strncmp(fault.text, start, strlen(start)) == 0,
		    "%s: %s", cases[i].text, fault.text);
	}
}
END_TEST

START_TEST(signs_of_comments_inside_a_value_are_part_of_it)
{
	struct config config;
	struct fault fault;

	ck_assert_int_eq(parse(&config,
	    "directory = /srv//people # behind it\n"
	    "pidfile = \"/run/#1 // \\\"x\\\" /* y */\" // behind it\n"
	    "/* user = a */ user = 'b#c'", &fault), ERR_NONE);
	ck_assert_str_eq(config.directory, "/srv//people");
	ck_assert_str_eq(config.pidfile, "/run/#1 // \"x\" /* y */");
	ck_assert_str_eq(config.user, "b#c");
}
END_TEST

START_TEST(refuses_text_that_is_no_configuration)
{
	static const char *const texts[] = {
		"queue 5\n", "queue = \n", "queue\n", "= 5\n", "{", "}",
		"directory = \"unfinished\n", "listen = { \"whois:*:43\"",
		"queue = 99999999999999999999\n", "queue = 0x\n",
		"directory { }\n", "\x80\xff\n",
	};

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct config config;
		struct fault fault;

		ck_assert_msg(parse(&config, texts[i], &fault) == ERR_REFUSED,
		    "taken: %s", texts[i]);
		ck_assert_ptr_eq(strstr(fault.text, "f.conf:"), fault.text);
	}
}
END_TEST

START_TEST(refuses_a_nul_byte_a_long_name_and_too_many_addresses)
{
	static const char nul[] = "queue = 5\nworkers\0= 0\n";
	char text[8192] = "directory = \"";
	struct config config;
	struct fault fault;

	config_set_defaults(&config);
	ck_assert_int_eq(config_parse(&config,
	    (struct span){ nul, sizeof nul - 1 }, "f.conf", &fault),
	    ERR_REFUSED);
	ck_assert_str_eq(fault.text, "f.conf:2: there is a NUL byte");

	memset(text + strlen(text), 'x', CONFIG_TEXT_MAX);
	strcat(text, "\"\n");
	ck_assert_int_eq(parse(&config, text, &fault), ERR_REFUSED);
	ck_assert_str_eq(fault.text,
	    "f.conf:1: directory is longer than 255 bytes");

	snprintf(text, sizeof text, "listen = { \"whois:*:1\"");
	for (int i = 0; i < CONFIG_LISTENS_MAX; i++)
		strcat(text, ", \"whois:*:1\"");
	strcat(text, " }\n");
	ck_assert_int_eq(parse(&config, text, &fault), ERR_REFUSED);
	ck_assert_str_eq(fault.text,
	    "f.conf:1: listen may hold at most 32 addresses");
}
END_TEST

START_TEST(a_fault_holds_nothing_that_harms_a_terminal)
{
	struct config config;
	struct fault fault;

	ck_assert_int_eq(parse(&config, "log = \"\033[2J\"\n", &fault),
	    ERR_REFUSED);
	ck_assert_ptr_null(strchr(fault.text, '\033'));
}
END_TEST

static bool
contain(const struct networks *networks, const char *text)
{
	struct addr addr;

	ck_assert(addr_parse(&addr, span_from(text)));
	return networks_contain(networks, &addr);
}

START_TEST(takes_classes_rules_and_limits)
{
	struct config config;
	struct policy *policy = &config.policy;
	struct fault fault;

	ck_assert_msg(parse(&config,
	    "class campus {\n"
	    "  networks = {\"129.100.0.0/16\", \"2001:db8::/32\"} # a\n"
	    "  shown_max = 200\n}\n"
	    "class \"desk\" { networks = { \"local\" } }\n"
	    "access = { \"allow campus\", \"refuse all on whois say No.\" }\n"
	    "proxies = { 10.0.0.1 }\nexempt = { 192.0.2.0/24 }\n"
	    "source_rate = 0\nsource_burst = 7\nsource_v6_bits = 48\n",
	    &fault) == ERR_NONE, "%s", fault.text);
	ck_assert_uint_eq(policy->classes.count, 2);
	ck_assert_str_eq(policy->classes.list[0].name, "campus");
	ck_assert_uint_eq(policy->classes.list[0].shown_max, 200);
	ck_assert(contain(&policy->classes.list[0].networks, "2001:db8::1"));
	ck_assert_str_eq(policy->classes.list[1].name, "desk");
	ck_assert_uint_eq(policy->classes.list[1].shown_max, 0);
	ck_assert_uint_eq(policy->rules.count, 2);
	ck_assert_int_eq(policy->rules.list[0].who, RULE_WHO_CLASS);
	ck_assert_str_eq(policy->rules.list[1].sentence, "No.");
	ck_assert(contain(&policy->proxies, "10.0.0.1"));
	ck_assert(contain(&policy->limits.exempt, "192.0.2.1"));
	ck_assert(!contain(&policy->limits.exempt, "127.0.0.1"));
	ck_assert_uint_eq(policy->limits.rate, 0);
	ck_assert_uint_eq(policy->limits.burst, 7);
	ck_assert_uint_eq(policy->limits.v6_bits, 48);
}
END_TEST

START_TEST(an_empty_list_takes_the_place_of_the_default)
{
	struct config config;
	struct fault fault;

	ck_assert_int_eq(parse(&config, "exempt = {}\nlisten = { }\n",
	    &fault), ERR_NONE);
	ck_assert_uint_eq(config.policy.limits.exempt.count, 0);
	ck_assert_uint_eq(config.listen_count, 0);
}
END_TEST

START_TEST(says_what_is_wrong_with_classes_and_rules)
{
	static const struct {
		const char *text;
		const char *sentence;
	} cases[] = {
		{ "\nclass all { networks = { local } }\n", "f.conf:2: class: "
		    "\"all\" has a meaning of its own; give the class another "
		    "name" },
		{ "class campus {\n}\n", "f.conf:2: class campus lacks its "
		    "networks, as in networks = {\"192.0.2.0/24\"}" },
		{ "class campus {\n networks = {\"192.0.2.0/24\",\n"
		    "\"192.0.2.7/8\"}\n}\n", "f.conf:3: networks: "
		    "\"192.0.2.7/8\" has bits behind its first 8; the network "
		    "is 192.0.0.0/8" },
		{ "class campus {\nnetworks = {local}\nshown_max = 0\n}\n",
		    "f.conf:3: shown_max must be between 1 and 1000, not 0" },
		{ "class campus {\ncolour = 3\n}\n", "f.conf:2: no such "
		    "option 'colour'" },
		{ "class campus { networks = {local} }\n"
		    "class campus { networks = {local} }\n", "f.conf:2: found "
		    "duplicate title 'campus'" },
		{ "queue = 5\nclass campus {\nnetworks = {local}\n",
		    "f.conf:2: a brace that opens here is never closed" },
		{ "access = {\"allow all\",\n\"deny all\"}\n", "f.conf:2: "
		    "access: \"deny all\": a rule begins with allow, refuse "
		    "or silent, not \"deny\"" },
		{ "access = { \"allow all on gopher\" }\n", "f.conf:1: access: "
		    "\"allow all on gopher\": there is no face \"gopher\"; "
		    "there are whois, ph and finger" },
		{ "access = { \"allow campus\" }\n"
		    "class campus { networks = {local} }\n", "f.conf:1: access:"
		    " \"allow campus\": above this line there is no class "
		    "\"campus\"" },
		{ "exempt = { localhost }\n", "f.conf:1: exempt: \"localhost\""
		    " is no network; one is written 192.0.2.0/24, "
		    "2001:db8::/32 or local" },
		{ "source_v6_bits = 65\n", "f.conf:1: source_v6_bits must be "
		    "between 1 and 64, not 65" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct config config;
		struct fault fault;

		ck_assert_int_eq(parse(&config, cases[i].text, &fault),
		    ERR_REFUSED);
		ck_assert_str_eq(fault.text, cases[i].sentence);
	}
}
END_TEST

static void
expect_refusal(const char *text, const char *sentence)
{
	struct config config;
	struct fault fault;

	ck_assert_int_eq(parse(&config, text, &fault), ERR_REFUSED);
	ck_assert_str_eq(fault.text, sentence);
}

START_TEST(keeps_the_domains_of_finger_as_one_text)
{
	char text[512] = "finger_domains = { ";
	struct config config;
	struct fault fault;

	ck_assert_int_eq(parse(&config, "finger_domains = { example.org,"
	    " \"uwo.ca.\" }\n", &fault), ERR_NONE);
	ck_assert_str_eq(config.face.finger_domains, "example.org uwo.ca.");
	ck_assert_int_eq(parse(&config, "finger_domains = {}\n", &fault),
	    ERR_NONE);
	ck_assert_str_eq(config.face.finger_domains, "");
	for (int i = 0; i < 33; i++)
		strcat(text, i < 32 ? "abcdefg, " : "abcdefg }\n");
	ck_assert_int_eq(parse(&config, text, &fault), ERR_REFUSED);
	ck_assert_str_eq(fault.text, "f.conf:1: finger_domains are longer than"
	    " 255 bytes");
}
END_TEST

START_TEST(refuses_more_of_them_than_there_is_room_for)
{
	char text[8192] = "exempt = { local";

	for (int i = 0; i < NETWORKS_MAX; i++)
		strcat(text, ", local");
	strcat(text, " }\n");
	expect_refusal(text, "f.conf:1: there may be at most 128 of exempt");

	strcpy(text, "access = { 'allow all'");
	for (int i = 0; i < RULES_MAX; i++)
		strcat(text, ", 'allow all'");
	strcat(text, " }\n");
	expect_refusal(text, "f.conf:1: there may be at most 128 of access");

	text[0] = '\0';
	for (int i = 0; i <= VIEWER_CLASSES_MAX; i++)
		snprintf(text + strlen(text), sizeof text - strlen(text),
		    "class c%d { networks = {local} }\n", i);
	expect_refusal(text, "f.conf:17: there may be at most 16 of class");
}
END_TEST

START_TEST(the_command_line_goes_before_the_file)
{
	struct config_source source = {
		.directory = "/here", .listens = { "whois:127.0.0.1:0" },
		.listen_count = 1, .workers = 7,
	};
	char path[] = "/tmp/check_config.XXXXXX";
	int descriptor = mkstemp(path);
	struct config config;
	struct fault fault;

	ck_assert_int_ge(descriptor, 0);
	ck_assert_int_gt(dprintf(descriptor, "directory = /there\n"
	    "listen = { 'whois:*:1', 'whois:*:2' }\nworkers = 2\nqueue=9\n"),
	    0);
	close(descriptor);
	source.path = path;
	ck_assert_int_eq(config_gather(&config, &source, &fault), ERR_NONE);
	unlink(path);
	ck_assert_str_eq(config.directory, "/here");
	ck_assert_uint_eq(config.listen_count, 1);
	ck_assert_str_eq(config.listens[0], "whois:127.0.0.1:0");
	ck_assert_uint_eq(config.limits.workers, 7);
	ck_assert_uint_eq(config.limits.queue, 9);

	ck_assert_int_eq(config_gather(&config, &source, &fault), ERR_WORLD);
	ck_assert_ptr_nonnull(strstr(fault.text, path));
	source.path = NULL;
	source.listens[0] = "gopher:*:70";
	ck_assert_int_eq(config_gather(&config, &source, &fault), ERR_USAGE);
}
END_TEST

/* A file of the source tree, whole, in memory the caller frees. */
static char *
read_source(const char *name)
{
	const char *top = getenv("top_srcdir");
	char path[4096];
	char *text = calloc(1, 65536);
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", top ? top : ".", name);
	file = fopen(path, "r");
	ck_assert_msg(file != NULL, "%s cannot be read", path);
	ck_assert_uint_gt(fread(text, 1, 65535, file), 0);
	fclose(file);
	return text;
}

static void
expect_limits(const struct source_limits *limits,
    const struct source_limits *expected)
{
	ck_assert_uint_eq(limits->connections, expected->connections);
	ck_assert_uint_eq(limits->rate, expected->rate);
	ck_assert_uint_eq(limits->burst, expected->burst);
	ck_assert_uint_eq(limits->daily, expected->daily);
	ck_assert_uint_eq(limits->v4_bits, expected->v4_bits);
	ck_assert_uint_eq(limits->v6_bits, expected->v6_bits);
	ck_assert_uint_eq(limits->sources, expected->sources);
	ck_assert_uint_eq(limits->exempt.count, expected->exempt.count);
	ck_assert_mem_eq(limits->exempt.list, expected->exempt.list,
	    expected->exempt.count * sizeof expected->exempt.list[0]);
}

START_TEST(the_sample_shows_every_option_with_its_default)
{
	struct config config, defaults;
	struct fault fault;
	char *text = read_source("dist/whoisd.conf");
	const char *name;

	config_set_defaults(&defaults);
	/* Each line must give back what was spoilt here. */
	memset(&config, 0x55, sizeof config);
	ck_assert_msg(config_parse(&config, span_from(text), "sample",
	    &fault) == ERR_NONE, "%s", fault.text);
	ck_assert_str_eq(config.directory, defaults.directory);
	ck_assert_uint_eq(config.listen_count, defaults.listen_count);
	ck_assert_str_eq(config.listens[0], defaults.listens[0]);
	ck_assert_uint_eq(config.limits.queue, defaults.limits.queue);
	ck_assert_uint_eq(config.limits.connections,
	    defaults.limits.connections);
	ck_assert_uint_eq(config.limits.request_ms, defaults.limits.request_ms);
	ck_assert_uint_eq(config.limits.write_ms, defaults.limits.write_ms);
	ck_assert_uint_eq(config.limits.total_ms, defaults.limits.total_ms);
	ck_assert_uint_eq(config.limits.idle_ms, defaults.limits.idle_ms);
	ck_assert_uint_eq(config.limits.linger_ms, defaults.limits.linger_ms);
	ck_assert_uint_eq(config.limits.output_bytes,
	    defaults.limits.output_bytes);
	ck_assert_uint_eq(config.limits.buffer_bytes,
	    defaults.limits.buffer_bytes);
	ck_assert_uint_eq(config.face.shown_max, defaults.face.shown_max);
	ck_assert_uint_eq(config.face.postings_max,
	    defaults.face.postings_max);
	ck_assert_uint_eq(config.face.ph_shown_max,
	    defaults.face.ph_shown_max);
	ck_assert_int_eq(config.face.ph_charset, defaults.face.ph_charset);
	ck_assert_str_eq(config.face.maildomain, defaults.face.maildomain);
	ck_assert_str_eq(config.face.administrator,
	    defaults.face.administrator);
	ck_assert_str_eq(config.face.finger_domains,
	    defaults.face.finger_domains);
	ck_assert_uint_eq(config.policy.rules.count, 0);
	ck_assert_uint_eq(config.policy.proxies.count, 0);
	expect_limits(&config.policy.limits, &defaults.policy.limits);
	ck_assert_int_eq(config.log, defaults.log);
	ck_assert(config.log_queries == defaults.log_queries);
	ck_assert_str_eq(config.pidfile, defaults.pidfile);
	ck_assert_str_eq(config.control, defaults.control);
	ck_assert_str_eq(config.user, defaults.user);
	ck_assert_str_eq(config.group, defaults.group);
	ck_assert_uint_eq(config.sandbox, defaults.sandbox);
	for (size_t i = 0; (name = config_option_name(i)) != NULL; i++) {
		char line[64];

		/* What has no one default is shown as a comment. */
		if (strcmp(name, "class") == 0)
			snprintf(line, sizeof line, "\n#class ");
		else
			snprintf(line, sizeof line, "%s%s = ",
			    strcmp(name, "workers") == 0 ? "\n#" : "\n",
			    name);
		ck_assert_msg(strstr(text, line) != NULL, "%s lacks", name);
	}
	free(text);
}
END_TEST

START_TEST(the_manual_describes_every_option)
{
	char *text = read_source("doc/whoisd.conf.5");
	const char *name;

	for (size_t i = 0; (name = config_option_name(i)) != NULL; i++) {
		char line[64];

		snprintf(line, sizeof line, "\n.It Cm %s\n", name);
		ck_assert_msg(strstr(text, line) != NULL, "%s lacks", name);
	}
	free(text);
}
END_TEST

UNIT_MAIN("server/config", cuts_an_address_into_its_parts,
    takes_what_is_said_and_keeps_the_other_defaults,
    blames_the_line_that_set_an_option_if_one_did,
    an_empty_file_is_all_defaults,
    refuses_with_file_line_and_what_is_allowed,
    comments_count_as_the_lines_they_are,
    signs_of_comments_inside_a_value_are_part_of_it,
    refuses_text_that_is_no_configuration,
    refuses_a_nul_byte_a_long_name_and_too_many_addresses,
    a_fault_holds_nothing_that_harms_a_terminal,
    takes_classes_rules_and_limits,
    keeps_the_domains_of_finger_as_one_text,
    an_empty_list_takes_the_place_of_the_default,
    says_what_is_wrong_with_classes_and_rules,
    refuses_more_of_them_than_there_is_room_for,
    the_command_line_goes_before_the_file,
    the_sample_shows_every_option_with_its_default,
    the_manual_describes_every_option)
