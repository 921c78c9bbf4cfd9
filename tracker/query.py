"""Which milestones a list holds and in what order: pure predicates and sort keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from unicodedata import normalize

from msgspec import Struct

from tracker.model import Milestone, Status


class Filter(Struct, frozen=True):
    """What must hold of a milestone; an empty filter holds of all. Days are included on both ends.

    `owner`, `text` and `source` are parts of names, in any letter case or width and in any of the
    milestone's languages. Tags must all be there, and one of the statuses.
    """

    statuses: frozenset[Status] = frozenset()
    owner: str | None = None
    tags: frozenset[str] = frozenset()
    text: str | None = None
    due_from: date | None = None
    due_to: date | None = None
    source: str | None = None

    def holds(self, m: Milestone) -> bool:
        return (
            (not self.statuses or m.status in self.statuses)
            and (not self.tags or self.tags <= {folded(tag) for tag in m.tags})
            and (self.due_from is None or (m.due is not None and m.due >= self.due_from))
            and (self.due_to is None or (m.due is not None and m.due <= self.due_to))
            and (self.owner is None or _within(self.owner, _owners(m)))
            and (self.source is None or _within(self.source, _sources(m)))
            and (self.text is None or _within(self.text, _texts(m)))
        )


class Sort(StrEnum):
    DUE = "due"
    ID = "id"
    TITLE = "title"
    OWNER = "owner"
    STATUS = "status"
    CHANGED = "changed"


_STATUS_ORDER = {status: place for place, status in enumerate(Status)}

_KEYS: dict[Sort, Callable[[Milestone], tuple[object, ...]]] = {
    # What has no date comes last.
    Sort.DUE: lambda m: (m.due or date.max, m.due is None, m.id),
    Sort.ID: lambda m: (m.id,),
    Sort.TITLE: lambda m: (folded(m.title), m.id),
    Sort.OWNER: lambda m: (m.owner is None, folded(m.owner or ""), m.due or date.max, m.id),
    Sort.STATUS: lambda m: (_STATUS_ORDER[m.status], m.due or date.max, m.id),
    Sort.CHANGED: lambda m: (-m.recorded_at.timestamp(), m.id),
}


def in_order(milestones: Iterable[Milestone], by: Sort) -> list[Milestone]:
    """Return them sorted; ties go by due date, then id. `changed` puts the newest change first."""
    return sorted(milestones, key=_KEYS[by])


def folded(text: str) -> str:
    """Return the text as it is compared: without regard to letter case or full width."""
    return text.lower() if text.isascii() else normalize("NFKC", text).casefold()


def _within(part: str, wholes: Iterable[str | None]) -> bool:
    part = folded(part)
    return any(whole is not None and part in folded(whole) for whole in wholes)


def _owners(m: Milestone) -> Iterable[str | None]:
    return (m.owner, *m.supporting, *(w.owner for w in m.translations.values()))


def _sources(m: Milestone) -> Iterable[str | None]:
    if m.source is None:
        return ()
    documents = (w.document for w in m.translations.values())
    return (m.source.document, m.source.publisher, m.source.url, m.source.sha256, *documents)


def _texts(m: Milestone) -> Iterable[str | None]:
    titles = (w.title for w in m.translations.values())
    notes = (change.why for change in m.history)
    return (m.title, *titles, m.next_step, m.due_phrase, m.speaker, *notes)
