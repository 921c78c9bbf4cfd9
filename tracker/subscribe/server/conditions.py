"""What a request's own headers ask for: which encoding, and whether the reader has it already.

RFC 9110: conditional requests §13, content negotiation §12.5.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import NamedTuple

Headers = Iterable[tuple[bytes, bytes]]
"""Names in lower case, and values, as ASGI gives them."""

_TAGS = re.compile(rb'(?:W/)?"([^"]*)"|(\*)')
_CODING = re.compile(rb"\s*([^\s;]+)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?")


class RequestConditions(NamedTuple):
    """The headers of a request that count here; several of one name are one with commas (§5.3)."""

    accept_encoding: bytes | None
    if_none_match: bytes | None
    if_modified_since: bytes | None


def request_conditions(headers: Headers) -> RequestConditions:
    accepted = tags = since = None
    for name, value in headers:
        if name == b"accept-encoding":
            accepted = value if accepted is None else accepted + b"," + value
        elif name == b"if-none-match":
            tags = value if tags is None else tags + b"," + value
        elif name == b"if-modified-since":
            since = value
    return RequestConditions(accepted, tags, since)


@lru_cache(256)
def takes_gzip(accept_encoding: bytes) -> bool:
    """Whether gzip is wanted at least as much as nothing: `gzip;q=0` and silence are a no."""
    qualities: dict[bytes, float] = {}
    for part in accept_encoding.split(b","):
        if found := _CODING.fullmatch(part):
            qualities[found[1].lower()] = float(found[2] or 1)
    anything = qualities.get(b"*", 0.0)
    gzip = qualities.get(b"gzip", qualities.get(b"x-gzip", anything))
    return gzip > 0 and gzip >= qualities.get(b"identity", 0.0)


def names(tags: bytes, tag: bytes) -> bool:
    """Whether an If-None-Match names the tag, by the weak comparison (§8.8.3.2), or is `*`."""
    if tags == tag:
        return True
    bare = tag.strip(b'"')
    return any(star or found == bare for found, star in _TAGS.findall(tags))


@lru_cache(256)
def instant(date: bytes) -> datetime | None:
    """The instant of an HTTP date (§5.6.7), None for what is none."""
    try:
        found = parsedate_to_datetime(date.decode("ascii"))
        return found if found.tzinfo else None
    except (ValueError, TypeError, IndexError, OverflowError, UnicodeDecodeError):
        return None
