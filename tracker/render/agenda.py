"""Days and weeks ahead, and months side by side with their days marked, on a terminal."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby, zip_longest

from tracker.locale import MONTH_NAMES, WEEKDAY_NAMES, Language
from tracker.model import Milestone, standing
from tracker.render.marks import LOOKS, MARKS
from tracker.render.table import Screen, paint, rows, standing_words
from tracker.render.text import fit, pad, width
from tracker.render.wording import wording
from tracker.render.wrapping import wrapped
from tracker.report import Listing
from tracker.report.agenda import Agenda, DueDay

_HEAD, _DIM, _TODAY = "1", "2", "7"
_CELL, _GAP = 4, 2
_MONTH = 7 * _CELL
_LATE = 10
"""Overdue ones told before the days ahead, the longest first; a list has all."""


def agenda_lines(agenda: Agenda, screen: Screen) -> str:
    """Draw the overdue, and each week that has something with its days."""
    lines = list(_lines(agenda, screen))
    if lines:
        lines += ["", screen.lang.text("Next: `tracker show ID`.")]
    else:
        lines = [_nothing(agenda, screen)]
    return "\n".join(line.rstrip() for line in lines)


def _lines(agenda: Agenda, screen: Screen) -> Iterator[str]:
    lang = screen.lang
    if agenda.overdue:
        number = f"{len(agenda.overdue):,}"
        late = lang.text("Overdue ({number})", number=number)
        yield paint(fit(late, screen.width), _HEAD, screen.colour)
        for m in agenda.overdue[:_LATE]:
            yield from _entry(m, agenda, screen, says_due=True)
        if left := len(agenda.overdue[_LATE:]):
            more = lang.text("… and {number} more: `tracker overdue`.", number=f"{left:,}")
            yield from wrapped("  ", more, screen.width)
    for week, days in groupby(agenda.days, lambda day: day.day - timedelta(day.day.weekday())):
        if agenda.overdue or week != _monday(agenda.days[0].day):
            yield ""
        yield paint(fit(_week(week, lang), screen.width), _HEAD, screen.colour)
        for day in days:
            yield _day_heading(day.day, agenda, screen)
            for m in day.milestones:
                yield from _entry(m, agenda, screen, says_due=False)


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _week(monday: date, lang: Language) -> str:
    return lang.text(
        "Week {number}: {first} to {last}",
        number=monday.isocalendar().week,
        first=lang.day(monday),
        last=lang.day(monday + timedelta(6)),
    )


def _day_heading(day: date, agenda: Agenda, screen: Screen) -> str:
    weekday = screen.lang.word("weekday", WEEKDAY_NAMES[day.weekday()][:3])
    named = screen.lang.text("{weekday} {day}", weekday=weekday, day=screen.lang.day(day))
    if day == agenda.as_of:
        named += f"  {screen.lang.text('today')}"
    return " " + paint(named, _TODAY if day == agenda.as_of else "", screen.colour)


def _entry(m: Milestone, agenda: Agenda, screen: Screen, *, says_due: bool) -> Iterator[str]:
    """The title of one, and below it who owes it and where it stands."""
    words, look = wording(m, screen.lang), LOOKS[standing(m, agenda.as_of)]
    owner = words.owner or screen.lang.text("no responsible body")
    told = [owner, standing_words(m, agenda.as_of, screen.lang)]
    told += [str(m.due)] if says_due else []
    label = f"  {m.id:>4}  "
    for line in wrapped(label, words.title, screen.width):
        yield paint(line, look.sgr, screen.colour)
    for line in wrapped(" " * width(label), " · ".join(told), screen.width):
        yield paint(line, _DIM, screen.colour)


def _nothing(agenda: Agenda, screen: Screen) -> str:
    lang = screen.lang
    first, last = lang.day(agenda.first), lang.day(agenda.last)
    return lang.text("Nothing is due from {first} to {last}.", first=first, last=last)


# -- months ----------------------------------------------------------------------------------------


def months(agenda: Agenda, screen: Screen, *, ascii_only: bool) -> str:
    """Draw the months side by side, each day with the mark of what presses most, and the list."""
    due = {day.day: day for day in agenda.days}
    firsts = sorted({day.replace(day=1) for day in _all_days(agenda)})
    beside = max(1, (screen.width + _GAP) // (_MONTH + _GAP))
    lines: list[str] = []
    for start in range(0, len(firsts), beside):
        blocks = [
            _month(first, agenda.as_of, due, screen, ascii_only)
            for first in firsts[start : start + beside]
        ]
        empty = " " * _MONTH
        joined = (" " * _GAP).join
        lines += [joined(parts).rstrip() for parts in zip_longest(*blocks, fillvalue=empty)]
        lines.append("")
    found = agenda.milestones
    if not found:
        return "\n".join([*lines, _nothing(agenda, screen)])
    listing = Listing("all", agenda.as_of, found, len(found), len(found))
    return "\n".join([*lines, _legend(agenda, screen, ascii_only), "", *rows(listing, screen)])


def _all_days(agenda: Agenda) -> Iterator[date]:
    return map(date.fromordinal, range(agenda.first.toordinal(), agenda.last.toordinal() + 1))


def _month(
    first: date, today: date, due: dict[date, DueDay], screen: Screen, ascii_only: bool
) -> list[str]:
    """The lines of one month, each as wide as the others on the screen."""
    month = screen.lang.word("month", MONTH_NAMES[first.month])
    name = screen.lang.text("{month} {year}", month=month, year=first.year)
    left = max(0, (_MONTH - width(name)) // 2)
    heads = (screen.lang.word("weekday", name[:2]) for name in WEEKDAY_NAMES)
    head = "".join(" " * (_CELL - 1 - width(h)) + h + " " for h in heads)
    lines = [
        paint(pad(" " * left + name, _MONTH), _HEAD, screen.colour),
        paint(head, _DIM, screen.colour),
    ]
    for week in Calendar().monthdayscalendar(first.year, first.month):
        days = (first.replace(day=day) if day else None for day in week)
        lines.append("".join(_day(day, today, due, screen, ascii_only) for day in days))
    return lines


def _day(
    day: date | None, today: date, due: dict[date, DueDay], screen: Screen, ascii_only: bool
) -> str:
    if day is None:
        return " " * _CELL
    before, mark, style = (">" if day == today else " "), " ", ""
    if day in due:
        look = LOOKS[due[day].worst(today)]
        mark, style = _mark(look.mark, ascii_only), look.sgr
    if day == today:
        style = ";".join(filter(None, (style, _TODAY)))
    return before + paint(f"{day.day:>2}{mark}", style, screen.colour)


def _mark(name: str, ascii_only: bool) -> str:
    return MARKS[name].ascii if ascii_only else MARKS[name].char


def _legend(agenda: Agenda, screen: Screen, ascii_only: bool) -> str:
    stands = (day.worst(agenda.as_of) for day in agenda.days)
    names = dict.fromkeys(LOOKS[one].mark for one in sorted(stands, key=list(LOOKS).index))
    told = [f"{_mark(name, ascii_only)} {_says(name, screen.lang)}" for name in names]
    told += [f"> {screen.lang.text('today')}"]
    return fit("  ".join(told), screen.width)


def _says(name: str, lang: Language) -> str:
    return lang.text(MARKS[name].words)


def plain_lines(milestones: Sequence[Milestone], as_of: date, lang: Language) -> str:
    from tracker.render.rows import plain

    return plain(Listing("all", as_of, list(milestones), len(milestones), len(milestones)), lang)
