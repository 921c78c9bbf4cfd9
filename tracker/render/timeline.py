"""The timeline: one row a milestone, time from left to right, the day of asking a line through all.

Shapes say all that colours say, so that it reads the same with NO_COLOR.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from rich.text import Text

from tracker.locale import ENGLISH, Language
from tracker.model import Milestone, Standing, standing
from tracker.render.axis import spanning
from tracker.render.marks import ASCII, LOOKS, MARKS, UNICODE
from tracker.render.strip import FAINT, Strip, draw
from tracker.render.table import standing_words
from tracker.render.text import fit, pad
from tracker.render.text import width as cells_of
from tracker.render.wording import wording
from tracker.render.wrapping import wrapped
from tracker.report.dependencies import Wait, Waits
from tracker.report.forecast import Expectation
from tracker.texts import folded

_NARROWEST = 40
_NOTES_FROM = 80
"""Cells of a screen from which each row also says in words where its milestone stands."""
_ROWS_PER_AXIS = 30
"""After so many rows the axis is drawn again, so that a long list has one on every screenful."""
_TOO_FEW_FOR_AXIS = 10
"""With no more rows than this to come, it is not."""


class TimelineRow(NamedTuple):
    """A milestone and what is said of it in words."""

    milestone: Milestone
    standing: Standing
    title: str
    owner: str
    note: str
    expected: Expectation | None = None
    wait: Wait | None = None


def timeline(
    milestones: Sequence[Milestone],
    as_of: date,
    width: int,
    *,
    lang: Language = ENGLISH,
    group_by_owner: bool = False,
    ascii_only: bool = False,
    expected: Mapping[str, Expectation] = MappingProxyType({}),
    waits: Waits = MappingProxyType({}),
) -> Text:
    """Draw the milestones as they stand on `as_of`, in the order given, on `width` cells.

    No line is longer than `width`, or than 40 cells if that is less; the text is not to be wrapped.
    With `group_by_owner`, each owner's rows stand together under the owner's name and counts.
    What is `expected` of milestones, by uid, is a bar that fades, and one that
    waits too long for others has a line until they are done.
    `ascii_only` is for terminals that cannot show the marks; titles are shown as they are.
    """
    if not milestones:
        year = min(as_of.year + 1, 9999)
        sentence = (
            'No milestones to show. Add one, for example: tracker add "{title}" --due {year}-06-30'
        )
        return Text(lang.text(sentence, title=lang.text("Publish the report"), year=year))
    rows = [_row(m, as_of, lang, expected.get(m.uid), waits.get(m.uid)) for m in milestones]
    screen = _Screen(rows, as_of, max(width, _NARROWEST), ASCII if ascii_only else UNICODE, lang)
    groups = _by_owner(rows) if group_by_owner else {"": rows}
    return Text("\n", no_wrap=True, overflow="ignore").join(screen.lines(groups))


def _row(
    milestone: Milestone,
    as_of: date,
    lang: Language,
    expected: Expectation | None,
    wait: Wait | None,
) -> TimelineRow:
    words = wording(milestone, lang)
    return TimelineRow(
        milestone,
        standing(milestone, as_of),
        words.title,
        words.owner or lang.text("no owner"),
        standing_words(milestone, as_of, lang),
        expected,
        wait if wait is not None and wait.is_endangered else None,
    )


def _by_owner(rows: Iterable[TimelineRow]) -> dict[str, list[TimelineRow]]:
    """Owners in the order in which they first appear."""
    groups: dict[str, list[TimelineRow]] = {}
    spelt: dict[str, str] = {}
    for row in rows:
        owner = spelt.setdefault(folded(row.milestone.owner or ""), row.owner)
        groups.setdefault(owner, []).append(row)
    return groups


class _Screen:
    """The cells of a screen shared out, and everything that is drawn on them, line by line."""

    def __init__(
        self,
        rows: Sequence[TimelineRow],
        as_of: date,
        cells: int,
        marks: Mapping[str, str],
        lang: Language,
    ) -> None:
        self.rows = rows
        self.as_of = as_of
        self.cells = cells
        self.marks = marks
        self.lang = lang
        self.used: dict[str, str] = {}
        # Titles get what they need, up to two fifths of what ids and words leave.
        self.id_cells = max(len(str(row.milestone.id)) for row in rows)
        notes = max(cells_of(row.note) + 1 for row in rows) if cells >= _NOTES_FROM else 0
        left = cells - self.id_cells - 2 - notes
        self.title_cells = min(max(cells_of(row.title) for row in rows), left * 2 // 5)
        self.indent = self.id_cells + self.title_cells + 2
        self.says_notes = notes > 0
        self.axis = spanning(_dates(rows), as_of, left - self.title_cells)
        self.now = self.axis.cell(as_of)

    def lines(self, groups: dict[str, list[TimelineRow]]) -> Iterator[Text]:
        summary = self._counted(self.lang.count(len(self.rows)), self.rows)
        yield from (Text(line, "bold") for line in wrapped("", summary, self.cells))
        yield from self._head()
        to_come = len(self.rows)
        for owner, rows in groups.items():
            if owner:
                named = "{heading} ({number})"
                heading = self.lang.text(named, heading=owner, number=f"{len(rows):,}")
                yield self._heading(self._counted(heading, rows))
            for row in rows:
                drawn = len(self.rows) - to_come
                if drawn and drawn % _ROWS_PER_AXIS == 0 and to_come > _TOO_FEW_FOR_AXIS:
                    yield from self._head()
                yield self._line(row)
                to_come -= 1
        yield from _flow(self._legend(), 3, self.cells)

    def _counted(self, what: str, rows: Sequence[TimelineRow]) -> str:
        counts = self.lang.tally([row.standing for row in rows])
        return self.lang.text("{what}: {counts}", what=what, counts=counts)

    def _head(self) -> Iterator[Text]:
        """Draw the day of asking, the labels of the axis, and its rule."""
        said, pointer = self.lang.text("as of {day}", day=self.as_of), self.marks["pointer"]
        start, label = self.indent + self.now, f"{pointer} {said}"
        if self.now + 2 + cells_of(said) > self.axis.cells:
            start, label = start - cells_of(said) - 1, f"{said} {pointer}"
        yield Text(" " * start + label, "bold")
        yield Text((" " * self.indent + self.axis.labels(self.lang)).rstrip())
        rule = Strip(self.axis, self.marks)
        rule.line(0, self.axis.cells, "rule", FAINT)
        for tick in self.axis.ticks():
            rule.mark(tick.cell, "tick", FAINT)
        rule.mark(self.now, "cross")
        yield Text(" " * self.indent) + rule.text()

    def _heading(self, words: str) -> Text:
        """Name and counts of a group; the line of the day goes on where there is room for it."""
        now = self.indent + self.now
        line = Text(fit(words, self.cells, self.marks["more"]), "bold")
        if cells_of(line.plain) < now:
            line = Text.assemble((pad(words, now), "bold"), self.marks["as_of"])
        return line

    def _line(self, row: TimelineRow) -> Text:
        shown = (row.standing, self.as_of, self.axis, self.marks, self.lang)
        strip = draw(row.milestone, *shown, row.expected, row.wait)
        for cell in strip.cells:
            self.used.setdefault(cell.mark, cell.style)
        title = pad(row.title, self.title_cells, self.marks["more"])
        line = Text.assemble(
            (f"{row.milestone.id:>{self.id_cells}} ", FAINT),
            *((title, FAINT if row.standing.is_settled else ""), " ", strip.text()),
            (f" {row.note}" if self.says_notes else "", LOOKS[row.standing].style),
        )
        line.rstrip()
        return line

    def _legend(self) -> Iterator[Text]:
        """Say what each mark in use means, in the order of the marks."""
        for name, mark in MARKS.items():
            if name in self.used and mark.words:
                yield Text.assemble(
                    (self.marks[name], self.used[name]), f" {self.lang.text(mark.words)}"
                )
        if any(row.standing is Standing.DONE_LATE for row in self.rows):
            late = Standing.DONE_LATE
            marks = self.marks["past_due"] + self.marks[LOOKS[late].mark]
            yield Text.assemble((marks, LOOKS[late].style), f" {self.lang.standing(late)}")


def _dates(rows: Iterable[TimelineRow]) -> Iterator[date]:
    """Every day that has a mark of its own."""
    for row in rows:
        m = row.milestone
        yield from (day for day in {m.baseline_due, m.due, m.completed_on} if day is not None)
        if row.wait is not None and row.wait.until is not None:
            yield row.wait.until
        if row.expected is not None:
            yield from (day for day in (row.expected.half, row.expected.most) if day is not None)


def _flow(items: Iterable[Text], gap: int, cells: int) -> Iterator[Text]:
    """Put items beside each other, `gap` apart, on as many lines of `cells` cells as it takes."""
    line = Text()
    for item in items:
        if line and line.cell_len + gap + item.cell_len > cells:
            yield line
            line = Text()
        line = Text.assemble(line, " " * gap, item) if line else item
    if line:
        yield line
