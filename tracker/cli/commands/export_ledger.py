"""`tracker export ledger`: the supervision ledger (督查台账), as CSV or as a spreadsheet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from tracker import report
from tracker.cli.context import App
from tracker.cli.params import (
    as_of_option,
    filter_options,
    lang_option,
    sort_options,
    store_option,
)
from tracker.cli.writing import deliver, output_option
from tracker.errors import BadValue, ExtraMissing
from tracker.locale import Language, language
from tracker.query import Filter, Page
from tracker.report import Listing

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
@filter_options
@sort_options
@as_of_option
@lang_option
@store_option
@click.pass_obj
def export_ledger(
    app: App,
    output: Path | None,
    form: str | None,
    chosen: Filter,
    page: Page,
    as_of: date | None,
) -> None:
    """The supervision ledger (督查台账), to hand on as CSV or spreadsheet.

    序号, 任务, 责任单位, 配合单位, 完成时限, 进展情况, 状态; English with --lang en. A spreadsheet
    (xlsx) sorts by real dates, prints on A4 across, and needs milestone-tracker[spreadsheet].
    """
    result = report.everything(app.store.select, chosen, page, as_of or app.today)
    kind = form or (output or Path()).suffix.lower().lstrip(".")
    if kind in _OTHERS:
        raise BadValue(
            f"{output} would not be a spreadsheet of the kind that its name says.",
            "Give a name that ends in .xlsx or .csv, or say which with --format.",
        )
    if kind == "xlsx":
        if output is None and app.on_terminal:
            raise click.UsageError("A spreadsheet is no text for a terminal; give -o ledger.xlsx.")
        content = _spreadsheet(result, app.lang if app.lang.asked else _CHINESE)
    else:
        from tracker.render.ledger.csv import csv

        content = csv(result, app.lang if app.lang.asked else _CHINESE)
    deliver(app, content, output, len(result.milestones))


def _spreadsheet(result: Listing, lang: Language) -> bytes:
    try:
        from tracker.render.ledger.spreadsheet import spreadsheet
    except ModuleNotFoundError as error:
        raise ExtraMissing(
            f"A spreadsheet needs {error.name}, which is not installed.",
            "Install it with: pip install 'milestone-tracker[spreadsheet]'; or take --format csv.",
        ) from None
    return spreadsheet(result, lang)
