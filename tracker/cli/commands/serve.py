"""`tracker serve`: the milestones over HTTP, for calendars and browsers."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click
from msgspec.structs import replace

from tracker.cli.addresses import base_address, base_url_option, is_loopback, own_address
from tracker.cli.commands.token import token_file, tokens_option
from tracker.cli.context import App
from tracker.cli.options import lang_option, store_option
from tracker.cli.printing import print_result
from tracker.cli.source_documents import original
from tracker.cli.struct_options import struct_options
from tracker.errors import NotPublic
from tracker.message import Message
from tracker.settings import FeedSettings, ServeSettings

if TYPE_CHECKING:
    from tracker.subscribe.server import Service
    from tracker.subscribe.server.logs import AccessEntry


@click.command("serve")
@struct_options(ServeSettings, "how")
@tokens_option
@base_url_option
@struct_options(FeedSettings, "profile")
@lang_option
@store_option
def serve_command(
    app: App, how: ServeSettings, place: Path | None, profile: FeedSettings, base_url: str | None
) -> None:
    """Serve calendars to subscribe to, and pages, until it is stopped.

    A change of the store is served within a second. Others than this computer are let in with
    --host, and --public or tokens: docs/serving.md.
    """
    from tracker.subscribe.server import Service, listen, own_socket, serve
    from tracker.subscribe.server.watch import Sources

    tokens = token_file(app, place)
    with ExitStack() as held:
        at = held.enter_context(listen(how.host, how.port))
        measured_at = None
        if how.metrics_port is not None:
            measured_at = held.enter_context(own_socket(how.metrics_host, how.metrics_port))
            told = own_address(*measured_at.getsockname()[:2])
            said = Message("What is measured is told at {address} now.", address=f"{told}/metrics")
            _report(app, how, said)
        host, port = at.getsockname()[:2]
        address = base_address(app, base_url, host, port)
        local = is_loopback(host) and is_loopback(urlsplit(address).hostname or "")
        if not (local or how.public or tokens.read().used):
            raise NotPublic(
                "At {place} everybody on the network could read the milestones.",
                "If they may, add --public; otherwise make a token with `tracker token add NAME` "
                "first.",
                place=host if not is_loopback(host) else address,
            )
        service = Service(
            settings=replace(app.settings, feeds=profile, serve=how),
            sources=Sources(app.store, tokens.read, lambda: datetime.now().astimezone()),
            address=address,
            public=how.public,
            loopback=local,
            report=partial(_report, app, how),
            log=partial(_log, app, how) if how.access_log else None,
            lang=app.lang,
            find=partial(original, app),
            measured_at=measured_at,
        )
        serve(service, at, partial(_welcome, app, how, service))


def _log(app: App, how: ServeSettings, answered: AccessEntry) -> None:
    from tracker.subscribe.server import logs

    print_result(app, (logs.answered if how.log_format == "json" else logs.line)(answered))


def _report(app: App, how: ServeSettings, said: Message) -> None:
    from tracker.subscribe.server import logs

    if how.log_format == "json":
        app.note(logs.reported(datetime.now().astimezone(), said))
    else:
        app.say("tracker: {said}", said=said)


def _welcome(app: App, how: ServeSettings, service: Service, count: int, is_open: bool) -> None:
    from tracker.render.table import Screen
    from tracker.render.welcome import ServedSite, welcome
    from tracker.subscribe.server import logs

    if how.log_format == "json":
        now = datetime.now().astimezone()
        print_result(app, logs.started(now, service.address, count, is_open=is_open))
        return
    served = ServedSite(
        name=service.settings.feeds.name,
        count=count,
        address=service.address,
        is_open=is_open,
        is_local=is_loopback(urlsplit(service.address).hostname or ""),
        steps=app.on_terminal,
        qr=how.qr,
    )
    print_result(app, welcome(served, Screen(app.width, app.colour, app.lang)))
