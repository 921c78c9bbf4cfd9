"""Digests that make a history proof against being changed on the quiet (docs/history.md).

Each entry carries the SHA-256 of its canonical form, which names the digests of the entries before
it; the first also covers the values that its milestone began with. The canonical form is JSON in
UTF-8 without blanks, keys in order of code points, fields at their defaults left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from tracker.errors import BadValue
from tracker.model.change import PATCHED, Change

SHORT = 8
"""Characters of a digest by which people name a change."""


def sealed(change: Change, began: Mapping[str, Any] | None = None) -> Change:
    """Return the entry with its digest; `began` has the values that a first entry begins with.

    Raises BadValue for text that UTF-8 cannot hold, such as an argument in another encoding.
    """
    from hashlib import sha256  # a listing needs no digest

    plain = {"entry": replace(change, digest="")}
    content = plain if began is None else plain | {"began": began}
    try:
        canonical = msgspec.json.encode(content, order="sorted")
    except UnicodeEncodeError as error:
        raise BadValue(
            f"The text {error.object[:60]!r} is not in UTF-8.", "Give it in UTF-8."
        ) from None
    return replace(change, digest=sha256(canonical).hexdigest())


def beginning(uid: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the first digest covers: the uid and the fields that hold something."""
    held = {f: v for f in PATCHED if (v := values[f]) not in (None, "", (), {})}
    return {"uid": uid, **held}


EMPTY = "0" * 64
"""The head of a record without an entry."""


def continued(head: str, entries: Iterable[Change]) -> str:
    """Return the head of a record after these entries, whatever order they are given in."""
    for after in heads(head, entries):
        head = after
    return head


def heads(head: str, entries: Iterable[Change]) -> Iterator[str]:
    """Yield the head after each of these entries, in the order in which they were recorded.

    It is the SHA-256 of the head before, in hexadecimal digits, and the digest of the entry.
    """
    from hashlib import sha256

    for _, digest in sorted((entry.at, entry.digest) for entry in entries):
        head = sha256(f"{head}{digest}".encode()).hexdigest()
        yield head
