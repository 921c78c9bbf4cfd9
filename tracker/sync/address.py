"""The address of a collection, as a person types it, and the one that is asked."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import SplitResult, quote, urlsplit

from msgspec import Struct

from tracker.errors import BadValue
from tracker.message import Message

_SHAPE = Message("Give one such as caldavs://dav.example.org/calendars/me/promises/.")
_UNQUOTED = "/%:@!$&'()*+,;=~"
"""What may stand in a path as it is (RFC 3986 §3.3), and the sign of what is quoted already."""

_SECURE = {"caldavs": True, "https": True, "caldav": None, "http": None}


class CalendarAddress(Struct, frozen=True):
    """A collection: `url` for HTTP, ending in a slash; `host` as it is named to people."""

    url: str
    host: str


def address(typed: str, *, plain_http: bool) -> CalendarAddress:
    """Read caldav:// or caldavs://. Raises BadValue, with a reason that repeats no password.

    caldavs:// is HTTPS. So is caldav://, except to this machine itself, or where the user accepts
    that the password can be read on the way: `plain_http`.
    """
    try:
        parts = urlsplit(typed.strip())
        port = parts.port
    except ValueError:
        raise BadValue("This is not the address of a CalDAV collection.", _SHAPE) from None
    if parts.username is not None or parts.password is not None:
        raise BadValue(
            "An address must not hold a user name or password: they would stand in your shell's"
            " history and in the list of processes.",
            "Set TRACKER_CALDAV_USER and TRACKER_CALDAV_PASSWORD instead, or use the keyring.",
        )
    host = parts.hostname or ""
    named = host and host.isprintable() and not any(map(str.isspace, host))
    if parts.scheme not in _SECURE or not named or parts.query or parts.fragment:
        raise BadValue("{typed!r} is not the address of a CalDAV collection.", _SHAPE, typed=typed)
    secure = _SECURE[parts.scheme] or not (plain_http or _is_loopback(parts))
    if parts.scheme == "http" and secure:
        said = "Over http:// everybody on the way can read the password."
        raise BadValue(said, "Give caldavs://, or --plain-http if you accept that.")
    at = "" if port is None else f":{port}"
    netloc = (f"[{host}]" if ":" in host else host) + at
    path = quote(parts.path, _UNQUOTED).removesuffix("/")
    return CalendarAddress(f"{'https' if secure else 'http'}://{netloc}{path}/", host + at)


def _is_loopback(parts: SplitResult) -> bool:
    if parts.hostname == "localhost":
        return True
    try:
        return ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False
