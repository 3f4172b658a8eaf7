/*
 * The subcommands of whoisctl.  Each reads its own options, makes one call, and
 * returns the exit status (base/err).  argv[0] is the subcommand's name.
 */

#ifndef TOOLS_COMMAND_H
#define TOOLS_COMMAND_H

int command_sample(int argc, char **argv);

#endif
