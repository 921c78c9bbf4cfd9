"""A page fetched and kept as a web archive (WARC 1.1, ISO 28500), within bounds.

Only http and https; unless it is allowed, no computer that the internet does not reach, looked at
anew for every redirect and at the very address that is connected to, so that no name can mean
another one by then. One clock runs over all of it.
"""

from __future__ import annotations

import io
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Timer
from time import monotonic
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from tracker.errors import BadValue, ServerUnavailable, requiring_extra, system_reason
from tracker.evidence.bounds import Bounds
from tracker.evidence.taking import Proof, exhibit, too_large
from tracker.message import Message

_REDIRECTS = 5
_PART = 1 << 16
_PORTS = {"http": 80, "https": 443}
_AGENT = "milestone-tracker (evidence)"
_NAT64 = IPv6Network("64:ff9b::/96")


class Answer(NamedTuple):
    """What one address answered, and whatever was sent to it."""

    url: str
    address: str
    asked: list[tuple[str, str]]
    status: int
    reason: str
    headers: list[tuple[str, str]]
    body: bytes


def fetched(url: str, bounds: Bounds, clock: Callable[[], datetime]) -> Proof:
    """Fetch a page and what leads to it, as one archive.

    Raises BadValue for an address that is not fetched from, ServerUnavailable with the reason if
    it gives no page, and ExtraMissing.
    """
    with requiring_extra("Keeping pages needs {name}, which is not installed.", extra="evidence"):
        from warcio.warcwriter import WARCWriter  # noqa: F401  # before anything is asked
    at = clock()
    answers = list(_followed(url, bounds))
    content = _archive(answers, at.astimezone(UTC))
    if len(content) > bounds.bytes:
        raise _unavailable(url, too_large(bounds.bytes))
    parts = urlsplit(answers[-1].url)
    last = parts.path.rstrip("/").rpartition("/")[2]
    name = "-".join(filter(None, (parts.hostname or "", last))) + ".warc"
    return Proof(exhibit(content, name, url, at), content)


def posted(url: str, body: bytes, content_type: str, bounds: Bounds) -> bytes:
    """Send a request to a service, and return the body of its answer; no redirect is followed."""
    ends = monotonic() + bounds.timeout
    answer = _ask(url, bounds, ends, {"Content-Type": content_type}, body)
    if answer.status != 200:
        raise _unavailable(url, _status(answer))
    return answer.body


def _followed(url: str, bounds: Bounds) -> Iterator[Answer]:
    ends = monotonic() + bounds.timeout
    at = url
    for _ in range(_REDIRECTS + 1):
        answer = _ask(at, bounds, ends)
        yield answer
        location = next((v for k, v in answer.headers if k.lower() == "location"), None)
        if answer.status not in (301, 302, 303, 307, 308) or location is None:
            break
        at = urljoin(at, location)
    else:
        raise _unavailable(url, Message("it redirects more than {n} times", n=_REDIRECTS))
    if answer.status != 200:
        raise _unavailable(url, _status(answer))


def _status(answer: Answer) -> Message:
    return Message("it answers {status}", status=answer.status)


def _ask(
    url: str,
    bounds: Bounds,
    ends: float,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
) -> Answer:
    parts = _parts(url)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    try:
        address = _resolved(host, port, url, bounds)
        with closing(_connected(address, port, parts, ends)) as sock:
            # A server that sends a little now and then never runs into the wait of one read.
            watch = Timer(max(0.0, ends - monotonic()), _shut, (sock,))
            watch.daemon = True
            watch.start()
            try:
                answer = _talk(sock, parts, address, bounds, dict(headers or {}), body)
            finally:
                watch.cancel()
        if monotonic() < ends:
            return answer
        raise TimeoutError  # what was cut off may look like all of it
    except (OSError, HTTPException, UnicodeError, ValueError) as error:
        if monotonic() >= ends:
            late = Message("it takes longer than {n} seconds", n=bounds.timeout)
            raise _unavailable(url, late) from None
        raise _unavailable(url, system_reason(error)) from None


def _talk(
    sock: socket.socket,
    parts: SplitResult,
    address: str,
    bounds: Bounds,
    headers: dict[str, str],
    body: bytes | None,
) -> Answer:
    connection = HTTPConnection(parts.hostname or "", parts.port or _PORTS[parts.scheme])
    connection.sock = sock
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    plain = {"Accept-Encoding": "identity", "Connection": "close"}
    asked = {"Host": parts.netloc, "User-Agent": _AGENT} | plain | headers
    method = "GET" if body is None else "POST"
    connection.request(method, target, body, asked)
    with connection.getresponse() as answer:
        content = _body(answer, bounds.bytes)
        url = parts._replace(fragment="").geturl()
        told = answer.status, answer.reason, answer.getheaders()
        return Answer(url, address, list(asked.items()), *told, content)


def _body(answer: HTTPResponse, largest: int) -> bytes:
    body, length = bytearray(), answer.length
    while length is None or len(body) < length:
        part = answer.read1(_PART if length is None else min(_PART, length - len(body)))
        if not part:
            break
        body += part
        if len(body) > largest:
            raise ValueError(too_large(largest))
    if length is not None and len(body) < length:
        raise ValueError(Message("it stops before the end"))
    return bytes(body)


def _parts(url: str) -> SplitResult:
    """The parts of an address that may be asked. Raises BadValue."""
    try:
        parts = urlsplit(url)
        port, is_page = parts.port, parts.scheme in _PORTS and parts.hostname
    except ValueError:
        port, is_page = None, None
    if not is_page or "@" in parts.netloc or not url.isprintable() or " " in url or port == 0:
        raise BadValue(
            "{url} is not fetched: only http and https addresses are, without a name or a password "
            "in them.",
            "Leave out --fetch to keep the address alone.",
            url=url,
        )
    return parts


def _resolved(host: str, port: int, url: str, bounds: Bounds) -> str:
    """The address of a host. Raises BadValue if any of those it has is private."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(info[4][0]).partition("%")[0] for info in found]
    if not bounds.private_addresses and not all(map(_is_public, addresses)):
        raise BadValue(
            "{url} is not fetched: {host} is a computer that the internet does not reach.",
            "Allow it in the settings if that is meant: `private-addresses = true` in [evidence].",
            url=url,
            host=host,
        )
    return addresses[0]


def _is_public(address: str) -> bool:
    ip = ip_address(address)
    if isinstance(ip, IPv6Address):
        ip = _within(ip) or ip
    return ip.is_global and not ip.is_multicast


def _within(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that one of IPv6 stands for, if it is of the kinds that do."""
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def _connected(address: str, port: int, parts: SplitResult, ends: float) -> socket.socket:
    sock = socket.create_connection((address, port), max(0.01, ends - monotonic()))
    if parts.scheme == "http":
        return sock
    try:
        return ssl.create_default_context().wrap_socket(sock, server_hostname=parts.hostname)
    except BaseException:
        sock.close()
        raise


def _shut(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _archive(answers: list[Answer], at: datetime) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="1.1")
    date = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    for answer in answers:
        told = {"WARC-Date": date, "WARC-IP-Address": answer.address}
        # That of pieces is renamed: the body is kept without those that it came in.
        headers = [
            (f"X-Archive-Orig-{name}" if name.lower() == "transfer-encoding" else name, value)
            for name, value in answer.headers
        ]
        line = f"{answer.status} {answer.reason}".rstrip()
        status = StatusAndHeaders(line, headers, protocol="HTTP/1.1")
        parts = urlsplit(answer.url)
        line = f"GET {parts.path or '/'}{'?' * bool(parts.query)}{parts.query} HTTP/1.1"
        asked = StatusAndHeaders(line, answer.asked, is_http_request=True)
        request, response = (
            writer.create_warc_record(
                *(answer.url, kind, io.BytesIO(body), len(body)),
                http_headers=head,
                warc_headers_dict=dict(told),
            )
            for kind, body, head in (("request", b"", asked), ("response", answer.body, status))
        )
        writer.write_request_response_pair(request, response)
    return out.getvalue()


def _unavailable(url: str, reason: str) -> ServerUnavailable:
    said = "{url} cannot be fetched: {reason}. Nothing was changed."
    hint = "Try again, or leave out --fetch to keep the address alone."
    return ServerUnavailable(said, hint, url=url, reason=reason)
