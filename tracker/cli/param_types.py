"""TextParam of the command line made into domain values: dates, lengths, statuses, paths."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click
import msgspec

from tracker.cli.context import App
from tracker.errors import BadDate, BadValue
from tracker.message import Message
from tracker.model import Milestone, Role, Standing, Status, Verdict
from tracker.query import listed_words
from tracker.store.masking import is_address, masked

if TYPE_CHECKING:
    from tracker.due import Due


def app_of(ctx: click.Context | None = None) -> App:
    return (ctx or click.get_current_context()).ensure_object(App)


# The day from which a phrase is understood, unless it is today: when it was said or asked.
_ANCHORS = ("made_on", "on", "as_of")


class _Phrase(click.ParamType["Due"]):
    """A due phrase, understood from the day it was said."""

    name = "when"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Due:
        start = app_of(ctx).settings.fiscal_year_start
        return due_typed(value, anchor_of(ctx), fiscal_year_start=start)


def due_typed(phrase: str, anchor: date, *, fiscal_year_start: int = 1) -> Due:
    """What is meant by a phrase that somebody types: a length back from the day too, as -1w is."""
    from tracker.due import parse

    length = length_in(phrase)
    if length is not None and (length["back"] == "-" or length["ago"]):
        return parse(str(_moved(anchor, length, -1)), anchor)
    return parse(phrase, anchor, fiscal_year_start=fiscal_year_start)


def anchor_of(ctx: click.Context | None) -> date:
    """The day from which phrases are understood: that of the option that says so, or today."""
    given = (ctx.params.get(name) for name in _ANCHORS) if ctx else ()
    return next((day for day in given if isinstance(day, date)), None) or app_of(ctx).today


class Length:
    """A length of time that each milestone counts from its own due date: +2w, -3d, 两周."""

    def __init__(self, phrase: str) -> None:
        self._phrase = phrase

    def after(self, m: Milestone) -> Due:
        """The day so long after the due date, or before it. Raises BadDate when there is none."""
        if m.due is None:
            raise BadDate(
                "Milestone {id} has no due date that {phrase} could count from.",
                "Give the date itself: `tracker postpone {id} 2021-06-30`.",
                id=m.id,
                phrase=self._phrase,
            )
        return due_typed(str(due_typed(self._phrase, m.due).date), m.due)


def after(due: Due | Length, m: Milestone) -> Due:
    """The day that is meant for a milestone. Raises BadDate when there is none."""
    return due.after(m) if isinstance(due, Length) else due


class _Move(click.ParamType["Due | Length"]):
    """Where a due date goes: a due phrase, or a length by itself."""

    name = "when"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Due | Length:
        counted = length_in(value)
        if counted is not None and counted["back"] == "-":
            return Length(value)
        length = value.strip().removeprefix("+").strip()
        # What is understood without its sign says itself from when on: two weeks from now.
        for phrase in (length, f"+{length}", f"{length}内"):
            try:
                due = PHRASE.convert(phrase, param, ctx)
            except BadDate:
                continue
            return due if phrase == length else Length(phrase)
        return PHRASE.convert(value, param, ctx)


class _Day(click.ParamType[date]):
    """One calendar day: ISO, or any phrase of the due language that names one."""

    name = "date"

    def one_of(self, value: str, due: Due, last: date) -> date:
        """The day that is meant of what the phrase names. Raises BadDate unless it is one."""
        if due.start not in (None, last) and not due.ends:
            raise BadDate(
                "{value!r} is not one day, but goes from {start} to {date}.",
                "Give the day that is meant.",
                value=value,
                start=due.start,
                date=last,
            )
        return last

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return msgspec.convert(value, date)
        except msgspec.ValidationError:
            due = self._understood(value, param, ctx)
        if due.date is None:
            raise BadDate("{value!r} names no day.", "Give one, such as 2021-07-01.", value=value)
        return self.one_of(value, due, due.date)

    def _understood(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> Due:
        try:
            return PHRASE.convert(value, param, ctx)
        except BadDate as error:
            if param is None or not param.opts:
                raise
            raise BadDate(
                "{option}: {reason}", error.hint, option=param.opts[0], reason=error.message
            ) from None


class _DayOrUnknown(_Day):
    """A day, or that nobody knows it, which is None; UNSET where nothing is said."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value is msgspec.UNSET or str(value).strip().lower() in ("unknown", "不详", "未知"):
            return value if value is msgspec.UNSET else None
        return super().convert(value, param, ctx)


_LENGTH = (
    r"(?P<back>last|past|最近|近|过去|-)?\s*(?P<number>\d{1,4}|[一二两三四五六七八九十]{1,3}|an?\b)\s*"
    r"(?P<unit>d|days?|天|w|weeks?|周|个?星期|m|months?|个月|y|years?|(?(back)年|年(?=以?之?前)))\s*"
    r"(?P<ago>ago|前|以前|之前)?"
)
_UNITS = {
    "days": ("d", "天"),
    "weeks": ("w", "周", "星", "个星"),
    "months": ("m", "个月"),
    "years": ("y", "年"),
}
"""How the words for each unit begin."""


def length_in(words: str) -> re.Match[str] | None:
    # Compiled when it is first asked for: to read a list's options takes no such words.
    return re.fullmatch(_LENGTH, words.strip(), re.IGNORECASE)


def _moved(day: date, length: re.Match[str], way: int) -> date:
    from dateutil.relativedelta import relativedelta

    from tracker.due.numerals import read_han

    said, digits = length["unit"].lower(), length["number"].lower()
    unit = next(name for name, begins in _UNITS.items() if said.startswith(begins))
    number = int(digits) if digits.isdecimal() else 1 if digits[0] == "a" else read_han(digits) or 0
    try:
        return day + relativedelta(**{unit: way * number})  # type: ignore[arg-type]  # by name
    except (OverflowError, ValueError):
        raise BadDate("There is no day so far away.", "Give a day, such as 2021-07-01.") from None


class SpanEdge(_Day):
    """The first or the last day of what is named: a day, a span such as last month, a length.

    A length such as 7d counts back or ahead (`counts` -1 or 1); where neither goes without saying
    (0), it is refused.
    """

    def __init__(self, *, is_first: bool, counts: int) -> None:
        self._is_first = is_first
        self._counts = counts

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        length = length_in(value) if isinstance(value, str) else None
        if length is None:
            return super().convert(value, param, ctx)
        if not (self._counts or length["back"] or length["ago"]):
            raise BadDate(
                "{value!r} may count back or ahead.",
                "Say '{value} ago' or +{value}.",
                value=value.strip(),
            )
        is_back = length["back"] or length["ago"] or self._counts < 0
        return _moved(anchor_of(ctx), length, -1 if is_back else 1)

    def one_of(self, value: str, due: Due, last: date) -> date:
        day = due.start if self._is_first and due.start and not due.ends else last
        if self._counts < 0 and (due.year_assumed or due.month_assumed) and day > app_of().today:
            raise BadDate(
                "{value!r} may be of this year or of one before.",
                "Say which, such as {day}.",
                value=value,
                day=day,
            )
        return day


class _Window(click.ParamType[date]):
    """A length of time from a day on: 30, 30d, 2w, 3m."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        length = f"{value}d" if value.isascii() and value.isdigit() else value
        try:
            end = PHRASE.convert("+" + length.removeprefix("+"), param, ctx).date
        except BadDate:
            end = None
        if end is None:
            raise BadDate(
                "{value!r} is no length of time.", "Give one such as 30d, 2w or 3m.", value=value
            )
        return end


class _Status(click.ParamType[Status]):
    name = "status"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Status:
        return value if isinstance(value, Status) else Status.meant_by(value)


T = TypeVar("T")


class TextParam(click.ParamType[T]):
    """What a function makes of a text, which says itself what is wrong with it."""

    def __init__(self, name: str, read: Callable[[str], T]) -> None:
        self.name = name
        self._read = read

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> T:
        return self._read(value) if isinstance(value, str) else value


class _Ahead(click.ParamType[tuple[int, ...]]):
    """Days before the due date, such as 7d,1d or 2w; 0d is the day itself."""

    name = "days"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        return tuple(map(_days_ahead, re.split(r"\s*[,，、]\s*", value.strip())))


def _days_ahead(word: str) -> int:
    found = re.fullmatch(r"([0-9]{1,4})\s*(d|days?|w|weeks?)?", word, re.IGNORECASE)
    if found is None:
        raise BadValue(
            "{word!r} is no time for an alarm.",
            "Give days or weeks, such as --alarm 7d,1d or 2w.",
            word=word,
        )
    return int(found[1]) * (7 if (found[2] or "d")[0] in "wW" else 1)


class Anchor(click.Option):
    """A day from which other options are understood: read before them, and after the store.

    The store comes first since its settings say how days are understood.
    """

    def __init__(self, *names: Any, **given: Any) -> None:
        super().__init__(*names, is_eager=True, **given)

    def handle_parse_result(
        self, ctx: click.Context, opts: Mapping[str, Any], args: list[str]
    ) -> tuple[Any, list[str]]:
        app_of(ctx).use(opts.get("file") or ())
        return super().handle_parse_result(ctx, opts, args)


class _FilePath(click.Path):
    """A path; none is empty, as that of a shell's variable that is not set would be.

    None is an address either: folders would be made that are named by its password.
    """

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            raise click.BadParameter(Message("it is empty; . is this folder"), ctx, param)
        if is_address(value):
            raise BadValue(
                "{path} is an address, where a file or a folder is asked for.",
                "Give a path; one that only looks so begins with ./.",
                path=masked(value),
            )
        from pathlib import Path

        return Path(os.fsdecode(super().convert(value, param, ctx)))


PHRASE = _Phrase()
MOVE = _Move()
DAY = _Day()
KNOWN_DAY = _DayOrUnknown()
SINCE = SpanEdge(is_first=True, counts=-1)
UNTIL = SpanEdge(is_first=False, counts=0)
DUE_FROM = SpanEdge(is_first=True, counts=1)
DUE_TO = SpanEdge(is_first=False, counts=1)
WITHIN = _Window()
STATUS = _Status()
STATUSES = TextParam("status", lambda words: frozenset(map(Status.meant_by, listed_words(words))))
STANDINGS = TextParam(
    "standing", lambda words: frozenset(map(Standing.meant_by, listed_words(words)))
)
ROLE = TextParam("role", Role.meant_by)
VERDICT = TextParam("verdict", Verdict.meant_by)
AHEAD = _Ahead()
FILE_PATH = _FilePath()
