"""The address of a database: libpq's own, with any number of hosts, and one word of ours.

`postgresql://user@host1,host2/name?reads=prefer-standby` changes at whichever host takes writes and
reads at a standby while there is one. Everything else is libpq's (its "Connection URIs"): so are
PGPASSWORD, ~/.pgpass, PGSERVICE and the certificates.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from msgspec import Struct
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from tracker.errors import StoreFailed
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


class Address(Struct, frozen=True):
    """How to reach a database to change it and to read it: psycopg's keyword arguments.

    `shown` is the address without its password.
    """

    shown: str
    writing: dict[str, Any]
    reading: dict[str, Any]
    several: bool

    @classmethod
    def read(cls, url: str, lock_timeout: float) -> Address:
        """Take an address apart. Raises StoreFailed for one that is not understood.

        A statement waits for another's locks for `lock_timeout` seconds.
        """
        plain, reads = _without_reads(url)
        try:
            given = conninfo_to_dict(plain)
        except ProgrammingError as error:
            raise StoreFailed(
                f"{masked(url)} is no address of a database: {str(error).strip()}.",
                "Give one such as postgresql://user@host/name.",
            ) from None
        # Half of it, so that what a lost writer held is free again before another gives up.
        idle = max(1000, round(lock_timeout * 500))
        waiting = f"-c lock_timeout={max(1, round(lock_timeout * 1000))}"
        leaving = f"-c idle_in_transaction_session_timeout={idle}"
        options = f"{waiting} {leaving} {given.pop('options', '')}".rstrip()
        writing = _PATIENCE | {"target_session_attrs": "read-write"} | given | {"options": options}
        # The database says why it cannot be written to, if there is but one to ask.
        several = "," in str(given.get("host", ""))
        if not several and "target_session_attrs" not in given:
            del writing["target_session_attrs"]
        reading = writing | ({"target_session_attrs": reads} if reads else {})
        return cls(masked(url), writing, reading, several)


def _without_reads(url: str) -> tuple[str, str | None]:
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    reads = [value for key, value in query if key == "reads"]
    if any(word not in _READS for word in reads):
        raise StoreFailed(
            f"{masked(url)} asks for reads={reads[-1]}, which is no kind of host.",
            f"There are: {', '.join(_READS)}.",
        )
    rest = urlencode([(k, v) for k, v in query if k != "reads"], quote_via=quote)
    # Not by urlunsplit, which drops the two strokes of an address without a host.
    return f"{parts.scheme}://{parts.netloc}{parts.path}{'?' if rest else ''}{rest}", (
        reads[-1] if reads else None
    )
