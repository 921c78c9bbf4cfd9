"""`tracker check --sources`: which documents have changed or lost a quote since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from tracker.cli.context import App
from tracker.cli.input_file import file_bytes
from tracker.cli.printing import Printer
from tracker.errors import BadInput, CheckFailed, TrackerError
from tracker.extract import Document, read_document
from tracker.extract.sources import Finding, SourceCheck, verify
from tracker.locale import Language
from tracker.message import Message, PluralMessage
from tracker.model import Milestone
from tracker.store import Store
from tracker.store.evidence import digest_of

_TOLD = {
    Finding.SAME: Message("is as it was"),
    Finding.KEPT: Message("is not in the folder, and a copy is kept"),
    Finding.CHANGED: Message("has changed, and still says it"),
    Finding.LOST: Message("has changed, and no longer says it"),
    Finding.MISSING: Message("is not in the folder"),
}


def check_sources(
    app: App, milestones: Sequence[Milestone], folder: Path, printer: Printer
) -> None:
    """Print a line for each source that is not as it was.

    Raises CheckFailed for quotes that are lost or changed, and where all documents are gone.
    """
    there = [m for m in milestones if m.removed_on is None]
    verdicts = list(verify(there, list(_documents(app, folder)), partial(_is_kept, app.store)))
    found = Counter(verdict.finding for verdict in verdicts)
    rows = [{"id": v.milestone.id, "finding": v.finding, "document": v.document} for v in verdicts]
    lines = [_line(v, app.lang) for v in verdicts if v.finding is not Finding.SAME]
    counts = tuple(
        Message("{number} {standing}", number=found[f], standing=Message(f.value))
        for f in Finding
        if found[f]
    )
    none = Message("No milestone quotes.")
    told = PluralMessage(
        "{n} quote: {counts}.", "{n} quotes: {counts}.", len(verdicts), counts=counts
    )
    lines.append(app.lang.text(told if verdicts else none))
    printer.result({"folder": str(folder), "sources": rows}, "\n".join(lines))
    if found[Finding.LOST] or found[Finding.CHANGED]:
        raise CheckFailed(
            "{found} quotes are from changed documents.",
            "`tracker extract` on the new document shows what it says now.",
            found=found[Finding.LOST] + found[Finding.CHANGED],
        )
    if found[Finding.MISSING] and not found[Finding.SAME]:
        raise CheckFailed(
            "No document that milestones quote is in {folder}, and copies are kept of {kept} of "
            "{n}.",
            "Give the folder that the documents are in.",
            folder=folder,
            kept=found[Finding.KEPT],
            n=len(verdicts),
        )


def _is_kept(store: Store, digest: str) -> bool:
    content = store.exhibit(digest)
    return content is not None and digest_of(content) == digest


def _line(verdict: SourceCheck, lang: Language) -> str:
    from tracker.render.text import clean

    m = verdict.milestone
    name = verdict.document or (m.source.file or m.source.document if m.source else "")
    told, title = lang.text(_TOLD[verdict.finding], document=name), m.title
    return clean(lang.text("{id}  {finding}: {title}", id=m.id, finding=told, title=title))


def _documents(app: App, folder: Path) -> Iterator[Document]:
    if not folder.is_dir():
        raise BadInput(
            "{folder} is no folder.", "Give the folder that the documents are in.", folder=folder
        )
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not _is_copy(p)):
        try:
            yield read_document(str(path), file_bytes(str(path)))
        except TrackerError as error:
            app.say("tracker: {said}", said=error.in_full)


def _is_copy(path: Path) -> bool:
    """Whether it is what a store keeps of a document, and not the document."""
    return "/evidence/sha256/" in path.absolute().as_posix()
