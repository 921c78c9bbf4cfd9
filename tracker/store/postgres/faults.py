"""What a database says when it will not, as one of our refusals.

The codes are SQLSTATE, PostgreSQL's appendix "Error Codes"; its sentences come in the language of
the server, so they are shown and never judged by.
"""

from __future__ import annotations

from psycopg import Error, OperationalError
from psycopg.errors import Diagnostic

from tracker.errors import StoreFailed, StoreLocked, StoreMissing, TrackerError
from tracker.message import ForeignText, Message, sentences

_HERE = "Nothing was changed."
_NOT_MADE = ("42P01", "3F000")  # no such table, no such schema
_CONTENTION = ("40001", "40P01", "23505")  # serialisation, deadlock, unique
_TWIN = ("42P07", "42710", "42P06", "XX000")  # table, object, schema; PostgreSQL's own race
_FAULTS = ("58", "XX")  # of its system, internal
_ENDINGS = ("FATAL", "PANIC")
_REMARKS = ("INFO", "NOTICE")
POOLER = "unsupported startup parameter: options"
"""What PgBouncer says to settings of a session, in its one language."""

_LOST = ("57P01", "57P02", "57P03", "40003")  # shut down, crashed, starting, outcome unknown


def is_contention(error: Error) -> bool:
    """Another writer was first; done again it may go through."""
    return error.sqlstate in _CONTENTION


def is_duplicate(error: Error) -> bool:
    """Something of that name or key was there a moment earlier."""
    return error.sqlstate in _TWIN or is_contention(error)


def is_lost(error: Error) -> bool:
    """The connection or its server is gone; another may be there in a moment."""
    code = error.sqlstate
    if code is None:
        # The connection broke before the database could say.
        return isinstance(error, OperationalError)
    return code.startswith("08") or code in _LOST


def is_pooler(error: Error) -> bool:
    return "unsupported startup parameter" in str(error)


def leaves_open(error: Error) -> bool:
    """In answer to what commits: the change may be there all the same.

    So it is if the connection ended, or if the server had a fault. Any other answer refuses.
    """
    ended = is_lost(error) or error.diag.severity_nonlocalized in _ENDINGS
    return ended or str(error.sqlstate).startswith(_FAULTS)


def is_durability_warning(warning: Diagnostic) -> bool:
    """Said with a yes: it is done, but not as safely as it should be.

    A remark is a trigger's. A server that went down once it had confirmed says goodbye this way,
    which takes nothing back.
    """
    return warning.severity_nonlocalized not in _REMARKS and warning.sqlstate not in _LOST


def may_pass(error: Error) -> bool:
    """Another attempt may go through."""
    return is_contention(error) or is_lost(error)


def contended(name: str) -> StoreLocked:
    return StoreLocked(
        "Others kept changing the same milestones of {name}. {here}",
        "Try again.",
        name=name,
        here=_HERE,
    )


def missing(name: str) -> StoreMissing:
    return StoreMissing(
        "There is no store at {name}.", "Run `tracker init` to make one.", name=name
    )


def refusal(error: Error, name: str) -> TrackerError:
    """Return what to raise for an error that another attempt would not mend."""
    code = error.sqlstate
    if code in _NOT_MADE:
        return missing(name)
    if code in _CONTENTION:
        return contended(name)
    kind = StoreLocked if code in _BUSY else StoreFailed
    sentence, hint = _TAKES_NONE if is_pooler(error) else _REFUSALS.get(code, _REFUSED)
    told = Message(sentence, name=name, said=_primary(error))
    return kind(sentences((told, Message(_HERE))), hint)


_BUSY = ("55P03", "57014")
_REFUSED = (
    Message("{name} refused: {said}."),
    Message("Its log may say more."),
)
_TAKES_NONE = (
    Message("{name} is reached through a pooler, which takes no options."),
    Message(
        "Leave them out, and set them for the user: ALTER ROLE tracker SET search_path = office."
    ),
)
_REFUSALS: dict[str | None, tuple[Message, Message]] = {
    None: (
        Message("{name} cannot be reached: {said}."),
        Message("Look at the address, the user, and the password in PGPASSWORD or ~/.pgpass."),
    ),
    "25006": (
        Message("{name} only reads: it is a standby, or set so."),
        Message("Name the primary, or all hosts with commas: postgresql://host1,host2/name."),
    ),
    "42501": (
        Message("{name} does not permit it: {said}."),
        Message("Grant the rights, or ask for them."),
    ),
    "53100": (Message("The disk of {name} is full."), Message("Make room there.")),
    "55P03": (
        Message("Another process holds what is to be changed in {name}."),
        Message("Try again, or end that process."),
    ),
    "57014": (
        Message("{name} gave up: {said}."),
        Message("Try again when it is less busy."),
    ),
}


def _primary(error: Error) -> str:
    """The database's own first line, without the driver's words around it."""
    said = error.diag.message_primary or str(error).split("\n", 1)[0]
    return ForeignText(said.strip().rstrip("."))
