"""What taking in a ledger would do: which rows are known milestones, and what they say otherwise.

A row is a milestone by its uid, by the id that our own ledger gives, or else by title, responsible
body and due date, current or first. Never by its place: lists are sorted and cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tracker.actions import (
    ChangeContext,
    ImportItem,
    Matches,
    Remark,
    changed,
    is_worded,
    uid_made_of,
    was_undone,
    with_steps,
)
from tracker.errors import TrackerError
from tracker.exchange.sheet.values import LedgerEntry, RowFault
from tracker.message import Message, with_progress
from tracker.model import Milestone, Source, Stamp
from tracker.texts import folded

LedgerWords = Callable[[Milestone], Iterable[str]]
"""What our own ledger can have told of a milestone's progress: no news when it comes back."""


_LIKE = 0.6
"""How much of two titles is the same where one may be the other, mended."""


class RowAction(StrEnum):
    """What a row does to the store, in the words of the JSON contract."""

    ADD = "new"
    CHANGE = "changed"
    NOTHING = "as it is"
    BRING_BACK = "back again"
    STAY_REMOVED = "stays removed"


class PlannedRow(Struct, frozen=True):
    """A row, the milestone that it is, None for a new one, and what it says otherwise, by field."""

    entry: LedgerEntry
    item: ImportItem
    before: Milestone | None
    changed: dict[str, Any]

    @property
    def does(self) -> RowAction:
        """What taking it in does: what was undone comes back, what was removed stays so."""
        if self.before is None:
            return RowAction.ADD
        if self.before.removed_on is not None:
            return RowAction.BRING_BACK if was_undone(self.before) else RowAction.STAY_REMOVED
        return (
            RowAction.CHANGE
            if self.changed or self.item.remarks or self.item.steps
            else RowAction.NOTHING
        )

    @property
    def is_news(self) -> bool:
        return self.does not in (RowAction.STAY_REMOVED, RowAction.NOTHING)


class Plan(Struct, frozen=True):
    """Every row that can be taken, in order, and those that cannot."""

    planned: list[PlannedRow]
    faults: list[RowFault]


def plan(
    entries: Sequence[LedgerEntry],
    known: Sequence[Milestone],
    occasion: ChangeContext,
    printed: LedgerWords,
) -> Plan:
    """Hold the rows against the milestones there are; `occasion` is when they would be taken in."""
    result = Plan([], [])
    items = [_item(one) for one in entries]
    compared = with_progress(entries, Message("Comparing rows"))
    for one, item, found in zip(compared, items, Matches(known).of(items), strict=True):
        try:
            if isinstance(found, TrackerError):
                raise found
            result.planned.append(_planned(one, item, found, occasion, printed))
        except TrackerError as refusal:
            result.faults.append(RowFault(one.row, refusal.message, refusal.hint))
    return replace(result, planned=[*_retitled(result.planned, known)])


def _retitled(planned: Sequence[PlannedRow], known: Iterable[Milestone]) -> Iterator[PlannedRow]:
    """The same, with a doubt where a new row may be a milestone of much the same title."""
    here = {one.before.id for one in planned if one.before}
    left: dict[tuple[object, ...], list[Milestone]] = {}
    for m in known:
        if m.id not in here and m.removed_on is None:
            left.setdefault((m.owner, m.due), []).append(m)
    for one in planned:
        fields, entry = one.entry.fields, one.entry
        like = [
            m
            for m in left.get((fields.get("owner"), fields.get("due")), ())
            if one.before is None and _is_like(fields["title"], m.title)
        ]
        if len(like) == 1:
            told = Message(
                "It may be {id} with another title, {title!r}; then give {id} in a column tracker ID.",
                id=like[0].id,
                title=like[0].title,
            )
            entry = replace(entry, doubts=(*entry.doubts, told))
        yield replace(one, entry=entry)


def _is_like(title: str, other: str) -> bool:
    return SequenceMatcher(None, title[:200], other[:200]).ratio() >= _LIKE


def _item(one: LedgerEntry) -> ImportItem:
    return ImportItem(
        Message("row {row}", row=one.row),
        one.uid or uid_made_of(one.fields),
        one.fields,
        one.made_on,
        remarks=one.remarks,
        steps=one.steps,
        has_uid=one.uid is not None,
        id=one.id,
        has_id=True,
    )


def _planned(
    one: LedgerEntry,
    item: ImportItem,
    before: Milestone | None,
    occasion: ChangeContext,
    printed: LedgerWords,
) -> PlannedRow:
    stamp = Stamp(occasion.clock(), occasion.on, occasion.by)
    if before is None:
        # Refused here with its row, and not when others are half in.
        begun = Milestone.begin(1, item.uid, stamp, "import", made_on=one.made_on, **one.fields)
        return _stepped(PlannedRow(one, item, None, {}), begun, stamp)
    news = _news(one, before)
    remarks = tuple(_reported(one.remarks, before, printed))
    if news:
        changed(before, lambda m, at: m.take_in(at, news), stamp, occasion)
    item = replace(item, uid=before.uid, has_uid=True, fields=news, remarks=remarks)
    return _stepped(PlannedRow(one, item, before, news), before, stamp)


def _stepped(planned: PlannedRow, m: Milestone, stamp: Stamp) -> PlannedRow:
    """The same with the steps that can follow; a doubt says which cannot."""
    steps, doubts = [], []
    for stage, day in planned.item.steps:
        try:
            m = with_steps(m, [(stage, day)], stamp)
            steps.append((stage, day))
        except TrackerError:
            doubts.append(
                Message(
                    "{stage} on {day} is left out: the step before it is missing or later, or it "
                    "was taken already.",
                    stage=stage.message,
                    day=day,
                )
            )
    if not doubts:
        return planned
    entry = replace(planned.entry, doubts=(*planned.entry.doubts, *doubts))
    return replace(planned, entry=entry, item=replace(planned.item, steps=tuple(steps)))


def _news(one: LedgerEntry, ours: Milestone) -> dict[str, Any]:
    """The fields that a row says otherwise; less exact words for the same are no news."""
    fields = {name: value for name, value in one.fields.items() if not _is_known(name, one, ours)}
    if "source" in fields:
        fields["source"] = _source(fields["source"], ours.source)
    return {name: value for name, value in fields.items() if value != getattr(ours, name)}


def _is_known(name: str, one: LedgerEntry, ours: Milestone) -> bool:
    """Whether what a row says of a field is what is known, or no more than was left unsaid."""
    value = one.fields[name]
    match name:
        case "title" if not one.title_said:
            known = True
        case "title" | "owner":
            known = is_worded(ours, name, value)
        case "supporting":
            known = [*map(folded, value)] == [*map(folded, ours.supporting)]
        case "due" | "precision" | "due_phrase":
            known = _is_due(one, ours)
        case "baseline_due":
            known = ours.baseline_due is not None
        case "completed_on":
            known = value is None
        case "next_step":
            known = folded(value) == folded(ours.next_step or "")
        case _:
            known = name == "status" and not one.status_said
    return known


def _source(said: Source, ours: Source | None) -> Source:
    if ours is None:
        return said
    # The ledger prints where in a document beside its name.
    same = folded(said.document).startswith(folded(ours.document))
    document = ours.document if same else said.document
    return replace(ours, document=document, quote=said.quote or ours.quote)


def _is_due(one: LedgerEntry, ours: Milestone) -> bool:
    if one.fields["due"] is not None:
        return bool(one.fields["due"] == ours.due)
    phrase = one.fields.get("due_phrase") or ""
    return ours.due is None and folded(phrase) == folded(ours.due_phrase or "")


def _reported(remarks: Iterable[Remark], ours: Milestone, printed: LedgerWords) -> Iterator[Remark]:
    """Yield what is reported for the first time, without what our own ledger had printed."""
    known = {change.why for change in ours.effective}
    shown = {change.evidence for change in ours.evidence}
    for remark in remarks:
        text = "" if remark.text in known else _unprinted(remark.text, ours, printed)
        evidence = None if remark.evidence in shown else remark.evidence
        if (text not in known and text) or evidence:
            yield Remark(remark.on, text, evidence)


def _unprinted(text: str, ours: Milestone, printed: LedgerWords) -> str:
    parts = sorted({folded(part) for part in printed(ours)} - {""}, key=len, reverse=True)

    def says_more(line: str) -> bool:
        rest = folded(line)
        for part in parts:
            rest = rest.replace(part, "")
        return bool(rest.strip("; .,…"))

    return "\n".join(line for line in text.split("\n") if says_more(line))
