"""Whatever verbs can make: scripts of them, and what a reader of a script expects of each day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st
from msgspec import Struct

from tests.milestones import DUE, MADE, plain, ticking
from tests.store.memory import MemoryStore
from tracker.actions import ChangeContext, Effect, apply, redo, undo
from tracker.errors import TrackerError
from tracker.model import (
    PATCHED,
    Milestone,
    Modality,
    Precision,
    Status,
    Target,
    Wording,
)
from tracker.store import Store

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
dues = st.none() | st.dates(DUE, DUE + timedelta(days=5))
corrections = st.one_of(
    st.fixed_dictionaries(
        {"made_on": st.dates(MADE - timedelta(days=5), MADE + timedelta(days=3))}
    ),
    st.fixed_dictionaries({"due": dues, "precision": st.sampled_from(Precision)}),
    st.fixed_dictionaries({"baseline_due": dues.filter(bool)}),
    st.fixed_dictionaries({"completed_on": days, "status": st.just(Status.COMPLETED)}),
    st.fixed_dictionaries({"status": st.sampled_from(Status)}),
    st.fixed_dictionaries({"title": titles, "owner": st.none() | titles, "made_on": days}),
)
steps = st.one_of(
    st.tuples(st.just("status"), st.sampled_from(Status)),
    st.tuples(st.just("postpone"), dues),
    st.tuples(st.just("edit"), edits),
    st.tuples(st.just("note"), said),
    st.tuples(st.just("remove"), st.none()),
    st.tuples(st.just("retract"), st.none()),
    st.tuples(st.just("correct"), corrections),
    st.tuples(st.just("correct"), corrections),
    st.tuples(st.just("undo"), st.none()),
    st.tuples(st.just("undo"), st.none()),
    st.tuples(st.just("redo"), st.none()),
)
scripts = st.lists(
    st.tuples(steps, days, st.sampled_from([("1",), ("2",), ("1", "2")])), max_size=12
)


class Held(NamedTuple):
    """What one act changed: from which day on, and whether it puts right what was told before."""

    on: date
    fields: dict[int, dict[str, Any]]
    is_correction: bool


class Told(Struct):
    """A store that a script of verbs was run on, and the acts that stand, the oldest first.

    `begun` are the milestones as they began.
    """

    store: Store
    begun: dict[int, Milestone]
    held: list[Held]

    def expected(self, id: int, day: date) -> dict[str, Any] | None:
        """The fields on a day, from the script alone; None where it was not there yet, or ever."""
        begun = self.begun[id]
        rows = [(begun.created_on, {field: getattr(begun, field) for field in PATCHED})]
        for act in self.held:
            changed = act.fields.get(id, {})
            if not act.is_correction:
                rows.append((act.on, dict(changed)))
            elif "removed_on" in changed:
                return None
            else:
                rows = _put_right(rows, changed)
        if rows[0][0] > day:
            return None
        fields: dict[str, Any] = {}
        for on, changed in rows:
            fields |= changed if on <= day else {}
        return fields


Row = tuple[date, dict[str, Any]]
_OUTCOME = {"status", "completed_on", "superseded_by"}


def _put_right(rows: list[Row], changed: dict[str, Any]) -> list[Row]:
    """The rows as they would be if what was told last of these fields had been told so."""
    outcome = {field: value for field, value in changed.items() if field in _OUTCOME}
    if "baseline_due" in changed:
        _put_first_due_right([row for _, row in rows], changed["baseline_due"])
    for field in changed.keys() - _OUTCOME:
        next(row for _, row in reversed(rows) if field in row)[field] = changed[field]
    if "made_on" in changed:
        rows[0] = (changed["made_on"], rows[0][1])
    day = outcome.get("completed_on")
    place = max((n for n, (_, row) in enumerate(rows) if row.keys() & _OUTCOME), default=0)
    on, told = rows[place]
    if day is None or (place and day == on):
        told |= outcome
        return rows
    kept = {field: value for field, value in told.items() if not place or field not in _OUTCOME}
    if place:
        outcome = {field: told[field] for field in told.keys() & _OUTCOME} | outcome
    elif told["status"] is Status.COMPLETED:
        kept["status"] = Status.NOT_STARTED
    rows[place] = (on, kept)
    rows.insert(place + 1, (day, {"status": Status.COMPLETED, **outcome}))
    return rows


def _put_first_due_right(rows: list[dict[str, Any]], right: date) -> None:
    """What was promised first was another date, if it was moved since."""
    baseline = next(row["baseline_due"] for row in reversed(rows) if "baseline_due" in row)
    *earlier, _ = [row for row in rows if "due" in row]
    first: dict[str, Any] = next((row for row in earlier if row["due"] is not None), {})
    if first.get("due") == baseline:
        first["due"] = right


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
                undo(told.store, ChangeContext(clock, on))
                undone.append(told.held.pop())
            elif verb == "redo":
                redo(told.store, ChangeContext(clock, on))
                told.held.append(undone.pop())
            else:
                effects = apply(told.store, ChangeContext(clock, on), ids, verb_of(verb, value))
                fields = {e.after.id: _difference(e) for e in effects}
                told.held.append(Held(on, fields, verb in ("correct", "retract")))
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
        "retract": lambda m, s: m.retract(s),
        "correct": lambda m, s: m.correct(s, value, why=None),
    }[verb]


def _difference(effect: Effect) -> dict[str, Any]:
    new = {field: getattr(effect.after, field) for field in PATCHED}
    return {f: v for f, v in new.items() if v != getattr(effect.before, f)}
