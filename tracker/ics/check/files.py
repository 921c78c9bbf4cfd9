"""Rules on a file as a whole: whether there is one calendar in it, and nothing out of place."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from tracker.ics.check.rule import Found, Rules
from tracker.ics.scan import Component, Scan


class File(Struct, frozen=True):
    """The bytes of a file and what a scan makes of them."""

    data: bytes
    scanned: Scan

    @property
    def calendars(self) -> list[Component]:
        return [c for c in self.scanned.components if c.name == "VCALENDAR"]

    @property
    def is_a_page(self) -> bool:
        return self.data.lstrip()[:1] == b"<"


RULES: Rules[File] = Rules()


RULES.error(
    "no-calendar",
    "This is a web page, perhaps one to log in or an error: Evolution then shows an empty"
    " calendar, and no program what is new.",
)(lambda file: [1] if not file.calendars and file.is_a_page else [])
RULES.error("no-calendar", "There is no BEGIN:VCALENDAR, so no program reads this as a calendar.")(
    lambda file: [] if file.calendars or file.is_a_page else [1]
)


@RULES.error("structure", "{about}")
def _structure(file: File) -> Iterator[Found]:
    if file.calendars:
        for problem in file.scanned.problems:
            yield problem.line, problem.message


RULES.warning(
    "more-than-one",
    "A second calendar begins here, and most programs read only the first: make it one.",
)(lambda file: file.calendars[1:2])
