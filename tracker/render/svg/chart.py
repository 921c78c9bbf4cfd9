"""The timeline laid out: panels of an axis and its rows, and a legend, each with its height."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple
from xml.etree.ElementTree import Element

from msgspec import Struct

from tracker.locale import ENGLISH, Language
from tracker.model import Milestone, Standing, standing
from tracker.render.axis import spanning
from tracker.render.marks import LOOKS
from tracker.render.svg.element import mark, put, write
from tracker.render.svg.ems import ems, lines
from tracker.render.svg.lane import Lane, draw
from tracker.render.svg.shapes import css_class
from tracker.render.text import legible
from tracker.render.waiting import waiting
from tracker.render.wording import wording
from tracker.report.dependencies import Waits
from tracker.texts import folded

FONT = 14
SMALL = 12
_OWNER = 15
"""The size of a bold text of 14 pixels, which is wider."""
_NOTE = 13
"""The same of a note, which may be bold."""
_LINE = 18
_NOTE_LINE = 15
_PAD = 5
_HEAD = 52
_HEADING = 34
_PANEL = 30
"""Rows under one axis, so that a long list has one on every screen and page."""
_TOO_FEW = 10
"""With no more rows than this to come, they go under the same axis."""
_TICK_PIXELS = 8
"""What the axis takes for a cell when it chooses ticks whose labels have room."""

_LEGEND = {
    **{look.shape: look.shape.replace("_", " ") for look in LOOKS.values()},
    "first_due": "first promised",
    "was_due": "was due",
    "moved": "date moved",
    "past_due": "past due",
    "endangered": "endangered by what it waits for",
    "within": "any day in this span",
    "off": "beyond the picture",
}
"""What the legend says of each mark."""


class ChartLayout(Struct, frozen=True):
    """Pixels: the whole width, and the columns of titles and of notes; 0 puts them above."""

    width: int
    titles: int
    notes: int


WIDE = ChartLayout(960, 320, 140)
NARROW = ChartLayout(360, 0, 0)


class Picture(Struct, frozen=True):
    """What is drawn: milestones as they stood on `as_of`, in this order or by responsible body.

    Of `later` of them something is dated later. `waits` are what they wait for.
    """

    milestones: Sequence[Milestone]
    as_of: date
    lang: Language = ENGLISH
    by_owner: bool = False
    later: int = 0
    waits: Waits = {}


class ChartBlock(NamedTuple):
    """A drawn part, its height in pixels, and how many rows it has."""

    element: Element
    height: float
    rows: int


class ChartRow(NamedTuple):
    """A milestone and what is said of it."""

    milestone: Milestone
    standing: Standing
    title: str
    note: str


class Chart:
    """A picture laid out for one width; ask for its panels, then for the legend of their marks."""

    def __init__(self, picture: Picture, layout: ChartLayout) -> None:
        self.picture = picture
        self.layout = layout
        self.lang = picture.lang
        self.used: set[str] = set()
        left = layout.titles + 16 if layout.titles else 8
        right = layout.width - layout.notes - (12 if layout.notes else 8)
        days = (
            day
            for m in picture.milestones
            for day in {m.baseline_due, m.due, m.completed_on, endangered_until(picture.waits, m)}
            if day is not None
        )
        self.left = left
        self.axis = spanning(days, picture.as_of, right - left)

    def panels(self) -> Iterator[ChartBlock]:
        """Draw the rows, an axis over each thirty."""
        panel = _Panel(self)
        rows_left = len(self.picture.milestones)
        for heading, rows in self._groups():
            is_new = bool(heading)
            for row in rows:
                if panel.rows >= _PANEL and rows_left > _TOO_FEW:
                    yield panel.done()
                    panel, is_new = _Panel(self), bool(heading)
                if is_new:
                    panel.heading(heading, self.lang.tally([r.standing for r in rows]))
                    is_new = False
                panel.row(row)
                rows_left -= 1
        yield panel.done()

    @property
    def as_of(self) -> date:
        return self.picture.as_of

    def legend(self) -> ChartBlock:
        """Say what each mark in use means, in as many lines as it takes."""
        group = Element("g", {"class": "legend"})
        x, y = 0.0, 14.0
        for name, english in _LEGEND.items():
            if name not in self.used:
                continue
            words = self.lang.text(english)
            width = 30 + ems(words) * SMALL + 18
            if x + width > self.layout.width and x:
                x, y = 0.0, y + 22
            _sample(group, x + 12, y - 4, name)
            write(group, x + 30, y, words, "small")
            x += width
        return ChartBlock(group, y + 10, 0)

    def _groups(self) -> list[tuple[str, list[ChartRow]]]:
        """Rows by responsible body, in the order met; one alone needs no heading."""
        groups: dict[str, tuple[str, list[ChartRow]]] = {}
        for m in self.picture.milestones:
            words = wording(m, self.picture.lang)
            owner = words.owner or self.lang.text("No responsible body")
            body = folded(m.owner or "") if self.picture.by_owner else ""
            now = standing(m, self.as_of)
            row = ChartRow(m, now, words.title, self.lang.note(m, now, self.as_of))
            groups.setdefault(body, (owner, []))[1].append(row)
        if len(groups) == 1:
            return [("", rows) for _, rows in groups.values()]
        return list(groups.values())


class _Panel:
    """An axis and the rows drawn under it, from the top down."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.root = Element("g", {"class": "panel"})
        self.grid = put(self.root, "g", "grid")
        self.body = put(self.root, "g")
        self.y: float = _HEAD
        self.rows = 0

    def heading(self, owner: str, tally: str) -> None:
        """Name a responsible body, and how many of its rows stand where."""
        width = self.chart.layout.width
        self.y += _HEADING
        # The name takes what it needs of two thirds of the line, the tally what is left.
        name = lines(legible(owner), width * 2 / 3 / _OWNER, 1)[0]
        told = lines(legible(tally), (width - 32 - ems(name) * _OWNER) / SMALL, 1)[0]
        write(self.body, 8, self.y - 10, name, "owner")
        write(self.body, width - 8, self.y - 10, told, "small muted", "end")
        y = self.y - 0.5
        put(self.body, "line", "rule", x1=0, y1=y, x2=width, y2=y)

    def row(self, row: ChartRow) -> None:
        """Draw a row as high as its title needs, two lines at most."""
        chart, layout = self.chart, self.chart.layout
        group = put(self.body, "g", "row", data_uid=legible(row.milestone.uid))
        colour = css_class(row.standing.value)
        wait = chart.picture.waits.get(row.milestone.uid)
        danger = [waiting(wait, chart.lang)] if wait and wait.is_endangered else []
        told = [f"{row.milestone.id} {row.title}", row.note, *danger]
        put(group, "title").text = legible(chart.lang.join(told))
        number = f"{row.milestone.id} "
        indent = max(24.0, ems(number) * SMALL + 10)
        room = (layout.titles or layout.width - 8) - indent
        title = lines(legible(row.title), room / FONT, 2)
        beside = layout.titles > 0
        note = lines(legible(row.note), (layout.notes or room) / _NOTE, 2 if beside else 1)
        if beside:
            height = max(_LINE * len(title), _NOTE_LINE * len(note)) + 2 * _PAD
        else:
            height = _LINE * (len(title) + 2) + 2 * _PAD - 4
        put(group, "rect", "lane", x=0, y=self.y, width=layout.width, height=height)
        baseline = self.y + _PAD + FONT - 1
        write(group, indent - 7, baseline, str(row.milestone.id), "small muted", "end")
        for n, line in enumerate(title):
            settled = "muted" if row.standing.is_settled else ""
            write(group, indent, baseline + n * _LINE, line, settled)
        if beside:
            middle = self.y + height / 2
            note_x = float(layout.width - layout.notes)
            note_y = middle + 4 - (len(note) - 1) * _NOTE_LINE / 2
        else:
            note_x, note_y = indent, baseline + len(title) * _LINE - 1
            middle = baseline + len(title) * _LINE + 16
        for n, line in enumerate(note):
            write(group, note_x, note_y + n * _NOTE_LINE, line, f"small {colour} note")
        lane = Lane(group, chart.axis, chart.left, middle)
        until = endangered_until(chart.picture.waits, row.milestone)
        chart.used |= draw(lane, row.milestone, row.standing, chart.as_of, chart.lang, until)
        self.y += height
        self.rows += 1

    def done(self) -> ChartBlock:
        """Draw the axis over the rows, and the lines of time behind them."""
        chart = self.chart
        bottom = self.y + 4
        taken: list[tuple[float, float]] = []
        coarse = chart.axis._replace(cells=max(chart.axis.cells // _TICK_PIXELS, 16))
        ticks = coarse.ticks()
        for tick in sorted(ticks, key=lambda tick: not tick.turns_year):
            x = chart.left + chart.axis.edge(tick.day)
            year = " year" if tick.turns_year else ""
            put(self.grid, "line", f"tick{year}", x1=x, y1=_HEAD - 8, x2=x, y2=bottom)
            named = tick is ticks[0] or tick.turns_year
            short, full = chart.lang.tick(
                tick.day, (tick.short, tick.full), names_day=tick.names_day
            )
            for label in (full, short) if named else (short,):
                start, stop = x - 2, x + ems(label) * SMALL + 8
                if stop <= chart.layout.width - chart.layout.notes and not any(
                    start < b and a < stop for a, b in taken
                ):
                    taken.append((start, stop))
                    write(self.grid, x, _HEAD - 14, label, f"small muted{year}")
                    break
        y = _HEAD - 8
        right = chart.left + chart.axis.cells
        put(self.grid, "line", "rule", x1=chart.left, y1=y, x2=right, y2=y)
        self._draw_now(bottom, taken)
        return ChartBlock(self.root, bottom, self.rows)

    def _draw_now(self, bottom: float, labels: Sequence[tuple[float, float]]) -> None:
        """Draw the day of asking as a line, not through labels, with a flag that names it."""
        chart = self.chart
        x = chart.left + chart.axis.cell(chart.as_of)
        words = chart.lang.as_of(chart.as_of)
        width = ems(words) * SMALL + 24
        start = min(max(x - width / 2, 0), chart.layout.width - width)
        now = Element("g", {"class": "as-of"})
        top = 20
        if any(a < x < b for a, b in labels):
            put(now, "line", x1=x, y1=top, x2=x, y2=_HEAD - 27)
            top = _HEAD - 8
        put(now, "line", x1=x, y1=top, x2=x, y2=bottom)
        put(now, "rect", x=start, y=2, width=width, height=19, rx=4)
        write(now, start + width / 2, 16, words, "small", "middle")
        # Behind the rows, whose marks must be seen on the day itself.
        self.root.insert(1, now)


def endangered_until(waits: Waits, m: Milestone) -> date | None:
    """The day by which what it waits for can be done, if that is after its own last day."""
    wait = waits.get(m.uid)
    return wait.until if wait is not None and wait.is_endangered else None


_LINES = {"moved": "moved", "past_due": "past-due overdue", "endangered": "endangered"}


def _sample(group: Element, x: float, y: float, name: str) -> None:
    """Draw a mark as the legend shows it."""
    if name == "within":
        put(group, "rect", "span", x=x - 9, y=y - 5, width=18, height=10, rx=3)
    elif name in _LINES:
        put(group, "line", _LINES[name], x1=x - 9, y1=y, x2=x + 9, y2=y)
    else:
        mark(group, x, y, "later" if name == "off" else name)
