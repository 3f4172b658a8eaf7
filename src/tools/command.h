/*
 * The subcommands of whoisctl.  Each reads its own options, makes one call, and
 * returns the exit status (base/err).  argv[0] is the subcommand's name.
 */

#ifndef TOOLS_COMMAND_H
#define TOOLS_COMMAND_H

#include "base/attr.h"

struct viewer;

int command_load(int argc, char **argv);
int command_sample(int argc, char **argv);
int command_query(int argc, char **argv);
int command_info(int argc, char **argv);
int command_verify(int argc, char **argv);
int command_dump(int argc, char **argv);
int command_rollback(int argc, char **argv);
int command_schema(int argc, char **argv);
int command_stats(int argc, char **argv);
int command_top(int argc, char **argv);

/*
 * For subcommands that take `-d DIR` and nothing else: ERR_NONE, or the exit
 * status with the reason said.
 */
int command_take_only_directory(const char **path, int argc, char **argv)
    MUST_CHECK;

/*
 * The value of --as: classes with commas between them, which the viewer then
 * borrows, or "everyone" for one without any.  ERR_NONE, or as above.
 */
int command_take_viewer(struct viewer *viewer, const char *text) MUST_CHECK;

/* What getopt_long() gives for --as: no letter. */
enum { COMMAND_OPTION_AS = 256 };

#endif
