"""`tracker token`: who may read private feeds."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from tracker.cli.addresses import LONGEST, base_address, base_url_option, is_loopback
from tracker.cli.context import App
from tracker.cli.options import combined, format_option, store_option
from tracker.cli.param_types import FILE_PATH
from tracker.cli.printing import Printer
from tracker.errors import BadValue
from tracker.message import Message
from tracker.render.text import clean, pad
from tracker.store.masking import masked

if TYPE_CHECKING:
    from tracker.subscribe.tokens import Token, TokenFile

tokens_option = click.option(
    "--tokens",
    "place",
    type=FILE_PATH,
    metavar="FILE",
    help="The file of tokens (default: the setting, or beside the store).",
)
_options = combined(tokens_option, format_option, store_option)


def token_file(app: App, place: Path | None) -> TokenFile:
    """The file that was named, or the setting's, or the one beside the store."""
    from tracker.subscribe.tokens import TokenFile

    return TokenFile(place or app.settled_path(app.settings.serve.tokens) or app.beside("tokens"))


@click.group("token")
def token_command() -> None:
    """Give out private addresses of feeds, and take them back.

    Who has a token reads what it may see, and nothing else. `tracker serve` takes notice within a
    second.
    """


@token_command.command("add")
@click.argument("name")
@click.option(
    "--owner",
    "owners",
    multiple=True,
    help="Only milestones of this body; more than once: of any. Without it, all.",
)
@base_url_option
@_options
def add_token(
    app: App,
    name: str,
    owners: tuple[str, ...],
    base_url: str | None,
    place: Path | None,
    printer: Printer,
) -> None:
    """Make a token for a reader, and print its addresses, this once.

    NAME is for you, to know whose it is.
    """
    from tracker.subscribe.tokens import Token, digest, new_secret, resolved

    base = base_address(app, base_url, app.settings.serve.host, app.settings.serve.port)
    if masked(name) != name:
        raise BadValue(
            "The name of a token has a password in it, and is shown in lists.",
            "Give a name that tells you whose it is.",
        )
    secret = new_secret()
    seen = resolved(owners, app.store.all()) if owners else ()
    token = Token(name, digest(secret), datetime.now(UTC).replace(microsecond=0), seen)
    token_file(app, place).change(lambda tokens: tokens.added(token))
    _tell_new(app, token.name, seen, f"{base}/t/{secret}", printer)


@token_command.command("list")
@_options
def list_tokens(app: App, place: Path | None, printer: Printer) -> None:
    """List tokens: whose, for what, since when. Their addresses are not kept."""
    kept = token_file(app, place)
    tokens = kept.read().tokens
    rows = [{"name": t.name, "owners": t.owners, "made_at": t.made_at} for t in tokens]

    def line(token: Token) -> str:
        made = token.made_at.astimezone().date()
        told = app.lang.text(
            "{name}: {sees}, since {day}", name=token.name, sees=_seen(token.owners), day=made
        )
        return clean(told)

    none = Message("There is no token. `tracker token add NAME` makes one.")
    text = "\n".join(map(line, tokens)) or none
    printer.result({"file": str(kept.path), "tokens": rows}, text)


@token_command.command("revoke")
@click.argument("name")
@_options
def revoke_token(app: App, name: str, place: Path | None, printer: Printer) -> None:
    """Take a token back: its addresses find nothing from now on."""
    token_file(app, place).change(lambda tokens: tokens.without(name))
    told = Message("{name} is revoked: its addresses find nothing from now on.", name=name)
    printer.result({"name": name}, told)


def _tell_new(app: App, name: str, owners: tuple[str, ...], root: str, printer: Printer) -> None:
    feeds = {what: f"{root}/{path}" for what, path in _FEEDS.items()}
    lang = app.lang
    lines = [clean(lang.text("{name}: {sees}.", name=name, sees=_seen(owners))), ""]
    lines += [f"  {pad(lang.text(what), 9)} {address}" for what, address in feeds.items()]
    content = {"name": name, "owners": owners, "addresses": feeds}
    printer.result(content, "\n".join(lines))
    app.say("Shown this once. Whoever has such an address can read, so send it like a password.")
    app.say("Take it back with: tracker token revoke {name}", name=_quoted(name))
    host = urlsplit(root).hostname or ""
    if is_loopback(host):
        app.say("They work on this computer only; for others, give --base-url or the setting.")
    if len(feeds["tasks"]) > LONGEST:
        sentence = "Google takes addresses of {longest} characters at most; these are longer."
        app.say(sentence, longest=LONGEST)


_FEEDS = {"calendar": "feed.ics", "tasks": "tasks.ics", "page": ""}


def _seen(owners: tuple[str, ...]) -> Message:
    if owners:
        return Message("sees milestones of {owners}", owners=owners)
    return Message("sees all milestones")


def _quoted(name: str) -> str:
    from shlex import quote

    return clean(quote(name))
