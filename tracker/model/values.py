"""The small values that a milestone is made of: what is said of one field, and no more."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct

from tracker.errors import BadValue


class Status(StrEnum):
    """What was assessed. Timeliness is never a status: a late delivery is completed, and late."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    PARTLY_COMPLETED = "partly-completed"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"

    __hash__ = str.__hash__  # Enum's own is written in Python, and every table is asked with it

    @property
    def is_open(self) -> bool:
        """Whether something is still owed; a partly completed promise is."""
        return self in _OPEN

    @classmethod
    def meant_by(cls, word: str) -> Status:
        """Return the status that a word means, in English or Chinese. Raises BadValue."""
        plain = word.strip().lower().replace("_", "-").replace(" ", "-")
        try:
            return _CALLED.get(plain) or cls(plain)
        except ValueError:
            raise BadValue(
                f"There is no status {word!r}.", f"There are: {', '.join(cls)}."
            ) from None


# What people call the statuses, beside their own names.
_CALLED = {
    "open": Status.NOT_STARTED,
    "todo": Status.NOT_STARTED,
    "started": Status.IN_PROGRESS,
    "done": Status.COMPLETED,
    "partly": Status.PARTLY_COMPLETED,
    "partial": Status.PARTLY_COMPLETED,
    "canceled": Status.CANCELLED,
    "未启动": Status.NOT_STARTED,
    "进行中": Status.IN_PROGRESS,
    "已完成": Status.COMPLETED,
    "部分完成": Status.PARTLY_COMPLETED,
    "已终止": Status.CANCELLED,
    "被替代": Status.SUPERSEDED,
}

_OPEN = frozenset({Status.NOT_STARTED, Status.IN_PROGRESS, Status.PARTLY_COMPLETED})


class Precision(StrEnum):
    """The span that a due phrase names; the due date is the last day of that span."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    FISCAL_YEAR = "fiscal-year"
    FIVE_YEAR = "five-year"
    NONE = "none"

    __hash__ = str.__hash__


class Modality(StrEnum):
    """How firmly it was promised: 将/必须 firm, 计划 planned, 力争 stretch, 预计 forecast."""

    FIRM = "firm"
    PLANNED = "planned"
    STRETCH = "stretch"
    FORECAST = "forecast"

    __hash__ = str.__hash__


class Target(Struct, frozen=True, omit_defaults=True):
    """A figure that was promised, such as `>= 90 %`; `value` is text for shapes such as 1+2+4."""

    value: int | float | str
    unit: str = ""
    op: str = "="
    approx: bool = False
    stretch: bool = False
    actual: int | float | str | None = None


class Span(Struct, frozen=True):
    """A half-open range of Unicode code points in the decoded text of a document."""

    start: int
    end: int


class Source(Struct, frozen=True, omit_defaults=True):
    """Where it was said: the document, and where in it the phrase and its clause stand.

    `file` is the path that the document was read from. An inherited phrase stands outside its
    clause: a speaker says 今年 once and lists five items.
    """

    document: str
    publisher: str | None = None
    url: str | None = None
    published_on: date | None = None
    sha256: str | None = None
    phrase: Span | None = None
    clause: Span | None = None
    quote: str | None = None
    inherited: bool = False
    file: str | None = None


class Wording(Struct, frozen=True, omit_defaults=True):
    """The words of a milestone in one more language."""

    title: str | None = None
    owner: str | None = None
    document: str | None = None
    speaker_title: str | None = None
