"""`tracker mcp`: the record for programs that speak MCP, such as assistants."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from tracker.cli.addresses import base_url_option, is_loopback, known_address, own_address
from tracker.cli.commands.token import token_file, tokens_option
from tracker.cli.context import App
from tracker.cli.options import store_option
from tracker.cli.param_types import FILE_PATH
from tracker.errors import NotPublic, requiring_extra
from tracker.message import Message

if TYPE_CHECKING:
    from tracker.agents.desk import AgentDesk
    from tracker.model import Milestone

PORT = 8766


@click.command("mcp")
@click.option("--write", is_flag=True, help="Let it add, note, change a status and propose.")
@click.option(
    "--documents",
    "folders",
    type=FILE_PATH,
    multiple=True,
    metavar="DIR",
    help="Let it read the documents below this folder; repeat. Without it, only texts it is given.",
)
@click.option("--http", is_flag=True, help="Over HTTP, at /mcp, and not on stdin and stdout.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    help="The port; 0 takes a free one.",
)
@base_url_option
@tokens_option
@store_option
def mcp_command(
    app: App,
    write: bool,
    folders: tuple[Path, ...],
    http: bool,
    host: str,
    port: int,
    base_url: str | None,
    place: Path | None,
) -> None:
    """Answer assistants and other programs by the Model Context Protocol.

    They may list, show, search, report and extract. With --write they may also add, note, change a
    status with a reason, and propose from a document; the history names them, `undo` takes it back,
    and nothing is ever deleted. docs/agents.md says how programs are told of it.
    """
    with requiring_extra("`tracker mcp` needs {name}, which is not installed.", extra="mcp"):
        from tracker.agents import server, transport
    from tracker import __version__

    for folder in folders:
        if not folder.is_dir():
            raise click.UsageError(Message("--documents {folder} is no folder.", folder=folder))
    app.store.version()  # a store that is not there is said now
    opened = partial(_desk, app, folders, write, http)
    made = server.server(__version__, opened)
    if not http:
        transport.over_streams(made)
        return
    from tracker.subscribe.server import listen

    tokens = token_file(app, place)
    settled = known_address(app, base_url)
    local = is_loopback(host) and (not settled or is_loopback(urlsplit(settled).hostname or ""))
    if not tokens.read().used and (write or not local):
        raise NotPublic(
            "Over HTTP everybody who reaches {place} could use it.",
            "Make a token first, with `tracker token add NAME`; without --write, programs on this "
            "computer need none.",
            place=settled or host,
        )
    with listen(host, port) as at:
        own, number = at.getsockname()[:2]
        address = settled or own_address(own, number)
        app.say("Programs find it at {address} now.", address=f"{address}{transport.PATH}")
        near = [f"{name}:{number}" for name in ("127.0.0.1", "localhost", "[::1]")]
        names = [urlsplit(address).netloc, *(near if is_loopback(host) else ())]
        transport.over_http(made, at, names, tokens.read, is_open=local and not write)


def _desk(
    app: App, folders: tuple[Path, ...], write: bool, http: bool, ctx: Any, caller: str
) -> AgentDesk:
    """What a call may see: over HTTP no private ones, and of a token's bodies alone; those read."""
    from tracker.agents.desk import AgentDesk
    from tracker.agents.transport import token_of
    from tracker.subscribe.tokens import sees

    token = token_of(ctx.request)
    scope = token.scope if token else frozenset[str]()

    def seen(m: Milestone) -> bool:
        return not (http and m.is_private) and sees(scope, m)

    return AgentDesk(
        app.store,
        app.settings,
        lambda: datetime.now(UTC),
        folders,
        caller,
        seen,
        may_write=write and not scope,
    )
