"""Whether milestones agree with their own histories and with each other: pure checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from tracker.model import Milestone


class Fault(Struct, frozen=True):
    """One thing that is wrong, the id of the milestone (0: the store itself), and what to do."""

    id: int
    what: str
    advice: str


def faults(milestones: Sequence[Milestone]) -> list[Fault]:
    """Return all that is wrong, in order of id. An empty list means the store is sound."""
    return sorted(_all(milestones), key=lambda fault: fault.id)


def _all(milestones: Sequence[Milestone]) -> Iterator[Fault]:
    yield from _twins(milestones)
    by_uid = {m.uid: m for m in milestones}
    for m in milestones:
        yield from _history(m)
        yield from _links(m, by_uid)


def _twins(milestones: Iterable[Milestone]) -> Iterator[Fault]:
    counted = Counter(m.uid for m in milestones)
    for m in milestones:
        if counted[m.uid] > 1:
            yield Fault(m.id, f"shares its uid {m.uid}", "Remove one of them.")


def _history(m: Milestone) -> Iterator[Fault]:
    for earlier, later in zip(m.history, m.history[1:], strict=False):
        if later.at <= earlier.at:
            yield Fault(
                m.id,
                f"has changes out of order at {later.at}",
                "Restore it from a copy of the file.",
            )
    # Backwards, each change must have led to the value that the next one found.
    found = {field: getattr(m, field) for field in m.history[-1].now.__struct_fields__}
    for change in reversed(m.history):
        was = change.was.values()
        if was.keys() != change.now.values().keys():
            yield Fault(
                m.id,
                f"has a change at {change.at} that does not say what it changed from and to",
                "Restore it from a copy of the file.",
            )
        for field, value in change.now.values().items():
            if found[field] != value:
                yield Fault(
                    m.id,
                    f"has a {field.replace('_', ' ')} that its history does not lead to",
                    "Change values with the commands, not in the file; restore it from a copy.",
                )
            found[field] = was.get(field, found[field])
        if was.get("baseline_due") is not None and change.verb not in ("undo", "redo"):
            yield Fault(m.id, "had its baseline changed", "Restore it from a copy of the file.")


def _links(m: Milestone, by_uid: dict[str, Milestone]) -> Iterator[Fault]:
    links = (m.parent, m.superseded_by, m.duplicate_of, *m.depends_on)
    for uid in filter(None, links):
        if uid not in by_uid:
            yield Fault(m.id, f"links to {uid}, which is not here", f"Edit milestone {m.id}.")
    for name in ("parent", "superseded_by", "duplicate_of"):
        step, seen = m, set[str]()
        while (uid := getattr(step, name)) in by_uid and uid not in seen:
            seen.add(uid)
            step = by_uid[uid]
        if m.uid in seen:
            words = name.replace("_", " ")
            yield Fault(m.id, f"comes back to itself by {words}", f"Edit milestone {m.id}.")
