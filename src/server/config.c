#include <config.h>

#include "server/config.h"

#include "net/listen.h"
#include "server/sandbox.h"

#include <stdio.h>
#include <string.h>

#define CONTROL_AUTO "auto"

void
config_set_defaults(struct config *config)
{
	*config = (struct config){
		.directory = "/var/lib/whoisd",
		.listens = { "whois:*:whois" },
		.listen_count = 1,
		.face = {
			.shown_max = 50,
			.ph_shown_max = 25,
			.postings_max = 200000,
			.version = PACKAGE_VERSION,
		},
		.log = LOG_TO_STDERR,
		.log_queries = true,
		.sandbox = SANDBOX_ALL,
		.control = CONTROL_AUTO,
	};
	net_limits_set_defaults(&config->limits);
	policy_set_defaults(&config->policy);
}

enum err
config_cut_listen(struct config_listen *listen, const char *text,
    struct fault *fault)
{
	struct span name;

	listen->address = span_from(text);
	listen->wants_proxy = span_cut_suffix(&listen->address,
	    CONFIG_PROXY_SUFFIX);
	name = span_cut(&listen->address, ':');
	if (face_choose(&listen->face, name, fault) != ERR_NONE)
		return fault_prefix(fault,
		    "\"%s\" is not FACE:ADDRESS:PORT", text);
	if (listen->address.length == 0)
		return fault_set(fault, ERR_REFUSED,
		    "\"%s\" lacks its address; "
		    "a listen is FACE:ADDRESS:PORT, as in whois:*:43", text);
	return listener_check(listen->address, listen->face->service, fault);
}

/* `name` into `to`, made absolute when `folder` says from where. */
static enum err
take_name(char to[CONFIG_TEXT_MAX], const char *folder, const char *name,
    struct fault *fault)
{
	bool keep = folder == NULL || name[0] == '/' || name[0] == '\0';
	char whole[4096];
	int length = snprintf(whole, sizeof whole, "%s%s%s",
	    keep ? "" : folder, keep ? "" : "/", name);

	if (length < 0 || length >= CONFIG_TEXT_MAX)
		return fault_set(fault, ERR_USAGE,
		    "the name %s is longer than %d bytes", whole,
		    CONFIG_TEXT_MAX - 1);
	memcpy(to, whole, (size_t)length + 1);
	return ERR_NONE;
}

/* Any -l takes the place of all the file's. */
static enum err
override_listens(struct config *config, const struct config_source *source,
    struct fault *fault)
{
	for (unsigned i = 0; i < source->listen_count; i++) {
		const char *text = source->listens[i];
		struct config_listen unused;

		if (strlen(text) >= CONFIG_TEXT_MAX)
			return fault_set(fault, ERR_USAGE,
			    "-l: an address is longer than %d bytes",
			    CONFIG_TEXT_MAX - 1);
		if (config_cut_listen(&unused, text, fault)) {
			fault->code = ERR_USAGE;
			return fault_prefix(fault, "-l");
		}
		snprintf(config->listens[i], CONFIG_TEXT_MAX, "%s", text);
	}
	if (source->listen_count > 0)
		config->listen_count = source->listen_count;
	return ERR_NONE;
}

static enum err
take_control(struct config *config, const struct config_source *source,
    struct fault *fault)
{
	const char *name = source->control ? source->control : config->control;
	bool is_auto = strcmp(name, CONTROL_AUTO) == 0;

	return take_name(config->control, is_auto ? NULL : source->folder,
	    name, fault);
}

bool
config_find_control(const struct config *config, char path[CONFIG_PATH_MAX],
    bool *is_auto)
{
	*is_auto = strcmp(config->control, CONTROL_AUTO) == 0;
	if (*is_auto)
		snprintf(path, CONFIG_PATH_MAX, "%s/control",
		    config->directory);
	else
		snprintf(path, CONFIG_PATH_MAX, "%s", config->control);
	return config->control[0] != '\0';
}

enum err
config_gather(struct config *config, const struct config_source *source,
    struct fault *fault)
{
	const char *directory = source->directory;
	char path[CONFIG_TEXT_MAX];
	enum err err = ERR_NONE;

	config_set_defaults(config);
	if (source->path != NULL)
		err = take_name(path, source->folder, source->path, fault);
	if (source->path != NULL && err == ERR_NONE)
		err = config_read(config, path, fault);
	if (err == ERR_NONE)
		err = take_name(config->directory, source->folder,
		    directory ? directory : config->directory, fault);
	if (err == ERR_NONE)
		err = take_name(config->pidfile, source->folder,
		    config->pidfile, fault);
	if (err == ERR_NONE)
		err = take_control(config, source, fault);
	if (err == ERR_NONE)
		err = override_listens(config, source, fault);
	if (source->workers > 0)
		config->limits.workers = source->workers;
	return err;
}
