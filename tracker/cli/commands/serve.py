"""`tracker serve`: the milestones over HTTP, for calendars and browsers."""

from __future__ import annotations

from datetime import datetime
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from tracker.cli.addresses import base_address, base_url_option, is_loopback
from tracker.cli.commands.export_ics import naming_options
from tracker.cli.commands.token import read_tokens, tokens_file, tokens_option
from tracker.cli.context import App
from tracker.cli.options import Command, lang_option, store_option, together
from tracker.cli.printing import say
from tracker.errors import NotPublic

if TYPE_CHECKING:
    from tracker.settings import Feeds, Serve
    from tracker.subscribe.server import Service


def _how(command: Command) -> Command:
    @wraps(command)
    def with_how(app: App, place: Path | None, **given: Any) -> Any:
        from msgspec.structs import fields, replace

        settled = app.settings.serve
        told = {field.name: given.pop(field.name, None) for field in fields(settled)}
        told |= {"tokens": str(tokens_file(app, place))}
        how = replace(settled, **{word: v for word, v in told.items() if v is not None})
        return command(app, how=how, **given)

    return with_how


_serve_options = together(
    click.option("--host", help="The address to listen at (default: 127.0.0.1, this computer)."),
    click.option(
        "--port",
        type=click.IntRange(0, 65535),
        help="The port (default: 8765); 0 takes a free one.",
    ),
    click.option(
        "--public/--private", default=None, help="Let everybody who can reach it read, or not."
    ),
    tokens_option,
    base_url_option,
    click.option("--qr/--no-qr", default=None, help="Draw a QR code to scan with a phone, or not."),
    click.option(
        "--access-log/--no-access-log",
        default=None,
        help="Write a line for each answer, tokens left out, or not.",
    ),
    _how,
)


@click.command("serve")
@lang_option
@store_option
@click.pass_obj
@_serve_options
@naming_options
def serve_command(app: App, how: Serve, feeds: Feeds, base_url: str | None) -> None:
    """Serve calendars to subscribe to, and the page, until it is stopped.

    A change of the store is served within a second. Others than this computer are let in with
    --host, and --public or tokens: docs/serving.md.
    """
    from tracker.subscribe.server import listen, serve

    with listen(how.host, how.port) as at:
        host, port = at.getsockname()[:2]
        address = base_address(app, base_url, host, port)
        local = is_loopback(host) and is_loopback(urlsplit(address).hostname or "")
        if not local:
            _refuse_strangers(how, host if not is_loopback(host) else address)
        service = _service(app, how, feeds, address, loopback=local)
        serve(service, at, partial(_welcome, app, how, service))


def _refuse_strangers(how: Serve, place: str) -> None:
    """Raise NotPublic where nobody has said who may read: everybody, or who has a token."""
    if how.public or read_tokens(Path(how.tokens or "")).used:
        return
    raise NotPublic(
        "At {place} everybody on the network could read the milestones.",
        "If they may, add --public; otherwise make a token with `tracker token add NAME` first.",
        place=place,
    )


def _service(app: App, how: Serve, feeds: Feeds, address: str, *, loopback: bool) -> Service:
    from msgspec.structs import replace

    from tracker.render.text import clean
    from tracker.subscribe.server import Service
    from tracker.subscribe.server.watch import Sources

    tokens = partial(read_tokens, Path(how.tokens or ""))
    return Service(
        settings=replace(app.settings, feeds=feeds, serve=how),
        sources=Sources(app.store, tokens, lambda: datetime.now().astimezone()),
        address=address,
        public=how.public,
        loopback=loopback,
        report=lambda text: app.note(clean(f"tracker: {text}")),
        log=partial(say, app) if how.access_log else None,
        lang=app.local_lang,
    )


def _welcome(app: App, how: Serve, service: Service, count: int, is_open: bool) -> None:
    from tracker.render.table import Screen
    from tracker.render.welcome import Served, welcome

    served = Served(
        name=service.settings.feeds.name,
        count=count,
        address=service.address,
        is_open=is_open,
        is_local=is_loopback(urlsplit(service.address).hostname or ""),
        steps=app.on_terminal,
        qr=how.qr,
    )
    say(app, welcome(served, Screen(app.width, app.colour, app.local_lang)))
