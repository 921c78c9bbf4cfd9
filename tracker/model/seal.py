"""Digests that make a history proof against being changed on the quiet (docs/history.md).

Each entry carries the SHA-256 of its canonical form, which names the digests of the entries before
it; the first also covers the values that its milestone began with. The canonical form is JSON in
UTF-8 without blanks, keys in order of code points, fields at their defaults left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from tracker.errors import BadValue
from tracker.model.change import PATCHED, Change
from tracker.model.history import values_before
from tracker.model.promise import Promise

P = TypeVar("P", bound=Promise)

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
            "The text {object!r} is not in UTF-8.", "Give it in UTF-8.", object=error.object[:60]
        ) from None
    return replace(change, digest=sha256(canonical).hexdigest())


def beginning(uid: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the first digest covers: the uid and the fields that hold something."""
    held = {f: v for f in PATCHED if (v := values[f]) not in (None, "", (), {})}
    return {"uid": uid, **held}


def sealed_as_found(m: P) -> P:
    """Return it with digests for a history that had none, in the order that it has.

    Such a history named what it undid by its instant. What is so attested is what was found.
    """
    values = {field: getattr(m, field) for field in PATCHED} | values_before(reversed(m.history))
    digests: dict[str | None, str] = {}
    history: list[Change] = []
    for change in m.history:
        parents = (history[-1].digest,) if history else ()
        entry = replace(change, parents=parents, undoes=digests.get(change.undoes))
        history.append(sealed(entry, None if history else beginning(m.uid, values)))
        digests[msgspec.to_builtins(change.at)] = history[-1].digest
    return replace(m, history=tuple(history))
