"""Days and weeks ahead, and months side by side with their days marked, on a terminal."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby, zip_longest

from tracker.locale import MONTH_NAMES, WEEKDAY_NAMES, Language
from tracker.model import Milestone, standing
from tracker.render.marks import ASCII, LOOKS, MARKS, UNICODE
from tracker.render.table import Screen, paint, rows, standing_words
from tracker.render.text import fit, pad, width
from tracker.render.wording import wording
from tracker.render.wrapping import wrapped
from tracker.report import Listing
from tracker.report.agenda import Agenda, DueDay

_HEAD, _DIM, _TODAY = "1", "2", "7"
_CELL, _GAP = 4, 2
_MONTH = 7 * _CELL
_SIX = timedelta(days=6)
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
        late = lang.text("Overdue ({number})", number=f"{len(agenda.overdue):,}")
        yield paint(fit(late, screen.width), _HEAD, screen.colour)
        for m in agenda.overdue[:_LATE]:
            yield from _entry(m, agenda, screen, says_due=True)
        if left := len(agenda.overdue[_LATE:]):
            more = lang.text("… and {number} more: `tracker overdue`.", number=f"{left:,}")
            yield from wrapped("  ", more, screen.width)
    is_first = not agenda.overdue
    for monday, days in groupby(agenda.days, lambda day: day.day - timedelta(day.day.weekday())):
        yield from () if is_first else ("",)
        is_first = False
        number, first, last = monday.isocalendar().week, *map(lang.day, (monday, monday + _SIX))
        said = lang.text("Week {number}: {first} to {last}", number=number, first=first, last=last)
        yield paint(fit(said, screen.width), _HEAD, screen.colour)
        for day in days:
            yield _day_heading(day.day, agenda, screen)
            for m in day.milestones:
                yield from _entry(m, agenda, screen, says_due=False)


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


def month_lines(agenda: Agenda, screen: Screen, *, ascii_only: bool) -> str:
    """Draw the months side by side, each day with the mark of what presses most, and the list."""
    marks, due = ASCII if ascii_only else UNICODE, {day.day: day for day in agenda.days}
    first, last = (day.year * 12 + day.month - 1 for day in (agenda.first, agenda.last))
    firsts = [date(month // 12, month % 12 + 1, 1) for month in range(first, last + 1)]
    blocks = [_month(first, agenda.as_of, due, screen, marks) for first in firsts]
    beside = max(1, (screen.width + _GAP) // (_MONTH + _GAP))
    empty, joined = " " * _MONTH, (" " * _GAP).join
    lines: list[str] = []
    for start in range(0, len(blocks), beside):
        parts = zip_longest(*blocks[start : start + beside], fillvalue=empty)
        lines += [*(joined(part).rstrip() for part in parts), ""]
    if not (found := agenda.milestones):
        return "\n".join([*lines, _nothing(agenda, screen)])
    listing = Listing("all", agenda.as_of, found, len(found), len(found))
    return "\n".join([*lines, _legend(agenda, screen, marks), "", *rows(listing, screen)])


def _month(
    first: date, today: date, due: dict[date, DueDay], screen: Screen, marks: Mapping[str, str]
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
        lines.append("".join(_day(day, today, due, screen, marks) for day in days))
    return lines


def _day(
    day: date | None, today: date, due: dict[date, DueDay], screen: Screen, marks: Mapping[str, str]
) -> str:
    if day is None:
        return " " * _CELL
    before, mark, style = (">" if day == today else " "), " ", ""
    if day in due:
        look = LOOKS[due[day].worst(today)]
        mark, style = marks[look.mark], look.sgr
    if day == today:
        style = ";".join(filter(None, (style, _TODAY)))
    return before + paint(f"{day.day:>2}{mark}", style, screen.colour)


def _legend(agenda: Agenda, screen: Screen, marks: Mapping[str, str]) -> str:
    stands = (day.worst(agenda.as_of) for day in agenda.days)
    names = dict.fromkeys(LOOKS[one].mark for one in sorted(stands, key=list(LOOKS).index))
    told = [f"{marks[name]} {screen.lang.text(MARKS[name].words)}" for name in names]
    return fit("  ".join([*told, f"> {screen.lang.text('today')}"]), screen.width)


def plain_lines(milestones: Sequence[Milestone], as_of: date, lang: Language) -> str:
    from tracker.render.rows import plain

    return plain(Listing("all", as_of, list(milestones), len(milestones), len(milestones)), lang)
