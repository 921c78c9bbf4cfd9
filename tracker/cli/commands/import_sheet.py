"""`tracker import FILE`: the ledger that an office keeps in a spreadsheet, whatever its columns."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from tracker import actions
from tracker.actions import TakenIn
from tracker.cli.context import App
from tracker.cli.input_file import file_bytes
from tracker.cli.options import (
    fiscal_year_option,
    format_option,
    occasion_options,
    store_option,
    together,
)
from tracker.cli.param_types import DAY, FILE_PATH
from tracker.cli.printing import Printer, print_result
from tracker.errors import BadInput
from tracker.message import Message
from tracker.store.whole_file import write_file

if TYPE_CHECKING:
    from tracker.actions import Occasion
    from tracker.exchange.sheet import ColumnField, Ledger, Plan, Printed, SheetRequest
    from tracker.model import Milestone

preview_options = together(
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
    occasion: Occasion,
    printer: Printer,
) -> None:
    """Take in a ledger, .xlsx, .csv or .tsv, whatever its columns are called.

    - is stdin. The header is found, and what each column is by its name: 任务, 责任单位, 完成时限,
    状态; Task, Owner, Due, Status. What is doubtful is told. On a terminal all is
    shown before it is written.
    """
    from tracker.exchange.sheet import SheetRequest, choose, grids, read

    asked = SheetRequest(
        app.today,
        _names(app, names),
        made_on,
        fiscal_year_start,
        keep,
        _printed(app),
        day_first,
    )
    found = grids(file_bytes(path), path)
    grid, headers = choose(found, sheet, asked)
    ledger = read(grid, headers, asked)
    if made_on is None and _may_ask(app, printer) and not _says_when(ledger):
        asked = _promised(app, asked)
        ledger = read(grid, headers, asked)
    settle(app, path, ledger, occasion, (dry_run, rejects, printer))


def settle(
    app: App,
    path: str,
    ledger: Ledger,
    occasion: Occasion,
    wanted: tuple[bool, Path | None, Printer],
) -> None:
    """Show what a ledger brings, and take it in if that is wanted."""
    from tracker.exchange.sheet import plan
    from tracker.render.ledger.line import printed

    dry_run, rejects, printer = wanted
    printer.command = "import"
    planned = plan(ledger.entries, app.store.all(), occasion, printed)
    news = sum(one.is_news for one in planned.planned)
    bad = len(ledger.faults) + len(planned.faults)
    refused = bool(bad) and rejects is None
    name = "stdin" if path == "-" else Path(path).name
    _show(app, name, (ledger, planned), printer, whole=dry_run or _may_ask(app, printer))
    if dry_run:
        if printer.is_json:
            _conclude(app, (ledger, planned), TakenIn([], [], []), printer)
        return
    if refused:
        raise BadInput(
            "{bad} of {rows} rows of {name} cannot be read.",
            "Nothing was imported; mend them, or take the others with --rejects bad.csv.",
            bad=bad,
            rows=bad + len(planned.planned),
            name=name,
        )
    if (
        news
        and _may_ask(app, printer)
        and not click.confirm(app.lang.text("Take this in?"), err=True)
    ):
        app.note(Message("Nothing was imported."))
        return
    taken = actions.take_in(app.store, occasion, [one.item for one in planned.planned])
    if bad and rejects:
        write_file(rejects, _rejected(ledger, planned), Message("The good rows are in."))
    _conclude(app, (ledger, planned), taken, printer)


def _names(app: App, given: Sequence[str]) -> dict[str, ColumnField]:
    from tracker.exchange.sheet import mapping

    words = [(word,) if "=" in word else app.settings.mapped(word) for word in given]
    return mapping(one for several in words for one in several)


def _printed(app: App) -> Printed:
    """What our own ledger prints of a milestone, by the fields that its columns are read as."""
    from tracker.render.ledger.line import as_printed

    known: dict[int, Milestone] = {}

    def printed(id: int) -> dict[str, set[str]]:
        known.update({} if known else {m.id: m for m in app.store.all()})
        said = as_printed(known[id]) if id in known else {}
        return {_READ_AS.get(name, name): texts for name, texts in said.items()}

    return printed


_READ_AS = {"task": "title", "first-due": "baseline"}


def _may_ask(app: App, printer: Printer) -> bool:
    return app.on_terminal and sys.stdin.isatty() and printer.form is None


def _says_when(ledger: Ledger) -> bool:
    from tracker.exchange.sheet import ColumnField

    return ColumnField.MADE_ON in ledger.header.fields


def _promised(app: App, asked: SheetRequest) -> SheetRequest:
    """Ask the one question that a ledger seldom answers, and that its figures hang on."""
    words = click.prompt(
        app.lang.text("When was this promised or assigned? (a date; Enter if it is not known)"),
        default="",
        show_default=False,
        err=True,
    )
    day = DAY.convert(words, None, click.get_current_context()) if words.strip() else None
    return replace(asked, made_on=day)


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


def _conclude(app: App, brought: tuple[Ledger, Plan], taken: TakenIn, printer: Printer) -> None:
    from tracker.render import incoming

    if printer.is_json:
        printer.taken_in(taken, ledger=incoming.as_json(*brought))
    else:
        printer.effects(taken.effects)
        print_result(app, incoming.counts(*brought, app.lang))


def _rejected(ledger: Ledger, planned: Plan) -> bytes:
    """The bad rows under all that stands above them, with what is wrong at the end of each."""
    from tracker.cells import table
    from tracker.render.incoming import faults

    rows = ledger.grid.rows
    bad = faults(ledger, planned)
    lines = [[cell.text for cell in row] for p, row in rows.items() if p < ledger.header.first]
    ends = [head.first for head in ledger.headers[1:]] + [max(rows, default=0) + 1]
    for head, end in zip(ledger.headers, ends, strict=True):
        here = [fault for fault in bad if head.last < fault.row < end]
        wide = len(head.names)
        lines += [[*head.names, "row", "to mend"]] if here else []
        for fault in here:
            cells = [cell.text for cell in rows[fault.row]][:wide]
            why = f"{fault.message} {fault.hint}".strip()
            lines.append([*cells, *[""] * (wide - len(cells)), str(fault.row), why])
    return ("\ufeff" + table(lines) + "\r\n").encode()
