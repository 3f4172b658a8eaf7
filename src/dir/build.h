/*
 * The writer's side of DIR: the next generation is built beside the one in
 * service and flipped into its place by one rename(2), so that whatever kills a
 * load changes nothing.
 */

#ifndef DIR_BUILD_H
#define DIR_BUILD_H

#include "base/attr.h"
#include "base/err.h"
#include "dir/layout.h"

#include <stdint.h>

/*
 * One at a time in DIR.  _begin makes DIR when it is not there, takes the lock
 * (refused: who holds it), removes the generations that are neither current nor
 * the one before, and makes the folder of the next one.  _publish syncs the
 * folder (the files in it are the caller's to sync) and every name that leads
 * to it, flips `current` and keeps the one before; when it fails it has
 * abandoned the build, when it succeeds no loss of power undoes it.  _abandon
 * removes the folder.  Both give the lock back.
 *
 * The one before is the newest that can be read, so that whoever goes back
 * finds something there; one that is broken is kept only for want of another.
 *
 * Numbers never go back: DIR/lock remembers the highest one that was begun.
 */
struct build;
enum err build_begin(struct build **build, const char *directory_path,
    struct fault *fault) MUST_CHECK;
const char *build_path(const struct build *build);
uint64_t build_serial(const struct build *build);
enum err build_publish(struct build **build, struct fault *fault) MUST_CHECK;
void build_abandon(struct build **build);

/*
 * Make the generation before the current one current again; `name` is then
 * its name.  Refused: there is none, it cannot be read, or a load is under way.
 */
enum err directory_rollback(const char *path, char name[GENERATION_NAME_MAX],
    struct fault *fault) MUST_CHECK;

#endif
