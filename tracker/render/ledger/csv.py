"""The ledger as CSV (RFC 4180)."""

from __future__ import annotations

from tracker.exchange.csv import table
from tracker.render.ledger.line import lines
from tracker.render.speech import speech
from tracker.report import Listing


def csv(result: Listing, lang: str) -> bytes:
    """Return it in UTF-8, with the mark in front by which a spreadsheet knows that it is.

    Without the mark, Excel on a Chinese Windows reads GB 18030. Texts that a spreadsheet would
    take for formulas are guarded.
    """
    say = speech(lang)
    rows = (
        (
            line.number,
            line.task,
            line.owner,
            line.supporting,
            line.due,
            say.separator.join(line.progress),
            line.status,
        )
        for line in lines(result, lang, say)
    )
    return ("\ufeff" + table([say.ledger_columns, *rows]) + "\r\n").encode()
