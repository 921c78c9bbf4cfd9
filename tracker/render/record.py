"""From what record a page, a ledger or a report was made, and what of it is not shown yet."""

from __future__ import annotations

from datetime import date

from tracker.locale import Language
from tracker.model import Head

SHORTENED = 16
"""Digits where all 64 have no room: enough that nobody finds another record with the same."""


def record_of(head: Head | None, lang: Language, digits: int | None = None) -> str:
    """Say it with so many digits, or all of them; "" for no record or an empty one."""
    if head is None or head.on is None:
        return ""
    shown = f"{head.digest[:digits]}…" if digits else head.digest
    return lang.text("Record of {day}, {head}", day=lang.day(head.on), head=shown)


def dated_later(count: int, day: date, lang: Language) -> str:
    """Say of how many milestones something is dated after the day, which is today; "" for none."""
    if not count:
        return ""
    return lang.plural(
        "{n} milestone has a date later than {day}, and is shown without what that says.",
        "{n} milestones have a date later than {day}, and are shown without what that says.",
        count,
        day=lang.day(day),
    )
