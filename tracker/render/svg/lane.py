"""One milestone drawn on the axis: what was promised, what moved, what passed, what was reached."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple
from xml.etree.ElementTree import Element

from tracker.locale import Language
from tracker.model import Milestone, Precision, Standing
from tracker.render.axis import Axis
from tracker.render.marks import LOOKS
from tracker.render.span import first_precision, span_start
from tracker.render.svg.element import mark, put, write
from tracker.render.svg.ems import ems
from tracker.render.svg.shapes import css_class

_SPAN_HEIGHT = 10
_TEXT = 12


class Lane(NamedTuple):
    """Where on the drawing the axis lies, and the height of the line that is drawn on."""

    parent: Element
    axis: Axis
    left: int
    y: float

    def x(self, day: date) -> int:
        """Where noon of a day is; a day off the axis is held at its end."""
        return self.left + min(max(self.axis.cell(day), 0), self.axis.cells)

    def shows(self, day: date) -> bool:
        return 0 <= self.axis.cell(day) < self.axis.cells

    def bar(self, first: date, last: date, classes: str) -> None:
        """Draw the days from the first to the last, both included."""
        after = last if last == date.max else last + timedelta(days=1)
        start = min(max(self.axis.edge(first), 0), self.axis.cells)
        stop = min(max(self.axis.edge(after), 0), self.axis.cells)
        if stop > start:
            put(
                self.parent, "rect", classes,
                x=self.left + start, y=self.y - _SPAN_HEIGHT / 2,
                width=stop - start, height=_SPAN_HEIGHT, rx=3,
            )  # fmt: skip

    def line(self, start: date, stop: date, classes: str) -> None:
        a, b = self.x(start), self.x(stop)
        put(self.parent, "line", classes, x1=a, y1=self.y, x2=b, y2=self.y)


def draw(
    lane: Lane,
    m: Milestone,
    now: Standing,
    as_of: date,
    lang: Language,
    endangered_until: date | None = None,
) -> set[str]:
    """Draw a milestone, from what is faint to what matters; return the names of the marks used."""
    used: set[str] = set()
    colour = css_class(now.value)
    due, first, done = m.due, m.baseline_due, m.completed_on
    if due is not None:
        used |= _lines(lane, m, due, now, as_of)
    if due is not None and endangered_until is not None:
        lane.line(due, endangered_until, "endangered")
        used.add("endangered")
    if first is not None and first != due and lane.shows(first):
        mark(lane.parent, lane.x(first), lane.y, "first_due")
        used.add("first_due")
    if due is not None and done is not None and lane.shows(due):
        mark(lane.parent, lane.x(due), lane.y, "was_due")
        used.add("was_due")
    reached = done or due
    if reached is None:
        _no_date(lane, m, now, as_of, lang)
    elif lane.shows(reached):
        mark(lane.parent, lane.x(reached), lane.y, LOOKS[now].shape, colour)
        used.add(LOOKS[now].shape)
    for day in dict.fromkeys((first, due, done)):
        if day is not None and not lane.shows(day):
            _point_to(lane, day, colour, lang)
            used.add("off")
    return used


def _lines(lane: Lane, m: Milestone, due: date, now: Standing, as_of: date) -> set[str]:
    """Draw the spans that the due phrases name, the way between them, and the time past due."""
    used = set()
    first, made = m.baseline_due, m.made_on or date.min
    settled = " settled" if now.is_settled else ""
    if m.precision not in (Precision.DAY, Precision.NONE):
        used.add("within")
        lane.bar(_from(due, m.precision, made), due, f"span{settled}")
    if first is not None and first != due:
        used.add("moved")
        precision = first_precision(m)
        if precision not in (Precision.DAY, Precision.NONE):
            lane.bar(_from(first, precision, made), first, "span first-span")
        lane.line(first, due, "moved")
    passed = as_of if now is Standing.OVERDUE else m.completed_on
    if passed is not None and now in (Standing.OVERDUE, Standing.DONE_LATE):
        used.add("past_due")
        lane.line(due, passed, f"past-due {css_class(now.value)}")
    return used


def _from(due: date, precision: Precision, made: date) -> date:
    """Where a span begins: nothing is due before it was promised."""
    return min(max(span_start(due, precision), made), due)


def _point_to(lane: Lane, day: date, colour: str, lang: Language) -> None:
    """Draw an arrow at the border for a day that lies off the axis, and name the day."""
    words = lang.day(day)
    width = ems(words) * _TEXT + 4
    start: float = lane.left + 14
    if lane.axis.cell(day) < 0:
        mark(lane.parent, lane.left + 6, lane.y, "earlier", colour)
    else:
        right = lane.left + lane.axis.cells
        mark(lane.parent, right - 6, lane.y, "later", colour)
        start = right - 14 - width
    # The line that it stands on would strike it through.
    put(lane.parent, "rect", "paper", x=start, y=lane.y - 7, width=width, height=14)
    write(lane.parent, start + width / 2, lane.y + 4, words, "small", "middle")


def _no_date(lane: Lane, m: Milestone, now: Standing, as_of: date, lang: Language) -> None:
    """Say so beside the day of asking, or beside the first due date if there was one."""
    beside = m.baseline_due if m.baseline_due and lane.shows(m.baseline_due) else as_of
    room = ems(lang.text("no date")) * _TEXT + 24
    right = lane.left + lane.axis.cells
    x: float = lane.x(beside)
    x = x + 12 if x + room < right else x - room
    if now.is_settled:
        mark(lane.parent, x + 4, lane.y, LOOKS[now].shape, css_class(now.value))
        x += 14
    write(lane.parent, x, lane.y + 4, lang.text("no date"), "small muted halo")
