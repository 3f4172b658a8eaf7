#include "tools/view.h"

#include "dir/generation.h"

enum err
view_open(struct view *view, const char *path, struct fault *fault)
{
	enum err err = directory_open(&view->directory, path, 0, fault);

	if (err != ERR_NONE)
		return err;
	view->reader = reader_new(view->directory);
	err = reader_begin(view->reader, fault);
	if (err != ERR_NONE) {
		reader_free(&view->reader);
		directory_close(&view->directory);
	}
	return err;
}

void
view_close(struct view *view)
{
	reader_end(view->reader);
	reader_free(&view->reader);
	directory_close(&view->directory);
}
