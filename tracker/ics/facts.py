"""What a milestone is, for programs: the `X-MILESTONE-` properties of its event or task.

The description says the same in words, for people, and words are not read back: a body whose name
holds a comma is one body here. Each fact is a row, in the order in which it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from tracker.ics.lines import day, fold, text
from tracker.model import Milestone

PREFIX = "X-MILESTONE-"
STATUS = f"{PREFIX}STATUS"

Facts = Mapping[str, tuple[str, ...]]
"""The texts of each property, by its name."""


_FACTS: dict[str, Callable[[Milestone], Iterable[date | str | int | None]]] = {
    "BASELINE": lambda m: [m.baseline_due],
    "COMPLETED": lambda m: [m.completed_on],
    "DOCUMENT": lambda m: [m.source.document if m.source else None],
    "DUE": lambda m: [m.due],
    "DUE-PHRASE": lambda m: [m.due_phrase],
    "MODALITY": lambda m: [m.modality.value],
    "OWNER": lambda m: [m.owner],
    "PERCENT": lambda m: [m.percent],
    "PRECISION": lambda m: [m.precision.value],
    "REPEAT": lambda m: [m.repeat],
    "STATUS": lambda m: [m.status.value],
    "SUPPORTING": lambda m: m.supporting,
}


def facts(m: Milestone) -> str:
    return "".join(
        f"{PREFIX}{name};VALUE=DATE:{day(value)}\r\n"
        if isinstance(value, date)
        else fold(f"{PREFIX}{name}:{text(str(value))}")
        for name, values in _FACTS.items()
        for value in values(m)
        if value is not None and value != ""
    )


def fact_names() -> Iterator[str]:
    return (f"{PREFIX}{name}" for name in _FACTS)
