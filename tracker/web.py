"""One request to another server, in bounded time and size, TLS verified, to no other host."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from http.client import HTTPException, HTTPMessage
from ipaddress import ip_address
from threading import Thread
from time import monotonic
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from tracker.errors import system_reason
from tracker.message import Message, Reason

_CHUNK = 65_536


def is_web(url: str) -> bool:
    """Whether it is an https address, or an http one of this computer, with nothing odd in it."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    there = bool(parts.hostname) and url.isprintable() and " " not in url and not parts.username
    return there and (
        parts.scheme == "https" or (parts.scheme == "http" and _is_here(parts.hostname))
    )


def _is_here(host: str | None) -> bool:
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False


def answer(
    url: str,
    most: int,
    seconds: float,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """Return what a GET, or a POST of `body`, is answered with. Raises Reason with why not.

    `most` is how many bytes it may have, and `seconds` how long all of it may take.
    """
    asked = Request(url, body, {"User-Agent": "tracker", **(headers or {})})  # noqa: S310 - is_web
    found: list[bytes | Reason] = []

    def work() -> None:
        try:
            found.append(_read(asked, most, seconds))
        except Reason as error:
            found.append(error)
        except HTTPError as error:
            error.close()
            found.append(Reason("it answers {status}", status=error.code))
        except (OSError, HTTPException, ValueError) as error:
            found.append(_reason(error))

    # By itself, since a server that sends a byte now and then keeps every read alive.
    worker = Thread(target=work, daemon=True)
    worker.start()
    worker.join(seconds)
    if not found:
        raise Reason("no answer within {n:g} s", n=seconds)
    if isinstance(found[0], Reason):
        raise found[0]
    return found[0]


def _read(asked: Request, most: int, seconds: float) -> bytes:
    end = monotonic() + seconds
    parts: list[bytes] = []
    with build_opener(_SameHost).open(asked, timeout=seconds) as reply:
        while part := reply.read(_CHUNK):
            parts.append(part)
            most -= len(part)
            if most < 0:
                raise Reason("it answers more than is taken")
            if monotonic() > end:
                raise Reason("no answer within {n:g} s", n=seconds)
    return b"".join(parts)


def _reason(error: Exception) -> Reason:
    inner = error.reason if isinstance(error, URLError) else error
    if isinstance(inner, ssl.SSLCertVerificationError):
        return Reason("certificate verify failed")
    if isinstance(inner, TimeoutError):
        return Reason("timed out")
    said = inner if isinstance(inner, BaseException) else error
    return Reason(system_reason(said) if str(said) else Message(type(said).__name__))


class _SameHost(HTTPRedirectHandler):
    """Follows a redirect to the same host alone, and a POST only where it stays one (RFC 9110)."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request:
        fp.close()
        old, new = urlsplit(req.full_url), urlsplit(urljoin(req.full_url, newurl))
        down = old.scheme == "https" and new.scheme != "https"
        if (
            new.hostname != old.hostname
            or down
            or (new.scheme == old.scheme and new.port != old.port)
        ):
            place = new.netloc.rpartition("@")[2]
            raise Reason("it leads to another host, {host}", host=place)
        if req.data is not None and code not in (307, 308):
            raise Reason("it answers {status}", status=code)
        return Request(new.geturl(), req.data, dict(req.header_items()))  # noqa: S310 - the same host

    http_error_308 = HTTPRedirectHandler.http_error_302
