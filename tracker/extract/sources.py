"""Documents against the milestones that came from them: what still says what was quoted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import PurePath

from msgspec import Struct

from tracker.extract.document import Document
from tracker.model import Milestone, Source


class Finding(StrEnum):
    """What became of a document since a milestone quoted it."""

    SAME = "same"
    KEPT = "kept"
    CHANGED = "changed"
    LOST = "lost"
    MISSING = "missing"


class SourceCheck(Struct, frozen=True):
    """One milestone's source: `document` is the file it was held against, None if there is none."""

    milestone: Milestone
    finding: Finding
    document: str | None


def verify(
    milestones: Iterable[Milestone],
    documents: Sequence[Document],
    is_kept: Callable[[str], bool] = lambda _: False,
) -> Iterator[SourceCheck]:
    """Hold every milestone that came from a document against the documents at hand.

    The same content is the same document whatever its name; a file of the old name with other
    content is changed, and has lost the quote when its words are no longer there. Of one that is
    gone a copy may be kept, which is asked for by the SHA-256.
    """
    by_content = {document.sha256: document for document in documents}
    by_name = {PurePath(document.name).name: document for document in documents}
    for m in milestones:
        source = m.source
        if source is None or source.sha256 is None:
            continue
        same = by_content.get(source.sha256)
        if same is not None:
            yield SourceCheck(m, Finding.SAME, same.name)
            continue
        named = by_name.get(PurePath(source.file).name) if source.file else None
        if named is None:
            kept = is_kept(source.sha256)
            yield SourceCheck(m, Finding.KEPT if kept else Finding.MISSING, None)
        else:
            still = _quotes(named, source)
            yield SourceCheck(m, Finding.CHANGED if still else Finding.LOST, named.name)


def _quotes(document: Document, source: Source) -> bool:
    quote = "".join((source.quote or "").split())
    return bool(quote) and quote in "".join(document.text.split())
