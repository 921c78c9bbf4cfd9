"""The small values that a milestone is made of: what is said of one field, and no more."""

# Not `from __future__ import annotations`: msgspec would compile each one at every start.
import operator
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Self

from msgspec import Struct

from tracker.errors import BadValue
from tracker.message import Message

passes = operator.lt
"""The rule of every overdue list, given a due date and a day: it is the last day included."""

lasts = operator.ge
"""The contrary: what is owed is not overdue."""


_EASTMOST = timedelta(hours=14)
"""How far the clocks of the first islands to see a day are ahead of UTC."""


def last_day(now: datetime) -> date:
    """The last day that has begun anywhere on earth at an instant; what is later is to come."""
    now = now.astimezone(UTC)
    return (now + _EASTMOST).date() if now.date() < date.max else date.max


def has_passed(due: date | None, day: date) -> bool:
    return due is not None and passes(due, day)


_UNKNOWN: dict[type[StrEnum], Message] = {}


class AliasedWords(StrEnum):
    """Words that people call otherwise too: each row its own word, and what they say for it.

    `unknown` is what is said of a `{word}` that is none of them.
    """

    _value_: str
    called: tuple[str, ...]

    def __new__(cls, word: str, *called: str) -> Self:
        return cls._made(word, called)

    @classmethod
    def _made(cls, word: str, called: tuple[str, ...]) -> Self:
        one = str.__new__(cls, word)
        one._value_ = word
        one.called = called
        return one

    def __init_subclass__(cls, *, unknown: Message) -> None:
        super().__init_subclass__()
        _UNKNOWN[cls] = unknown

    __hash__ = str.__hash__  # Enum's own is written in Python, and every table is asked with it

    @classmethod
    def meant_by(cls, word: str) -> Self:
        """Return the one that a word means, in English or Chinese. Raises BadValue."""
        plain = word.strip().lower().replace("_", "-").replace(" ", "-")
        for one in cls:
            if plain == one or plain in one.called:
                return one
        raise BadValue(_UNKNOWN[cls], "There are: {words}.", word=word, words=tuple(cls))


class Standing(AliasedWords, unknown=Message("There is no standing {word!r}.")):
    """Status and timeliness of a milestone on a day, in one word, the pressing ones first.

    Each row is its word and what people call it, in English and as Chinese screens have it.
    """

    OVERDUE = ("overdue", "逾期", "已逾期")
    DUE_SOON = ("due-soon", "soon", "临期")
    OPEN = ("open", "未到期")
    NO_DATE = ("no-date", "undated", "无期限")
    DONE = ("done", "completed", "已完成")
    DONE_LATE = ("done-late", "late", "逾期完成")
    CANCELLED = ("cancelled", "canceled", "已终止")
    SUPERSEDED = ("superseded", "被替代")

    @property
    def words(self) -> str:
        """The same word on every screen."""
        return "late" if self is Standing.DONE_LATE else self.value.replace("-", " ")

    @property
    def is_settled(self) -> bool:
        """Whether nothing is waited for any more."""
        return self is Standing.DONE_LATE or self in (status.shows_as for status in Status)


class Status(AliasedWords, unknown=Message("There is no status {word!r}.")):
    """What was assessed. Timeliness is never a status: a late delivery is completed, and late.

    Each row is all that a status is: its stored word, what it shows as once nothing is owed (while
    something is, its date says that), its word in a calendar, the state of its task (RFC 5545
    §3.8.1.11), and what people call it, in English and Chinese.
    """

    NOT_STARTED = ("not-started", None, "not started", "NEEDS-ACTION", "open", "todo", "未启动")
    IN_PROGRESS = ("in-progress", None, "in progress", "IN-PROCESS", "started", "进行中")
    COMPLETED = ("completed", Standing.DONE, "done", "COMPLETED", "done", "已完成")
    PARTLY_COMPLETED = (
        *("partly-completed", None, "partly done", "IN-PROCESS"),
        *("partly", "partial", "部分完成"),
    )
    CANCELLED = ("cancelled", Standing.CANCELLED, "cancelled", "CANCELLED", "canceled", "已终止")
    SUPERSEDED = ("superseded", Standing.SUPERSEDED, "superseded", "CANCELLED", "被替代")

    shows_as: Standing | None
    in_calendar: str
    task: str

    def __new__(
        cls, word: str, shows_as: Standing | None, in_calendar: str, task: str, *called: str
    ) -> Self:
        status = cls._made(word, called)
        status.shows_as = shows_as
        status.in_calendar = in_calendar
        status.task = task
        return status

    @property
    def is_open(self) -> bool:
        """Whether something is still owed; a partly completed promise is."""
        return self.shows_as is None

    @classmethod
    def of_task(cls, state: str | None) -> Self:
        """Return the first status whose tasks have that state; an unknown one is not started."""
        return next((status for status in cls if status.task == state), cls.NOT_STARTED)


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


class Exhibit(Struct, frozen=True, omit_defaults=True):
    """A copy of what shows something, which the store keeps under the SHA-256 of its bytes.

    `origin` is the address or the file as it was given, `at` when the copy was taken (UTC). A
    timestamp token `stamps` the copy that has this SHA-256.
    """

    sha256: str
    size: int
    name: str
    media_type: str
    origin: str
    at: datetime
    stamps: str = ""


class Wording(Struct, frozen=True, omit_defaults=True):
    """The words of a milestone in one more language."""

    title: str | None = None
    owner: str | None = None
    document: str | None = None
    speaker_title: str | None = None
