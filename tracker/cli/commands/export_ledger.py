"""`tracker export ledger`: the supervision ledger (督查台账), as CSV or as a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker import report
from tracker.cli.choices import original_names
from tracker.cli.context import App
from tracker.cli.options import (
    lang_option,
    query_options,
    store_option,
    unit_option,
)
from tracker.cli.output_file import deliver, output_option
from tracker.cli.param_types import app_of
from tracker.errors import BadValue, requiring_extra
from tracker.locale import Language, language
from tracker.message import Message
from tracker.model import record_head
from tracker.query import Query
from tracker.query.ordering import listed_words
from tracker.report import Listing

if TYPE_CHECKING:
    from tracker.render.ledger.line import Form

_CHINESE = language("zh")
"""A ledger is Chinese unless another language is asked for: its columns are."""

_OTHERS = ("xls", "ods", "et")
"""What names of spreadsheets end in that are not written."""


@click.command("ledger")
@output_option
@click.option(
    "--format",
    "form",
    type=click.Choice(("csv", "xlsx")),
    help="As the name of FILE ends, and else csv.",
)
@click.option(
    "--title",
    default=lambda: app_of().settings.ledger.title,
    metavar="TEXT",
    help="The title (default: the setting, or else 督查台账).",
)
@unit_option
@click.option(
    "--columns",
    "shown",
    default=lambda: ",".join(app_of().settings.ledger.columns),
    callback=lambda _ctx, _, value: _columns(value),
    metavar="NAMES",
    help="Which columns, in order: number,task,owner,due,source,quote,first-due,speaker,"
    "person,contact,received,reported,verified,closed,id …",
)
@query_options
@lang_option
@store_option
def export_ledger(
    app: App,
    output: Path | None,
    form: str | None,
    title: str,
    unit: str,
    shown: tuple[str, ...],
    query: Query,
) -> None:
    """The supervision ledger (督查台账), to hand on as CSV or spreadsheet.

    序号, 任务, 责任单位, 配合单位, 完成时限, 进展情况, 状态; English with --lang en. It comes back
    by `tracker import`. A spreadsheet (xlsx) sorts by real dates, prints on A4 across, and needs
    openpyxl.
    """
    from tracker.render.ledger.line import Form

    asked = Form(title, unit, shown, record_head(app.store.all()))
    result = report.everything(app.select, query)
    kind = form or (output or Path()).suffix.lower().lstrip(".")
    if kind in _OTHERS:
        raise BadValue(
            "{output} would not be a spreadsheet of the kind that its name says.",
            "Give a name that ends in .xlsx or .csv, or say which with --format.",
            output=output,
        )
    if kind == "xlsx":
        if output is None and app.on_terminal:
            raise click.UsageError("A spreadsheet is no text for a terminal; give -o ledger.xlsx.")
        content = _spreadsheet(result, app.lang if app.lang.asked else _CHINESE, asked)
    else:
        from tracker.render.ledger.csv import csv

        content = csv(result, app.lang if app.lang.asked else _CHINESE, asked)
    deliver(app, content, output, len(result.milestones))


def _columns(words: str) -> tuple[str, ...]:
    from tracker.render.ledger.line import COLUMNS, USUAL

    def heading(name: str, lang: Language) -> str:
        return lang.text(COLUMNS[name].heading)

    names = tuple(listed_words(original_names(words, COLUMNS, heading))) if words else USUAL
    unknown = [name for name in names if name not in COLUMNS]
    if unknown or "task" not in names or len(set(names)) < len(names):
        wrong = (
            Message("A ledger has no column {column!r}.", column=unknown[0])
            if unknown
            else Message("A ledger has each column once, and the task.")
        )
        raise BadValue(wrong, Message("Columns are: {columns}.", columns=tuple(COLUMNS)))
    return names


def _spreadsheet(result: Listing, lang: Language, form: Form) -> bytes:
    with requiring_extra(
        "A spreadsheet needs {name}, which is not installed.",
        "Install it with: {command}; or take --format csv.",
        extra="spreadsheet",
    ):
        from tracker.render.ledger.spreadsheet import spreadsheet
    return spreadsheet(result, lang, form)
