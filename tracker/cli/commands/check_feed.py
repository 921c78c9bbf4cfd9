"""`tracker check --ics`: what calendar programs stumble over in a feed, ours or another's."""

from __future__ import annotations

from collections import Counter
from datetime import date

from tracker.cli.commands.import_ics import following_year
from tracker.cli.input_file import file_bytes
from tracker.cli.printing import Printer
from tracker.errors import CheckFailed
from tracker.ics.check.runner import FeedFault, Severity, check, limited
from tracker.ics.check.taken import left_out_notes
from tracker.locale import Language
from tracker.message import Message, PluralMessage


def check_feed(path: str, today: date, printer: Printer) -> None:
    """Print a line for each fault. Raises CheckFailed if one is more than a note."""
    data = file_bytes(path)
    faults = check(data)
    faults += left_out_notes(data, faults, following_year(today))
    faults.sort(key=lambda fault: fault.line)
    name = "stdin" if path == "-" else path
    counts = Counter(fault.severity for fault in faults)
    lang = printer.lang
    told = {"file": name, "counts": {kind: counts[kind] for kind in Severity}, "faults": faults}
    printer.result(told, lambda: "\n".join([*_lines(faults, lang), lang.text(_sum(name, counts))]))
    if counts[Severity.ERROR] or counts[Severity.WARNING]:
        raise CheckFailed(
            "{name} would not be shown right everywhere.", "Each fault is above.", name=name
        )


def _lines(faults: list[FeedFault], lang: Language) -> list[str]:
    from tracker.render.text import clean

    checked = limited(faults)
    lines = [
        clean(
            lang.text(
                "line {line}: {severity}: {message} [{code}]",
                line=fault.line,
                severity=lang.word("severity", fault.severity.value),
                message=fault.message,
                code=fault.code,
            )
        )
        for fault in checked.shown
    ]
    more = "and {number:,} more [{code}]"
    return lines + [lang.text(more, number=n, code=code) for code, n in checked.more.items()]


def _sum(name: str, counts: Counter[Severity]) -> Message:
    if not counts:
        return Message("{name} has no fault that we know of.", name=name)
    told = {
        Severity.ERROR: PluralMessage("{n} error", "{n} errors", counts[Severity.ERROR]),
        Severity.WARNING: PluralMessage("{n} warning", "{n} warnings", counts[Severity.WARNING]),
        Severity.NOTE: PluralMessage("{n} note", "{n} notes", counts[Severity.NOTE]),
    }
    there = tuple(told[kind] for kind in Severity if counts[kind])
    return Message("{folder}: {counts}.", folder=name, counts=there)
