"""Everything that can be refused: each class owns its exit code, its code word and its sentence.

Exit codes 0, 1 and 2 are taken: fine, refused or nothing done, and usage (click's own).
Every class below has one of its own above that; `docs/exit-codes.md` is generated from here.
A message is one sentence that says what is wrong; `hint` says what to type instead. Both are
templates with the values that they name in braces, so that they can be said in any language.
"""

from __future__ import annotations

from tracker.message import Foreign, Message, parts_of, sentences


def why(error: BaseException) -> Message:
    """What the system says of a failure, to stand within a sentence."""
    return Foreign((getattr(error, "strerror", None) or str(error)).lower())


def of_library(error: Exception) -> Message:
    """What a library says of what it cannot read, to stand within a sentence."""
    said, at, place = str(error).rstrip(".").partition(" - at `")
    if at:
        inner = of_library(ValueError(said))
        return Message("{said} - at `{place}`", said=inner, place=place.rstrip("`"))
    for form in _LIBRARIES:
        if (found := parts_of(form, said)) is not None:
            return Message(form, **found | {"fault": Foreign(found.get("fault", ""))})
    return Foreign(said)


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


class UnknownMilestone(TrackerError):
    """No milestone answers to this id."""

    exit_code = 3
    code = "unknown-id"


class AmbiguousId(TrackerError):
    """More than one milestone answers to this id."""

    exit_code = 4
    code = "ambiguous-id"


class BadDate(TrackerError):
    """A date or a due phrase that is not understood, ambiguous, or impossible."""

    exit_code = 5
    code = "bad-date"


class BadValue(TrackerError):
    """A title, status, percentage or other value that a milestone cannot have."""

    exit_code = 6
    code = "bad-value"


class OutOfOrder(TrackerError):
    """A change dated before the milestone was made, before a later change, or in the future."""

    exit_code = 7
    code = "out-of-order"


class StoreMissing(TrackerError):
    """There is no store where one was looked for."""

    exit_code = 8
    code = "store-missing"


class StoreExists(TrackerError):
    """A store stands already where a new one was to be made."""

    exit_code = 9
    code = "store-exists"


class StoreCorrupt(TrackerError):
    """The file is not a store, or is damaged; it is never written to."""

    exit_code = 10
    code = "store-corrupt"


class StoreNewer(TrackerError):
    """The store was written by a newer tracker."""

    exit_code = 11
    code = "store-newer"


class StoreLocked(TrackerError):
    """Another process held the store for too long."""

    exit_code = 12
    code = "store-locked"


class StoreFailed(TrackerError):
    """The store cannot be read or written: permissions, a full or read-only disk."""

    exit_code = 13
    code = "store-failed"


class BadInput(TrackerError):
    """A file to be read is unreadable or holds something that cannot be taken."""

    exit_code = 14
    code = "bad-input"


class OutputFailed(TrackerError):
    """A result could not be written where it was asked to go."""

    exit_code = 15
    code = "output-failed"


class BadSettings(TrackerError):
    """The settings file is not understood."""

    exit_code = 17
    code = "bad-settings"


class CheckFailed(TrackerError):
    """`check` found faults."""

    exit_code = 16
    code = "check-failed"


class MergeConflict(TrackerError):
    """`merge` left something for a person to decide; all else is merged."""

    exit_code = 20
    code = "merge-conflict"


class StoreAhead(TrackerError):
    """`copy` found changes in the store to copy to that the other has not; nothing was changed."""

    exit_code = 18
    code = "store-ahead"


class UnknownDocument(TrackerError):
    """No milestone is from a document of that title, address or SHA-256."""

    exit_code = 40
    code = "unknown-document"


class ServerUnavailable(TrackerError):
    """A CalDAV server cannot be reached, breaks off, or answers something that is not CalDAV."""

    exit_code = 30
    code = "server-unavailable"


class ServerDenied(TrackerError):
    """A CalDAV server wants other credentials, or does not allow this."""

    exit_code = 31
    code = "server-denied"


class SyncConflict(TrackerError):
    """`sync` found milestones that were changed here and on the server; they stay as they are."""

    exit_code = 32
    code = "sync-conflict"


class ServerRefused(TrackerError):
    """A CalDAV server does not take one milestone or some; the others are in step."""

    exit_code = 34
    code = "server-refused"


class ExtraMissing(TrackerError):
    """A part of the tracker that is installed on request is not installed."""

    exit_code = 33
    code = "extra-missing"


def installing(extra: str) -> str:
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


class UnknownToken(TrackerError):
    """No token has this name."""

    exit_code = 50
    code = "unknown-token"


class TokenExists(TrackerError):
    """A token has this name already."""

    exit_code = 51
    code = "token-exists"


class CannotListen(TrackerError):
    """The address to serve at is taken, not this computer's, or not allowed."""

    exit_code = 52
    code = "cannot-listen"


class NotPublic(TrackerError):
    """Everybody could read what would be served, and nobody has said that they may."""

    exit_code = 53
    code = "not-public"


class NotDelivered(TrackerError):
    """`notify` could not send to an address; the digest stays unsent there."""

    exit_code = 54
    code = "not-delivered"


class NotFollowed(TrackerError):
    """No record is followed by this name."""

    exit_code = 56
    code = "not-followed"


class PullRefused(TrackerError):
    """A record to follow cannot be fetched, or is not what its head says."""

    exit_code = 57
    code = "pull-refused"


class RecordRewritten(TrackerError):
    """A record that is followed has no longer all that it had; what was pulled before is kept."""

    exit_code = 58
    code = "record-rewritten"


class OnlyRead(TrackerError):
    """A record that is followed is another's, and only read."""

    exit_code = 59
    code = "only-read"


class HookRefused(TrackerError):
    """Your hook before-change refused a change, failed or took too long; nothing was changed."""

    exit_code = 55
    code = "hook-refused"


class PluginFailed(TrackerError):
    """An importer or exporter of another package cannot be loaded, or failed."""

    exit_code = 60
    code = "plugin-failed"


class ProgramFault(TrackerError):
    """The program itself has a fault; what was acknowledged before is kept."""

    exit_code = 70
    code = "fault"

    def __init__(self, error: Exception) -> None:
        place = error.__traceback__
        while place and place.tb_next:
            place = place.tb_next
        super().__init__(
            Message("The program has a fault: {kind}, {reason} ({file}, line {line})."),
            Message("Report it with what you typed; `python -X dev -m tracker` shows all of it."),
            kind=type(error).__name__,
            reason=Foreign(str(error)[:200] or "without a word"),
            file=place.tb_frame.f_code.co_filename if place else "",
            line=place.tb_lineno if place else 0,
        )
