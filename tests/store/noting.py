"""Notes, which are changes that can be told apart and counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from tracker.actions import ChangeContext, apply
from tracker.store import Store


def note(store: Store, text: str, keys: Sequence[str] = ("1",)) -> None:
    occasion = ChangeContext(lambda: datetime.now(UTC), date(2021, 5, 1))
    apply(store, occasion, keys, lambda m, stamp: m.note(stamp, text))


def notes(store: Store, id: int = 1) -> list[str | None]:
    found = store.get(id)
    assert found is not None
    return [change.why for change in found.notes]
