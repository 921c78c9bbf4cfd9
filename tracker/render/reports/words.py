"""Words that the reports share."""

from __future__ import annotations

from datetime import date

from tracker.locale import Language
from tracker.render.text import clean
from tracker.render.wrapping import wrapped
from tracker.report.bodies import Body

QUIET = "no reason given"
"""What stands where a reason is missing."""


def count(number: int, thing: str) -> str:
    """Say how many: 1 day, 2 days."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def body_name(body: Body, lang: Language) -> str:
    """Name a body in `lang` (`zh`, `zh-CN`) where a milestone has that, or as written."""
    known = body.translations
    return clean(lang.translation(known) or body.name)


def signed(number: int) -> str:
    return f"{number:+,}"


def sentence(text: str, width: int) -> str:
    """Break a sentence that stands alone to lines of so many cells."""
    return "\n".join(wrapped("", text, width))


def nothing(as_of: date, width: int) -> str:
    """Say that there was no milestone, and what to type."""
    return sentence(f"No milestones on {as_of}. Begin with `tracker add TITLE --due WHEN`.", width)
