"""A store as a TinyDB database: queried and changed in TinyDB's words, kept by the store's rules.

TinyDB's own table reads all, changes some, writes all, and loses what others wrote in between. Here
a table changes its rows in one transaction of the store: the lock is held from reading to writing.
Each row that came out another is changed by the verbs of the model, so that it is validated and its
history says who did what and when. Rows that nobody touched keep their bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, NoReturn
from uuid import uuid4

import msgspec
from msgspec import Struct
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from tracker.actions import (
    ChangeContext,
    Effect,
    changed,
    next_stamp,
    put_all,
    refuse_future_days,
    stamp_for,
    with_next_repeats,
)
from tracker.errors import BadValue, StoreLocked
from tracker.model import LINKS, Milestone, Precision, Stamp, linked
from tracker.store import Store, Transaction

Row = dict[str, Any]
Step = Callable[[Milestone, Milestone, set[str], Stamp], Milestone]

TABLE = "milestones"
KEPT = frozenset({"id", "uid", "made_on", "baseline_due", "removed_on", "history"})
"""What only the program writes: what a milestone is known by, and what must not be made over."""

_STATUS = frozenset({"status", "completed_on", "superseded_by"})
_DUE = frozenset({"due", "precision", "due_phrase"})


class MilestoneStorage(Storage):
    """What TinyDB reads through: a store of any engine, and on what occasion it is changed."""

    def __init__(self, store: Store, occasion: Callable[[], ChangeContext]) -> None:
        self.store = store
        self.occasion = occasion

    def read(self) -> dict[str, dict[str, Any]]:
        standing = (m for m in self.store.all() if m.removed_on is None)
        return {TABLE: {str(m.id): _row(m) for m in standing}}

    def write(self, data: dict[str, dict[str, Any]]) -> NoReturn:
        raise BadValue(
            "A store is not replaced by what was read of it before; nothing was changed.",
            "Change rows through the table, which `tracker.open` gives.",
        )


class MilestoneTable(Table):
    """The milestones; those that were removed are in the store and not here."""

    def __init__(self, storage: MilestoneStorage, name: str, **options: Any) -> None:
        if name != TABLE:
            raise BadValue(
                "A store has no table {name!r}.", "It has one: {table}.", name=name, table=TABLE
            )
        # No answer is kept for the next question: others may have changed the store by then.
        super().__init__(storage, name, **options | {"cache_size": 0})
        self._milestones = storage

    def insert(self, document: Mapping[str, Any]) -> int:
        # The id is given under the lock.
        return self.insert_multiple([document])[0]

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        asked = self._milestones.occasion()
        worked = False

        def work(transaction: Transaction) -> None:
            nonlocal worked
            if worked:
                # TinyDB has noted by now which rows it changed, and would note them again.
                raise StoreLocked(
                    "{url} was changed by others meanwhile; nothing was changed.",
                    "Try again.",
                    url=self._milestones.store.url,
                )
            worked = True
            self._next_id = transaction.new_id()  # type: ignore[assignment]  # it says None alone
            rows = _Rows(transaction.all())
            updater(rows)
            stamp = stamp_for(asked, transaction)
            effects = [Effect(transaction.get(m.id), m) for m in rows.changed(stamp, asked)]
            _refuse_torn(transaction, effects)
            with_next_repeats(transaction, put_all(transaction, effects), stamp)

        try:
            self._milestones.store.change(work)
        finally:
            self._next_id = None
            self.clear_cache()


class Milestones(TinyDB):
    """A TinyDB whose only table, and so its default one, is that of the milestones."""

    default_table_name = TABLE
    table_class = MilestoneTable  # type: ignore[assignment]  # a table of our storage alone

    def __init__(self, store: Store, occasion: Callable[[], ChangeContext]) -> None:
        super().__init__(store, occasion, storage=MilestoneStorage)
        self._store = store

    def milestones(self) -> list[Milestone]:
        """All that stand, in order of id, as the values that reports are made from."""
        return [m for m in self._store.all() if m.removed_on is None]


class _Rows(dict[int, Mapping[str, Any]]):
    """The rows by id, each made when it is asked for: most changes are to one of many."""

    def __init__(self, milestones: list[Milestone]) -> None:
        self._before = {m.id: m for m in milestones}
        super().__init__({m.id: {} for m in milestones if m.removed_on is None})
        self._made: set[int] = set()

    def __getitem__(self, id: int) -> Mapping[str, Any]:
        if id in self and id in self._before and id not in self._made:
            self._made.add(id)
            super().__setitem__(id, _row(self._before[id]))
        return super().__getitem__(id)

    def __setitem__(self, id: int, row: Mapping[str, Any]) -> None:
        self._made.add(id)
        super().__setitem__(id, row)

    def changed(self, stamp: Stamp, asked: ChangeContext) -> Iterator[Milestone]:
        """The milestones that the rows ask for, and the store has not so."""
        for id, before in self._before.items():
            if before.removed_on is not None:
                if id in self:
                    raise BadValue(
                        "Milestone {id} was removed, and its id is not given again; "
                        "nothing was changed.",
                        "Leave the id out; `tracker undo` brings back what was removed.",
                        id=id,
                    )
            elif id not in self:
                yield changed(before, Milestone.remove, stamp, asked)
            elif id in self._made and (row := self[id]) != _row(before):
                after = changed(before, partial(_brought, row), stamp, asked)
                if after.completed_on != before.completed_on:
                    refuse_future_days(asked.latest, None, after.completed_on)
                yield after
        for id in self.keys() - self._before.keys():
            begun = _begun(id, self[id], stamp)
            refuse_future_days(asked.latest, begun.made_on, begun.completed_on)
            yield begun


def _refuse_torn(transaction: Transaction, effects: list[Effect]) -> None:
    """Raise BadValue for a uid that is another's, and for a link to what is not there."""
    after = {effect.after.uid: effect.after for effect in effects}
    for before, m in ((effect.before, effect.after) for effect in effects):
        twins = {m.uid} if before is None and transaction.known([m.uid]) else set()
        if twins or after[m.uid] is not m:
            raise BadValue(
                "Another milestone has the uid {uid}; nothing was changed.",
                "Leave the uid out, and one is made.",
                uid=m.uid,
            )
        for field in LINKS:
            made = set(linked(m, field)) - set(linked(before, field) if before else ())
            if missing := made - after.keys() - transaction.known(made).keys():
                raise BadValue(
                    "Milestone {id} would link to {uid}, which is not here; nothing was changed.",
                    "A link is the uid of another milestone.",
                    id=m.id,
                    uid=min(missing),
                )


def _row(m: Milestone) -> Row:
    # By way of JSON: a reader of the file has lists, where a value has tuples.
    row: Row = msgspec.json.decode(msgspec.json.encode(m))
    return row


def _begun(id: int, row: Mapping[str, Any], stamp: Stamp) -> Milestone:
    bare = {"id": id, "uid": str(uuid4()), "status": "not-started"}
    given = _read(id, {**bare, **row})
    if given.id != id:
        raise BadValue("An id is given by the program alone; nothing was changed.")
    if "due" in row and "precision" not in row and given.due is not None:
        row = {**row, "precision": Precision.DAY}
        given = _read(id, {**bare, **row})
    fields = {field: getattr(given, field) for field in row if field not in ("id", "uid")}
    if "history" in fields or "removed_on" in fields:
        raise BadValue("A history is written by the program alone; nothing was changed.")
    return Milestone.begin(id, given.uid, stamp, "add", **fields)


def _brought(row: Mapping[str, Any], before: Milestone, stamp: Stamp) -> Milestone:
    """Bring a milestone to what its row says, by the verbs that do such things."""
    wanted = _read(before.id, row)
    differing = {f for f in Milestone.__struct_fields__ if _differs(before, wanted, f)}
    if taboo := differing & KEPT:
        raise BadValue(
            "The {taboo} of milestone {id} is not yours to change; nothing was changed.",
            "A milestone is removed by `remove`; its history is written by the program alone.",
            taboo=" and ".join(sorted(taboo)),
            id=before.id,
        )
    steps: dict[str, Step] = {"due": _moved, "status": partial(_put_in_status, row)}
    after = before
    # What is owed can be moved, and what is not owed any more was moved before.
    for field in ("status", "due") if wanted.status.is_open else ("due", "status"):
        if field in differing:
            after = steps[field](after, wanted, differing, next_stamp(stamp, after))
    if rest := {f: getattr(wanted, f) for f in differing if _differs(after, wanted, f)}:
        after = after.edit(next_stamp(stamp, after), rest)
    return after


def _moved(m: Milestone, wanted: Milestone, differing: set[str], stamp: Stamp) -> Milestone:
    day = Precision.NONE if wanted.due is None else Precision.DAY
    precision = wanted.precision if "precision" in differing else day
    phrase = wanted.due_phrase if "due_phrase" in differing else None
    differing -= _DUE
    return m.postpone(stamp, wanted.due, precision, phrase)


def _put_in_status(
    row: Mapping[str, Any], m: Milestone, wanted: Milestone, differing: set[str], stamp: Stamp
) -> Milestone:
    on = wanted.completed_on if "completed_on" in differing else None
    stamp = Stamp(stamp.at, on or stamp.on, stamp.by)
    differing -= _STATUS
    is_day_known = wanted.completed_on is not None or "completed_on" not in row
    successor = wanted.superseded_by
    return m.set_status(stamp, wanted.status, superseded_by=successor, is_day_known=is_day_known)


def _differs(one: Milestone, other: Milestone, field: str) -> bool:
    return bool(getattr(one, field) != getattr(other, field))


def _read(id: int, row: Mapping[str, Any]) -> Milestone:
    for field in row:
        _refuse_unknown(field, Milestone)
    try:
        read = msgspec.convert(dict(row), Milestone)
    except msgspec.ValidationError as error:
        raise BadValue(
            "Milestone {id} cannot be so: {error}. Nothing was changed.", id=id, error=error
        ) from None
    _refuse_dropped(row, read)
    return read


def _refuse_dropped(given: Any, read: object, within: str = "") -> None:
    """Raise BadValue for a field within a value, such as its source, that reading passes over."""
    if isinstance(read, Struct) and isinstance(given, Mapping):
        for field, value in given.items():
            _refuse_unknown(field, type(read), within)
            _refuse_dropped(value, getattr(read, field), f"{within}{field}.")
    elif isinstance(read, Mapping):
        for name, value in given.items():
            _refuse_dropped(value, read[name], f"{within}{name}.")
    elif isinstance(read, tuple):
        for one, value in zip(given, read, strict=True):
            _refuse_dropped(one, value, within)


def _refuse_unknown(field: object, kind: type[Struct], within: str = "") -> None:
    if field not in kind.__struct_fields__:
        from difflib import get_close_matches

        near = get_close_matches(str(field), kind.__struct_fields__, n=1)
        raise BadValue(
            "A milestone has no field {field!r}; nothing was changed.",
            "Did you mean {near!r}?" if near else "`docs/python.md` names the fields.",
            field=f"{within}{field}" if within else field,
            near=within + "".join(near),
        )
