"""What a grammar makes of a phrase, before it becomes a due date."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from tracker.due.period import Period, Setting, single, upcoming
from tracker.errors import BadDate


class Reading(Struct, frozen=True):
    """A period, and how it was said.

    `limit`    the word that makes it a deadline (by, before, 到, 前); "" when there is none
    `assumed`  what was not said and was taken from the anchor: "year", "month" or ""
    `sharp`    it names an end already (底, end of, a day), so that 前 or "before" still includes it
    `plain`    in running text the words alone would not be a date: a bare May, 2030 or Friday
    `unclear`  why the date cannot be relied on; typed input is refused with it
    """

    period: Period | None
    limit: str = ""
    assumed: str = ""
    sharp: bool = False
    plain: bool = False
    unclear: BadDate | None = None

    def but(self, **fields: object) -> Reading:
        return replace(self, **fields)


NO_DATE = Reading(None)


def in_year(
    number: int | None, make: Callable[[int], Period], setting: Setting, *, sharp: bool = False
) -> Reading:
    """The period in that year, or else in the first year in which it is not past."""
    if number is not None:
        return Reading(make(number), sharp=sharp)
    return Reading(upcoming(make, setting), assumed="year", sharp=sharp)


def numeric(text: str, setting: Setting) -> Reading:
    """A date in digits joined by - or / or a dot: year first, or else day and month in any order.

    Where both orders are possible and differ, and for two-digit years, the reading is refused.
    """
    from tracker.due.period import day, month  # noqa: PLC0415

    parts = [int(part) for part in text.replace("/", "-").replace(".", "-").split("-")]
    widths = [len(part) for part in text.replace("/", "-").replace(".", "-").split("-")]
    if widths[0] == 4:
        if max(widths[1:]) > 2:
            raise _not_a_date(text)
        made = month(parts[0], parts[1]) if len(parts) == 2 else day(parts[0], parts[1], parts[2])
        return Reading(made, sharp=len(parts) == 3)
    if len(parts) == 2 and widths == [widths[0], 4] and widths[0] <= 2:
        return Reading(month(parts[1], parts[0]))
    if max(widths[:2]) > 2 or (len(parts) == 3 and widths[2] == 3):
        raise _not_a_date(text)
    return _day_and_month(text, parts, widths, setting)


def _day_and_month(text: str, parts: list[int], widths: list[int], setting: Setting) -> Reading:
    from tracker.due.period import day  # noqa: PLC0415

    one, two = parts[0], parts[1]
    if len(parts) == 3 and widths[2] < 4:
        raise BadDate(
            f'The year in "{text}" is not clear.', "Write years with four digits: 2021-06-30."
        )
    number = parts[2] if len(parts) == 3 else None
    if len(parts) == 2 and "." in text:
        raise BadDate(f'"{text}" may be a number as well as a date.', "Write 30 June or 6月30日.")
    if one <= 12 and two <= 12 and one != two:
        raise _either(text, one, two, number)
    if one > 12 and two > 12:
        raise BadDate(f'Neither {one} nor {two} in "{text}" is a month.', "Write 2021-06-30.")
    dom, mon = (one, two) if one > 12 else (two, one)
    return in_year(number, lambda y: day(y, mon, dom), setting, sharp=True)


def _either(text: str, one: int, two: int, number: int | None) -> BadDate:
    from tracker.due.period import MONTHS, day  # noqa: PLC0415

    named = f" {number}" if number is not None else ""
    refusal = f'"{text}" may be {one} {MONTHS[two - 1]}{named} or {two} {MONTHS[one - 1]}{named}.'
    if number is None:
        return BadDate(refusal, f"Write {one} {MONTHS[two - 1]}, or {two} {MONTHS[one - 1]}.")
    first, second = day(number, two, one).first, day(number, one, two).first
    return BadDate(refusal, f"Write {first} or {second}.")


def compact(text: str) -> Reading:
    """Eight digits, 20210630."""
    from tracker.due.period import day  # noqa: PLC0415

    return Reading(day(int(text[:4]), int(text[4:6]), int(text[6:])), sharp=True)


def _not_a_date(text: str) -> BadDate:
    return BadDate(f'"{text}" is not a date.', "Write 2021-06-30.")


def on_day(on: Period) -> Reading:
    return Reading(on, sharp=True)


__all__ = ["NO_DATE", "Reading", "compact", "in_year", "numeric", "on_day", "single"]
