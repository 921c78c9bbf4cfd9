"""`tracker report week` and `month`: what was done, turned overdue, comes next, and what to ask."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.context import App
from tracker.cli.options import combined, lang_option, scope_options, store_option, unit_option
from tracker.cli.output_file import ELSEWHERE, output_option
from tracker.cli.printing import print_raw, print_result
from tracker.errors import requiring_extra
from tracker.message import Message
from tracker.model import record_head
from tracker.query import Query
from tracker.report.briefing import BriefingSpan, briefing
from tracker.store.whole_file import write_file

if TYPE_CHECKING:
    from tracker.render.briefing import BriefingText

FORMS = ("text", "md", "html", "docx", "json")

period_options = combined(
    output_option,
    click.option(
        "--format", "form", type=click.Choice(FORMS), help="As the name of FILE ends, or else text."
    ),
    click.option("--title", default="", metavar="TEXT", help="The report's title."),
    unit_option,
    scope_options,
    lang_option,
    store_option,
)


@click.command("week")
@period_options
def week_command(app: App, query: Query, **wanted: Any) -> None:
    """Tell the seven days to today or --as-of, and what is due in the next two weeks.

    Done, newly overdue, due soon, dates moved with their reasons, and the questions to put to each
    responsible body. A name that ends in .md, .html or .docx says what is written.
    """
    _tell(app, query, BriefingSpan.WEEK, **wanted)


@click.command("month")
@period_options
def month_command(app: App, query: Query, **wanted: Any) -> None:
    """Tell the month to today or --as-of, and what is due in the next two weeks.

    As `report week` does, from the day after the same day a month before.
    """
    _tell(app, query, BriefingSpan.MONTH, **wanted)


def _tell(
    app: App,
    query: Query,
    span: BriefingSpan,
    *,
    output: Path | None,
    form: str | None,
    title: str,
    unit: str,
) -> None:
    from tracker.render import briefing as view

    milestones = app.milestones(query.as_of)
    record = record_head(milestones)
    result = briefing(milestones, query, span)
    suffix = (output or Path()).suffix.lower().lstrip(".")
    kind = form or (suffix if suffix in FORMS else "text")
    one = view.paper(result, app.lang, title, unit, record)
    if kind == "docx":
        content = _document(app, one, output)
    elif kind == "json":
        from tracker.render import json

        made_from = {"head": record.digest, "recorded_on": record.on}
        content = (json.dumps("report", {"briefing": result, "record": made_from}) + "\n").encode()
    else:
        written = {"md": view.markdown, "html": view.html}
        said = written[kind](one) if kind in written else view.text(one, app.width)
        content = (said + "\n").encode()
    if output is None:
        print_raw(content)
    else:
        write_file(output, content, ELSEWHERE)
        print_result(app, Message("{file}: {size:,} bytes.", file=str(output), size=len(content)))


def _document(app: App, one: BriefingText, output: Path | None) -> bytes:
    if output is None and app.on_terminal:
        raise click.UsageError("A document is no text for a terminal; give -o report.docx.")
    with requiring_extra(
        "A Word document needs {name}, which is not installed.",
        "Install it with: {command}; or take --format html.",
        extra="documents",
    ):
        from tracker.render.briefing_docx import document
    return document(one)
