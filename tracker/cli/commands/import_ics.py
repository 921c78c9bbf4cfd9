"""`tracker import ics`: other programs' events and tasks, the good beside the bad."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from tracker import actions
from tracker.actions import ChangeContext, Intake
from tracker.cli.context import App
from tracker.cli.input_file import file_bytes
from tracker.cli.options import format_option, occasion_options, store_option
from tracker.cli.param_types import DUE_FROM, DUE_TO
from tracker.cli.printing import MOST_TOLD, Printer, import_counts, more_such, print_result
from tracker.errors import BadInput, BadValue
from tracker.message import Message, PluralMessage

if TYPE_CHECKING:
    from tracker.ics.imported import Remainder
    from tracker.ics.read import Item
    from tracker.ics.scan import Problem

A_YEAR = timedelta(days=365)


@click.command("ics")
@click.argument("path", metavar="FILE")
@click.option(
    "--from",
    "first",
    type=DUE_FROM,
    metavar="DATE",
    help="Leave out what is due earlier (recurring entries: today).",
)
@click.option(
    "--to",
    "last",
    type=DUE_TO,
    metavar="DATE",
    help="Leave out what is due later (recurring entries: a year from --from).",
)
@click.option("--encoding", metavar="NAME", help="What the file is written in, such as gb18030.")
@occasion_options
@format_option
@store_option
def import_ics(
    app: App,
    path: str,
    first: date | None,
    last: date | None,
    encoding: str | None,
    occasion: ChangeContext,
    printer: Printer,
) -> None:
    """Take in the events and tasks of a calendar; - for stdin.

    A bad one is told with its line, and the good ones come. A calendar read again changes only
    what it says otherwise than the last time. What recurs comes as often as it falls in the days
    asked for.
    """
    from tracker.ics.imported import EarlierImports
    from tracker.ics.incoming import incoming
    from tracker.ics.read import read

    window = _window(app.today, first, last)
    earlier = EarlierImports(app.store.all())
    reading = earlier.current(read(_utf8(file_bytes(path), encoding), window, app.zone))
    proposed = incoming(_within(reading.items, first, last))
    taken = actions.follow(app.store, occasion, proposed.items)
    name = "stdin" if path == "-" else path
    problems = _note_problems(app, name, (*reading.problems, *proposed.problems), taken)
    if problems and not reading.items:
        raise BadInput("Nothing in {name} could be taken in.", "The reasons are above.", name=name)
    left = earlier.left(reading, window)
    told = replace(
        taken, removed=[(Message("{path}, line {n}", path=name, n=n), m) for n, m in taken.removed]
    )
    stay = [{"line": one.line, "ids": [m.id for m in one.milestones]} for one in left]
    printer.taken_in(told, problems=problems, left=stay)
    _tell_left(app, name, left)
    if not printer.is_json:
        print_result(app, import_counts(taken, len(problems)))


def _tell_left(app: App, name: str, left: Sequence[Remainder]) -> None:
    for one in left[:MOST_TOLD]:
        days = sorted(m.due or date.max for m in one.milestones)
        said = PluralMessage(
            "In this calendar “{title}” is no longer on {first}, and stays here:"
            " `tracker remove {ids}` takes it out.",
            "In this calendar “{title}” is no longer on {n} days from {first} to {last}, and they"
            " stay here: `tracker remove {ids}` takes them out.",
            len(days),
            title=one.milestones[0].title,
            first=days[0],
            last=days[-1],
            ids=" ".join(str(m.id) for m in one.milestones),
        )
        app.note(_at(name, one.line, said))


def _at(name: str, line: object, said: object) -> Message:
    return Message("tracker: {file}, line {line}: {said}", file=name, line=line, said=said)


def _window(today: date, first: date | None, last: date | None) -> tuple[date, date]:
    start = first or (today if last is None else min(today, last))
    if last is not None and last < start:
        raise BadValue(
            "No day is from {start} to {last}.",
            "Give --from the earlier day.",
            start=start,
            last=last,
        )
    return start, last or following_year(start)[1]


def following_year(start: date) -> tuple[date, date]:
    """The days in which what recurs is taken in, unless others are asked for."""
    return start, start + A_YEAR if start < date.max - A_YEAR else date.max


def _within(items: Sequence[Item], first: date | None, last: date | None) -> list[Item]:
    return [
        item
        for item in items
        if item.due is None or (first or date.min) <= item.due <= (last or date.max)
    ]


def _utf8(data: bytes, encoding: str | None) -> bytes:
    """The file in UTF-8, from the encoding that was named or that its first bytes show."""
    if encoding is None and data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    if encoding is None:
        return data
    try:
        return data.decode(encoding, errors="replace").encode()
    except (LookupError, ValueError):
        raise BadValue(
            "There is no encoding {encoding!r}.",
            "Give one such as gb18030, big5 or latin-1.",
            encoding=encoding,
        ) from None


def _note_problems(
    app: App, path: str, problems: Sequence[Problem], taken: Intake
) -> list[dict[str, object]]:
    """Say on stderr what could not be taken, by line, and return it for JSON."""
    told: list[dict[str, object]] = [{"line": p.line, "message": p.message} for p in problems]
    told += ({"line": int(place), "message": why} for place, why in taken.refused)
    told.sort(key=lambda problem: str(problem["line"]).zfill(9))
    for problem in told[:MOST_TOLD]:
        app.note(_at(path, problem["line"], problem["message"]))
    if len(told) > MOST_TOLD:
        app.note(more_such(len(told) - MOST_TOLD))
    return told
