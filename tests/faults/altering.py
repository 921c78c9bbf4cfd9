"""A store altered past the commands, by a byte, a value, an entry or a row, and its being named."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from tests.faults.merging import went_apart
from tests.faults.outcome import Outcome
from tests.milestones import full, plain
from tracker.coherence import faults
from tracker.errors import TrackerError
from tracker.merge import Side, merge
from tracker.model import PATCHED, Milestone, beginning, sealed, with_attestation
from tracker.store import file_content, open_store
from tracker.store.layout import Layout


def honest() -> list[Milestone]:
    """What was merged, and one with every field, as an old store would have left them."""
    chance = random.Random(7)  # noqa: S311  # changes, not secrets
    base = [plain(id) for id in (1, 2, 3)]
    ours, theirs = went_apart(base, chance), went_apart(base, chance)
    values = {field: getattr(full(), field) for field in PATCHED}
    first = sealed(replace(full().history[0], digest=""), beginning(full().uid, values))
    whole = [*merge(base, ours, theirs, Side.OURS).milestones, replace(full(), history=(first,))]
    return with_attestation(whole, whole)


def bytewise(folder: Path, times: int) -> Outcome:
    """Put another byte in a place of the file; what leaves every value as it was is no fault."""
    outcome = Outcome("a byte of the file altered")
    chance = random.Random(20210310)  # noqa: S311  # the same
    content, path = file_content(honest()), folder / "milestones.json"
    values, same = _values(content), 0
    for _ in range(times):
        at, byte = (
            chance.randrange(len(content)),
            chance.choice(content) ^ chance.choice((0, 1, 32)),
        )
        altered = content[:at] + bytes([byte]) + content[at + 1 :]
        if _values(altered) == values:
            same += 1
        else:
            _look(path, altered, f"byte {at} is {bytes([byte])!r}", outcome)
    outcome.seen.append(f"all named; {same:,} more left every value as it was")
    return outcome


def rowwise(folder: Path) -> Outcome:
    """Alter each value, entry and row by itself, as another program would through JSON."""
    outcome = Outcome("a value, an entry or a row put in, taken out or altered")
    content, path = file_content(honest()), folder / "milestones.json"
    for what, rows in alterations(content):
        _look(path, json.dumps(rows).encode(), what, outcome)
    rows = json.loads(content)
    rows["milestones"]["99"] = rows["milestones"]["1"] | {"id": 99, "uid": "another"}
    _look(path, json.dumps(rows).encode(), "99 put in", outcome)
    outcome.seen.append("all named")
    return outcome


def alterations(content: bytes | str) -> Iterator[tuple[str, Any]]:
    """Every value of a JSON text, taken out, altered, and in lists put twice."""
    whole = json.loads(content)
    for place in _places(whole):
        for how, alter in (("taken out", _take_out), ("altered", _alter), ("put twice", _repeat)):
            altered = json.loads(content)
            *above, last = place
            if alter(reduce(getitem, above, altered), last):
                yield f"{place} {how}", altered


def _take_out(holder: Any, key: Any) -> bool:
    del holder[key]
    return True


def _alter(holder: Any, key: Any) -> bool:
    value = holder[key]
    if isinstance(value, bool):
        holder[key] = not value
    elif isinstance(value, (int, float)):
        holder[key] = value + 1
    elif isinstance(value, str):
        holder[key] = value + "x"
    else:
        return False
    return True


def _repeat(holder: Any, key: Any) -> bool:
    if isinstance(holder, list):
        holder.insert(key, holder[key])
    return isinstance(holder, list)


def _places(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value within, down to the smallest."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*above, key)
        if isinstance(inner, (dict, list)):
            yield from _places(inner, (*above, key))


def _look(path: Path, content: bytes, what: str, outcome: Outcome) -> None:
    path.write_bytes(content)
    store = open_store(str(path))
    outcome.times += 1
    try:
        if not faults(store.all()) and not store.faults():
            outcome.wrong.append(what)
    except TrackerError:
        pass  # refused by name is found as well


def _values(content: bytes) -> object:
    """All that is read of it, in whatever spelling; None if nothing is."""
    layout = Layout(content, "altered", datetime.now(UTC))
    try:
        return layout.milestones(), layout.schema, layout.head()
    except TrackerError:
        return None
