"""What a due phrase means, in words."""

from __future__ import annotations

from datetime import date

from tracker.due import Due
from tracker.model import Precision
from tracker.render.text import clean


def meaning(due: Due, anchor: date) -> str:
    """Say the due date, how exactly it was said, and what was assumed."""
    lines = [clean(due.phrase)]
    if due.date is None:
        lines.append("  due        no date: the phrase names none, and none is guessed")
    else:
        lines.append(f"  due        {due.date}, that day included")
        span = "" if due.precision is Precision.DAY else f", from {due.start} to {due.date}"
        lines.append(f"  precision  {due.precision.replace('-', ' ')}{span}")
    if due.month_assumed:
        lines.append(f"  assumed    the month: the first such day from {anchor} on")
    elif due.year_assumed:
        lines.append(f"  assumed    the year: the first such date from {anchor} on")
    return "\n".join(lines)
