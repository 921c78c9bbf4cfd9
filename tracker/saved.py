"""A filter kept under a name, in the words of a list's options: in the settings, and of a token."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from tracker.model import Status
from tracker.query import Filter, folded


class SavedFilter(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What `--status`, `--owner` and the others would be given; each may be left out.

    Days may be due phrases, understood anew from each day on which the filter is used: "today",
    "+30d", "end of year".
    """

    status: str | tuple[str, ...] = ()
    owner: str | None = None
    tag: str | tuple[str, ...] = ()
    text: str | None = None
    due_from: str | None = None
    due_to: str | None = None
    source: str | None = None

    def on(self, day: date, fiscal_year_start: int = 1) -> Filter:
        """The filter as it is meant on `day`. Raises BadValue and BadDate."""

        def meant(phrase: str | None) -> date | None:
            return None if phrase is None else _day(phrase, day, fiscal_year_start)

        return Filter(
            statuses=frozenset(map(Status.meant_by, _each(self.status))),
            owner=self.owner,
            tags=frozenset(map(folded, _each(self.tag))),
            text=self.text,
            due_from=meant(self.due_from),
            due_to=meant(self.due_to),
            source=self.source,
        )


def _each(words: str | tuple[str, ...]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else words


def _day(phrase: str, anchor: date, fiscal_year_start: int) -> date:
    from tracker.due import parse
    from tracker.errors import BadDate

    try:
        return date.fromisoformat(phrase)
    except ValueError:
        due = parse(phrase, anchor, fiscal_year_start=fiscal_year_start).date
    if due is None:
        raise BadDate("{phrase!r} names no day.", "Give one, such as 2021-07-01.", phrase=phrase)
    return due
