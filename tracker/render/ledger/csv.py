"""The ledger as CSV (RFC 4180)."""

from __future__ import annotations

from tracker.cells import table
from tracker.locale import Language
from tracker.render.ledger.line import COLUMNS, Form, lines
from tracker.render.record import record_of
from tracker.report import Listing


def csv(result: Listing, lang: Language, form: Form) -> bytes:
    """Return it in UTF-8, with the mark in front by which a spreadsheet knows that it is.

    Without the mark, Excel on a Chinese Windows reads GB 18030. Texts that a spreadsheet would
    take for formulas are guarded. What stands above the columns stands there only if it was asked
    for, so that programs find the columns in the first row.
    """
    rows = [[line.says(name) for name in form.columns] for line in lines(result, lang)]
    flat = [[cell.replace("\n", lang.semicolon) for cell in row] for row in rows]
    above = [[form.title]] if form.title else []
    if form.unit:
        unit, day = lang.text("Reported by {unit}", unit=form.unit), lang.as_of(result.as_of)
        above.append([unit, day, *filter(None, [record_of(form.record, lang)])])
    names = [lang.text(COLUMNS[name].heading) for name in form.columns]
    return ("\ufeff" + table([*above, names, *flat]) + "\r\n").encode()
