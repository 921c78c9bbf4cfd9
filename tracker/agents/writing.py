"""The tools that write, if the user lets them: each is one transaction, and nothing is removed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from tracker import actions
from tracker.actions import Effect, Verb
from tracker.agents.answers import page
from tracker.agents.desk import AgentDesk
from tracker.agents.reading import Answer, DocumentRequest, Ids, Word, document_of
from tracker.due import parse
from tracker.errors import BadInput, BadValue
from tracker.extract.proposals import numbered
from tracker.extract.submitted import GivenProposal, check
from tracker.message import Message, sentences
from tracker.model import SHORT, Source, Status
from tracker.query import Filter, Query, select
from tracker.render.text import clean

Short = Annotated[str, Meta(max_length=2_000)]
Long = Annotated[str, Meta(min_length=1, max_length=20_000)]
Some = Annotated[tuple[Word, ...], Meta(max_length=20)]


class DraftMilestone(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A milestone to add; `due` is a date or a due phrase, such as 2027-06-30 or 6月底前."""

    title: Annotated[str, Meta(min_length=1, max_length=2_000)]
    due: Short | None = None
    made_on: date | None = None
    owner: Short | None = None
    supporting: Some = ()
    person: Short | None = None
    speaker: Short | None = None
    next_step: Short | None = None
    source: Annotated[Short | None, Meta(description="The document that it stands in.")] = None
    tags: Some = ()


class AddRequest(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    milestones: Annotated[tuple[DraftMilestone, ...], Meta(min_length=1, max_length=20)]
    again: Annotated[bool, Meta(description="Though the same is there already.")] = False


class NoteRequest(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    ids: Ids
    text: Long
    evidence: Short | None = None
    on: date | None = None


class StatusRequest(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    ids: Ids
    status: Status
    reason: Long
    evidence: Short | None = None
    on: Annotated[date | None, Meta(description="When it took effect; today if left out.")] = None
    day_unknown: Annotated[bool, Meta(description="Completed, and nobody knows when.")] = False


class ProposeRequest(DocumentRequest, frozen=True, forbid_unknown_fields=True, kw_only=True):
    proposals: Annotated[tuple[GivenProposal, ...], Meta(min_length=1, max_length=50)]
    source_url: Short | None = None


def add(desk: AgentDesk, asked: AddRequest) -> Answer:
    _refuse_controls(asked)
    if not asked.again:
        _refuse_doubles(desk, asked.milestones)
    fiscal = desk.settings.fiscal_year_start
    drafts = [_fields(draft, desk.today, fiscal) for draft in asked.milestones]
    return _told(actions.add(desk.store, desk.occasion(), drafts))


def _fields(draft: DraftMilestone, today: date, fiscal: int) -> dict[str, Any]:
    told = {f: getattr(draft, f) for f in draft.__struct_fields__ if f not in ("due", "source")}
    actions.refuse_future_days(today, draft.made_on, None)
    if draft.source:
        told["source"] = Source(draft.source)
    if draft.due:
        due = parse(draft.due, draft.made_on or today, fiscal_year_start=fiscal)
        told |= {"due": due.date, "precision": due.precision, "due_phrase": due.phrase}
    return told


def _refuse_doubles(desk: AgentDesk, drafts: Sequence[DraftMilestone]) -> None:
    owed = select(desk.all(), Query(desk.today, Filter(owed=True))).milestones
    for draft in drafts:
        for m in owed:
            if actions.is_worded(m, "title", draft.title):
                raise BadValue(
                    "Milestone {id} says the same and is still open: {title}.",
                    "Nothing was added. To add it all the same, set again.",
                    id=m.id,
                    title=m.title,
                )


def note(desk: AgentDesk, asked: NoteRequest) -> Answer:
    return _applied(desk, asked, lambda m, stamp: m.note(stamp, asked.text, asked.evidence))


def change_status(desk: AgentDesk, asked: StatusRequest) -> Answer:
    if not asked.reason.strip():
        raise BadValue("The reason is empty.", "Say why.")
    return _applied(
        desk,
        asked,
        lambda m, stamp: m.set_status(
            *(stamp, asked.status),
            why=asked.reason,
            evidence=asked.evidence,
            is_day_known=not asked.day_unknown,
        ),
    )


def _applied(desk: AgentDesk, asked: NoteRequest | StatusRequest, verb: Verb) -> Answer:
    _refuse_controls(asked)
    uids = [m.uid for m in actions.find_all(desk, map(str, asked.ids))]
    return _told(actions.apply(desk.store, desk.occasion(asked.on), uids, verb))


def propose(desk: AgentDesk, asked: ProposeRequest) -> Answer:
    """Add what is proposed from a document, if its text bears out all of it."""
    _refuse_controls(asked.proposals)
    document = document_of(desk, asked)
    fiscal = desk.settings.fiscal_year_start
    held, refused = check([document], asked.proposals, fiscal_year_start=fiscal)
    if refused:
        raise BadInput(
            Message("{reasons} Nothing was added.", reasons=sentences(e.in_full for e in refused))
        )
    found = numbered(held, desk.store.all())
    items = [one.incoming(asked.source_url) for one in found if one.known is None]
    there = [one.known.id for one in found if one.known is not None and desk.sees(one.known)]
    effects = actions.accept(desk.store, desk.occasion(), items).effects if items else []
    return _told(effects) | {"known_already": there}


def _told(effects: Sequence[Effect]) -> Answer:
    """What was changed, each with the command by which the user takes it back."""

    def one(effect: Effect) -> Answer:
        m = effect.after
        change = m.history[-1].digest[:SHORT]
        named = {
            name: getattr(m, name) for name in ("id", "uid", "title", "owner", "due", "status")
        }
        return named | {"change": change, "undo": f"tracker undo {change}"}

    rows, _ = page(effects, 0, len(effects), one)
    return {"changed": rows}


def _refuse_controls(asked: Any) -> None:
    """Raise BadValue for a text with signs that act or hide: nobody means to write them."""
    match asked if isinstance(asked, str) else msgspec.to_builtins(asked):
        case str() as text:
            if any(clean(line) != line.replace("\t", " ") for line in text.split("\n")):
                raise BadValue("A text has characters that cannot be seen.", "Leave them out.")
        case dict() as fields:
            for value in fields.values():
                _refuse_controls(value)
        case list() | tuple() as items:
            for item in items:
                _refuse_controls(item)
