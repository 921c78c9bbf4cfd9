"""`tracker import FILE`: the ledger that an office keeps in a spreadsheet, whatever its columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from tracker import actions
from tracker.actions import Intake
from tracker.cli.context import App
from tracker.cli.input_file import file_bytes
from tracker.cli.options import (
    combined,
    fiscal_year_option,
    format_option,
    occasion_options,
    store_option,
)
from tracker.cli.param_types import DAY, FILE_PATH
from tracker.cli.printing import Printer, print_result
from tracker.cli.questions import ask, confirm, may_ask
from tracker.errors import BadInput, BadValue, TrackerError
from tracker.message import Message, sentences
from tracker.store.whole_file import write_file

if TYPE_CHECKING:
    from tracker.actions import ChangeContext
    from tracker.exchange.sheet import ColumnField, Header, Ledger, Plan, Printed
    from tracker.locale import Language
    from tracker.model import Milestone

preview_options = combined(
    click.option("--dry-run", is_flag=True, help="Show what would come in, and write nothing."),
    click.option(
        "--rejects",
        type=FILE_PATH,
        metavar="FILE",
        help="Take the good rows, and write the bad ones there as CSV to mend.",
    ),
    occasion_options,
    format_option,
    store_option,
)


@click.command("sheet")
@click.argument("path", metavar="FILE")
@click.option("--sheet", metavar="NAME", help="Which sheet, by name or number (default: the one).")
@click.option(
    "--map",
    "names",
    multiple=True,
    metavar="NAME=FIELD",
    help="Which field a column is, such as 办结时限=due; or a name saved in the settings; repeat.",
)
@click.option("--keep", is_flag=True, help="Keep what no field fits in a note.")
@click.option(
    "--made-on", type=DAY, metavar="DATE", help="When all of this was promised or assigned."
)
@click.option(
    "--day-first/--month-first",
    default=None,
    help="Whether 03/04/2021 is of April or of March, where its column does not tell.",
)
@fiscal_year_option
@preview_options
def import_sheet(
    app: App,
    path: str,
    sheet: str | None,
    names: Sequence[str],
    keep: bool,
    made_on: date | None,
    day_first: bool | None,
    fiscal_year_start: int,
    dry_run: bool,
    rejects: Path | None,
    occasion: ChangeContext,
    printer: Printer,
) -> None:
    """Take in a ledger, .xlsx, .csv or .tsv, whatever its columns are called.

    - is stdin. The header is found, and what each column is by its name: 任务, 责任单位, 完成时限,
    状态; Task, Owner, Due, Status. What is doubtful is told. On a terminal all is
    shown before it is written.
    """
    from tracker.exchange.sheet import SheetRequest, choose, grids, read

    known = app.store.all()  # no store is told before anything is asked
    asked = SheetRequest(
        app.today, _names(app, names), made_on, fiscal_year_start, keep, _printed(known), day_first
    )
    grid, headers = choose(grids(file_bytes(path), path), sheet, asked)
    _refuse_export(path, headers)
    _hold(names, headers)
    ledger = read(grid, headers, asked)
    planned = planned_of(ledger, known, occasion)
    if made_on is None and may_ask(app) and printer.form is None and _is_undated(ledger, planned):
        ledger = read(grid, headers, replace(asked, made_on=_promised(app)))
        planned = planned_of(ledger, known, occasion)
    preview_and_import(app, path, (ledger, planned), occasion, (dry_run, rejects, printer))


def planned_of(ledger: Ledger, known: Sequence[Milestone], occasion: ChangeContext) -> Plan:
    from tracker.exchange.sheet import plan
    from tracker.render.ledger.line import printed

    return plan(ledger.entries, known, occasion, printed)


def preview_and_import(
    app: App,
    path: str,
    brought: tuple[Ledger, Plan],
    occasion: ChangeContext,
    wanted: tuple[bool, Path | None, Printer],
) -> None:
    """Show what a ledger brings, and take it in if that is wanted."""
    (ledger, planned), (dry_run, rejects, printer) = brought, wanted
    printer.command = "import"
    _spare(path, rejects)
    bad = len(ledger.faults) + len(planned.faults)
    name = "stdin" if path == "-" else Path(path).name
    asks = may_ask(app) and printer.form is None
    _show(app, name, brought, printer, whole=dry_run or asks)
    if dry_run:
        if printer.is_json:
            _conclude(app, brought, Intake([], [], [], []), printer)
        return
    if bad and rejects is None:
        raise BadInput(
            "{bad} of {rows} rows of {name} cannot be read.",
            "Nothing was imported; mend them, or take the others with --rejects {rejects}.",
            bad=bad,
            rows=bad + len(planned.planned),
            name=name,
            rejects=_rejects_of(path),
        )
    if (
        asks
        and any(one.is_news for one in planned.planned)
        and not confirm(app, Message("Take this in?"))
    ):
        app.say("Nothing was imported.")
        return
    taken = actions.take_in(app.store, occasion, [one.item for one in planned.planned])
    if bad and rejects:
        said = _rejected(ledger, planned, app.lang)
        write_file(rejects, said, Message("The good rows are in."))
    _conclude(app, brought, taken, printer)


def _spare(path: str, rejects: Path | None) -> None:
    """Refuse to write the bad rows over the ledger itself."""
    if rejects and path != "-" and rejects.exists() and rejects.samefile(path):
        raise BadValue(
            "{rejects} is the ledger that is read.",
            "Give --rejects another file, such as {other}.",
            rejects=rejects,
            other=_rejects_of(path),
        )


def _rejects_of(path: str) -> str:
    return "bad.csv" if Path(path).name != "bad.csv" else "bad-rows.csv"


def _names(app: App, given: Sequence[str]) -> dict[str, ColumnField]:
    from tracker.exchange.sheet import mapping

    words = [(word,) if "=" in word else app.settings.mapped(word) for word in given]
    return mapping(one for several in words for one in several)


def _refuse_export(path: str, headers: Sequence[Header]) -> None:
    """Refuse what `export csv` wrote, in whose cells histories are: a ledger has none."""
    if any({"uid", "history"} <= set(head.names) for head in headers):
        raise BadInput(
            "{path} is no ledger, but what `tracker export csv` wrote.",
            "Type `tracker import csv {path}`.",
            path=path,
        )


def _hold(given: Sequence[str], headers: Sequence[Header]) -> None:
    """Refuse a name that no column has; names saved in the settings are of several ledgers."""
    from tracker.exchange.sheet import lacking, mapping

    for name in lacking(mapping(word for word in given if "=" in word), headers):
        there = tuple(name for head in headers for name in head.names if name)
        raise BadValue(
            "No column is called {name!r}.", "Columns: {columns}.", name=name, columns=there
        )


def _printed(known: Sequence[Milestone]) -> Printed:
    """What our own ledger prints of a milestone, by the fields that its columns are read as."""
    from tracker.render.ledger.line import as_printed

    by_id = {milestone.id: milestone for milestone in known}

    def printed(id: int) -> dict[str, set[str]]:
        said = as_printed(by_id[id]) if id in by_id else {}
        return {_READ_AS.get(name, name): texts for name, texts in said.items()}

    return printed


_READ_AS = {"task": "title", "first-due": "baseline"}


def _is_undated(ledger: Ledger, planned: Plan) -> bool:
    """Whether something is new of which nothing says when it was promised."""
    from tracker.exchange.sheet import ColumnField, RowAction

    is_new = any(one.does is RowAction.ADD for one in planned.planned)
    return is_new and ColumnField.MADE_ON not in ledger.header.fields


def _promised(app: App) -> date | None:
    """Ask the one question that a ledger seldom answers, and that its figures hang on."""
    question = "When was this promised or assigned? (a date; Enter if it is not known)"
    day: date | None = ask(app, Message(question), default="", value_proc=partial(_day, app))
    return day


def _day(app: App, words: str) -> date | None:
    """The day that was typed, asked again for what is none."""
    try:
        return DAY.convert(words, None, click.get_current_context()) if words.strip() else None
    except TrackerError as refusal:
        raise click.UsageError(app.lang.text(refusal.in_full)) from None


def _show(
    app: App, name: str, brought: tuple[Ledger, Plan], printer: Printer, *, whole: bool
) -> None:
    """Show the preview, or only what is doubtful or bad, beside the result."""
    from tracker.render import incoming

    if printer.is_json:
        return
    if whole:
        print_result(app, incoming.preview(name, *brought, app.screen))
    else:
        lines = list(incoming.doubtful(name, *brought, replace(app.screen, colour=False)))
        if lines:
            app.note("\n".join(lines).strip("\n"))


def _conclude(app: App, brought: tuple[Ledger, Plan], taken: Intake, printer: Printer) -> None:
    from tracker.render import incoming
    from tracker.render.wrapping import wrapped

    if printer.is_json:
        printer.taken_in(taken, ledger=incoming.as_json(*brought))
    else:
        printer.effects(taken.effects)
        said = incoming.counts(*brought, app.lang)
        print_result(app, "\n".join(wrapped("", said, app.screen.width)))


def _rejected(ledger: Ledger, planned: Plan, lang: Language) -> bytes:
    """The bad rows under all that stands above them, with what is wrong at the end of each."""
    from tracker.cells import table
    from tracker.render.incoming import faults

    rows = ledger.grid.rows
    bad = faults(ledger, planned)
    beside = [lang.text("tracker row"), lang.text("tracker to mend")]
    lines = [[cell.text for cell in row] for p, row in rows.items() if p < ledger.header.first]
    ends = [head.first for head in ledger.headers[1:]] + [max(rows, default=0) + 1]
    for head, end in zip(ledger.headers, ends, strict=True):
        here = [fault for fault in bad if head.last < fault.row < end]
        wide = len(head.names)
        lines += [[*head.names, *beside]] if here else []
        for fault in here:
            row = ledger.tasks.get(fault.row, rows[fault.row])
            cells = [cell.text if n != head.group else "" for n, cell in enumerate(row)][:wide]
            why = lang.text(sentences((fault.message, fault.hint)))
            lines.append([*cells, *[""] * (wide - len(cells)), str(fault.row), why])
    return ("\ufeff" + table(lines) + "\r\n").encode()
