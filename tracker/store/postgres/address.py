"""The address of a database: libpq's own, with any number of hosts, and one word of ours.

`postgresql://user@host1,host2/name?reads=prefer-standby` changes at whichever host takes writes and
reads at a standby while there is one. Everything else is libpq's (its "Connection URIs"): so are
PGPASSWORD, ~/.pgpass, PGSERVICE and the certificates.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from tracker.errors import StoreFailed
from tracker.message import ForeignText, Message
from tracker.store.masking import masked

_READS = ("any", "read-write", "prefer-standby", "standby", "read-only", "primary")

# A host that vanished without a word is given up in seconds, not in the hours of TCP's own clocks.
_PATIENCE: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "application_name": "tracker",
}


# Whatever PGCLIENTENCODING or the address say: what is sent and read is text in any script.
_WORDS = {"client_encoding": "UTF8"}


class DatabaseAddress(Struct, frozen=True):
    """How to reach a database to change it and to read it: psycopg's keyword arguments.

    `shown` is the address without its password; `waits` are settings of the session, in ms.
    """

    shown: str
    writing: dict[str, Any]
    reading: dict[str, Any]
    waits: dict[str, int]
    several: bool

    @classmethod
    def read(cls, url: str, lock_timeout: float) -> DatabaseAddress:
        """Take an address apart. Raises StoreFailed for one that is not understood.

        A statement waits for another's locks for `lock_timeout` seconds.
        """
        plain, reads = _without_reads(url)
        try:
            given = conninfo_to_dict(plain)
            _refuse_torn(given)
        except ProgrammingError as error:
            # What the library quotes may be part of a password.
            is_said = masked(url) == url
            said = Message(" ({said})", said=ForeignText(str(error).strip())) if is_said else ""
            raise StoreFailed(
                "{url} is no address of a database{said}.",
                "Give one such as postgresql://user@host/name, the password in PGPASSWORD or "
                "~/.pgpass, or with % and two digits for each character of : / ? # [ ] @ % in it.",
                url=masked(url),
                said=said,
            ) from None
        waits = {
            "lock_timeout": max(1, round(lock_timeout * 1000)),
            # Half of it, so that what a lost writer held is free again before another gives up.
            "idle_in_transaction_session_timeout": max(1000, round(lock_timeout * 500)),
        }
        writing = _PATIENCE | {"target_session_attrs": "read-write"} | given | _WORDS
        # The database says why it cannot be written to, if there is but one to ask.
        several = "," in str(given.get("host", ""))
        if not several and "target_session_attrs" not in given:
            del writing["target_session_attrs"]
        reading = writing | ({"target_session_attrs": reads} if reads else {})
        return cls(masked(url), writing, reading, waits, several)


def _refuse_torn(given: Mapping[str, Any]) -> None:
    """Raise ProgrammingError if a character of a password has torn the address apart."""
    places = (str(given.get(part, "")) for part in ("host", "dbname"))
    ports = str(given.get("port", "")).split(",")
    if any("@" in place for place in places) or not all(p.isdecimal() or not p for p in ports):
        raise ProgrammingError("its parts are not where they should be")


def _without_reads(url: str) -> tuple[str, str | None]:
    """The address as libpq takes it, and our own word in it; nothing else of it is touched."""
    begun = url.rfind("@") + 1
    place, question, query = url[begun:].partition("?")
    parts = query.split("&") if question else []
    reads = [part.removeprefix("reads=") for part in parts if part.startswith("reads=")]
    if any(word not in _READS for word in reads):
        raise StoreFailed(
            "{url} asks for reads of no kind of host.",
            "There are: {reads}.",
            url=masked(url),
            reads=tuple(_READS),
        )
    rest = "&".join(part for part in parts if not part.startswith("reads="))
    plain = f"{url[:begun]}{place}{'?' if rest else ''}{rest}"
    return plain, reads[-1] if reads else None
