#include <config.h>

#include "server/check.h"

#include "dir/generation.h"
#include "net/listen.h"
#include "proto/face.h"
#include "server/config.h"
#include "server/process.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum err
check_identity(const struct config *config, struct identity *identity,
    struct fault *fault)
{
	enum err err = process_find(identity, config->user, "", fault);

	if (err != ERR_NONE)
		return config_blame(config, "user", fault);
	err = process_find(identity, config->user, config->group, fault);
	return err == ERR_NONE ? ERR_NONE :
	    config_blame(config, "group", fault);
}

/* Or a path; without one the port is that of the face. */
static bool
has_port(struct span address)
{
	size_t at = address.length;

	while (at > 0 && address.data[at - 1] != ':' &&
	    address.data[at - 1] != ']')
		at--;
	return at > 0 && address.data[at - 1] == ':';
}

/* Another listen has that address and port; port 0 is a new one each time. */
static bool
is_repeated(const struct config *config, unsigned listen)
{
	struct config_listen one, other;
	struct fault ignored; /* said when its turn comes */
	struct span address;

	if (config_cut_listen(&one, config->listens[listen], &ignored))
		return false;
	address = one.address;
	if (span_cut_suffix(&address, ":0"))
		return false;
	for (unsigned i = 0; i < listen; i++)
		if (!config_cut_listen(&other, config->listens[i], &ignored) &&
		    span_equal(one.address, other.address) &&
		    (one.face == other.face || has_port(one.address)))
			return true;
	return false;
}

static enum err
check_listen(const struct config *config, unsigned i, struct fault *fault)
{
	struct config_listen listen;
	enum err err = config_cut_listen(&listen, config->listens[i], fault);

	if (err == ERR_NONE && is_repeated(config, i))
		err = fault_set(fault, ERR_REFUSED, "%s is there twice",
		    config->listens[i]);
	if (err == ERR_NONE)
		err = listener_probe(listen.address, listen.face->service,
		    fault);
	return err;
}

static enum err
check_listens(const struct config *config, const struct config_source *source,
    struct fault *fault)
{
	enum err err = ERR_NONE;

	for (unsigned i = 0; err == ERR_NONE && i < config->listen_count; i++)
		err = check_listen(config, i, fault);
	if (err != ERR_NONE && source->listen_count > 0)
		return fault_prefix(fault, "-l");
	return err == ERR_NONE ? ERR_NONE :
	    config_blame(config, "listen", fault);
}

/* That a file could be made at `path`, as far as its folder is concerned. */
static enum err
check_folder(const char *path, const char *what, struct fault *fault)
{
	char copy[CONFIG_PATH_MAX];
	struct stat status;
	const char *folder;
	int error = 0;

	snprintf(copy, sizeof copy, "%s", path);
	folder = dirname(copy);
	if (stat(folder, &status) != 0)
		error = errno;
	else if (!S_ISDIR(status.st_mode))
		error = ENOTDIR;
	return error == 0 ? ERR_NONE :
	    fault_set(fault, ERR_WORLD, "the folder of %s, %s: %s", what,
	    folder, strerror(error));
}

static enum err
check_folders(const struct config *config, struct fault *fault)
{
	char control[CONFIG_PATH_MAX];
	bool is_auto;

	if (config->pidfile[0] != '\0' &&
	    check_folder(config->pidfile, "the pid file", fault))
		return config_blame(config, "pidfile", fault);
	if (config_find_control(config, control, &is_auto) && !is_auto &&
	    check_folder(control, "the control socket", fault))
		return config_blame(config, "control", fault);
	return ERR_NONE;
}

/* A server that falls back to an older generation comes up as well. */
static enum err
check_directory(const struct config *config,
    const struct config_source *source, struct fault *fault)
{
	struct directory *directory = NULL;

	if (directory_open_any(&directory, config->directory, 0, fault) !=
	    DIRECTORY_REFUSED) {
		directory_close(&directory);
		return ERR_NONE;
	}
	fault_prefix(fault, "the directory cannot be opened");
	return source->directory != NULL ? fault->code :
	    config_blame(config, "directory", fault);
}

enum err
check_start(const struct config *config, const struct config_source *source,
    struct fault *fault)
{
	struct identity identity;
	enum err err = check_identity(config, &identity, fault);

	if (err == ERR_NONE)
		err = check_listens(config, source, fault);
	if (err == ERR_NONE)
		err = check_folders(config, fault);
	if (err == ERR_NONE && process_become(&identity, fault))
		err = config_blame(config, "user", fault);
	return err != ERR_NONE ? err : check_directory(config, source, fault);
}
