"""What a list asks for: which milestones, as they stood when, in what order, and how many.

A `Query` is a value, so that an engine may answer it in its own way; `select` is the answer that
all of them must give.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from itertools import compress
from operator import is_not
from typing import Any

from msgspec import Struct

from tracker.model import FIELDS, FieldKind, Milestone, Option, StandingOn, Status, lasts, passes
from tracker.query.ordering import Page, paged
from tracker.texts import folded

Compare = Callable[[date, date], bool]


class Criterion(Struct, frozen=True):
    """One thing that a filter asks: whether it `holds` of a milestone, given what is wanted.

    `option` and `kind` are how it is typed, if it is. `column` is where a database looks for it,
    as `compare` says if it is a day; without one, it looks in memory.
    """

    holds: Callable[[Milestone, Any], bool]
    option: Option | None = None
    kind: FieldKind = FieldKind.TEXT
    column: str = ""
    compare: Compare | None = None


class Filter(Struct, frozen=True, dict=True):
    """What must hold of a milestone; an empty filter holds of all. Days are included on both ends.

    `owner`, `text` and `source` are parts of names, in any letter case or width and in any of the
    milestone's languages. Tags, folded, must all be there, one of the statuses, and each of the
    `words` anywhere. `owed` are the open ones alone, `due_before` those whose due date has passed
    by that day, and `due_still` those whose has not. Each has a row in `CRITERIA`.
    """

    statuses: frozenset[Status] = frozenset()
    standings: StandingOn | None = None
    owner: str | None = None
    tags: frozenset[str] = frozenset()
    text: str | None = None
    due_from: date | None = None
    due_to: date | None = None
    source: str | None = None
    owed: bool = False
    due_before: date | None = None
    due_still: date | None = None
    words: frozenset[str] = frozenset()

    @cached_property
    def wanted(self) -> dict[str, Any]:
        """What it asks for, by name; the rest is left open."""
        asked = {name: getattr(self, name) for name in CRITERIA}
        return {name: value for name, value in asked.items() if value not in (None, False, _EMPTY)}

    @cached_property
    def _asked(self) -> list[tuple[Callable[[Milestone, Any], bool], Any]]:
        return [(CRITERIA[name].holds, value) for name, value in self.wanted.items()]

    def holds(self, m: Milestone) -> bool:
        for has, value in self._asked:  # noqa: SIM110 -- all() takes twice as long for a long list
            if not has(m, value):
                return False
        return True


_EMPTY = frozenset[str]()


class Query(Struct, frozen=True):
    """What a list asks of a store: of the milestones as they stood at the end of `as_of`."""

    as_of: date
    chosen: Filter = Filter()
    page: Page = Page()


class Replay(Struct, frozen=True):
    """Milestones as they stood at the end of a day: all that there were, and those chosen.

    `later` counts those of which something is dated later.
    """

    as_of: date
    there: list[Milestone]
    chosen: list[Milestone]
    later: int


def replay(milestones: Iterable[Milestone], query: Query) -> Replay:
    """Take them back to the day of the query."""
    known = list(milestones)
    then = [m.replayed(query.as_of) for m in known]
    there = [m for m in then if m is not None and m.removed_on is None]
    chosen = [m for m in there if query.chosen.holds(m)]
    changed_since = compress(known, map(is_not, then, known))
    later = sum(m.is_dated_after(query.as_of) for m in changed_since)
    return Replay(query.as_of, there, chosen, later)


def as_recorded(milestones: Iterable[Milestone], day: date) -> list[Milestone]:
    """Return them as they stood at the end of a day, those removed by then too."""
    return [then for m in milestones if (then := m.replayed(day)) is not None]


class Selection(Struct, frozen=True):
    """The answer: the milestones as they stood, `total` before the limit.

    `out_of` counts all that there were on that day, `later` those with something of a later day.
    """

    milestones: list[Milestone]
    total: int
    out_of: int
    later: int


Select = Callable[[Query], Selection]
"""How a store is asked: the `select` of an open one, or `partial(select, milestones)`."""


def select(milestones: Iterable[Milestone], query: Query) -> Selection:
    then = replay(milestones, query)
    found = paged(then.chosen, query.page)
    return Selection(found, len(then.chosen), len(then.there), then.later)


def _within(part: str, wholes: Iterable[str | None]) -> bool:
    part = folded(part)
    return any(whole is not None and part in folded(whole) for whole in wholes)


def owners(m: Milestone) -> Iterable[str | None]:
    """The names that `--owner` is looked for in."""
    return (m.owner, *m.supporting, *(w.owner for w in m.translations.values()))


def sources(m: Milestone) -> Iterable[str | None]:
    """The words that `--source` is looked for in."""
    if m.source is None:
        return ()
    documents = (w.document for w in m.translations.values())
    return (m.source.document, m.source.publisher, m.source.url, m.source.sha256, *documents)


_SEARCHED = tuple(field.name for field in FIELDS.values() if field.searched)


def texts(m: Milestone) -> Iterable[str | None]:
    """The words that `--text` is looked for in."""
    titles = (w.title for w in m.translations.values())
    notes = (change.why for change in m.history)
    return (*(getattr(m, name) for name in _SEARCHED), *titles, *notes)


def _anywhere(m: Milestone, words: frozenset[str]) -> bool:
    """Whether each of the words, folded, stands in a title, an owner, a note or the quote."""
    quote = m.source.quote if m.source else None
    wholes = [folded(whole) for whole in (*texts(m), *owners(m), quote) if whole]
    return all(any(word in whole for whole in wholes) for word in words)


def _due(compare: Compare, flag: str = "", told: str = "") -> Criterion:
    """A due date that compares so with the day wanted."""
    return Criterion(
        lambda m, day: m.due is not None and compare(m.due, day),
        Option(flag, "DATE", told) if flag else None,
        FieldKind.DAY,
        "due",
        compare,
    )


def _named(
    names: Callable[[Milestone], Iterable[str | None]], column: str, flag: str, told: str
) -> Criterion:
    """A part of one of the names."""
    return Criterion(lambda m, part: _within(part, names(m)), Option(flag, "", told), column=column)


CRITERIA = {
    "statuses": Criterion(
        lambda m, wanted: m.status in wanted,
        Option("--status", "", "Only this status; more than once: any."),
        FieldKind.STATUS,
        "status",
    ),
    "standings": Criterion(
        lambda m, asked: asked.holds(m),
        Option("--standing", "", "Only where it stands so, as lists say it, such as overdue."),
        FieldKind.STANDING,
        "status",
    ),
    "owner": _named(
        *(owners, "owners", "--owner"),
        "Only where a responsible or supporting body has this in its name.",
    ),
    "tags": Criterion(
        lambda m, wanted: wanted <= {folded(tag) for tag in m.tags},
        Option("--tag", "", "Only with this tag; more than once: all of them."),
        FieldKind.TAGS,
        "tags",
    ),
    "text": _named(
        *(texts, "texts", "--text"), "Only where a title, note or phrase has this in it."
    ),
    "due_from": _due(operator.ge, "--due-from", "Only due on that day or later."),
    "due_to": _due(operator.le, "--due-to", "Only due on that day or earlier."),
    "source": _named(
        *(sources, "sources", "--source"), "Only from a document with this in its title or address."
    ),
    "owed": Criterion(lambda m, _: m.is_open, column="owed"),
    "due_before": _due(passes),
    "due_still": _due(lasts),
    "words": Criterion(_anywhere, kind=FieldKind.TEXTS),
}
"""What a filter can ask, a row each, in the order in which the options are listed."""
