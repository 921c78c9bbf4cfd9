"""Rules on a file as a whole: whether there is one calendar in it, and nothing out of place."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from tracker.ics.check.rule import Found, Rules
from tracker.ics.scan import Component, Scan, other_format
from tracker.message import Message


class File(Struct, frozen=True):
    """The bytes of a file and what a scan makes of them."""

    data: bytes
    scanned: Scan

    @property
    def calendars(self) -> list[Component]:
        return [c for c in self.scanned.components if c.name == "VCALENDAR"]


RULES: Rules[File] = Rules()


@RULES.error(
    "no-calendar",
    "This is {about}; no program reads it as a calendar, and Evolution shows an empty one.",
)
def _no_calendar(file: File) -> Iterator[Found]:
    if not file.calendars:
        yield 1, other_format(file.data) or Message("no calendar: no BEGIN:VCALENDAR in it")


@RULES.error("structure", "{about}")
def _structure(file: File) -> Iterator[Found]:
    if file.calendars:
        for problem in file.scanned.problems:
            yield problem.line, problem.message


RULES.warning(
    "more-than-one",
    "A second calendar begins here, and most programs read only the first: make it one.",
)(lambda file: file.calendars[1:2])
