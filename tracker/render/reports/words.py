"""Words that the reports share."""

from __future__ import annotations

from datetime import date

from tracker.render.text import clean
from tracker.report.bodies import Body


def count(number: int, thing: str) -> str:
    """Say how many: 1 day, 2 days."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def body_name(body: Body, lang: str | None) -> str:
    """Name a body in `lang` (`zh`, `zh-CN`) where a milestone has that, or as written."""
    known = body.translations
    found = (known.get(lang) or known.get(lang.partition("-")[0])) if lang else None
    return clean(found or body.name)


def day_or(day: date | None, otherwise: str) -> str:
    return otherwise if day is None else day.isoformat()
