"""A document to candidates: what was promised, by whom, by when, and where it says so.

`read_document` makes text of bytes, `extract` proposes. Nothing here writes, and nothing here knows
what day it is: relative phrases resolve against the document's own date. `docs/extract.md` lists
what is recognised and what is refused.
"""

from tracker.extract.candidate import Candidate, Text
from tracker.extract.candidates import extract
from tracker.extract.clauses import MOST, crowded
from tracker.extract.document import Document, read_document
from tracker.extract.mention_context import Band, Tier

__all__ = [
    "MOST",
    "Band",
    "Candidate",
    "Document",
    "Text",
    "Tier",
    "crowded",
    "extract",
    "read_document",
]
