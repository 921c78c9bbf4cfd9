"""What follows from the fields of a milestone on a day, a row each, and what a column may show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tracker.model import FIELDS, Milestone, standing
from tracker.model.cycle import cycle


def _asked_until(m: Milestone) -> date | None:
    """The day that is asked for in place of the due date, while nobody has answered."""
    asked = so_far.asked if (so_far := cycle(m)) else None
    return asked.step.until if asked and asked.step else None


DERIVED: dict[str, Callable[[Milestone, date], Any]] = {
    "standing": standing,
    "overdue": Milestone.is_overdue,
    "days_overdue": lambda m, day: m.days_overdue(day) if m.is_overdue(day) else None,
    "late": lambda m, _: m.is_late,
    "slippage_days": lambda m, _: m.slippage,
    "revisions": lambda m, _: m.revisions,
    "verdict": lambda m, _: found.verdict if (found := m.verdict) else None,
    "verdict_role": lambda m, _: found.role if (found := m.verdict) else None,
    "stage": lambda m, _: so_far.stage if (so_far := cycle(m)) else None,
    "extension": lambda m, _: _asked_until(m),
    "recorded_at": lambda m, _: m.recorded_at,
}
"""By the names that JSON and CSV have for them."""

COLUMNS = (*FIELDS, *DERIVED)
"""All that a list may show of a milestone, by the names of JSON."""
