"""The ledger as a spreadsheet (Office Open XML, ECMA-376), to sort, filter, print and hand on.

The same milestones make the same bytes: the file says it was made at the beginning of the day that
it is of, and its parts are stamped with the first moment that a ZIP can say.
"""

from __future__ import annotations

import zipfile
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
from tracker.render.ledger.line import COLUMNS, Line, lines
from tracker.render.marks import LOOKS
from tracker.render.wrapping import wrapped
from tracker.report import Listing

_WIDTHS = (7, 46, 22, 20, 28, 50, 20)
"""In digits of the default font, of which a Chinese character takes two."""

_LINE = 17
_TALLEST = 405
"""Points of a line of Chinese at 11 points, and of the tallest row that Excel has."""


def _font(**look: Any) -> Font:
    """The default one, which a cell with a look of its own would not have otherwise."""
    return Font(name=DEFAULT_FONT.name, size=DEFAULT_FONT.size, **look)


_MOST = 16_000
"""Characters in a cell: Excel takes 32,767 UTF-16 units, of which a character may be two."""

_FIRST_DAY = date(1900, 3, 1)
"""Before it, spreadsheets count days differently: Excel has a 29 February 1900."""

_NOT_XML = {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}
_THIN = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_CENTRED = Alignment(horizontal="center", vertical="top", wrap_text=True)
# A date is never wrapped: too long for its column, it would be shown as ####.
_SHRUNK = Alignment(horizontal="center", vertical="top", shrink_to_fit=True)


def spreadsheet(result: Listing, lang: Language) -> bytes:
    """Return the bytes of an .xlsx file.

    Due dates are dates shown as exactly as they were promised: 30 June sorts and filters as that
    day, and reads 2021年6月底前. All other text is text, whatever sign it begins with.
    """
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = lang.text("Ledger")
    _head(sheet, lang)
    for at, line in enumerate(lines(result, lang), start=2):
        _row(sheet, at, line, lang)
    _page(sheet, result, lang)
    book.properties.creator = "tracker"
    book.properties.title = f"{lang.text('Ledger')} {result.as_of.isoformat()}"
    return _stamped(book, datetime.combine(result.as_of, time(), UTC))


def _head(sheet: Worksheet, lang: Language) -> None:
    for place, name in enumerate(map(lang.text, COLUMNS), start=1):
        cell = sheet.cell(1, place, name)
        cell.font = _font(bold=True)
        cell.fill = PatternFill("solid", fgColor="D9E1F2")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = _BORDER
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS[place - 1]


def _row(sheet: Worksheet, at: int, line: Line, lang: Language) -> None:
    sheet.cell(at, 1, line.number).alignment = _CENTRED
    progress = "\n".join(line.progress)
    texts = {2: line.task, 3: line.owner, 4: line.supporting, 6: progress, 7: line.status}
    for place, text in texts.items():
        _write(sheet.cell(at, place), text)
    _write_due(sheet.cell(at, 5), line, lang)
    if (colours := LOOKS[line.standing].cell) is not None:
        _paint(sheet.cell(at, 7), *colours, bold=line.standing is Standing.OVERDUE)
    for place in range(1, 8):
        sheet.cell(at, place).border = _BORDER
    count = max(_count(text[:_MOST], _WIDTHS[place - 1]) for place, text in texts.items())
    sheet.row_dimensions[at] = _Row(sheet, at, ht=min(_LINE * count, _TALLEST))


class _Row(RowDimension):  # type: ignore[misc]  # openpyxl has no types
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
        safe = text.translate(_NOT_XML)
        cell.value = safe if len(safe) <= _MOST else f"{safe[:_MOST]}…"
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    cell.alignment = _WRAPPED


def _paint(cell: Any, behind: str, words: str, *, bold: bool) -> None:
    """The colour behind the words of a status, and of the words, which say the same."""
    cell.fill = PatternFill("solid", fgColor=behind)
    cell.font = _font(color=words, bold=bold)


def _write_due(cell: Any, line: Line, lang: Language) -> None:
    due = line.milestone.due
    if due is None or due < _FIRST_DAY:
        _write(cell, line.due)
        cell.alignment = _CENTRED
    else:
        cell.value = due
        cell.number_format = lang.until_pattern(due, line.milestone.precision)
        cell.alignment = _SHRUNK


def _page(sheet: Worksheet, result: Listing, lang: Language) -> None:
    """A4 across, as wide as the page, the header on each; what it is above, the page below."""
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:G{sheet.max_row}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.oddHeader.center.text = lang.join([lang.text("Ledger"), lang.as_of(result.as_of)])
    sheet.oddFooter.center.text = "&P / &N"


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
