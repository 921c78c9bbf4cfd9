"""`tracker digest`: what is overdue, due soon and new to its reader; also what notify asks for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.context import App
from tracker.cli.options import (
    combined,
    lang_option,
    passes_value,
    scope_options,
    store_option,
)
from tracker.cli.param_types import SINCE, WITHIN
from tracker.cli.printing import print_result
from tracker.cli.struct_options import struct_options
from tracker.settings import DigestSettings

if TYPE_CHECKING:
    from tracker.cli.digests import DigestRequest
    from tracker.render.digest import ChangesSince, Letter
    from tracker.report.digest import Digest

    DatedDigest = tuple[Digest, tuple[ChangesSince, date]]

YOURSELF = ""
"""The address of who reads digests with `tracker digest`."""

_UNBROKEN = 100_000
"""Cells of a line that holds any text."""


def _request(app: App, given: dict[str, Any]) -> DigestRequest:
    from tracker.cli.digests import DigestRequest
    from tracker.report.since import refuse_later

    query, since, until = given.pop("query"), given.pop("since"), given.pop("within")
    if since is not None:
        refuse_later(since, query.as_of)
    days = min(app.settings.digest.within, date.max.toordinal() - query.as_of.toordinal())
    until = until or query.as_of + timedelta(days=days)
    return DigestRequest(query, until, since, given.pop("settled").limit)


request_options = combined(
    click.option(
        "--within",
        type=WITHIN,
        metavar="TIME",
        help="Tell what is due so far ahead, such as 14d or 2w (default: 14d, or as set).",
    ),
    click.option(
        "--since",
        type=SINCE,
        metavar="DATE",
        help="Tell what changed since that day, instead of since the last digest.",
    ),
    struct_options(DigestSettings, "settled"),
    scope_options,
    lang_option,
    passes_value("request", _request),
    store_option,
)


@click.command("digest")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "md", "html", "json")),
    default="text",
    show_default=True,
    help="As text, Markdown, an HTML mail, or JSON.",
)
@click.option("--mark", is_flag=True, help="Count it as told: the next one begins here.")
@request_options
def digest_command(app: App, request: DigestRequest, form: str, mark: bool) -> None:
    """Tell what is overdue, due soon, and changed since the last digest.

    Looking does not count as telling: a digest is told once `notify` has sent it everywhere, or
    with --mark. A first digest looks back seven days.
    """
    from tracker.cli.digests import Digests

    digests, yourself = Digests(app), reader_mark(app, YOURSELF, request)
    said = digests.of(yourself, request)
    if form == "json":
        print_result(app, _json(said))
    else:
        print_result(app, digest_text(app, letter_of(app, said, request.limit), form, app.width))
    if mark:
        with digests.held():
            digests.remember([yourself], said[0])


def reader_mark(app: App, url: str, request: DigestRequest) -> str:
    """The mark of who reads at an address. Another password makes no other reader."""
    from tracker.notify.memory import mark
    from tracker.store.masking import masked

    lang = app.lang.asked.partition("-")[0] or None if url else None
    return mark(masked(url), request.query.chosen, lang)


def letter_of(app: App, said: DatedDigest, limit: int) -> Letter:
    from tracker.render.digest import letter

    return letter(said[0], said[1], app.lang, limit, app.settings.digest.name)


def digest_text(app: App, letter: Letter, form: str, screen: int | None = None) -> str:
    """Write a digest down: text for a screen of so many cells, or without one in long lines."""
    from tracker.render import digest

    match form:
        case "md" | "markdown":
            return digest.markdown(letter)
        case "html":
            return digest.html(letter)
        case _:
            return digest.text(
                letter, screen or _UNBROKEN, colour=app.colour and screen is not None
            )


def _json(said: DatedDigest) -> str:
    from tracker.render import json
    from tracker.render.reports.changes import entry
    from tracker.render.waiting import as_json

    told, (kind, since) = said
    return json.dumps(
        "digest",
        {
            "as_of": told.as_of,
            "until": told.until,
            "since": since,
            "since_is": kind,
            "overdue": [json.row(m, told.as_of) for m in told.overdue],
            "upcoming": [json.row(m, told.as_of) for m in told.upcoming],
            "endangered": list(as_json(told.endangered)),
            "changes": [entry(row) for row in told.changes],
        },
    )
