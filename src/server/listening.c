#include "server/listening.h"

#include "net/listen.h"
#include "proto/face.h"
#include "server/inherit.h"
#include "server/serving.h"

#include <stdio.h>

static enum err
adopt(struct listening *l, const struct inherited *socket,
    struct fault *fault)
{
	unsigned i = l->count;
	enum err err;

	l->services[i] = serving_service(socket->face);
	l->services[i].wants_proxy = socket->wants_proxy;
	err = listener_adopt(&l->listeners[i], socket->descriptor,
	    &l->services[i], fault);
	if (err == ERR_NONE)
		l->count++;
	return err;
}

static enum err
adopt_inherited(struct listening *l, struct fault *fault)
{
	struct inherited sockets[CONFIG_LISTENS_MAX];
	unsigned count;
	enum err err = inherit_take(sockets, CONFIG_LISTENS_MAX, &count,
	    fault);

	for (unsigned i = 0; err == ERR_NONE && i < count; i++)
		err = adopt(l, &sockets[i], fault);
	l->is_inherited = l->count > 0;
	return err;
}

static enum err
open_one(struct listening *l, const char *text, struct fault *fault)
{
	unsigned i = l->count;
	struct config_listen listen;
	enum err err = config_cut_listen(&listen, text, fault);

	if (err != ERR_NONE)
		return err;
	l->services[i] = serving_service(listen.face);
	l->services[i].wants_proxy = listen.wants_proxy;
	err = listener_open(&l->listeners[i], listen.address,
	    listen.face->service, listen.face->port, &l->services[i], fault);
	if (err == ERR_NONE)
		l->count++;
	return err;
}

enum err
listening_open(struct listening *l, const struct config *config,
    struct fault *fault)
{
	enum err err = adopt_inherited(l, fault);

	if (err != ERR_NONE || l->is_inherited)
		return err;
	for (unsigned i = 0; err == ERR_NONE && i < config->listen_count; i++)
		err = open_one(l, config->listens[i], fault);
	if (err == ERR_NONE && l->count == 0)
		return fault_set(fault, ERR_REFUSED,
		    "there is nothing to listen on: give -l or set listen");
	return err;
}

void
listening_close(struct listening *l)
{
	while (l->count > 0)
		listener_close(&l->listeners[--l->count]);
}

void
listening_announce(const struct listening *l)
{
	for (unsigned i = 0; i < l->count; i++) {
		const struct face *face = l->services[i].context;
		char text[LISTENER_TEXT_MAX];

		listener_format(l->listeners[i], text);
		fprintf(stderr, "listening %s %s\n", face->name, text);
	}
}
