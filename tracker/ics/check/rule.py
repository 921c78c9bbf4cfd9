"""A rule of the check: its code, how bad it is, what it says with the remedy, and what finds it.

Each module beside this one holds a table of rules about one kind of thing. A rule is said once,
above the function that finds what it is about; the runner holds every table against a feed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Generic, TypeVar

from msgspec import Struct

from tracker.ics.scan import Component, ContentLine
from tracker.message import Message

S = TypeVar("S")

Place = int | ContentLine | Component
"""A line of the file: its number, or what begins there."""

Found = Place | tuple[Place, object]
"""Where a rule is broken, and what else its sentence tells."""

Finder = Callable[[S], Iterable[Found]]


def when(is_bad: Callable[[S], object]) -> Callable[[S], list[S]]:
    """Find the thing itself, if that is so of it."""
    return lambda subject: [subject] if is_bad(subject) else []


def lacks(name: str) -> Finder[Component]:
    """Find a component without a property of that name."""
    return when(lambda component: component.get(name) is None)


def first(name: str, is_bad: Callable[[ContentLine], object] = bool) -> Finder[Component]:
    """Find the first property of that name, if that is so of it."""
    return lambda component: filter(is_bad, component.all(name)[:1])


def each(is_bad: Callable[[ContentLine], object], *names: str) -> Finder[Component]:
    """Find every property of those names of which that is so."""
    return lambda component: (
        line for name in names for line in component.all(name) if is_bad(line)
    )


def repeated(*names: str) -> Finder[Component]:
    """Find each property of those names but the first."""
    return lambda component: (line for name in names for line in component.all(name)[1:])


def unreadable(read: Callable[[ContentLine], object], *names: str) -> Finder[Component]:
    """Find every property of those names that cannot be read, and why."""

    def find(component: Component) -> Iterator[Found]:
        for line in (line for name in names for line in component.all(name)):
            try:
                read(line)
            except ValueError as problem:
                yield line, problem

    return find


class Severity(StrEnum):
    """An error loses or garbles something in a client; a warning may; a note is a missed chance."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class FeedFault(Struct, frozen=True):
    """What is wrong at a line (counted from 1), which client it hurts, and what to do.

    `code` names the rule, for scripts, such as "dtstamp-missing".
    """

    line: int
    code: str
    severity: Severity
    message: Message


class Rule(Struct, Generic[S], frozen=True):
    """`sentence` may name `{at}`, the line or component found, and `{about}`, what else was."""

    code: str
    severity: Severity
    sentence: str
    find: Finder[S]

    def fault(self, found: Found) -> FeedFault:
        at, about = found if isinstance(found, tuple) else (found, "")
        line = at if isinstance(at, int) else at.number
        return FeedFault(line, self.code, self.severity, Message(self.sentence, at=at, about=about))


class Rules(Generic[S]):
    """A table of rules about one kind of thing, in the order in which they are told."""

    def __init__(self) -> None:
        self.rows: list[Rule[S]] = []

    def faults(self, subject: S) -> Iterator[FeedFault]:
        return (rule.fault(found) for rule in self.rows for found in rule.find(subject))

    def error(self, code: str, sentence: str) -> Callable[[Finder[S]], Finder[S]]:
        return self._row(code, Severity.ERROR, sentence)

    def warning(self, code: str, sentence: str) -> Callable[[Finder[S]], Finder[S]]:
        return self._row(code, Severity.WARNING, sentence)

    def note(self, code: str, sentence: str) -> Callable[[Finder[S]], Finder[S]]:
        return self._row(code, Severity.NOTE, sentence)

    def _row(
        self, code: str, severity: Severity, sentence: str
    ) -> Callable[[Finder[S]], Finder[S]]:
        def add(find: Finder[S]) -> Finder[S]:
            self.rows.append(Rule(code, severity, sentence, find))
            return find

        return add
