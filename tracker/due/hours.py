"""An hour beside a day: the day is due whatever the hour, unless the hour begins it or is none."""

from __future__ import annotations

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
