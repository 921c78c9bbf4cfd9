"""How much of what shows something is copied, and from where it may be fetched."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

MEGABYTE = 1_000_000


class Bounds(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Copies of at most `largest` megabytes, none if 0; fetched within `timeout` seconds.

    `private_addresses` lets pages be fetched from computers that the internet does not reach.
    """

    largest: Annotated[int, Meta(ge=0, le=500)] = 50
    timeout: Annotated[int, Meta(ge=1, le=3600)] = 30
    private_addresses: bool = False

    @property
    def bytes(self) -> int:
        return self.largest * MEGABYTE
