"""Everything that can be refused: each class owns its exit code, its code word and its sentence.

Exit codes 0, 1 and 2 are taken: fine, refused or nothing done, and usage (click's own).
Every class below has one of its own above that; `docs/exit-codes.md` is generated from here.
A message is one sentence that says what is wrong; `hint` says what to type instead. Both are
templates with the values that they name in braces, so that they can be said in any language.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tracker.message import ForeignText, Message, parts_of, sentences


def system_reason(error: BaseException) -> Message:
    """What the system says of a failure, to stand within a sentence."""
    return ForeignText((getattr(error, "strerror", None) or str(error)).lower())


def library_reason(error: Exception) -> Message:
    """What a library says of what it cannot read, to stand within a sentence."""
    said, at, place = str(error).rstrip(".").partition(" - at `")
    if at:
        inner = library_reason(ValueError(said))
        return Message("{said} - at `{place}`", said=inner, place=place.rstrip("`"))
    for form in _LIBRARIES:
        if (found := parts_of(form, said)) is not None:
            return Message(form, **found | {"fault": ForeignText(found.get("fault", ""))})
    return ForeignText(said)


_LIBRARIES = (
    Message("Expected `{wanted}`, got `{got}`"),
    Message("Expected `{wanted}` {bounds}"),
    Message("Object missing required field `{field}`"),
    Message("Object contains unknown field `{field}`"),
    Message("Invalid enum value {value}"),
    Message("JSON is malformed: {fault} (byte {byte})"),
    Message("{fault} (at line {line}, column {column})"),
    Message("{fault} (at end of document)"),
    Message("{fault}: line {line} column {column} (char {place})"),
)
"""The forms of what msgspec, tomllib and json say."""

REASONS = (
    "no such file or directory",
    "permission denied",
    "operation not permitted",
    "is a directory",
    "not a directory",
    "file exists",
    "file too large",
    "no space left on device",
    "read-only file system",
    "disk quota exceeded",
    "input/output error",
    "bad file descriptor",
    "file name too long",
    "broken pipe",
    "connection refused",
    "connection reset by peer",
    "timed out",
    "address already in use",
    "cannot assign requested address",
    "no route to host",
    "network is unreachable",
    "name or service not known",
    "temporary failure in name resolution",
    "Input data was truncated",
    "Expecting value",
    "Extra data",
    "trailing characters",
    "invalid character",
    "Invalid value",
    "Invalid statement",
    "without a word",
)
"""What systems and libraries say most, in their words."""


class TrackerError(Exception):
    """Refused, or nothing to do."""

    exit_code = 1
    code = "refused"

    def __init_subclass__(cls, *, exit_code: int = 0, code: str = "") -> None:
        if code:  # one that is a case of another has that one's
            cls.exit_code, cls.code = exit_code, code

    def __init__(self, message: str, hint: str = "", **values: object) -> None:
        self.message = Message(message, **values)
        self.hint = Message(hint, **values)
        super().__init__(self.message)

    @property
    def in_full(self) -> Message:
        """Both sentences."""
        return sentences((self.message, self.hint))

    def __str__(self) -> str:
        return self.in_full


class Unchanged(TrackerError):
    """A milestone is so already."""


class UnknownMilestone(TrackerError, exit_code=3, code="unknown-id"):
    """No milestone answers to this id."""


class AmbiguousId(TrackerError, exit_code=4, code="ambiguous-id"):
    """More than one milestone answers to this id."""


class BadDate(TrackerError, exit_code=5, code="bad-date"):
    """A date or a due phrase that is not understood, ambiguous, or impossible."""


class BadValue(TrackerError, exit_code=6, code="bad-value"):
    """A title, status, percentage or other value that a milestone cannot have."""


class OutOfOrder(TrackerError, exit_code=7, code="out-of-order"):
    """A change dated before the milestone was made, before a later change, or in the future."""


class StoreMissing(TrackerError, exit_code=8, code="store-missing"):
    """There is no store where one was looked for."""


class StoreExists(TrackerError, exit_code=9, code="store-exists"):
    """A store stands already where a new one was to be made."""


class StoreCorrupt(TrackerError, exit_code=10, code="store-corrupt"):
    """The file is not a store, or is damaged; it is never written to."""


class StoreNewer(TrackerError, exit_code=11, code="store-newer"):
    """The store was written by a newer tracker."""


class StoreLocked(TrackerError, exit_code=12, code="store-locked"):
    """Another process held the store for too long."""


class StoreFailed(TrackerError, exit_code=13, code="store-failed"):
    """The store cannot be read or written: permissions, a full or read-only disk."""


class BadInput(TrackerError, exit_code=14, code="bad-input"):
    """A file to be read is unreadable or holds something that cannot be taken."""


class OutputFailed(TrackerError, exit_code=15, code="output-failed"):
    """A result could not be written where it was asked to go."""


class BadSettings(TrackerError, exit_code=17, code="bad-settings"):
    """The settings file is not understood."""


class CheckFailed(TrackerError, exit_code=16, code="check-failed"):
    """`check` found faults."""


class MergeConflict(TrackerError, exit_code=20, code="merge-conflict"):
    """`merge` left something for a person to decide; all else is merged."""


class StoreAhead(TrackerError, exit_code=18, code="store-ahead"):
    """`copy` found changes in the store to copy to that the other has not; nothing was changed."""


class UnknownDocument(TrackerError, exit_code=40, code="unknown-document"):
    """No milestone is from a document of that title, address or SHA-256."""


class ServerUnavailable(TrackerError, exit_code=30, code="server-unavailable"):
    """A CalDAV server cannot be reached, breaks off, or answers something that is not CalDAV."""


class ServerDenied(TrackerError, exit_code=31, code="server-denied"):
    """A CalDAV server wants other credentials, or does not allow this."""


class SyncConflict(TrackerError, exit_code=32, code="sync-conflict"):
    """`sync` found milestones that were changed here and on the server; they stay as they are."""


class ServerRefused(TrackerError, exit_code=34, code="server-refused"):
    """A CalDAV server does not take one milestone or some; the others are in step."""


class ExtraMissing(TrackerError, exit_code=33, code="extra-missing"):
    """A part of the tracker that is installed on request is not installed."""


def install_command(extra: str) -> str:
    """The command that adds what an extra needs, by the names of its packages.

    On the public registry the name of this one is nobody's yet, so that no command may use it.
    """
    from importlib.metadata import PackageNotFoundError, requires

    try:
        named = requires("milestone-tracker") or ()
    except PackageNotFoundError:  # run from its source alone
        return f"pip install '.[{extra}]'"
    wanted = (need.partition(";") for need in named)
    mine = [what.strip() for what, _, when in wanted if f"'{extra}'" in when.replace('"', "'")]
    return " ".join(["pip install", *(f"'{what}'" for what in mine)])


@contextmanager
def requiring_extra(
    sentence: str, hint: str = "Install it with: {command}", *, extra: str
) -> Iterator[None]:
    """Raise ExtraMissing where what is imported within, by its `{name}`, is of an extra."""
    try:
        yield
    except ModuleNotFoundError as error:
        values = {"name": error.name, "command": install_command(extra)}
        raise ExtraMissing(sentence, hint, **values) from None


class UnknownToken(TrackerError, exit_code=50, code="unknown-token"):
    """No token has this name."""


class TokenExists(TrackerError, exit_code=51, code="token-exists"):
    """A token has this name already."""


class CannotListen(TrackerError, exit_code=52, code="cannot-listen"):
    """The address to serve at is taken, not this computer's, or not allowed."""


class NotPublic(TrackerError, exit_code=53, code="not-public"):
    """Everybody could read what would be served, and nobody has said that they may."""


class NotDelivered(TrackerError, exit_code=54, code="not-delivered"):
    """`notify` could not send to an address; the digest stays unsent there."""


class NotFollowed(TrackerError, exit_code=56, code="not-followed"):
    """No record is followed by this name."""


class PullRefused(TrackerError, exit_code=57, code="pull-refused"):
    """A record to follow cannot be fetched, or is not what its head says."""


class RecordRewritten(TrackerError, exit_code=58, code="record-rewritten"):
    """A record that is followed has no longer all that it had; what was pulled before is kept."""


class OnlyRead(TrackerError, exit_code=59, code="only-read"):
    """A record that is followed is another's, and only read."""


class HookRefused(TrackerError, exit_code=55, code="hook-refused"):
    """Your hook before-change refused a change, failed or took too long; nothing was changed."""


class PluginFailed(TrackerError, exit_code=60, code="plugin-failed"):
    """An importer or exporter of another package cannot be loaded, or failed."""


class ProgramFault(TrackerError, exit_code=70, code="fault"):
    """The program itself has a fault; what was acknowledged before is kept."""

    def __init__(self, error: Exception) -> None:
        place = error.__traceback__
        while place and place.tb_next:
            place = place.tb_next
        super().__init__(
            Message("The program has a fault: {kind}, {reason} ({file}, line {line})."),
            Message("Report it with what you typed; `python -X dev -m tracker` shows all of it."),
            kind=type(error).__name__,
            reason=ForeignText(str(error)[:200] or "without a word"),
            file=place.tb_frame.f_code.co_filename if place else "",
            line=place.tb_lineno if place else 0,
        )
