"""The reports, a module each that is named like its command: what it asks, and how it is shown.

What each works out is in `tracker.report`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Annotated, Any, ClassVar, Generic, Protocol, TypeVar

from msgspec import Meta, Struct
from msgspec.structs import asdict

from tracker.locale import Language
from tracker.message import Message, sentences
from tracker.model import Milestone, Option
from tracker.query import Query
from tracker.render import columns
from tracker.render.columns import Cell, Column, Columns, Row
from tracker.render.table import Screen, more_line, paint
from tracker.render.text import clean
from tracker.report.bodies import Body

ALL = Message("all")
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


class LimitedTerms(Struct, frozen=True):
    """How much is shown; all of it if it is None."""

    limit: Annotated[
        Annotated[int, Meta(ge=1)] | None, Option("--limit", "N", "At most this many.")
    ] = None


class View(Generic[Shown, Terms]):
    """One kind of report in every format but JSON, and what stands in that beside the envelope.

    `help` is that of its command, and `terms` are what the command asks beside the milestones and
    the day: a field with an option each. `report` works it out of milestones, a query and the
    terms by name. Each record is a row, by `columns`; `nothing` is said of a `{day}` without any.
    """

    help: ClassVar[str]
    terms: ClassVar[type[Struct]] = NoTerms
    report: ClassVar[Callable[..., Any]]
    columns: ClassVar[Columns]
    nothing: ClassVar[Message]

    def result(self, milestones: Iterable[Milestone], query: Query, terms: Terms) -> Shown:
        found: Shown = self.report(milestones, query, **asdict(terms))
        return found

    def lacks(self, terms: Terms) -> str:
        """The option without which nothing can be worked out, if there is such a one."""
        return ""

    def none(self, result: Shown, lang: Language) -> Message:
        return Message(self.nothing, day=result.as_of)

    def content(self, result: Shown) -> dict[str, Any]:
        """Return what stands in the JSON envelope."""
        raise NotImplementedError

    def records(self, result: Any) -> Sequence[Any]:
        """What has a row each; nothing is to be shown if there are none."""
        rows: Sequence[Any] = result.rows
        return rows

    def last(self, result: Shown, lang: Language) -> Row | None:
        """A row for all together, on screens."""
        return None

    def below(self, result: Shown, screen: Screen) -> Iterator[str]:
        """Yield the lines below the table."""
        yield from ()

    def row(self, record: Any, lang: Language) -> Row:
        return [column.value(record, lang) for column in self.columns]

    def rows(self, result: Shown, lang: Language) -> list[Row]:
        return [self.row(record, lang) for record in self.records(result)]

    def lines(self, result: Shown, screen: Screen) -> Iterator[str]:
        lang, last = screen.lang, self.last(result, screen.lang)
        rows: list[Row] = [
            [(column.shown or column.value)(record, lang) for column in self.columns]
            for record in self.records(result)
        ]
        lines = columns.draw(self.columns, rows if last is None else [*rows, last], screen)
        if last is not None:
            lines[-1] = paint(lines[-1], "1", screen.colour)
        total = getattr(result, "total", None)
        if isinstance(total, int):
            lines += left_out(len(rows), total, lang)
        below = list(self.below(result, screen))
        yield from (*lines, "", *below) if below else lines

    def table(self, result: Shown, screen: Screen) -> str:
        """Draw it for a screen, or say that there is nothing."""
        if self.records(result):
            return "\n".join(self.lines(result, screen))
        if result.out_of:
            none = self.none(result, screen.lang)
        else:
            nothing = Message("No milestones on {day}.", day=result.as_of)
            none = sentences((nothing, Message("Begin with `tracker add TITLE --due WHEN`.")))
        return "\n".join(screen.paragraph(none))

    def plain(self, result: Shown, lang: Language) -> str:
        return columns.plain(self.rows(result, lang))

    def csv(self, result: Shown, lang: Language) -> str:
        return columns.csv(self.columns, self.rows(result, lang))

    def markdown(self, result: Shown, lang: Language) -> str:
        return columns.markdown(self.columns, self.rows(result, lang), lang)


class HasBody(Protocol):
    """A record that is of one body, or of what nobody is responsible for."""

    @property
    def body(self) -> Body | None: ...


def _body(row: HasBody, lang: Language) -> Cell:
    return body_name(row.body, lang) if row.body else Message("(no responsible body)")


BODY: Column[HasBody] = Column("body", "RESPONSIBLE", _body, takes_the_rest=True)


def left_out(shown: int, total: int, lang: Language) -> list[str]:
    """A line that says how many more there are than shown, if there are."""
    return [more_line(total - shown, lang)] if total > shown else []


def body_name(body: Body, lang: Language) -> str:
    """Name a body in the language where a milestone has that, or as written."""
    return clean(lang.translation(body.translations) or body.name)
