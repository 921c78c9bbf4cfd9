"""`tracker check --ics`: what calendar programs stumble over in a feed, ours or another's."""

from __future__ import annotations

from collections import Counter
from datetime import date

from tracker.cli.commands.import_ics import following_year
from tracker.cli.input_file import file_bytes
from tracker.cli.printing import Printer
from tracker.errors import CheckFailed
from tracker.ics.check.runner import FeedFault, Severity, check, summed
from tracker.ics.check.taken import not_taken


def check_feed(path: str, today: date, printer: Printer) -> None:
    """Print a line for each fault. Raises CheckFailed if one is more than a note."""
    data = file_bytes(path)
    faults = check(data)
    faults += not_taken(data, faults, following_year(today))
    faults.sort(key=lambda fault: fault.line)
    name = "stdin" if path == "-" else path
    counts = Counter(fault.severity for fault in faults)
    told = {"file": name, "counts": {kind: counts[kind] for kind in Severity}, "faults": faults}
    printer.result(told, lambda: "\n".join([*_lines(faults), _sum(name, counts)]))
    if counts[Severity.ERROR] or counts[Severity.WARNING]:
        raise CheckFailed(
            "{name} would not be shown right everywhere.", "Each fault is above.", name=name
        )


def _lines(faults: list[FeedFault]) -> list[str]:
    from tracker.render.text import clean

    checked = summed(faults)
    lines = [
        clean(f"line {fault.line}: {fault.severity}: {fault.message} [{fault.code}]")
        for fault in checked.shown
    ]
    return lines + [f"and {more:,} more [{code}]" for code, more in checked.more.items()]


def _sum(name: str, counts: Counter[Severity]) -> str:
    if not counts:
        return f"{name} has no fault that we know of."
    told = (f"{n:,} {kind}{'' if n == 1 else 's'}" for kind in Severity if (n := counts[kind]))
    return f"{name}: {', '.join(told)}."
