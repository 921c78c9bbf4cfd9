"""Changes for another program: JSON in a POST that is signed as Standard Webhooks are.

The receiver holds `webhook-signature` against the HMAC-SHA256 of id, time and body, and knows by
`webhook-id` what it was sent before (https://www.standardwebhooks.com).
"""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from typing import Literal

import msgspec
from msgspec import Struct

from tracker.errors import BadValue
from tracker.model import Change
from tracker.report.since import Changed, ChangeKind

MOST = 100
"""Changes in one request, but that those of one milestone stay together."""

_PREFIX = "whsec_"


class WebhookChange(Struct, frozen=True):
    """One change, the milestone that it was made to, as that is now, and what kind it is."""

    id: int
    uid: str
    title: str
    owner: str | None
    kind: ChangeKind
    quiet: bool
    change: Change


class WebhookBody(Struct, frozen=True):
    """What is posted: changes in the order in which they were recorded; `more` are to follow."""

    changes: tuple[WebhookChange, ...]
    more: bool
    schema: Literal["tracker.changes/1"] = "tracker.changes/1"


def batches(rows: Iterable[Changed]) -> Iterator[list[Changed]]:
    """Yield the changes in the order of recording, each milestone's together, so many at once."""
    first: dict[str, datetime] = {}
    every = sorted(rows, key=lambda row: (row.change.at, row.milestone.id))
    for row in every:
        first.setdefault(row.milestone.uid, row.change.at)
    every.sort(key=lambda row: (first[row.milestone.uid], row.milestone.id))
    batch: list[Changed] = []
    for _, those in groupby(every, key=lambda row: row.milestone.uid):
        group = list(those)
        if batch and len(batch) + len(group) > MOST:
            yield batch
            batch = []
        batch += group
    if batch:
        yield batch


def body(batch: Sequence[Changed], *, more: bool) -> bytes:
    changes = tuple(
        WebhookChange(
            *(row.milestone.id, row.milestone.uid, row.milestone.title, row.milestone.owner),
            *(row.kind, row.quiet, row.change),
        )
        for row in batch
    )
    return msgspec.json.encode(WebhookBody(changes, more))


def key_of(secret: str) -> bytes:
    """The bytes to sign with. Raises BadValue for one that anybody could guess."""
    key = secret.encode()
    if secret.startswith(_PREFIX):
        try:
            key = b64decode(secret.removeprefix(_PREFIX), validate=True)
        except ValueError:
            key = b""
    if len(key) < 16:
        raise BadValue(
            "The secret of webhooks is too short, or no base64 after whsec_.",
            'Make one: python -c "import secrets; print(secrets.token_urlsafe(32))"',
        )
    return key


def signed(content: bytes, key: bytes, at: datetime) -> Mapping[str, str]:
    """The headers that say what it is, when it was sent, and that it is ours."""
    # The same changes have the same id whenever they are sent.
    id = f"msg_{sha256(content).hexdigest()[:32]}"
    seconds = str(int(at.timestamp()))
    told = f"{id}.{seconds}.".encode() + content
    signature = b64encode(hmac.digest(key, told, "sha256")).decode()
    return {
        "Content-Type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": seconds,
        "webhook-signature": f"v1,{signature}",
    }
