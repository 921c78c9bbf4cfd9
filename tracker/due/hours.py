"""An hour beside a day: the day is due whatever the hour, unless the hour begins it or is none."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from tracker.due import period as p
from tracker.due.reading import Reading
from tracker.errors import BadDate


class Hour(Struct, frozen=True):
    """`begins`: it is the first instant of a day, 0:00 or 12 am; `fault`: why there is no such."""

    begins: bool = False
    fault: BadDate | None = None


MIDNIGHT = Hour(
    fault=BadDate(
        '"midnight" may begin the day or end it.',
        "Write the last day that is included, such as 2021-06-30.",
    )
)


def hour_of(said: str, hour: int, rest: list[int], half: str = "") -> Hour:
    """The hour with its minutes and seconds; `half` is am, pm or "" for 24 hours."""
    fits = 1 <= hour <= 12 if half else hour <= 23 or (hour == 24 and not any(rest))
    if not fits or any(part > 59 for part in rest):
        return Hour(
            fault=BadDate('There is no hour "{said}".', "Write the day alone, or 17:00.", said=said)
        )
    first = hour == 12 if half == "am" else hour == 0 and not half
    return Hour(begins=first and not any(rest))


_DAY = (
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?"
    r"(?:[0-9]{1,4}([-/.])[0-9]{1,2}\2[0-9]{1,4}|(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日|[0-9]{8}"
    r"|[a-z]{3,9}\.? [0-9]{1,2},? [0-9]{4}|[0-9]{1,2} [a-z]{3,9} [0-9]{4})"
)
_CLOCK = (
    r"(?:(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,9})?)?|24:00(?::00)?"
    r"|(?:0?[1-9]|1[0-2]):[0-5][0-9](?::[0-5][0-9])? ?[ap]m|(?:[01][0-9]|2[0-3])(?:[0-5][0-9]){2})"
    r"(?: ?(?:z|utc|[+-][0-9]{2}:?[0-9]{2}))?"
)
_STAMP = re.compile(f"({_DAY})(?: {{1,3}}|t){_CLOCK}", re.IGNORECASE)


def without_clock(text: str) -> str:
    """The day of a time as programs write one, such as 2021-06-30T00:00:00+08:00, or else the text.

    What they know is the day, and the hour comes of how they keep it: 0:00 of a spreadsheet that
    exports days, 23:30-05:00 where the day was set. So it is the day that is written there.
    """
    found = _STAMP.fullmatch(text)
    return text if found is None else found[1]


def at(reading: Reading, hour: Hour | None) -> Reading:
    if hour is None:
        return reading
    return replace(reading, begins=hour.begins, unclear=reading.unclear or hour.fault)


def begun(reading: Reading, *, deadline: bool) -> Reading:
    """What is due by 0:00 on 1 July is due on 30 June; 0:00 alone may belong to either day."""
    if reading.period is None:
        return reading
    last, eve = reading.period.last, p.eve(reading.period.last)
    if deadline:
        return replace(reading, period=p.single(eve), begins=False)
    refusal = BadDate(
        "That hour begins {last} and ends {eve}.", "Write {eve} or {last}.", last=last, eve=eve
    )
    return replace(reading, unclear=refusal)
