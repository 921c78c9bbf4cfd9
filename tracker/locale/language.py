"""A language: its words from a gettext catalogue, and a small grammar of its own.

Nothing but `text`, `word` and `plural` looks words up, by the English sentence, so that it stands
where it is said and once more in each catalogue. What grammar decides (how a day or a span is
named, what stands between the items of a list) each language has as methods and separators.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import ClassVar, TypeVar

from msgspec import Struct

from tracker.errors import TrackerError
from tracker.locale.catalogue import Catalogue
from tracker.message import ForeignText, Message, PluralMessage, Reason, listed, parts_of
from tracker.model import (
    FIELDS,
    OWN_REASONS,
    AliasedWords,
    Assessment,
    Milestone,
    Modality,
    Precision,
    Standing,
    Status,
    Target,
)

T = TypeVar("T")

OF_CLICK = "click"
FOLDER = __file__.removesuffix("language.py")
"""Where catalogues are, compiled: zh/LC_MESSAGES/tracker.mo."""


MODALITIES = {
    Modality.FIRM: "a firm promise",
    Modality.PLANNED: "planned",
    Modality.STRETCH: "an aim",
    Modality.FORECAST: "a forecast",
}
_SIZES = {
    "=": Message("{figure}"),
    ">": Message("more than {figure}"),
    ">=": Message("at least {figure}"),
    "<": Message("less than {figure}"),
    "<=": Message("at most {figure}"),
}


def catalogue(language: str) -> Catalogue:
    """The sentences of a language, none of them read before one is said."""
    return Catalogue(f"{FOLDER}{language}/LC_MESSAGES/tracker.mo")


class SpanWords(Struct, frozen=True):
    """The words for its last day, "until then" as a spreadsheet's number format; and in full.

    The last are without abbreviations, and empty where the first have none.
    """

    named: str
    pattern: str
    in_full: str = ""


class Language(ABC):
    """One language. `asked` is the tag that somebody asked for, "" where nobody did.

    Without one, what milestones say of themselves stays as it was first written.
    """

    tag: ClassVar[str]  # as in the `lang` of HTML (BCP 47)
    called: ClassVar[tuple[str, ...]]
    """What people call it, its two letters first."""
    own_name: ClassVar[str]
    catalogue: Catalogue
    """Knows sentences by their English; a missing one is said in English."""
    comma: ClassVar[str]
    between: ClassVar[str]
    """What stands between things that are named in a row."""
    semicolon: ClassVar[str]
    colon: ClassVar[str]
    spans: ClassVar[Mapping[Precision, SpanWords]]
    """How a day is named that ends a span, and under DAY any other."""

    def __init__(self, asked: str = "") -> None:
        self._said: dict[tuple[str, int], str] = {}
        primary = normal(asked).partition("-")[0]
        self.asked = self.called[0] if primary in self.called[1:] else normal(asked)

    def text(self, sentence: str, /, **values: object) -> str:
        """Say an English sentence, with values where it names them in braces, or a message."""
        if isinstance(sentence, PluralMessage):
            return self.plural(sentence.template, sentence.many, sentence.number, **sentence.values)
        if isinstance(sentence, Message):
            values = {**sentence.values, **values}
            told, sentence = sentence, sentence.template
            if isinstance(told, ForeignText) and self.catalogue.gettext(sentence) == sentence:
                return self.text(Message("{foreign}", foreign=str(told)))
        said = self.catalogue.gettext(sentence) if sentence else sentence
        return self._filled(said, values) if values else said

    def word(self, context: str, english: str) -> str:
        """Say a word whose meaning depends on what it is said of."""
        return self.catalogue.pgettext(context, english)

    def plural(self, one: str, many: str, number: int, **values: object) -> str:
        """Say so many, `{n}` in the words."""
        said = self.catalogue.ngettext(one, many, abs(number))
        return self._filled(said, {"n": f"{number:,}".replace("-", "−"), **values})

    def reason(self, why: str | None) -> str:
        """The reason of a change, in its own words where it is a person's."""
        for form in OWN_REASONS:
            if (found := parts_of(form, why or "")) is not None:
                return self.text(Message(form, **found) if found else form)
        return why or ""

    def _filled(self, sentence: str, values: Mapping[str, object]) -> str:
        return sentence.format_map({name: self._value(value) for name, value in values.items()})

    def _value(self, value: object) -> object:
        match value:
            case Message():
                return self.text(value)
            case TrackerError() | Reason():
                return self.text(value.in_full)
            case Exception():
                return self.text(ForeignText(str(value)))
            case AliasedWords() if self.tag != "en":  # in English as programs know it
                return self._called(value)
            case tuple():
                items = (str(self._value(item)) for item in value)
                return listed(items, self.between, self.semicolon)
            case _:
                return value

    def _called(self, word: AliasedWords) -> str:
        if isinstance(word, Standing | Status):
            return self.text(word.replace("-", " "))
        return self.word(type(word).__name__.lower(), word.replace("-", " "))

    def translation(self, of: Mapping[str, T]) -> T | None:
        """What there is in this language, by the tag asked for or by what it begins with."""
        if not of or not self.asked:
            return None
        by_tag = {normal(tag): each for tag, each in of.items()}
        primary = self.asked.partition("-")[0]
        begins = (tag for tag in by_tag if tag.partition("-")[0] == primary)
        tag = next((tag for tag in (self.asked, primary, *begins) if tag in by_tag), None)
        return None if tag is None else by_tag[tag]

    # -- grammar ------------------------------------------------------------------------------

    @abstractmethod
    def day(self, day: date) -> str:
        """Name a calendar day."""

    @abstractmethod
    def parts(self, day: date) -> dict[str, object]:
        """What `spans` may name in braces: year, month, quarter and half."""

    def by(self, due: date, precision: Precision) -> str:
        """Name the due date as it was meant: the end of June 2021, rather than a false day."""
        return self._said_of(due, self._span(due, precision).named)

    def _said_of(self, due: date, words: str) -> str:
        return words.format(day=self.day(due), **self.parts(due))

    def until(self, due: date, precision: Precision) -> str:
        """Name the due date as the last day on which a promise can still be kept."""
        return self.text("by {due}", due=self.by(due, precision))

    def until_in_full(self, due: date, precision: Precision) -> str:
        """Say the same without abbreviations: calendars have room for it."""
        span = self._span(due, precision)
        return self.text("by {due}", due=self._said_of(due, span.in_full or span.named))

    def until_pattern(self, due: date, precision: Precision) -> str:
        """Say the same as a spreadsheet's number format for that date (ECMA-376 Part 1, 18.8.31).

        A spreadsheet has room for some two hundred formats, so what differs by month or year alone
        has the same.
        """
        return self._span(due, precision).pattern.format(**self.parts(due))

    def _span(self, due: date, precision: Precision) -> SpanWords:
        return self.spans[precision if ends_span(due, precision) else Precision.DAY]

    def tick(self, day: date, english: tuple[str, str], *, names_day: bool) -> tuple[str, str]:
        """The label of a tick of an axis, without and with its year."""
        return english

    def quarter(self, year: int, number: int) -> str:
        return f"{year} Q{number}"

    def listed(self, items: Iterable[str]) -> str:
        """Items of a list in a row, that may have commas of their own."""
        return self.semicolon.join(items)

    def join(self, parts: Iterable[str]) -> str:
        return self.comma.join(parts)

    # -- what is said in many places ------------------------------------------------------------

    def count(self, number: int) -> str:
        return self.plural("{n} milestone", "{n} milestones", number)

    def days(self, number: int) -> str:
        """So many days, with a minus sign if it is negative."""
        return self.plural("{n} day", "{n} days", number)

    def as_of(self, day: date) -> str:
        """Say that what is shown held at the end of that day."""
        return self.text("as of {day}", day=self.day(day))

    def revised(self, number: int) -> str:
        """So many revisions of the due date."""
        if not number:
            return self.text("never moved")
        return self.plural("moved {n} time", "moved {n} times", number)

    def label(self, name: str) -> str:
        """Name a field, or what follows from fields."""
        return self.word("field", FIELDS[name].label if name in FIELDS else name)

    def status(self, status: Status) -> str:
        return self.text(status.value.replace("-", " "))

    def standing(self, standing: Standing) -> str:
        return self.text(standing.value.replace("-", " "))

    def precision(self, precision: Precision) -> str:
        return self.word("precision", precision.value.replace("-", " "))

    def modality(self, modality: Modality) -> str:
        return self.word("modality", MODALITIES[modality])

    def repeat(self, phrase: str) -> str:
        from tracker.model.repeat import Repeat  # few do

        repeat = Repeat.meant_by(phrase)
        said = self.text(_EVERY[repeat.unit][repeat.number > 1], n=repeat.number)
        return self.text("{often} on day {day}", often=said, day=repeat.day) if repeat.day else said

    def target(self, target: Target) -> str:
        """Say a target as a person would: about 100 units, more than 40,000 stations (stretch)."""
        value = f"{target.value:,}" if isinstance(target.value, int | float) else target.value
        space = "" if not target.unit or target.unit[0] == "%" or target.unit[0] > "\u2e80" else " "
        figure = f"{value}{space}{target.unit}"
        if target.approx:
            figure = self.text("about {figure}", figure=figure)
        size = _SIZES.get(target.op)  # a file may have any sign, and in it anything
        said = self.text(size, figure=figure) if size else f"{target.op} {figure}"
        if target.stretch:
            said = self.text("{target} (stretch)", target=said)
        if target.actual is None:
            return said
        return self.join([said, self.text("reached {figure}", figure=target.actual)])

    def note(self, m: Milestone, standing: Standing, day: date) -> str:
        """Say where a milestone stands, with the days that make it so, and what others found.

        What the body reports is a claim once somebody has found something of it.
        """
        words = self._reported(m, standing, day)
        if (found := m.verdict) is None:
            return words
        if standing in (Standing.DONE, Standing.DONE_LATE):
            words = self.text("{standing} (claimed)", standing=words)
        return self.join([words, self.finding(found)])

    def finding(self, found: Assessment) -> str:
        return self.text("{role}: {verdict}", role=self.role(found), verdict=self.verdict(found))

    def role(self, found: Assessment) -> str:
        return self.word("role", found.role)

    def verdict(self, found: Assessment) -> str:
        return self.word("verdict", found.verdict.replace("-", " "))

    def _reported(self, m: Milestone, standing: Standing, day: date) -> str:
        match standing:
            case Standing.OVERDUE:
                return self._in_days("overdue {days}", m.days_overdue(day))
            case Standing.DUE_SOON if m.due == day:
                return self.text("due today")
            case Standing.DUE_SOON:
                return self._in_days("due in {days}", -m.days_overdue(day))
            case Standing.DONE_LATE if m.completed_on and m.due:
                return self._in_days("done, {days} late", (m.completed_on - m.due).days)
            case Standing.DONE if m.completed_on is None:
                return self.text("done, day unknown")
            case _:
                return self.standing(standing)

    def _in_days(self, sentence: str, days: int) -> str:
        # A list says the same of many.
        said = self._said.get((sentence, days))
        if said is None:
            said = self._said[sentence, days] = self.text(sentence, days=self.days(days))
        return said

    def tally(self, standings: list[Standing]) -> str:
        """Count how many stand where, the pressing ones first."""
        return self.join(self.number_of(s, standings.count(s)) for s in Standing if s in standings)

    def number_of(self, standing: Standing, number: int) -> str:
        return self.text(
            "{number} {standing}", number=f"{number:,}", standing=self.standing(standing)
        )


_EVERY = {
    "week": (Message("every week"), Message("every {n} weeks")),
    "month": (Message("every month"), Message("every {n} months")),
    "quarter": (Message("every quarter"), Message("every {n} quarters")),
    "half-year": (Message("every half-year"), Message("every {n} half-years")),
    "year": (Message("every year"), Message("every {n} years")),
}


def normal(tag: str) -> str:
    """A tag as it is compared: zh_CN, zh-CN and zh-cn are one, and so is zh_CN.UTF-8."""
    return tag.strip().partition(".")[0].partition("@")[0].replace("_", "-").lower()


_MONTHS_IN = {
    Precision.MONTH: 1,
    Precision.QUARTER: 3,
    Precision.HALF: 6,
    Precision.YEAR: 12,
    Precision.FISCAL_YEAR: 1,
    Precision.FIVE_YEAR: 12,
}


def ends_span(due: date, precision: Precision) -> bool:
    """Whether `due` ends a week, month, quarter, half or year; mid-June is said to the month."""
    if precision is Precision.WEEK:
        return due.isoweekday() == 7
    months = _MONTHS_IN.get(precision)
    is_last = due.day == 31 or (due + timedelta(days=1)).day == 1
    return months is not None and is_last and due.month % months == 0
