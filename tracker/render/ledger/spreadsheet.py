"""The ledger as a spreadsheet (Office Open XML, ECMA-376), to sort, filter, print and hand on.

The same milestones make the same bytes: the file says it was made at the beginning of the day that
it is of, and its parts are stamped with the first moment that a ZIP can say.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.fonts import DEFAULT_FONT
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from tracker.locale import Language
from tracker.model import Standing
from tracker.render.ledger.line import COLUMNS, MOST, STEPS, Form, LedgerLine, cut, lines
from tracker.render.marks import LOOKS
from tracker.render.record import SHORTENED, record_of
from tracker.render.text import width
from tracker.render.wrapping import wrapped
from tracker.report import Listing

_HEAD = 3
"""The row of the columns' names, below the title and who hands it in."""

_TITLE, _BODY = "宋体", "仿宋"
"""What offices set headings and text in; a computer without them takes the nearest it has."""

_LINE = 17
_TALLEST = 405
"""Points of a line of Chinese at 11 points, and of the tallest row that Excel has."""


def _font(lang: Language, name: str, **look: Any) -> Font:
    """The font of Chinese, and for any other language the default one."""
    family = name if lang.tag.startswith("zh") else DEFAULT_FONT.name
    return Font(name=family, **({"size": DEFAULT_FONT.size} | look))


_FIRST_DAY = date(1900, 3, 1)
"""Before it, spreadsheets count days differently: Excel has a 29 February 1900."""

_NOT_XML = {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}
_THIN = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_CENTRED = Alignment(horizontal="center", vertical="top", wrap_text=True)
# A date is never wrapped: too long for its column, it would be shown as ####.
_SHRUNK = Alignment(horizontal="center", vertical="top", shrink_to_fit=True)


def spreadsheet(result: Listing, lang: Language, form: Form) -> bytes:
    """Return the bytes of an .xlsx file: a title, who hands it in and of which day, the lines.

    Due dates are dates shown as exactly as they were promised: 30 June sorts and filters as that
    day, and reads 2021年6月底前. All other text is text, whatever sign it begins with.
    """
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = lang.text("Ledger")
    _above(sheet, result, lang, form)
    rows = list(lines(result, lang))
    _head(sheet, rows, lang, form)
    for at, line in enumerate(rows, start=_HEAD + 1):
        _row(sheet, at, line, lang, form)
    record = record_of(form.record, lang)
    _page(sheet, form, record)
    book.properties.creator = "tracker"
    book.properties.title = f"{lang.text('Ledger')} {result.as_of.isoformat()}"
    book.properties.description = record or None
    return _stamped(book, datetime.combine(result.as_of, time(), UTC))


def _above(sheet: Worksheet, result: Listing, lang: Language, form: Form) -> None:
    """Put the title across, and under it the unit on the left and the day on the right."""
    last = len(form.columns)
    _write(sheet.cell(1, 1), form.title or lang.text("Ledger"))
    sheet.cell(1, 1).font = _font(lang, _TITLE, size=18, bold=True)
    sheet.cell(1, 1).alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    if last > 1:
        sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=last)
    sheet.row_dimensions[1] = _TallRow(sheet, 1, ht=36)
    middle = max(1, last // 2)
    unit = lang.text("Reported by {unit}", unit=form.unit) if form.unit else ""
    _write(sheet.cell(2, 1), unit)
    day = sheet.cell(2, min(middle + 1, last)) if last > 1 else sheet.cell(2, 1)
    if day is not sheet.cell(2, 1) or not unit:
        short = record_of(form.record, lang, SHORTENED)
        _write(day, lang.semicolon.join(filter(None, [lang.as_of(result.as_of), short])))
        day.alignment = Alignment(horizontal="right", vertical="center")
    for first, end in ((1, middle), (middle + 1, last)):
        if end > first:
            sheet.merge_cells(start_row=2, end_row=2, start_column=first, end_column=end)
    sheet.row_dimensions[2] = _TallRow(sheet, 2, ht=20)
    sheet.cell(2, 1).font = day.font = _font(lang, _BODY)


def _head(sheet: Worksheet, rows: Sequence[LedgerLine], lang: Language, form: Form) -> None:
    for place, name in enumerate(form.columns, start=1):
        heading = lang.text(COLUMNS[name].heading)
        cell = sheet.cell(_HEAD, place, heading)
        cell.font = _font(lang, _TITLE, bold=True)
        cell.fill = PatternFill("solid", fgColor="D9E1F2")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = _BORDER
        # What says nothing takes no room from the others, which share the breadth of a page.
        room = COLUMNS[name].width if any(row.says(name) for row in rows) else width(heading) + 3
        sheet.column_dimensions[get_column_letter(place)].width = room


def _row(sheet: Worksheet, at: int, line: LedgerLine, lang: Language, form: Form) -> None:
    tall = 1
    for place, name in enumerate(form.columns, start=1):
        cell, text = sheet.cell(at, place), line.says(name)
        cell.font = _font(lang, _BODY)
        cell.border = _BORDER
        if name in ("number", "id"):
            cell.value = int(text)
            cell.alignment = _CENTRED
        elif name in STEPS and (day := line.step(name)) is not None and day >= _FIRST_DAY:
            cell.value = day
            cell.number_format = "yyyy-mm-dd"
            cell.alignment = _SHRUNK
        elif name == "due":
            _write_due(cell, line, lang)
        else:
            _write(cell, text)
            tall = max(tall, _count(text[:MOST], COLUMNS[name].width))
        if name == "status" and (colours := LOOKS[line.standing].cell) is not None:
            behind, words = colours
            cell.fill = PatternFill("solid", fgColor=behind)
            cell.font = _font(lang, _BODY, color=words, bold=line.standing is Standing.OVERDUE)
    sheet.row_dimensions[at] = _TallRow(sheet, at, ht=min(_LINE * tall, _TALLEST))


class _TallRow(RowDimension):  # type: ignore[misc]  # openpyxl has no types
    """As tall as its texts, since LibreOffice leaves rows of a file as they are told.

    A height that is not the user's, so that the row grows with what is typed into it.
    """

    customHeight = False  # noqa: N815  # the format's name


def _count(text: str, cells: int) -> int:
    """How many lines a text takes in a column of so many digits."""
    return sum(max(1, len(list(wrapped("", part, cells - 2)))) for part in text.split("\n"))


def _write(cell: Any, text: str) -> None:
    """Put a text in a cell as text: never a formula, not even after somebody edits it."""
    if text:
        cell.value = cut(text.translate(_NOT_XML))
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    cell.alignment = _WRAPPED


def _write_due(cell: Any, line: LedgerLine, lang: Language) -> None:
    due = line.milestone.due
    if due is None or due < _FIRST_DAY:
        _write(cell, line.due)
        cell.alignment = _CENTRED
    else:
        cell.value = due
        cell.number_format = lang.until_pattern(due, line.milestone.precision)
        cell.alignment = _SHRUNK


def _page(sheet: Worksheet, form: Form, record: str) -> None:
    """A4 across, as wide as the page, the columns' names on each, its number and the record."""
    last = get_column_letter(len(form.columns))
    sheet.freeze_panes = f"A{_HEAD + 1}"
    sheet.auto_filter.ref = f"A{_HEAD}:{last}{sheet.max_row}"
    sheet.print_area = f"A1:{last}{sheet.max_row}"
    sheet.print_title_rows = f"{_HEAD}:{_HEAD}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "&P / &N"
    sheet.oddFooter.left.text, sheet.oddFooter.left.size = record, 6


def _stamped(book: Workbook, made: datetime) -> bytes:
    """The bytes of the book without a trace of when and where they were written."""
    book.properties.created = book.properties.modified = made.replace(tzinfo=None)
    written = BytesIO()
    book.save(written)
    stamped = BytesIO()
    with (
        zipfile.ZipFile(written) as parts,
        zipfile.ZipFile(stamped, "w", zipfile.ZIP_DEFLATED) as fixed,
    ):
        for part in parts.infolist():
            content = parts.read(part)
            if part.filename == "docProps/core.xml":
                # Saving put the present moment in.
                book.properties.modified = made.replace(tzinfo=None)
                content = tostring(book.properties.to_tree())
            plain = zipfile.ZipInfo(part.filename)
            plain.compress_type = zipfile.ZIP_DEFLATED
            fixed.writestr(plain, content)
    return stamped.getvalue()
