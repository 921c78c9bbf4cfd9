"""A stretch of time laid over a row of cells: which cell a day falls in, and where ticks stand.

Days are proleptic Gregorian ordinals inside, so that nothing overflows at the years 1 and 9999.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from tracker.locale import MONTH_NAMES, Language
from tracker.render.text import width

_SHORTEST = 28
"""Days that an axis shows at least; with fewer, a single deadline would fill it."""
_FAR = 5
"""A gap this many times as long as all that stands before it sets apart what is beyond it."""
_FEW = 0.2
"""The share of all days that may be left off the axis for the sake of the others."""
_CENTURY = 36525

_DAY_STEPS = (1, 7)
_MONTH_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)


class Tick(NamedTuple):
    """Where a day, week, month or year begins; `full` names the year too, `short` need not.

    `names_day` tells the ticks of days and weeks from those of months and longer.
    """

    cell: int
    short: str
    full: str
    turns_year: bool
    day: date
    names_day: bool


class Axis(NamedTuple):
    """`days` days from the ordinal `first` over `cells` cells."""

    first: int
    days: int
    cells: int

    def cell(self, day: date) -> int:
        """Find the cell that holds noon of `day`; below 0, or `cells` or above, is off the axis."""
        return (2 * (day.toordinal() - self.first) + 1) * self.cells // (2 * self.days)

    def edge(self, day: date) -> int:
        """Find the cell in which `day` begins, on the axis or off it."""
        return (day.toordinal() - self.first) * self.cells // self.days

    def ticks(self) -> list[Tick]:
        """Give the finest ticks, from days to millennia, whose labels have room."""
        for step in _DAY_STEPS:
            if step * self.cells >= 7 * self.days:
                # Ordinal 1 is a Monday: weeks begin on Mondays (ISO 8601).
                begin = self.first + (1 - self.first) % step
                days = map(date.fromordinal, range(begin, self.first + self.days, step))
                return [self._day_tick(day, step) for day in days]
        for step in _MONTH_STEPS:
            if step * 30.4 * self.cells >= (5 if step == 1 else 6) * self.days:
                break
        return [self._month_tick(day, step) for day in self._starts_of_months(step)]

    def labels(self, lang: Language) -> str:
        """Put the ticks' labels on one line, none overlapping, the years first served."""
        cells = [" "] * self.cells
        ticks = self.ticks()
        for tick in sorted(ticks, key=lambda tick: not tick.turns_year):
            short, full = tick.short, tick.full
            if not tick.names_day:
                short, full = lang.tick(tick.day, (short, full), names_day=False)
            named = tick is ticks[0] or tick.turns_year
            for label in (full, short) if named else (short,):
                end = tick.cell + width(label)
                beside = cells[max(0, tick.cell - 1) : end + 1]
                if end <= self.cells and beside == [" "] * len(beside):
                    cells[tick.cell : end] = [*label, *[""] * (end - tick.cell - len(label))]
                    break
        return "".join(cells)

    def _starts_of_months(self, step: int) -> Iterator[date]:
        begin = date.fromordinal(self.first)
        month = begin.year * 12 + begin.month - 1
        for start in range(-(-month // step) * step, 10000 * 12, step):
            day = date(start // 12, start % 12 + 1, 1)
            if day.toordinal() >= self.first + self.days:
                return
            if day >= begin:
                yield day

    def _day_tick(self, day: date, step: int) -> Tick:
        turns_year = day.month == 1 and day.day <= step
        return Tick(self.edge(day), f"{day:%m-%d}", day.isoformat(), turns_year, day, True)

    def _month_tick(self, day: date, step: int) -> Tick:
        year = f"{day.year:04}"
        if day.month == 1:
            return Tick(self.edge(day), year, year, True, day, False)
        short = MONTH_NAMES[day.month][:3] if step == 1 else f"Q{(day.month + 2) // 3}"
        return Tick(self.edge(day), short, f"{short} {year}", False, day, False)


def spanning(days: Iterable[date], as_of: date, cells: int) -> Axis:
    """Lay out an axis that shows `as_of` and the days, save for the few that lie far off.

    Far off is a day beyond a gap of a century, or beyond a gap five times as long as all that is
    nearer (a year at least) if no more than a fifth of the days lie there.
    """
    now = as_of.toordinal()
    ordinals = sorted(day.toordinal() for day in days)
    before = [o for o in ordinals if o < now]
    after = [o for o in reversed(ordinals) if o > now]
    low = high = now
    while before or after:
        side = before if not after or (before and low - before[-1] <= after[-1] - high) else after
        gap = low - before[-1] if side is before else after[-1] - high
        far = gap > _FAR * max(high - low, 365) and len(side) <= _FEW * len(ordinals)
        if far or gap > _CENTURY:
            side.clear()
        else:
            reached = side.pop()
            low, high = min(low, reached), max(high, reached)
    margin = max((high - low) // 12, (_SHORTEST - high + low) // 2, 1)
    first = max(low - margin, date.min.toordinal())
    last = min(high + margin, date.max.toordinal())
    return Axis(first, last - first + 1, cells)
