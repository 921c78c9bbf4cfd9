"""What `add` asks when no title is given, and before it adds what is there already."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, TypeVar

import click

from tracker import actions
from tracker.cli.context import App
from tracker.cli.param_types import DAY, PHRASE
from tracker.cli.questions import ask, confirm, may_ask
from tracker.due import Due
from tracker.errors import TrackerError
from tracker.message import Message
from tracker.model import Milestone
from tracker.query import Filter, Query
from tracker.texts import folded

T = TypeVar("T")


def ask_draft(app: App, given: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for what options did not give: title, day, due date, owner and source.

    The day comes before the due date, which is understood from it.
    """
    told: dict[str, Any] = {"title": ask(app, Message("What was promised"))}
    ctx = click.get_current_context()
    if given["made_on"] is None:
        question = Message("When it was promised (Enter: today)")
        made_on = _until_understood(app, question, lambda w: _day(app, w, ctx))
        told["made_on"] = made_on
        ctx.params["made_on"] = made_on
    if given["due"] is None:
        due = _until_understood(
            app, Message("By when, as people say it (Enter: no date)"), lambda w: _due(app, w, ctx)
        )
        told["due"] = due
    if given["owner"] is None:
        told["owner"] = _owner(app)
    if given["source"] is None:
        told["source"] = _text(app, Message("In which document (Enter: none)")) or None
    return told


def _until_understood(app: App, question: str, read: Callable[[str], T]) -> T:
    while True:
        try:
            return read(_text(app, question))
        except TrackerError as error:
            app.note(error.in_full)


def _text(app: App, question: str) -> str:
    return str(ask(app, question, default="")).strip()


def _day(app: App, words: str, ctx: click.Context) -> date | None:
    """The day, asked for again if it is still to come, before all else was typed for nothing."""
    day = DAY.convert(words, None, ctx) if words else None
    app.occasion(day)
    return day


def _due(app: App, words: str, ctx: click.Context) -> Due | None:
    """The due date, read back as it was understood."""
    if not words:
        return None
    from tracker.render.due import read_back

    due = PHRASE.convert(words, None, ctx)
    app.note("  " + read_back(due, app.lang))
    return due


def _owner(app: App) -> str | None:
    """Who owes it: by default who owes what was added last; Tab completes the names there are."""
    known = [m for m in app.store.all() if m.owner and m.removed_on is None]
    names = sorted({m.owner for m in known if m.owner})
    with suppress(ImportError):
        import readline

        readline.set_completer_delims("\n")
        readline.set_completer(lambda start, n: _completed(names, start, n))
        readline.parse_and_bind("tab: complete")
    last = max(known, key=lambda m: m.id, default=None)
    default = (last.owner or "") if last else ""
    # On stdout, since Python completes nothing that is asked elsewhere.
    how = {"default": default, "show_default": bool(default), "err": False}
    answer = ask(app, Message("Who is responsible (- for nobody)"), **how).strip()
    return None if answer in ("", "-") else answer


def _completed(names: Sequence[str], start: str, number: int) -> str | None:
    fitting = [name for name in names if folded(name).startswith(folded(start))]
    return fitting[number] if number < len(fitting) else None


def refuse_double(app: App, title: str, owner: str | None, *, asks: bool) -> None:
    """Ask about what is there in the same words, of the same body, and still owed; or refuse it."""
    asked = Query(app.today, Filter(owed=True, text=title))
    found = [m for m in app.store.select(asked).milestones if _says_the_same(m, title, owner)]
    if not found:
        return
    m = found[0]
    there = Message(
        "Milestone {id} says the same and is still open: {title} ({due}).",
        id=m.id,
        title=m.title,
        due=m.due or Message("no date"),
    )
    if not (asks and may_ask(app)):
        raise TrackerError(
            Message("{there} Nothing was added.", there=there),
            "To add it all the same, type --again.",
        )
    app.note(there)
    if not confirm(app, Message("Add it all the same?")):
        raise TrackerError("Nothing was added.")


def _says_the_same(m: Milestone, title: str, owner: str | None) -> bool:
    same_owner = actions.is_worded(m, "owner", owner) if owner else m.owner is None
    return same_owner and actions.is_worded(m, "title", title)
