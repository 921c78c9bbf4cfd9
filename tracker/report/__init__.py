"""What milestones amount to on a given day: pure, nothing stored, frozen results.

What every list needs is here; each report beyond that has a module of its own, imported by the
command that shows it.
"""

from tracker.report.lists import Listing as Listing
from tracker.report.lists import LogEntry as LogEntry
from tracker.report.lists import Section as Section
from tracker.report.lists import Summary as Summary
from tracker.report.lists import blocked as blocked
from tracker.report.lists import changes as changes
from tracker.report.lists import everything as everything
from tracker.report.lists import overdue as overdue
from tracker.report.lists import owed as owed
from tracker.report.lists import ready as ready
from tracker.report.lists import sections as sections
from tracker.report.lists import summary as summary
from tracker.report.lists import upcoming as upcoming
