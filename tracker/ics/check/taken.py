"""What `import ics` would leave out or mend in a feed, as notes of the check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tracker.ics.check.rule import FeedFault, Severity
from tracker.ics.incoming import incoming
from tracker.ics.read import read
from tracker.message import Message

CODE = "import"


def left_out_notes(
    data: bytes, faults: Sequence[FeedFault], window: tuple[date, date]
) -> Iterator[FeedFault]:
    """A note for each entry that the import leaves out, and for what else it says of a line.

    A line that has a graver fault is told already.

    `window` are the days in which what recurs would be taken in.
    """
    told = {fault.line for fault in faults if fault.severity is not Severity.NOTE}
    reading = read(data, window)
    for problem in (*reading.problems, *incoming(reading.items).problems):
        if problem.is_entry or problem.line not in told:
            said = Message("`import ics` says: {problem}", problem=problem.message)
            yield FeedFault(problem.line, CODE, Severity.NOTE, said)
