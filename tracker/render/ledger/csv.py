"""The ledger as CSV (RFC 4180)."""

from __future__ import annotations

from tracker.cells import table
from tracker.locale import Language
from tracker.render.ledger.line import COLUMNS, lines
from tracker.report import Listing


def csv(result: Listing, lang: Language) -> bytes:
    """Return it in UTF-8, with the mark in front by which a spreadsheet knows that it is.

    Without the mark, Excel on a Chinese Windows reads GB 18030. Texts that a spreadsheet would
    take for formulas are guarded.
    """
    rows = (
        (
            line.number,
            line.task,
            line.owner,
            line.supporting,
            line.due,
            lang.semicolon.join(line.progress),
            line.status,
        )
        for line in lines(result, lang)
    )
    return ("\ufeff" + table([tuple(map(lang.text, COLUMNS)), *rows]) + "\r\n").encode()
