"""What is answered, made ready once: an unchanged feed costs a look at two headers and a write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from email.utils import format_datetime
from typing import NamedTuple

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from tracker.subscribe.pieces import Content
from tracker.subscribe.server.conditions import RequestConditions, instant, names, takes_gzip
from tracker.subscribe.site import SiteDocument

Fields = list[tuple[bytes, bytes]]

CHUNK = 65536
"""Bytes handed to a connection at once: a slow reader holds no more of a feed in memory."""

_CAREFUL = [(b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer")]
"""For all that has a body. An address may be a secret, which no page that is linked to is told."""

METHODS = "GET, HEAD"


class CachedAnswer(NamedTuple):
    """An answer that can be given any number of times."""

    status: int
    fields: Fields
    pieces: Sequence[bytes]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status, "headers": self.fields})
        for piece in self.pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


class Answers:
    """The answers that one document has: whole or compressed, and to those who have it already."""

    def __init__(self, document: SiteDocument, *, private: bool, dated: bool) -> None:
        content = document.content
        kept = [
            (b"vary", b"accept-encoding"),
            # To be asked about each time, which costs 200 bytes: so a change arrives at once.
            (b"cache-control", b"private, no-cache" if private else b"no-cache"),
        ]
        whole = [*kept, *_CAREFUL, *_about(document, private, dated)]
        self._modified = document.modified.replace(microsecond=0) if dated else None
        self._tags = tags = (_tag(content, ""), _tag(content, "-gzip"))
        # What a reader keeps with its copy need not be said again (RFC 9110 §15.4.5).
        self._fresh = [CachedAnswer(304, [*kept, (b"etag", tag)], ()) for tag in tags]
        status = 410 if document.is_gone else 200
        packed = [*whole, (b"etag", tags[1]), (b"content-encoding", b"gzip")]
        self._whole = [
            _whole(status, [*whole, (b"etag", tags[0])], content.plain),
            _whole(status, packed, content.gzipped),
        ]

    @property
    def size(self) -> int:
        """Bytes of the document, not packed."""
        return sum(map(len, self._whole[0].pieces))

    def to(self, asked: RequestConditions) -> CachedAnswer:
        """The answer to a GET or HEAD with these headers."""
        accepted = asked.accept_encoding
        variant = accepted is not None and takes_gzip(accepted)
        return (self._fresh if self._has(asked, variant) else self._whole)[variant]

    def _has(self, asked: RequestConditions, variant: bool) -> bool:
        # Who sends both means the tag, which is exact (RFC 9110 §13.1.3).
        if asked.if_none_match is not None:
            return names(asked.if_none_match, self._tags[variant])
        if asked.if_modified_since is None or self._modified is None:
            return False
        since = instant(asked.if_modified_since)
        return since is not None and self._modified <= since


def _about(document: SiteDocument, private: bool, dated: bool) -> Iterator[tuple[bytes, bytes]]:
    yield b"content-type", document.media_type.encode()
    if dated:
        modified = document.modified.astimezone(UTC)
        yield b"last-modified", format_datetime(modified, usegmt=True).encode()
    if private:
        yield b"x-robots-tag", b"noindex"
    if document.media_type.startswith("text/html") and not document.is_embedded:
        # What a policy in the page cannot say: that no other page may frame it.
        yield b"content-security-policy", b"frame-ancestors 'none'"


def _tag(content: Content, suffix: str) -> bytes:
    """A strong validator: half of the SHA-256 of the bytes, and what they are encoded with."""
    return f'"{content.digest[:32]}{suffix}"'.encode()


def _whole(status: int, fields: Fields, body: bytes) -> CachedAnswer:
    length = (b"content-length", str(len(body)).encode())
    return CachedAnswer(
        status, [*fields, length], [body[i : i + CHUNK] for i in range(0, len(body), CHUNK)]
    )


def _response(response: Response) -> Response:
    response.raw_headers.extend([*_CAREFUL, (b"cache-control", b"no-store")])
    return response


def not_found() -> Response:
    """The same for what never was, for a wrong token and for a revoked one."""
    return _response(PlainTextResponse("There is nothing at this address.\n", 404))


def not_allowed() -> Response:
    """For methods that are none of ours; what a request carries with it is not waited for."""
    allowed = {"Allow": METHODS, "Connection": "close"}
    return _response(PlainTextResponse("This can only be read.\n", 405, allowed))


def moved(place: str) -> Response:
    return _response(PlainTextResponse("", 308, {"Location": place}))


def json_response(content: Mapping[str, object], status: int) -> Response:
    return _response(JSONResponse(content, status))
