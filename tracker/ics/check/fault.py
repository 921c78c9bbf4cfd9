"""A fault in a feed."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    """An error loses or garbles something in a client; a warning may; a note is a missed chance."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Fault(Struct, frozen=True):
    """What is wrong at a line (counted from 1), which client it hurts, and what to do.

    `code` names the rule, for scripts, such as "dtstamp-missing".
    """

    line: int
    code: str
    severity: Severity
    message: str


def error(line: int, code: str, message: str) -> Fault:
    return Fault(line, code, Severity.ERROR, message)


def warning(line: int, code: str, message: str) -> Fault:
    return Fault(line, code, Severity.WARNING, message)


def note(line: int, code: str, message: str) -> Fault:
    return Fault(line, code, Severity.NOTE, message)
