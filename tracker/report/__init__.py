"""What milestones amount to on a given day: pure, nothing stored, frozen results.

What every list needs is here; each report beyond that has a module of its own, imported by the
command that shows it.
"""

from tracker.report.lists import (
    Listing,
    LogEntry,
    Summary,
    changes,
    everything,
    overdue,
    owed,
    summary,
    upcoming,
)
from tracker.report.standing import standing

__all__ = [
    "Listing",
    "LogEntry",
    "Summary",
    "changes",
    "everything",
    "overdue",
    "owed",
    "standing",
    "summary",
    "upcoming",
]
