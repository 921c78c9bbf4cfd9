"""What taking in a ledger would do: which rows are known milestones, and what they say otherwise.

A row is a milestone by its uid, by the id that our own ledger gives, or else by title, responsible
body and due date, current or first. Never by its place: lists are sorted and cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID, uuid5

from msgspec import Struct
from msgspec.structs import replace

from tracker.actions import Incoming, Remark
from tracker.errors import TrackerError
from tracker.exchange.sheet.grid import alike
from tracker.exchange.sheet.values import Entry, Fault
from tracker.model import Milestone, Source, Stamp

_NAMESPACE = UUID("0b8f3a52-5c1e-5d4f-8f0e-5d3a7c1f9e10")

Told = Callable[[Milestone], Iterable[str]]
"""What our own ledger can have told of a milestone's progress: no news when it comes back."""


class Planned(Struct, frozen=True):
    """A row, the milestone that it is, None for a new one, and what it says otherwise, by field."""

    entry: Entry
    item: Incoming
    before: Milestone | None
    changed: dict[str, Any]

    @property
    def is_news(self) -> bool:
        return self.before is None or bool(self.changed or self.item.remarks)


class Plan(Struct, frozen=True):
    """Every row that can be taken, in order, and those that cannot."""

    planned: list[Planned]
    faults: list[Fault]

    @property
    def new(self) -> list[Planned]:
        return [one for one in self.planned if one.before is None]

    @property
    def differing(self) -> list[Planned]:
        return [one for one in self.planned if one.before is not None and one.is_news]


def plan(entries: Sequence[Entry], known: Sequence[Milestone], stamp: Stamp, printed: Told) -> Plan:
    """Hold the rows against the milestones there are; `stamp` is when they would be taken in."""
    result = Plan([], [])
    matches = _Matches(known)
    uids: dict[str, int] = {}
    for one, found in zip(entries, matches.of(entries), strict=True):
        if isinstance(found, Fault):
            result.faults.append(found)
            continue
        uid = found.uid if found else one.uid or _uid(one)
        if uid in uids:
            result.faults.append(_doubled(one, uids[uid]))
            continue
        uids[uid] = one.row
        try:
            result.planned.append(_planned(one, uid, found, stamp, printed))
        except TrackerError as refusal:
            result.faults.append(Fault(one.row, refusal.message, refusal.hint))
    return result


def _doubled(one: Entry, row: int) -> Fault:
    return Fault(
        one.row,
        f"It says the same task, body and date as row {row}.",
        "Tell them apart in the title, or leave one out.",
    )


def _uid(one: Entry) -> str:
    due = one.fields.get("due") or one.fields.get("due_phrase")
    return str(uuid5(_NAMESPACE, f"{one.fields['title']}\0{one.fields.get('owner')}\0{due}"))


def _planned(
    one: Entry, uid: str, before: Milestone | None, stamp: Stamp, printed: Told
) -> Planned:
    place = f"row {one.row}"
    if before is None:
        item = Incoming(place, uid, one.fields, one.made_on, remarks=one.remarks)
        # Refused here with its row, and not when others are half in.
        Milestone.begin(1, uid, stamp, "import", made_on=one.made_on, **one.fields)
        return Planned(one, item, None, {})
    changed = _news(one, before)
    remarks = tuple(_reported(one.remarks, before, printed))
    if changed:
        before.take_in(stamp, changed)
    return Planned(one, Incoming(place, uid, changed, remarks=remarks), before, changed)


def _news(one: Entry, ours: Milestone) -> dict[str, Any]:
    """The fields that a row says otherwise; less exact words for the same are no news."""
    fields = {name: value for name, value in one.fields.items() if not _is_known(name, one, ours)}
    if "source" in fields:
        fields["source"] = _source(fields["source"], ours.source)
    return {name: value for name, value in fields.items() if value != getattr(ours, name)}


def _is_known(name: str, one: Entry, ours: Milestone) -> bool:
    """Whether what a row says of a field is what is known, or no more than was left unsaid."""
    value = one.fields[name]
    match name:
        case "title" if not one.title_said:
            known = True
        case "title" | "owner":
            known = alike(value) in _wordings(name, ours)
        case "supporting":
            known = [*map(alike, value)] == [*map(alike, ours.supporting)]
        case "due" | "precision" | "due_phrase":
            known = _is_due(one, ours)
        case "baseline_due":
            known = ours.baseline_due is not None
        case "completed_on":
            known = value is None
        case "next_step":
            known = alike(value) == alike(ours.next_step or "")
        case _:
            known = name == "status" and not one.status_said
    return known


def _source(said: Source, ours: Source | None) -> Source:
    if ours is None:
        return said
    # The ledger prints where in a document beside its name.
    same = alike(said.document).startswith(alike(ours.document))
    return ours if same else replace(ours, document=said.document)


def _is_due(one: Entry, ours: Milestone) -> bool:
    if one.fields["due"] is not None:
        return bool(one.fields["due"] == ours.due)
    phrase = one.fields.get("due_phrase") or ""
    return ours.due is None and alike(phrase) in (alike(ours.due_phrase or ""), "无期限", "no date")


def _reported(remarks: Iterable[Remark], ours: Milestone, printed: Told) -> Iterator[Remark]:
    """Yield what is reported for the first time, without what our own ledger had printed."""
    known = {change.why for change in ours.history}
    shown = {change.evidence for change in ours.evidence}
    for remark in remarks:
        text = "" if remark.text in known else _unprinted(remark.text, ours, printed)
        evidence = None if remark.evidence in shown else remark.evidence
        if (text not in known and text) or evidence:
            yield Remark(remark.on, text, evidence)


def _unprinted(text: str, ours: Milestone, printed: Told) -> str:
    parts = sorted({alike(part) for part in printed(ours)} - {""}, key=len, reverse=True)

    def says_more(line: str) -> bool:
        rest = alike(line)
        for part in parts:
            rest = rest.replace(part, "")
        return bool(rest.strip("; .,…"))

    return "\n".join(line for line in text.split("\n") if says_more(line))


def _wordings(field: str, m: Milestone) -> set[str]:
    """What a title or an owner is in any language."""
    words = (getattr(spoken, field) for spoken in (m, *m.translations.values()))
    return {alike(word) for word in words if word}


class _Matches:
    """The milestones there are, to be found by what rows say of them."""

    def __init__(self, known: Sequence[Milestone]) -> None:
        self._by_uid = {m.uid: m for m in known}
        self._by_id = {m.id: m for m in known}
        self._by_title: dict[str, list[Milestone]] = {}
        for m in known:
            if m.removed_on is None:
                for title in _wordings("title", m):
                    self._by_title.setdefault(title, []).append(m)

    def of(self, entries: Sequence[Entry]) -> list[Milestone | Fault | None]:
        """The milestone that each row is: None for a new one, a fault where that is not clear.

        Rows that agree in everything are settled first, so that one whose date was changed is
        held against those that are left.
        """
        found: list[Milestone | Fault | None] = [self._surely(one) for one in entries]
        taken = {m.uid for m in found if isinstance(m, Milestone)}
        left = [n for n, m in enumerate(found) if m is None]
        rivals: dict[str, list[int]] = {}
        near = {n: [m for m in self._near(entries[n]) if m.uid not in taken] for n in left}
        for n, others in near.items():
            for m in others:
                rivals.setdefault(m.uid, []).append(n)
        for n, others in near.items():
            found[n] = _the_one(entries[n], others, rivals)
        return found

    def _surely(self, one: Entry) -> Milestone | None:
        if one.uid is not None and one.uid in self._by_uid:
            return self._by_uid[one.uid]
        if one.id is not None and one.id in self._by_id:
            return self._by_id[one.id]
        near = self._near(one)
        exact = [m for m in near if _agrees(one, m)]
        return exact[0] if len(exact) == 1 else None

    def _near(self, one: Entry) -> list[Milestone]:
        """Those of the same title, and the same body as far as both name one."""
        owner = alike(one.fields.get("owner") or "")
        named = self._by_title.get(alike(one.fields["title"]), [])
        return [
            m
            for m in named
            if not owner or not _wordings("owner", m) or owner in _wordings("owner", m)
        ]


def _agrees(one: Entry, m: Milestone) -> bool:
    due = one.fields.get("due")
    if due is None:
        phrase = alike(one.fields.get("due_phrase") or "")
        return m.due is None and (not phrase or phrase == alike(m.due_phrase or ""))
    return due in (m.due, m.baseline_due)


def _the_one(
    one: Entry, near: Sequence[Milestone], rivals: dict[str, list[int]]
) -> Milestone | Fault | None:
    """The one milestone left that an unsettled row can be; a settled one stays as it is."""
    agreeing = [m for m in near if _agrees(one, m)]
    likely = agreeing or [m for m in near if m.is_open or "due" not in one.fields]
    if not likely:
        return None
    if len(likely) == 1 and len(rivals[likely[0].uid]) == 1:
        return likely[0]
    ids = ", ".join(str(m.id) for m in likely[:5])
    return Fault(
        one.row,
        f"It may be any of the milestones {ids}, which have the same title.",
        "Give the column tracker ID, or the due date that it has here.",
    )
