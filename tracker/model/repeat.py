"""How often a milestone comes round: every quarter, 每半年; and when it is due after a day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from msgspec import Struct

from tracker.errors import BadDate, BadValue

_MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
_WORDS = {
    "week": "weekly|weeks?|周|星期|礼拜",
    "fortnight": "fortnightly|fortnights?|双周",
    "day": "days?|天|日",
    "quarter": "quarterly|quarters?|季度?",
    "half-year": "half-yearly|half[- ]years?|semi-?annually|半年度?",
    "month": "monthly|months?|月度?",
    "year": "yearly|annually|annual|years?|年度?",
}
_DAYS = {"fortnight": 14, "day": 1}
"""What is kept as so many weeks."""
_NUMBERS = {None: 1, "other": 2, "second": 2, "third": 3, "两": 2}
_NUMBERS |= {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "twelve": 12}
_NUMBERS |= {digit: number for number, digit in enumerate("一二三四五六七八九十", 1)}
_SHAPE = re.compile(
    r"(?:once\s+)?(?:every|each|an?\b|per\b|每|按|逐)?(?P<skipped>隔)?\s*"
    rf"(?P<number>[1-9]\d?|{'|'.join(word for word in _NUMBERS if word)})?\s*个?"
    rf"(?:{'|'.join(f'(?P<{unit[0]}>{words})' for unit, words in _WORDS.items())})"
    r"(?:\s*,?\s+on\s+day\s+(?P<day>28|29|30)|\s*[（(]?(?P<ri>28|29|30)[日号][)）]?|一[次报])?",
    re.IGNORECASE,
)


class Repeat(Struct, frozen=True):
    """Every so many weeks, months, quarters, half-years or years.

    `day` is the day of the month that is meant where the one that it fell on last was shorter.
    """

    number: int
    unit: str
    day: int = 0

    @classmethod
    def meant_by(cls, phrase: str) -> Repeat:
        """Read a phrase, in English or Chinese. Raises BadValue."""
        found = _SHAPE.fullmatch(phrase.strip())
        number, unit = _counted(found) if found is not None else (0, "")
        if found is None or not number:
            raise BadValue(
                "{phrase!r} says not how often.",
                "Type it as in “every quarter”, “every 2 weeks”, 每月 or 每半年; on which day says "
                "the due date, and none ends it.",
                phrase=phrase,
            )
        return cls(number, unit, 0 if unit == "week" else int(found["day"] or found["ri"] or 0))

    def __str__(self) -> str:
        """The phrase that is kept, which `meant_by` reads."""
        often = f"every {self.unit}" if self.number == 1 else f"every {self.number} {self.unit}s"
        return f"{often} on day {self.day}" if self.day else often

    def after(self, due: date) -> tuple[date, Repeat]:
        """The day after which it is late next time, and how it goes on from there.

        The last day of a month stays the last. Raises BadDate at the end of time.
        """
        try:
            if self.unit == "week":
                return due + timedelta(weeks=self.number), self
            year, month = divmod(due.year * 12 + due.month - 1 + self._months, 12)
            last = monthrange(year, month + 1)[1]
            meant = self._day_meant(due)
            then = date(year, month + 1, min(meant, last))
        except (OverflowError, ValueError):
            said = "What repeats {repeat} has no day after {due}."
            hint = "End it: `tracker edit ID --repeat none`."
            raise BadDate(said, hint, repeat=str(self), due=due) from None
        is_short = then.day == last and meant < 31
        return then, Repeat(self.number, self.unit, meant if is_short else 0)

    @property
    def _months(self) -> int:
        return self.number * _MONTHS[self.unit]

    def _day_meant(self, due: date) -> int:
        if due.day < monthrange(due.year, due.month)[1]:
            return due.day
        return self.day if self.day >= due.day else 31


def _counted(found: re.Match[str]) -> tuple[int, str]:
    """So many of which unit; 0 where the number may mean two things, or is of no whole weeks."""
    unit, said = next(unit for unit in _WORDS if found[unit[0]]), found["number"]
    said = said and said.lower()
    number = int(said) if said and said.isdecimal() else _NUMBERS[said]
    if found["skipped"]:
        number = 2 if number == 1 else 0
    if unit not in _DAYS:
        return number, unit
    weeks, rest = divmod(number * _DAYS[unit], 7)
    return 0 if rest else weeks, "week"
