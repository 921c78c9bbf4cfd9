"""The span of days that a due date stands for: 6月底前 is a day of June, the last one included."""

from __future__ import annotations

from datetime import date

from tracker.model import Milestone, Precision

_MONTHS_IN = {
    Precision.MONTH: 1,
    Precision.QUARTER: 3,
    Precision.HALF: 6,
    Precision.YEAR: 12,
    Precision.FISCAL_YEAR: 12,
    Precision.FIVE_YEAR: 60,
}


def span_start(due: date, precision: Precision) -> date:
    if precision is Precision.WEEK:
        return date.fromordinal(max(due.toordinal() - 6, 1))
    if precision in _MONTHS_IN:
        month = max(due.year * 12 + due.month - _MONTHS_IN[precision], 12)
        return date(month // 12, month % 12 + 1, 1)
    return due


def first_precision(m: Milestone) -> Precision:
    """How exactly the baseline was said: as it stood before the due date was first moved."""
    for change in m.effective:
        if change.was.due == m.baseline_due and isinstance(change.was.due, date):
            before = change.was.precision
            return before if isinstance(before, Precision) else m.precision
    return m.precision if m.due == m.baseline_due else Precision.DAY
