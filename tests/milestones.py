"""Milestones to test with: a plain one, one with every field set, and any that verbs can make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st

from tests.store.memory import MemoryStore
from tracker.actions import Clock, Effect, Occasion, apply, redo, undo
from tracker.errors import TrackerError
from tracker.model import (
    PATCHED,
    Change,
    Milestone,
    Modality,
    Patch,
    Precision,
    Source,
    Span,
    Stamp,
    Status,
    Target,
    Wording,
)
from tracker.store import Store

MADE = date(2021, 3, 10)
DUE = date(2021, 6, 30)
AT = datetime(2021, 3, 10, 8, tzinfo=UTC)
_ticks = count(1)


def ticking() -> Clock:
    """Return a clock that goes on by a minute each time it is asked."""
    ticks = count()
    return lambda: AT + timedelta(minutes=next(ticks))


def stamp(on: date = MADE, by: str | None = None) -> Stamp:
    """Return a stamp later than every one before."""
    return Stamp(AT + timedelta(seconds=next(_ticks)), on, by)


def plain(id: int = 1, verb: str = "add", **fields: Any) -> Milestone:
    """Return a milestone made on 10 March 2021 and due on 30 June, unless told otherwise."""
    given: dict[str, Any] = {
        "title": f"Promise {id}",
        "due": DUE,
        "made_on": MADE,
        "precision": Precision.MONTH,
    }
    uid = f"0000000{id}-aaaa-5aaa-8aaa-aaaaaaaaaaaa"
    return Milestone.begin(id, uid, Stamp(AT, MADE), verb, **(given | fields))


def full() -> Milestone:
    """Return a milestone in which no field of it or of its parts is what it would be unset."""
    fields: dict[str, Any] = {
        "title": '=1+2, "quoted"; 完成 34 项 🏗️',
        "translations": {
            "zh": Wording("题目", "责任单位", "文件", "副局长"),
            "de": Wording("Titel"),
        },
        "source": Source(
            "Document; with, signs",
            publisher="Office",
            url="https://example.org/?a=1&b=2",
            published_on=date(2021, 3, 15),
            sha256="ab" * 32,
            phrase=Span(4000, 4004),
            clause=Span(4001, 4029),
            quote="6月底前，\n建成",
            inherited=True,
            file="documents/conference.txt",
        ),
        "speaker": "廉凯",
        "speaker_title": "副局长",
        "owner": "-minus owner",
        "supporting": ("省财政厅; 二处", "Police"),
        "person": "赵; 五",
        "contact": "钱 0578-123",
        "baseline_due": date(2021, 6, 30),
        "due": date(2021, 9, 30),
        "due_phrase": "9月底前",
        "precision": Precision.QUARTER,
        "forecast_due": date(2021, 10, 15),
        "completed_on": date(2021, 10, 2),
        "modality": Modality.STRETCH,
        "targets": (Target(90, "%", ">=", approx=True, stretch=True, actual=91.5), Target("1+2+4")),
        "status": Status.COMPLETED,
        "percent": 99,
        "next_step": "@write\nreport",
        "parent": "00000002",
        "depends_on": ("00000003", "00000004"),
        "superseded_by": "00000005",
        "duplicate_of": "00000006",
        "tags": ("a", "乙"),
        "removed_on": date(2021, 12, 1),
    }
    fields["made_on"] = MADE
    patch = Patch(**fields)
    changed = Change(
        AT + timedelta(microseconds=1),
        date(2021, 10, 3),
        "edit",
        "someone",
        patch,
        patch,
        "why; and\nwherefore",
        "https://example.org/evidence",
        "cd" * 32,
        ("ab" * 32,),
        ("title",),
        (("ab" * 8,), ("cd" * 8,)),
        "12" * 32,
        "ef" * 32,
    )
    history = (Change(AT, MADE, "add", digest="ab" * 32), changed)
    return Milestone(7, "0000000a-uid", **fields, history=history)


# -- whatever verbs can make ----------------------------------------------------------------------

visible = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])
    | st.sampled_from(["=", "+", "-", "@", "'", '"', ",", ";", "；", "、", "省", "🏗", "["]),
    min_size=1,
    max_size=12,
)
lines = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("\n\r\t'=; "), max_size=12
)
_reordering = str.maketrans("", "", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
titles = visible.map(lambda text: text.translate(_reordering)).filter(str.strip)
said = lines.filter(bool)
days = st.dates(MADE, MADE + timedelta(days=12))
edits = st.one_of(
    st.fixed_dictionaries({"title": titles}),
    st.fixed_dictionaries({"owner": st.none() | titles}),
    st.fixed_dictionaries(
        {"next_step": st.none() | said, "percent": st.none() | st.integers(0, 100)}
    ),
    st.fixed_dictionaries({"speaker": st.none() | said, "due_phrase": st.none() | said}),
    st.fixed_dictionaries({"tags": st.lists(said, max_size=3).map(tuple)}),
    st.fixed_dictionaries({"supporting": st.lists(said, max_size=3).map(tuple)}),
    st.fixed_dictionaries({"translations": st.dictionaries(said, st.builds(Wording, said))}),
    st.fixed_dictionaries({"modality": st.sampled_from(Modality)}),
    st.fixed_dictionaries(
        {
            "targets": st.lists(
                st.builds(
                    Target,
                    st.integers(-(2**62), 2**62)
                    | st.floats(allow_nan=False, allow_infinity=False)
                    | said,
                    said,
                    actual=st.none() | st.integers(0, 9) | said,
                ),
                max_size=2,
            ).map(tuple)
        }
    ),
)
steps = st.one_of(
    st.tuples(st.just("status"), st.sampled_from(Status)),
    st.tuples(st.just("postpone"), st.none() | st.dates(DUE, DUE + timedelta(days=5))),
    st.tuples(st.just("edit"), edits),
    st.tuples(st.just("note"), said),
    st.tuples(st.just("remove"), st.none()),
    st.tuples(st.just("undo"), st.none()),
    st.tuples(st.just("undo"), st.none()),
    st.tuples(st.just("redo"), st.none()),
)
scripts = st.lists(
    st.tuples(steps, days, st.sampled_from([("1",), ("2",), ("1", "2")])), max_size=12
)


@dataclass
class Told:
    """A store that a script of verbs was run on, and what a reader of the script would expect.

    `begun` are the milestones as they began; `held` the changes that stand, the oldest first: for
    each the day, and the new values of the fields by the id of the milestone.
    """

    store: Store
    begun: dict[int, Milestone]
    held: list[tuple[date, dict[int, dict[str, Any]]]]

    def expected(self, id: int, day: date) -> dict[str, Any]:
        """The fields on a day, from the script alone."""
        fields = {field: getattr(self.begun[id], field) for field in PATCHED}
        for on, changed in self.held:
            if on <= day:
                fields |= changed.get(id, {})
        return fields


def tell(script: list[tuple[tuple[str, Any], date, tuple[str, ...]]]) -> Told:
    """Run a script; what is refused is left out, as a person would have to."""
    begun = {1: plain(1, "seed"), 2: plain(2, "seed", due=None)}
    told = Told(MemoryStore(), begun, [])
    told.store.create(list(begun.values()))
    clock, undone = ticking(), []
    clock()
    for (verb, value), on, ids in script:
        try:
            if verb == "undo":
                undo(told.store, Occasion(clock, on))
                undone.append(told.held.pop())
            elif verb == "redo":
                redo(told.store, Occasion(clock, on))
                told.held.append(undone.pop())
            else:
                effects = apply(told.store, Occasion(clock, on), ids, verb_of(verb, value))
                told.held.append((on, {e.after.id: _difference(e) for e in effects}))
                undone.clear()
        except TrackerError:
            continue
    return told


def verb_of(verb: str, value: Any) -> Any:
    return {
        "status": lambda m, s: m.set_status(s, value, evidence="file"),
        "postpone": lambda m, s: m.postpone(s, value, Precision.DAY, "then"),
        "edit": lambda m, s: m.edit(s, value),
        "note": lambda m, s: m.note(s, value),
        "remove": lambda m, s: m.remove(s),
    }[verb]


def _difference(effect: Effect) -> dict[str, Any]:
    new = {field: getattr(effect.after, field) for field in PATCHED}
    return {f: v for f, v in new.items() if v != getattr(effect.before, f)}
