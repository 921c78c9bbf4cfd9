"""One milestone drawn on an axis: what was promised, what moved, what passed, what was reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import NamedTuple

from rich.text import Text

from tracker.locale import ENGLISH, Language
from tracker.model import Milestone, Standing
from tracker.render.axis import Axis
from tracker.render.marks import LOOKS
from tracker.render.span import span_start
from tracker.render.text import width
from tracker.report.dependencies import Wait
from tracker.report.forecast import Expectation

FAINT = "dim"

_LINES = frozenset({"", "within", "moved", "past_due", "half_likely", "most_likely", "endangered"})
"""Marks that a line is made of, and none: words can stand there and no point in time is lost."""


class StripCell(NamedTuple):
    """What one cell shows; `mark` names the mark, if there is one."""

    char: str = " "
    style: str = ""
    mark: str = ""


class Strip:
    """A row of cells under the axis; what is drawn later covers what was drawn before."""

    def __init__(self, axis: Axis, marks: Mapping[str, str]) -> None:
        self.axis = axis
        self.marks = marks
        self.cells = [StripCell()] * axis.cells

    def line(self, start: int, stop: int, mark: str, style: str = "") -> None:
        """Draw a mark in every cell of the axis from `start` up to, but without, `stop`."""
        drawn = StripCell(self.marks[mark], style, mark)
        for cell in range(max(start, 0), min(stop, len(self.cells))):
            self.cells[cell] = drawn

    def mark(self, cell: int, mark: str, style: str = "") -> None:
        """Draw a mark in one cell; off the axis there is nothing to draw on."""
        self.line(cell, cell + 1, mark, style)

    def write(self, start: int, words: str, style: str = "") -> bool:
        """Put words where no point in time is drawn; with no room for them, put nothing: false."""
        chars = [part for char in words for part in (char, *[""] * (width(char) - 1))]
        stop = start + len(chars)
        free = start >= 0 and stop <= len(self.cells)
        free = free and all(cell.mark in _LINES for cell in self.cells[start:stop])
        if free:
            self.cells[start:stop] = [StripCell(char, style, "words") for char in chars]
        return free

    def text(self) -> Text:
        runs = groupby(self.cells, key=lambda cell: cell.style)
        return Text.assemble(*(("".join(cell.char for cell in run), style) for style, run in runs))


def draw(
    milestone: Milestone,
    standing: Standing,
    as_of: date,
    axis: Axis,
    marks: Mapping[str, str],
    lang: Language = ENGLISH,
    expected: Expectation | None = None,
    wait: Wait | None = None,
) -> Strip:
    """Draw a milestone as it stands on `as_of`, from what is faint to what matters."""
    strip = Strip(axis, marks)
    due, first, done = milestone.due, milestone.baseline_due, milestone.completed_on
    now = axis.cell(as_of)
    if expected is not None and due is not None:
        _draw_expected(expected, max(axis.cell(due), now), strip)
    if due is not None and wait is not None and wait.until is not None:
        strip.line(axis.cell(due) + 1, axis.cell(wait.until) + 1, "endangered", "yellow")
    if due is not None:
        _draw_lines(milestone, standing, due, now, strip)
    strip.mark(now, "as_of")
    if first is not None and first != due:
        strip.mark(axis.cell(first), "first_due")
    if due is not None and done is not None:
        strip.mark(axis.cell(due), "was_due")
    reached = done or due
    if reached is not None:
        strip.mark(axis.cell(reached), LOOKS[standing].mark, LOOKS[standing].style)
    for day in dict.fromkeys((first, due, done)):
        if day is not None:
            _point_to(day, LOOKS[standing].style, now, strip)
    if reached is None:
        _write_no_date(standing, None if first is None else axis.cell(first), now, strip, lang)
    return strip


def _draw_lines(
    milestone: Milestone, standing: Standing, due: date, now: int, strip: Strip
) -> None:
    """Draw the span the due phrase names, the way from the first due date, the time past due."""
    axis, at = strip.axis, strip.axis.cell(due)
    first, done = milestone.baseline_due, milestone.completed_on
    style = LOOKS[standing].style
    if not standing.is_settled:
        begin = max(span_start(due, milestone.precision), milestone.made_on or date.min)
        strip.line(axis.cell(begin), at, "within", FAINT)
    if first is not None:
        moved_from = axis.cell(first)
        strip.line(min(moved_from, at), max(moved_from, at), "moved")
    if standing is Standing.OVERDUE:
        strip.line(at + 1, now, "past_due", style)
    if standing is Standing.DONE_LATE and done is not None:
        # Late shows even where it was done within the cell in which it was due.
        strip.line(min(at + 1, axis.cell(done) - 1), axis.cell(done), "past_due", style)


def _draw_expected(expected: Expectation, begin: int, strip: Strip) -> None:
    """Draw a bar that fades: until half of such are done, and on until nine in ten are."""
    half = begin if expected.half is None else strip.axis.cell(expected.half)
    if expected.most is not None:
        strip.line(max(begin, half) + 1, strip.axis.cell(expected.most) + 1, "most_likely", FAINT)
    strip.line(begin + 1, half + 1, "half_likely", FAINT)


def _point_to(day: date, style: str, now: int, strip: Strip) -> None:
    """Draw an arrow at the border for a day that lies off the axis, and the date where it fits."""
    cell, last, words = strip.axis.cell(day), strip.axis.cells - 1, f" {day} "
    if cell < 0:
        strip.mark(0, "earlier", style)
        _write_once(strip, (1, now + 1), words, "")
    elif cell > last:
        strip.mark(last, "later", style)
        _write_once(strip, (last - len(words), now - len(words)), words, "")


def _write_no_date(
    standing: Standing, first: int | None, now: int, strip: Strip, lang: Language
) -> None:
    """Say so after the first due date if there was one, or else where there is room."""
    ended = f"{strip.marks[LOOKS[standing].mark]} " if standing.is_settled else ""
    places = (0, now + 2) if first is None else (first + 2, now + 2, 0)
    _write_once(strip, places, ended + lang.text("no date"), FAINT)


def _write_once(strip: Strip, places: Iterable[int], words: str, style: str) -> None:
    """Put words at the first of the places that has room."""
    any(strip.write(start, words, style) for start in places)
