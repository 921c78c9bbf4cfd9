"""The reports, a module each that is named like its command: what it asks, and how it is shown.

What each works out is in `tracker.report`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Annotated, Any, ClassVar, Generic, Protocol, TypeVar

from msgspec import Meta, Struct

from tracker.locale import Language
from tracker.message import Message, sentences
from tracker.model import Milestone, Option
from tracker.query import Query
from tracker.render import columns
from tracker.render.columns import Column, Row
from tracker.render.table import Screen, more
from tracker.render.text import clean
from tracker.render.wrapping import wrapped
from tracker.report.bodies import Body

QUIET = Message("no reason given")
"""What stands where a reason is missing."""


class Result(Protocol):
    """What a report works out: of which day, and among how many milestones."""

    @property
    def as_of(self) -> date: ...
    @property
    def out_of(self) -> int: ...


Shown = TypeVar("Shown", bound=Result)
Terms = TypeVar("Terms", bound=Struct)


class NoTerms(Struct, frozen=True):
    """Nothing is asked but of which milestones, and of which day."""


class Limited(Struct, frozen=True):
    """How much is shown; all of it if it is None."""

    limit: Annotated[
        Annotated[int, Meta(ge=1)] | None, Option("--limit", "N", "At most this many.")
    ] = None


class View(Generic[Shown, Terms]):
    """One kind of report in every format but JSON, and what stands in that beside the envelope.

    `help` is that of its command, and `terms` are what the command asks beside the milestones and
    the day: a field with an option each.
    """

    help: ClassVar[str]
    terms: ClassVar[type[Struct]] = NoTerms
    columns: ClassVar[Sequence[Column]]

    def result(self, milestones: Iterable[Milestone], query: Query, terms: Terms) -> Shown:
        """Work it out."""
        raise NotImplementedError

    def lacks(self, terms: Terms) -> str:
        """The option without which nothing can be worked out, if there is such a one."""
        return ""

    def none(self, result: Shown, lang: Language) -> str:
        """Say that there is nothing to show; "" if there is."""
        raise NotImplementedError

    def lines(self, result: Shown, screen: Screen) -> Iterator[str]:
        """Yield the lines of a screen."""
        raise NotImplementedError

    def rows(self, result: Shown, lang: Language) -> Iterable[Row]:
        """Yield the cells of a row, by `columns`."""
        raise NotImplementedError

    def content(self, result: Shown) -> dict[str, Any]:
        """Return what stands in the JSON envelope."""
        raise NotImplementedError

    def table(self, result: Shown, screen: Screen) -> str:
        """Draw it for a screen, or say that there is nothing."""
        if none := self.none(result, screen.lang):
            said = none if result.out_of else _no_milestones(result.as_of, screen.lang)
            return "\n".join(wrapped("", said, screen.width))
        return "\n".join(self.lines(result, screen))

    def plain(self, result: Shown, lang: Language) -> str:
        """Return a line a row, tabs between."""
        return columns.plain(self.rows(result, lang))

    def csv(self, result: Shown, lang: Language) -> str:
        """Return CSV with the names of the columns as its header."""
        return columns.csv(self.columns, self.rows(result, lang))

    def markdown(self, result: Shown, lang: Language) -> str:
        """Return a Markdown table."""
        return columns.markdown(self.columns, self.rows(result, lang), lang)


def _no_milestones(day: date, lang: Language) -> str:
    nothing = lang.text("No milestones on {day}.", day=day)
    return lang.text(sentences((nothing, Message("Begin with `tracker add TITLE --due WHEN`."))))


def signed(number: int) -> str:
    return f"{number:+,}"


def left_out(shown: int, total: int, lang: Language) -> list[str]:
    """A line that says how many more there are than shown, if there are."""
    return [more(total - shown, lang)] if total > shown else []


def body_name(body: Body, lang: Language) -> str:
    """Name a body in the language where a milestone has that, or as written."""
    return clean(lang.translation(body.translations) or body.name)
