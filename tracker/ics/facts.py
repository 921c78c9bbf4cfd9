"""What a milestone is, for programs: the `X-MILESTONE-` properties of its event or task.

The description says the same in words, for people, and words are not read back: a body whose name
holds a comma is one body here. Each fact is a row, in the order in which it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from tracker.ics.lines import day, fold, text
from tracker.model import Milestone

PREFIX = "X-MILESTONE-"
STATUS = f"{PREFIX}STATUS"

Facts = Mapping[str, tuple[str, ...]]
"""The texts of each property, by its name."""


class _Fact(Struct, frozen=True):
    name: str
    values: Callable[[Milestone], Iterable[date | str | int | None]]


_FACTS = (
    _Fact("BASELINE", lambda m: [m.baseline_due]),
    _Fact("COMPLETED", lambda m: [m.completed_on]),
    _Fact("DOCUMENT", lambda m: [m.source.document if m.source else None]),
    _Fact("DUE", lambda m: [m.due]),
    _Fact("DUE-PHRASE", lambda m: [m.due_phrase]),
    _Fact("MODALITY", lambda m: [m.modality.value]),
    _Fact("OWNER", lambda m: [m.owner]),
    _Fact("PERCENT", lambda m: [m.percent]),
    _Fact("PRECISION", lambda m: [m.precision.value]),
    _Fact("REPEAT", lambda m: [m.repeat]),
    _Fact("STATUS", lambda m: [m.status.value]),
    _Fact("SUPPORTING", lambda m: m.supporting),
)


def facts(m: Milestone) -> str:
    return "".join(
        _line(fact.name, value)
        for fact in _FACTS
        for value in fact.values(m)
        if value is not None and value != ""
    )


def _line(name: str, value: date | str | int) -> str:
    if isinstance(value, date):
        return f"{PREFIX}{name};VALUE=DATE:{day(value)}\r\n"
    return fold(f"{PREFIX}{name}:{text(str(value))}")


def fact_names() -> Iterator[str]:
    return (f"{PREFIX}{fact.name}" for fact in _FACTS)
