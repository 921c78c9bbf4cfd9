"""What is remembered of the last sync with one collection.

It saves work and is no authority: every resource says itself which revision it was written of, so
a lost or damaged record costs one reading of the collection and destroys nothing.
"""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec import Struct, field

SCHEMA = "tracker.sync/1"


class SyncedResource(Struct, frozen=True, omit_defaults=True):
    """A milestone's resource when both sides last agreed.

    `revision` is the instant of our last change then, `etag` the server's word for its content.
    `kept` are properties of ours that were changed there and stay as they are there. `gone` is
    true once it was settled that a resource deleted there stays away.
    """

    href: str
    etag: str
    revision: datetime
    kept: tuple[str, ...] = ()
    gone: bool = False


class ForeignResource(Struct, frozen=True):
    """A resource that is not ours, so that it need not be fetched again as long as it stays so."""

    etag: str
    uid: str | None


class SyncState(Struct):
    """The last sync with the collection at `url`: by uid, and the others' resources by href."""

    url: str
    schema: str = SCHEMA
    synced: dict[str, SyncedResource] = field(default_factory=dict)
    others: dict[str, ForeignResource] = field(default_factory=dict)


def dumps(state: SyncState) -> bytes:
    return msgspec.json.format(msgspec.json.encode(state), indent=1) + b"\n"


def loads(data: bytes, url: str) -> SyncState:
    """The state of that collection; an empty one if this is not it."""
    try:
        state = msgspec.json.decode(data, type=SyncState)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return SyncState(url)
    return state if (state.url, state.schema) == (url, SCHEMA) else SyncState(url)
