"""What a merge cannot decide, and leaves to a person."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from tracker.model import Patch


class Side(StrEnum):
    """The two that are merged, by the names that git has for them."""

    OURS = "ours"
    THEIRS = "theirs"


class Conflict(Struct, frozen=True):
    """One question in one milestone: what it is about, and each side's values.

    `about` is a field or, for fields that move together, `due`, `status`, `removal`, `row` or
    `soundness`. `why` says it in words where values do not: what would be wrong with the merged.
    """

    id: int
    uid: str
    title: str
    about: str
    ours: Patch = Patch()
    theirs: Patch = Patch()
    why: str | None = None
