"""A record as another tracker publishes it: fetched, and held against the head that it names."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import msgspec
from msgspec import Struct

from tracker.coherence import alterations
from tracker.errors import BadValue, PullRefused, library_reason, system_reason
from tracker.exchange import dataset
from tracker.message import Reason
from tracker.model import Milestone, record_head
from tracker.store.whole_file import LARGEST, whole_bytes
from tracker.web import answer, is_web

DESCRIPTION = "datapackage.json"
BELOW = "dataset/"
"""Where a site that offers its record has it."""

_MOST = 1_000_000
"""Bytes of a description."""

_PATIENCE = 120.0


class _Licence(Struct):
    name: str = ""


class _Described(Struct):
    """What of a description is needed."""

    head: str = msgspec.field(name="tracker:head")
    name: str = ""
    title: str = ""
    version: str = ""
    licenses: list[_Licence] = []


class PulledRecord(Struct, frozen=True):
    """A record as it is published, held against its head."""

    milestones: list[Milestone]
    head: str
    name: str
    title: str
    version: str
    licence: str


def address_of(place: str) -> str:
    """A web address, or the whole path of a folder, with a slash at the end. Raises BadValue."""
    if "://" in place:
        if not is_web(place) or "?" in place or "#" in place:
            raise BadValue(
                "{place} cannot be followed.",
                "Give the https:// address of a dataset, or a folder.",
                place=place[:200],
            )
        return place.removesuffix(DESCRIPTION).rstrip("/") + "/"
    folder = Path(place.removesuffix(DESCRIPTION) or ".").expanduser().absolute()
    return f"{folder}/"


def name_for(address: str) -> str:
    """What a record is called unless somebody names it: by its host, or its folder."""
    host = urlsplit(address).hostname if "://" in address else None
    return host or Path(address).name


def fetch(address: str) -> PulledRecord:
    """Fetch a record and hold it against its head. Raises PullRefused."""
    refused = list[PullRefused]()
    for place in (address, urljoin(address, BELOW) if "://" in address else address + BELOW):
        try:
            described = _read(place + DESCRIPTION, _MOST)
        except PullRefused as error:
            refused.append(error)
            continue
        return _verified(place, described)
    raise refused[0]


def _verified(place: str, described: bytes) -> PulledRecord:
    try:
        package = msgspec.json.decode(described.removeprefix(BOM_UTF8), type=_Described)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise PullRefused(
            "{place} describes no dataset of a tracker: {reason}.",
            "Give the address of one that `tracker export dataset` or `publish --dataset` made.",
            place=place,
            reason=library_reason(error),
        ) from None
    name = place + dataset.LINES
    milestones = dataset.milestones(_read(name, LARGEST), name)
    _refuse_unsound(milestones, place)
    head = record_head(milestones).digest
    if head != package.head:
        raise PullRefused(
            "What {place} has is not the record whose head it names.",
            "It may just be published anew: pull again in a minute.",
            place=place,
        )
    licence = ", ".join(licence.name for licence in package.licenses)
    told = (package.name, package.title, package.version, licence)
    return PulledRecord(milestones, head, *(text[:200] for text in told))


def _refuse_unsound(milestones: Iterable[Milestone], place: str) -> None:
    """Raise PullRefused for histories that were altered, and for an id or uid that is twice."""
    known = set[object]()
    for m in milestones:
        for fault in alterations(m):
            raise PullRefused(
                "{place}: milestone {uid} {what}.",
                "Tell whoever publishes it; what was pulled before is kept.",
                place=place,
                uid=m.uid,
                what=fault.what,
            )
        if m.id in known or m.uid in known:
            raise PullRefused(
                "{place} has two milestones with the id {id}, or the uid {uid}.",
                "Tell whoever publishes it; what was pulled before is kept.",
                place=place,
                id=m.id,
                uid=m.uid,
            )
        known |= {m.id, m.uid}


def _read(place: str, most: int) -> bytes:
    """All bytes of a file there, bounded. Raises PullRefused with why not."""
    try:
        if "://" in place:
            return answer(place, most, _PATIENCE)
        content = whole_bytes(Path(place))
        if len(content) > most:
            raise Reason("it is too large")
        return content
    except (OSError, ValueError) as error:
        reason = error.in_full if isinstance(error, Reason) else system_reason(error)
        raise PullRefused(
            "{place} cannot be fetched: {reason}.",
            "Look whether it is published there.",
            place=place,
            reason=reason,
        ) from None
