"""Which milestone an item of a file is: by its uid, by our id, or by what it says of itself.

Never by its place: lists are sorted and cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from msgspec import Struct

from tracker.errors import AmbiguousId, TrackerError
from tracker.model import Exhibit, Milestone, Stage
from tracker.texts import folded

_NAMESPACE = UUID("0b8f3a52-5c1e-5d4f-8f0e-5d3a7c1f9e10")


class Remark(Struct, frozen=True):
    """What is reported of a milestone on a day, with an address or a file that shows it."""

    on: date
    text: str
    evidence: str | None = None


class ImportItem(Struct, frozen=True):
    """A milestone to take in: its fields by name, or a whole one with its history.

    `place` is where it stands in its file. `uid` is what it is known by, and will be: what the file
    says, if it `has_uid`, or else one made of what never changes, so that the same file read again
    gives the same. `id` is ours if the file `has_id`, or else a number that may be. `said_at` is
    the instant (UTC) at which its file says that it last changed, `remarks` what it reports beside
    the fields, `steps` the days of an office's cycle, `why` the reason it gives for being so. A
    history that is `as_found` had no digests in its file. `exhibit` is the copy that is kept of
    that.
    """

    place: str
    uid: str
    fields: dict[str, Any]
    made_on: date | None = None
    whole: Milestone | None = None
    said_at: datetime | None = None
    remarks: tuple[Remark, ...] = ()
    steps: tuple[tuple[Stage, date], ...] = ()
    has_uid: bool = True
    id: int | None = None
    has_id: bool = False
    as_found: bool = False
    why: str | None = None
    exhibit: Exhibit | None = None


def uid_made_of(fields: Mapping[str, Any]) -> str:
    """Return a uid from title, responsible body and due date, in whatever spelling."""
    due = fields.get("due") or fields.get("due_phrase")
    said = (folded(fields["title"]), folded(fields.get("owner") or ""), str(due))
    return str(uuid5(_NAMESPACE, "\0".join(said)))


class Matches:
    """The milestones there are, to be found by what a file says of them.

    One that was removed is found where nothing that stands agrees as well.
    """

    def __init__(self, known: Iterable[Milestone]) -> None:
        everything = list(known)
        self._by_uid = {m.uid: m for m in everything}
        self._by_id = {m.id: m for m in everything}
        self._by_title: dict[str, list[Milestone]] = {}
        for m in everything:
            for title in _wordings("title", m):
                self._by_title.setdefault(title, []).append(m)

    def of(self, items: Sequence[ImportItem]) -> list[Milestone | TrackerError | None]:
        """The milestone that each is: None for a new one, a refusal where that is not clear.

        Items that agree in everything are settled first, so that one whose date was changed is
        held against those that are left.
        """
        found = [self.exactly(one) for one in items]
        taken = {m.uid for m in found if isinstance(m, Milestone)}
        near = {
            n: [m for m in self._near(items[n]) if m.removed_on is None and m.uid not in taken]
            for n, m in enumerate(found)
            if m is None and not items[n].has_uid
        }
        rivals: dict[str, int] = {}
        for others in near.values():
            for m in others:
                rivals[m.uid] = rivals.get(m.uid, 0) + 1
        for n, others in near.items():
            found[n] = _the_one(items[n], others, rivals)
        _refuse_twins(items, found)
        return found

    def exactly(self, one: ImportItem) -> Milestone | TrackerError | None:
        """The milestone that agrees in all that tells it from others."""
        if one.uid in self._by_uid or one.has_uid:
            return self._by_uid.get(one.uid)
        numbered = self._by_id.get(one.id) if one.id is not None else None
        near = self._near(one)
        if numbered is not None:
            if one.has_id or numbered in near or _agrees(one, numbered):
                return numbered
            if numbered.removed_on is None:
                return _another(numbered)
        agreeing = [m for m in near if _agrees(one, m)]
        exact = [m for m in agreeing if m.removed_on is None] or agreeing
        return exact[0] if len(exact) == 1 else None

    def _near(self, one: ImportItem) -> list[Milestone]:
        """Those of the same title, and the same body as far as both name one."""
        owner = folded(one.fields.get("owner") or "")
        named = self._by_title.get(folded(one.fields["title"]), [])
        return [m for m in named if not owner or not (own := _wordings("owner", m)) or owner in own]


def is_worded(m: Milestone, field: str, text: str) -> bool:
    """Whether its title or owner is such in any language."""
    return folded(text) in _wordings(field, m)


def _wordings(field: str, m: Milestone) -> set[str]:
    """What a title or an owner is in any language, as it is compared."""
    words = (getattr(spoken, field) for spoken in (m, *m.translations.values()))
    return {folded(word) for word in words if word}


def _agrees(one: ImportItem, m: Milestone) -> bool:
    """Whether it is due when the milestone is, or was at first; or neither has a date."""
    due = one.fields.get("due")
    if due is None:
        phrase = folded(one.fields.get("due_phrase") or "")
        return m.due is None and (not phrase or phrase == folded(m.due_phrase or ""))
    return due in (m.due, m.baseline_due)


def _another(numbered: Milestone) -> TrackerError:
    return AmbiguousId(
        "It has the id {id}, which is {title!r} here.",
        "Leave the id out if it is another one, or give the uid.",
        id=numbered.id,
        title=numbered.title,
    )


def _the_one(
    one: ImportItem, near: Sequence[Milestone], rivals: Mapping[str, int]
) -> Milestone | TrackerError | None:
    """The one milestone left that an unsettled item can be."""
    agreeing = [m for m in near if _agrees(one, m)]
    likely = agreeing or [m for m in near if m.is_open or "due" not in one.fields]
    if not likely:
        return None
    if len(likely) == 1 and rivals[likely[0].uid] == 1:
        return likely[0]
    return AmbiguousId(
        "It may be any of the milestones {ids}, which have the same title.",
        "Give the column tracker ID, or the due date that it has here.",
        ids=tuple(m.id for m in likely[:5]),
    )


def _refuse_twins(
    items: Sequence[ImportItem], found: list[Milestone | TrackerError | None]
) -> None:
    """Put a refusal in the place of each that is what an item before it is."""
    first: dict[str, str] = {}
    for n, (one, known) in enumerate(zip(items, found, strict=True)):
        uid = known.uid if isinstance(known, Milestone) else one.uid
        if not isinstance(known, TrackerError) and uid in first:
            found[n] = AmbiguousId(
                "It is the same one as {first}.",
                "Tell them apart in the title, the date or the column uid, or leave one out.",
                first=first[uid],
            )
        elif not isinstance(known, TrackerError):
            first[uid] = one.place
