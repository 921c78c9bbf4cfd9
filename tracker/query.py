"""What a list asks for: which milestones, as they stood when, in what order, and how many.

A `Query` is a value, so that an engine may answer it in its own way; `select` is the answer that
all of them must give.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from unicodedata import normalize

from msgspec import Struct

from tracker.model import FIELDS, Milestone, Status, has_passed


class Filter(Struct, frozen=True):
    """What must hold of a milestone; an empty filter holds of all. Days are included on both ends.

    `owner`, `text` and `source` are parts of names, in any letter case or width and in any of the
    milestone's languages. Tags must all be there, and one of the statuses. `owed` are the open ones
    alone, and `due_before` excludes its day.
    """

    statuses: frozenset[Status] = frozenset()
    owner: str | None = None
    tags: frozenset[str] = frozenset()
    text: str | None = None
    due_from: date | None = None
    due_to: date | None = None
    source: str | None = None
    owed: bool = False
    due_before: date | None = None

    def holds(self, m: Milestone) -> bool:
        return (
            (not self.statuses or m.status in self.statuses)
            and (not self.owed or m.is_open)
            and (self.due_before is None or has_passed(m.due, self.due_before))
            and (not self.tags or self.tags <= {folded(tag) for tag in m.tags})
            and (self.due_from is None or (m.due is not None and m.due >= self.due_from))
            and (self.due_to is None or (m.due is not None and m.due <= self.due_to))
            and (self.owner is None or _within(self.owner, owners(m)))
            and (self.source is None or _within(self.source, sources(m)))
            and (self.text is None or _within(self.text, texts(m)))
        )


class Sort(StrEnum):
    """What a list is ordered by; the values are the words of `--sort`."""

    DUE = "due"
    ID = "id"
    TITLE = "title"
    OWNER = "owner"
    STATUS = "status"
    CHANGED = "changed"


STATUS_ORDER = {status: place for place, status in enumerate(Status)}


def _by_due(m: Milestone) -> tuple[date, bool]:
    # What has no date comes last.
    return m.due or date.max, m.due is None


_KEYS: dict[Sort, Callable[[Milestone], tuple[object, ...]]] = {
    Sort.DUE: lambda m: (*_by_due(m), m.id),
    Sort.ID: lambda m: (m.id,),
    Sort.TITLE: lambda m: (folded(m.title), m.id),
    Sort.OWNER: lambda m: (m.owner is None, folded(m.owner or ""), *_by_due(m), m.id),
    Sort.STATUS: lambda m: (STATUS_ORDER[m.status], *_by_due(m), m.id),
    Sort.CHANGED: lambda m: (-m.recorded_at.timestamp(), m.id),
}


def in_order(milestones: Iterable[Milestone], by: Sort) -> list[Milestone]:
    """Return them sorted; ties go by due date, then id. `changed` puts the newest change first."""
    return sorted(milestones, key=_KEYS[by])


class Page(Struct, frozen=True):
    """How a list is ordered and cut: at most `limit` of them, all if it is None."""

    sort: Sort = Sort.DUE
    reverse: bool = False
    limit: int | None = None


class Query(Struct, frozen=True):
    """What a list asks of a store: of the milestones as they stood at the end of `as_of`."""

    as_of: date
    chosen: Filter = Filter()
    page: Page = Page()


class Selection(Struct, frozen=True):
    """The answer: the milestones as they stood, `total` before the limit.

    `among` counts all that there were on that day.
    """

    milestones: list[Milestone]
    total: int
    among: int


Select = Callable[[Query], Selection]
"""How a store is asked: the `select` of an open one, or `partial(select, milestones)`."""


def select(milestones: Iterable[Milestone], query: Query) -> Selection:
    """Answer from all milestones there are, in memory."""
    then = [m for known in milestones if (m := known.as_of(query.as_of)) is not None]
    found = [m for m in then if query.chosen.holds(m)]
    return Selection(paged(found, query.page), len(found), len(then))


def paged(milestones: Iterable[Milestone], page: Page) -> list[Milestone]:
    """Return them in the order of the page, cut to its limit."""
    ordered = in_order(milestones, page.sort)
    if page.reverse:
        ordered.reverse()
    return ordered[: page.limit]


def folded(text: str) -> str:
    """Return the text as it is compared: without regard to letter case, full width or blanks.

    So all spellings of a body or a tag are one. Blanks count as one, and beside a Chinese character
    as none.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    words = normalize("NFKC", text).casefold().split()
    if len(words) == 1:
        return words[0]
    return "".join(
        word if not before or _is_chinese(before[-1]) or _is_chinese(word[0]) else f" {word}"
        for before, word in zip(("", *words), words, strict=False)
    )


def _is_chinese(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names without those that another spelling of stands before them."""
    spelt: dict[str, str] = {}
    for name in names:
        spelt.setdefault(folded(name), name)
    return tuple(spelt.values())


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
