"""The tools that read: list, show, search, report, and extract with quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct, defstruct
from msgspec.structs import astuple, replace

from tracker.actions import find_all
from tracker.agents.answers import page, paged
from tracker.agents.desk import AgentDesk, bounded
from tracker.errors import BadValue, library_reason
from tracker.extract import Document, read_document
from tracker.message import Message
from tracker.model import Milestone
from tracker.query import CRITERIA, Filter, Query, keys_of, known_words, select, texts
from tracker.query import Page as Layout
from tracker.render import json, reports
from tracker.render.proposals import as_json, document_json
from tracker.report.briefing import BriefingSpan, briefing
from tracker.settings import WORDS, filter_of
from tracker.texts import folded

Word = Annotated[str, Meta(max_length=500)]
Id = Annotated[int, Meta(ge=1, le=2**53)]
Ids = Annotated[
    tuple[Word | Id, ...], Meta(min_length=1, max_length=20, description="Ids or uids.")
]
Answer = dict[str, Any]

_AROUND = 120
"""Characters before and after a word that was found."""


class Paging(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which part of a long answer."""

    offset: Annotated[int, Meta(ge=0, le=10_000_000)] = 0
    limit: Annotated[int, Meta(ge=1, le=100)] = 20


def _criterion(name: str) -> tuple[str, Any, Any]:
    """The argument of a criterion, called and told like its option."""
    option = CRITERIA[WORDS[name]].option
    told = Meta(description=option.help if option else "")
    kind = Word | Annotated[tuple[Word, ...], Meta(max_length=20)] | None
    return name.replace("-", "_"), Annotated[kind, told], None


def _filtering(name: str, *more: tuple[str, Any, Any]) -> type[Struct]:
    """What is asked of which milestones, by the criteria of lists, as they stood on which day."""
    day = Annotated[date | None, Meta(description="As things stood at the end of that day.")]
    fields = [*map(_criterion, WORDS), ("as_of", day, None), *more]
    return defstruct(
        name, fields, bases=(Paging,), frozen=True, forbid_unknown_fields=True, kw_only=True
    )


ListRequest = _filtering(
    "ListRequest", ("sort", Annotated[Word, Meta(description="Such as owner,-due.")], "")
)
_TERMS = Meta(
    max_length=20, description="What this report asks for, such as {'since': '2021-04-01'}."
)
ReportRequest = _filtering(
    "ReportRequest",
    ("name", Word, msgspec.NODEFAULT),
    ("terms", Annotated[dict[Word, Any], _TERMS], {}),
)


class ShowRequest(Paging, frozen=True, forbid_unknown_fields=True, kw_only=True):
    ids: Ids
    as_of: date | None = None


class SearchRequest(Paging, frozen=True, forbid_unknown_fields=True, kw_only=True):
    words: Annotated[tuple[Word, ...], Meta(min_length=1, max_length=10)]


class DocumentRequest(Paging, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A text, or a file below a folder that the user allows."""

    text: Annotated[str, Meta(max_length=300_000)] | None = None
    name: Annotated[str, Meta(max_length=200, pattern=r"^[^/\\\x00-\x1f]*$")] = "text"
    file: Word | None = None
    made_on: Annotated[
        date | None, Meta(description="When it was said, if not on its own date.")
    ] = None


class ExtractRequest(DocumentRequest, frozen=True, forbid_unknown_fields=True, kw_only=True):
    possible: Annotated[bool, Meta(description="Also what may be one.")] = False


def query(desk: AgentDesk, asked: Any, sort: str = "") -> Query:
    day = asked.as_of or desk.today
    words = {name: v for name in WORDS if (v := getattr(asked, name.replace("-", "_"))) is not None}
    chosen = filter_of(words, day, desk.settings.fiscal_year_start)
    return Query(day, chosen, Layout(keys_of(sort)))


def list_milestones(desk: AgentDesk, asked: Any) -> Answer:
    asking = query(desk, asked, asked.sort)
    return _listed(select(desk.all(), asking).milestones, asked, asking.as_of)


def _listed(found: list[Milestone], asked: Any, day: date) -> Answer:
    rows, after = page(found, asked.offset, asked.limit, lambda m: json.row(m, day))
    return {"as_of": day, "total": len(found), "milestones": rows, "next_offset": after}


def show_milestones(desk: AgentDesk, asked: ShowRequest) -> Answer:
    """Each with its history, the newest entry first and paged; `left_out` had no room."""
    day = asked.as_of or desk.today
    found = find_all(desk, map(str, asked.ids))
    then = [m.as_of(day) for m in found] if asked.as_of else found
    there = list(filter(None, then))

    def whole(m: Milestone) -> Answer:
        entries = m.history[::-1]
        shown, after = page(entries, asked.offset, asked.limit, lambda entry: entry)
        history = entries[asked.offset : asked.offset + len(shown)]
        told = {"entries": len(entries), "history": history, "next_offset": after}
        return json.row(m, day) | told

    rows, _ = page(there, 0, len(there), whole)
    return {"as_of": day, "milestones": rows, "left_out": [m.id for m in there[len(rows) :]]}


def search_milestones(desk: AgentDesk, asked: SearchRequest) -> Answer:
    words = frozenset(map(folded, asked.words))
    found = select(desk.all(), Query(desk.today, Filter(words=words))).milestones

    def hit(m: Milestone) -> Answer:
        named = {
            name: getattr(m, name) for name in ("id", "uid", "title", "owner", "due", "status")
        }
        return named | {"found": list(_found(m, words))}

    hits, after = page(found, asked.offset, asked.limit, hit)
    return {"total": len(found), "milestones": hits, "next_offset": after}


def _found(m: Milestone, words: frozenset[str]) -> Iterator[str]:
    """The words around those that were looked for, quoted from titles, notes and the source."""
    quote = m.source.quote if m.source else None
    for whole in dict.fromkeys(filter(None, (*texts(m), quote))):
        places = [at for word in words if (at := folded(whole).find(word)) >= 0]
        if places:
            yield whole[max(0, min(places) - _AROUND) : max(places) + _AROUND]


@cache
def views() -> dict[str, reports.View[Any, Any]]:
    """The reports there are, by name."""
    names = [module.name for module in iter_modules(reports.__path__)]
    return {name: import_module(f"{reports.__name__}.{name}").VIEW for name in names}


def of_themselves() -> list[str]:
    """The names of the reports that ask for nothing."""
    able = (name for name, view in views().items() if not view.lacks(view.terms()))
    return sorted((*able, *BriefingSpan))


def reports_described() -> str:
    """The reports by name, each with the terms that it may be given."""
    terms = {name: ", ".join(view.terms.__struct_fields__) for name, view in views().items()}
    terms |= dict.fromkeys(BriefingSpan, "")
    return "; ".join(f"{name} ({some})" if some else name for name, some in sorted(terms.items()))


def report(desk: AgentDesk, asked: Any) -> Answer:
    if asked.name in set(BriefingSpan):
        _refuse_terms(asked, ())
        told = briefing(desk.all(), query(desk, asked), BriefingSpan(asked.name))
        content = dict(zip(told.__struct_encode_fields__, astuple(told), strict=True))
        return {"report": asked.name} | paged(content, asked.offset, asked.limit)
    view = views().get(asked.name)
    if view is None:
        name, known = asked.name, sorted((*views(), *BriefingSpan))
        raise BadValue(Message("There is no report {name!r}.", name=name), known_words(name, known))
    _refuse_terms(asked, view.terms.__struct_fields__)
    try:
        terms = msgspec.convert(asked.terms, view.terms, strict=False)
    except msgspec.ValidationError as error:
        raise BadValue(
            "The terms of this report are not understood: {error}.", error=library_reason(error)
        ) from None
    if missing := view.lacks(terms):
        raise BadValue("The report asks for {missing}.", missing=missing.lstrip("-"))
    content = view.content(view.result(desk.all(), query(desk, asked), terms))
    return {"report": asked.name} | paged(content, asked.offset, asked.limit)


def _refuse_terms(asked: Any, known: Sequence[str]) -> None:
    """Raise BadValue for a term that the report does not have."""
    for term in asked.terms.keys() - set(known):
        there = known_words(term, known) if known else Message("It asks for nothing.")
        raise BadValue(
            Message("The report {name} has no term {term!r}.", name=asked.name, term=term), there
        )


def document_of(desk: AgentDesk, asked: DocumentRequest) -> Document:
    """The document that was given as a text, or named below an allowed folder."""
    if (asked.text is None) == (asked.file is None):
        raise BadValue("Give either a text or a file.")
    if asked.file is not None:
        read = desk.document(asked.file)
    else:
        read = bounded(
            read_document(asked.name or "text", (asked.text or "").encode(errors="replace"))
        )
    if asked.made_on is None:
        return read
    return replace(read, made_on=asked.made_on, made_on_basis="as given", made_on_sure=True)


def extract(desk: AgentDesk, asked: ExtractRequest) -> Answer:
    from tracker.extract.proposals import propose

    document = document_of(desk, asked)
    start = desk.settings.fiscal_year_start
    bands = ("likely", "possible") if asked.possible else ("likely",)
    every = propose([document], desk.all(), fiscal_year_start=start)
    found = [one for one in every if one.candidate.band in bands]
    candidates, after = page(found, asked.offset, asked.limit, as_json)
    (about,), _ = page([document], 0, 1, document_json)
    told = {"total": len(found), "candidates": candidates, "next_offset": after}
    return {"document": about} | told
