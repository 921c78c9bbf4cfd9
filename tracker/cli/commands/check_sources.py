"""`tracker check --sources`: which documents have changed or lost a quote since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tracker.cli.context import App
from tracker.cli.input_file import file_bytes
from tracker.cli.printing import Printer
from tracker.errors import BadInput, CheckFailed, TrackerError
from tracker.extract import Document, read_document
from tracker.extract.sources import Finding, Verdict, verify
from tracker.model import Milestone

_TOLD = {
    Finding.SAME: "is as it was",
    Finding.CHANGED: "has changed, and still says it",
    Finding.LOST: "has changed, and no longer says it",
    Finding.MISSING: "is not in the folder",
}


def check_sources(
    app: App, milestones: Sequence[Milestone], folder: Path, printer: Printer
) -> None:
    """Print a line for each source that is not as it was. Raises CheckFailed for lost quotes."""
    there = [m for m in milestones if m.removed_on is None]
    verdicts = list(verify(there, list(_documents(app, folder))))
    found = Counter(verdict.finding for verdict in verdicts)
    rows = [{"id": v.milestone.id, "finding": v.finding, "document": v.document} for v in verdicts]
    lines = [_line(v) for v in verdicts if v.finding is not Finding.SAME]
    counts = ", ".join(f"{found[f]} {f}" for f in Finding if found[f])
    lines.append(f"{len(verdicts)} quotes: {counts}." if verdicts else "No milestone quotes.")
    printer.result({"folder": str(folder), "sources": rows}, "\n".join(lines))
    if found[Finding.LOST] or found[Finding.CHANGED]:
        raise CheckFailed(
            "{found} quotes are from changed documents.",
            "`tracker extract` on the new document shows what it says now.",
            found=found[Finding.LOST] + found[Finding.CHANGED],
        )


def _line(verdict: Verdict) -> str:
    from tracker.render.text import clean

    m = verdict.milestone
    name = verdict.document or (m.source.file or m.source.document if m.source else "")
    return f"{m.id}  {clean(name)} {_TOLD[verdict.finding]}: {clean(m.title)}"


def _documents(app: App, folder: Path) -> Iterator[Document]:
    if not folder.is_dir():
        raise BadInput(
            "{folder} is no folder.", "Give the folder that the documents are in.", folder=folder
        )
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        try:
            yield read_document(str(path), file_bytes(str(path)))
        except TrackerError as error:
            app.note(f"tracker: {error}")
