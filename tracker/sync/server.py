"""A collection on a CalDAV server (RFC 4791), through the `caldav` library.

Everything is conditional: a resource is made only where none is, and replaced or deleted only as
the very version that was read (RFC 9110 §13.1). What goes wrong on the way becomes one of our
errors, with a sentence: ServerRefused where it is about one resource, and others where going on
would be in vain. No password is in any of them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, Self
from urllib.parse import quote, unquote, urljoin, urlsplit

from tracker.errors import (
    BadValue,
    ExtraMissing,
    ServerDenied,
    ServerRefused,
    ServerUnavailable,
    install_command,
    system_reason,
)
from tracker.message import ForeignText, Message, with_progress
from tracker.sync.address import CalendarAddress

SECONDS = 30
"""How long an answer may take."""

AT_ONCE = 200
"""Resources that are asked for in one request."""

_ETAG = "{DAV:}getetag"
_TYPE = "{DAV:}resourcetype"
_CALENDAR = "{urn:ietf:params:xml:ns:caldav}calendar"
_KINDS = "{urn:ietf:params:xml:ns:caldav}supported-calendar-component-set"
_OTHER_VERSION = 412
_ABOUT_ONE = {
    **dict.fromkeys((400, 422), Message("{host} calls this task wrong (HTTP status {status}).")),
    **dict.fromkeys((403, 405), Message("{host} does not allow this (HTTP status {status}).")),
    409: Message("{host} has another task with this UID or name (HTTP status {status})."),
    413: Message("{host} finds this task too large (HTTP status {status})."),
    415: Message("{host} takes no such task (HTTP status {status})."),
    **dict.fromkeys((423, 424), Message("{host} has this task locked (HTTP status {status}).")),
    500: Message("{host} fails at this task (HTTP status {status})."),
}
"""Statuses that a server answers about one resource, when others may well be taken."""

_ICALENDAR = {"Content-Type": "text/calendar; charset=utf-8"}


class Collection:
    """One collection of tasks. Every method raises ServerUnavailable or ServerDenied."""

    def __init__(self, at: CalendarAddress, user: str | None, password: str | None) -> None:
        try:
            from caldav.davclient import DAVClient
        except ImportError:
            said = "Syncing needs the library caldav, which is not installed."
            hint = "Install it with: {command}"
            raise ExtraMissing(said, hint, command=install_command("sync")) from None
        for library in ("caldav", "niquests", "urllib3", "urllib3_future"):
            logging.getLogger(library).setLevel(logging.CRITICAL)
        self.at = at
        self._client = DAVClient(
            at.url, username=user, password=password, timeout=SECONDS, enable_rfc6764=False
        )
        self._client.session.max_redirects = 0  # another host would be asked without the password

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def etags(self) -> dict[str, str]:
        """The etag of each resource by its href. Raises BadValue if this is no place for tasks."""
        with self._understood():
            answer = self._client.propfind(self.at.url, [_ETAG, _TYPE, _KINDS], depth=1)
            self._refuse_failure(answer.status)
            results: Iterable[Any] = answer.results or ()
            found = {_path(result.href): result.properties for result in results}
        own = found.pop(_path(urlsplit(self.at.url).path), None)
        if own is None or _CALENDAR not in (own.get(_TYPE) or ()):
            raise BadValue("{url} is no calendar.", self._calendars(found), url=self.at.url)
        kinds = own.get(_KINDS)
        if kinds and "VTODO" not in kinds:
            said = "{url} takes no tasks, only {kinds}."
            hint = "Give the address of a list of tasks."
            raise BadValue(said, hint, url=self.at.url, kinds=tuple(kinds))
        return {href: str(p[_ETAG]) for href, p in found.items() if p.get(_ETAG)}

    def _calendars(self, found: dict[str, dict[str, Any]]) -> Message:
        there = [path for path, p in found.items() if _CALENDAR in (p.get(_TYPE) or ())]
        if not there:
            return Message(
                "Give the address of a list of tasks, as its server or your program shows it."
            )
        addresses = tuple(urljoin(self.at.url, quote(path)) for path in there[:9])
        return Message("There are: {addresses}.", addresses=addresses)

    def contents(self, hrefs: Iterable[str]) -> Iterator[tuple[str, str, bytes]]:
        """Href, etag and bytes of each of these that is there."""
        from caldav.collection import Calendar
        from caldav.lib.url import URL

        calendar: Any = Calendar(client=self._client, url=self.at.url)
        waiting = iter(with_progress([*hrefs], Message("Fetching tasks")))
        while some := list(islice(waiting, AT_ONCE)):
            with self._understood():
                urls = [URL.objectify(urljoin(self.at.url, quote(href))) for href in some]
                found = [
                    (_path(urlsplit(str(one.url)).path), one.etag, one.data)
                    for one in calendar.multiget(urls)
                ]
            for href, etag, data in found:
                if data and etag:
                    yield href, str(etag), data.encode() if isinstance(data, str) else data

    def put(self, href: str, data: bytes, etag: str | None) -> str | None:
        """Make a resource, or replace the version `etag`; its new etag, "" if it is not told.

        None if there is another version, or there is one already: nothing is written then. Raises
        ServerRefused if the server does not take it.
        """
        answer = self._send(self._client.put, href, etag, data.decode(), _ICALENDAR)
        return None if answer.status == _OTHER_VERSION else answer.headers.get("ETag") or ""

    def delete(self, href: str, etag: str) -> bool:
        """Delete the version `etag`; false if there is another one. Raises ServerRefused."""
        answer = self._send(self._client.delete, href, etag, {}, fine=(_OTHER_VERSION, 404, 410))
        return bool(answer.status != _OTHER_VERSION)

    def _send(
        self,
        method: Any,
        href: str,
        etag: str | None,
        *asked: Any,
        fine: tuple[int, ...] = (_OTHER_VERSION,),
    ) -> Any:
        """Ask for a change of that version; one spelt against the rules is tried both ways."""
        *body, headers = asked
        conditions = [{"If-None-Match": "*"}]
        if etag is not None:
            spellings = dict.fromkeys((_strong(etag), etag))
            conditions = [{"If-Match": spelt} for spelt in spellings]
        for condition in conditions:
            with self._understood(one=True):
                answer = method(urljoin(self.at.url, quote(href)), *body, condition | headers)
            if answer.status != _OTHER_VERSION:
                break
        if answer.status not in fine:
            self._refuse_failure(answer.status, one=True)
        return answer

    def _refuse_failure(self, status: int, *, one: bool = False) -> None:
        if one and status in _ABOUT_ONE:
            raise ServerRefused(_ABOUT_ONE[status], host=self.at.host, status=status)
        if status == 404:
            said = "{host} knows no such collection."
            hint = "Look at the path of the address: {url}"
            raise ServerUnavailable(said, hint, host=self.at.host, url=self.at.url)
        if status == 507:
            said = "{host} has no room left for you (HTTP status 507)."
            hint = "What was done so far is kept; make room there and sync again."
            raise ServerUnavailable(said, hint, host=self.at.host)
        if status >= 300:
            said = "{host} answered with HTTP status {status}."
            hint = "What was done so far is kept; try again later."
            raise ServerUnavailable(said, hint, host=self.at.host, status=status)

    @contextmanager
    def _understood(self, *, one: bool = False) -> Iterator[None]:
        """Whatever a server, the network or an unexpected answer makes the library raise."""
        from caldav.lib.error import AuthorizationError, DAVError
        from niquests.exceptions import TooManyRedirects

        try:
            yield
        except TooManyRedirects as error:
            raise self._elsewhere(error.response) from None
        except AuthorizationError as error:
            if one and error.status == 403:
                self._refuse_failure(403, one=True)
            raise self._denied(error) from None
        except OSError as error:
            said = "{host} cannot be reached: {reason}."
            hint = "What was done so far is kept; try again later."
            raise ServerUnavailable(said, hint, host=self.at.host, reason=_reason(error)) from None
        except DAVError as error:
            if error.status is not None:
                self._refuse_failure(error.status)
            raise self._not_understood(error) from None
        except (SyntaxError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise self._not_understood(error) from None

    def _not_understood(self, error: Exception) -> ServerUnavailable:
        said = "{host} does not answer as a CalDAV server does ({name})."
        hint = "Look at the address: {url}"
        return ServerUnavailable(
            said, hint, host=self.at.host, name=type(error).__name__, url=self.at.url
        )

    def _elsewhere(self, answer: Any) -> ServerUnavailable:
        at = urljoin(self.at.url, answer.headers.get("Location") or "")
        said = "{host} sends on to {at}, and nothing was sent there."
        hint = "If you trust that place, give its address: `tracker sync {at}`."
        return ServerUnavailable(said, hint, host=self.at.host, at=at[:200])

    def _denied(self, error: Any) -> ServerDenied:
        if error.status == 403:
            return ServerDenied(
                "{host} does not allow this.", "Ask who runs it.", host=self.at.host
            )
        if self._client.username is None:
            return ServerDenied(
                "{host} wants a user name and a password.",
                "Set TRACKER_CALDAV_USER and TRACKER_CALDAV_PASSWORD, or store the "
                "password with `keyring set tracker:{host} USER`.",
                host=self.at.host,
            )
        return ServerDenied(
            "{host} does not accept this user name and password.",
            "Look at TRACKER_CALDAV_USER and TRACKER_CALDAV_PASSWORD, or at the keyring's "
            "entry tracker:{host}.",
            host=self.at.host,
        )


def _path(href: str) -> str:
    """The path of a resource as one spelling, since servers encode what they please."""
    return unquote(urlsplit(href).path)


def _strong(etag: str) -> str:
    """A strong etag (RFC 9110 §8.8.3); some servers leave out quotes, and proxies make it weak."""
    opaque = etag.strip().removeprefix("W/").strip('"')
    return f'"{opaque}"'


def _reason(error: OSError) -> Message:
    """A few words: the library wraps what the system says in its own, with an address in it."""
    inner: BaseException = error
    while inner.__cause__ or inner.__context__:
        inner = inner.__cause__ or inner.__context__ or inner
    if isinstance(inner, TimeoutError) or "Timeout" in type(error).__name__:
        return Message("it gave no answer within {n} seconds", n=SECONDS)
    return ForeignText(system_reason(inner).rstrip(".")[:120] or type(inner).__name__)
