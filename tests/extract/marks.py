"""Documents with their truth marked in the text: ⟦6月底前|2021-06-30⟧ is a commitment by that day.

⟦去年|x⟧ is a date that is no commitment and must not be proposed; ⟦今年|h⟧ is a horizon, or a date
on which readers differ: proposed or not, it counts neither way. What is proposed without a mark
counts as a mistake. After its day a commitment may have the precision and then, after bars, the
owner that is to be named and words of its title: ⟦June 2024|2024-06-30 month|Procurement|soy⟧.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tracker.extract import Band, Candidate, Document, extract, read_document

MARKED = Path(__file__).parent / "marked"
_MARK = re.compile(r"⟦([^|⟦⟧]*)\|([^|⟦⟧ ]+)(?: ([a-z-]+))?(?:\|([^|⟦⟧]*))?(?:\|([^|⟦⟧]*))?⟧")


class Mark(NamedTuple):
    """Some words of the document, [start, end) in code points, and what they are."""

    start: int
    end: int
    words: str
    truth: str
    precision: str = ""
    owner: str = ""
    title: str = ""

    def misread(self, found: Candidate) -> str:
        """What the candidate has otherwise than marked, or ""."""
        if self.precision and self.precision != found.precision:
            return f"{self.words}: precision {found.precision}"
        if self.owner and self.owner != found.owner:
            return f"{self.words}: owner {found.owner}"
        if self.title.lower() not in found.title.lower():
            return f"{self.words}: title {found.title}"
        return ""


class Score(NamedTuple):
    """What was found of the commitments, what was proposed that is none, what was read amiss."""

    found: list[Mark]
    lost: list[Mark]
    traps: list[Mark]
    fallen_for: list[Mark]
    unmarked: list[Candidate]
    misread: list[str]


def document(path: Path) -> tuple[Document, list[Mark]]:
    """The document as a user would give it, without its marks, and the marks in its text."""
    source = path.read_text(encoding="utf-8")
    read = read_document(path.name, _MARK.sub(r"\1", source).encode())
    marks, at = [], 0
    for mark in _MARK.finditer(source):
        start = read.text.index(mark[1], at)
        at = start + len(mark[1])
        marks.append(Mark(start, at, *(part or "" for part in mark.groups())))
    return read, marks


def score(path: Path) -> Score:
    """Hold the explicit candidates of a document against its marks."""
    read, marks = document(path)
    proposed = [c for c in extract(read) if c.band is Band.LIKELY]

    def over(mark: Mark) -> list[Candidate]:
        return [c for c in proposed if c.phrase.start < mark.end and c.phrase.end > mark.start]

    truths = [mark for mark in marks if mark.truth not in ("x", "h")]
    hit = [m for m in truths if any(c.due == date.fromisoformat(m.truth) for c in over(m))]
    traps = [mark for mark in marks if mark.truth == "x"]
    known = [c for mark in marks for c in over(mark)]
    return Score(
        hit,
        [m for m in truths if m not in hit],
        traps,
        [m for m in traps if over(m)],
        [c for c in proposed if c not in known],
        [amiss for m in hit if (amiss := m.misread(_of(m, over(m))))],
    )


def _of(mark: Mark, found: list[Candidate]) -> Candidate:
    return next(c for c in found if c.due == date.fromisoformat(mark.truth))
