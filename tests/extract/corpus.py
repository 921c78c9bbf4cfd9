"""Documents whose marks stand apart from the text: a line of JSON a document, or a file beside it.

`commitments` have `at` and `phrase`, the day (None where the words give none), title and owner;
`traps` are dates that are no commitment; `grey` are those on which readers differ. `at` counts code
points in the file as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from tests.extract.marks import MARKED, Mark, document
from tracker.extract import Document, read_document

_EDGE = 0xE000
"""The first of the private characters that stand at the edges of phrases while it is read."""

WRITTEN = Path(__file__).parent / "written"


class Marked(NamedTuple):
    """A document, read with its day as given, and the marks in its text."""

    document: Document
    marks: list[Mark]


def lines(path: Path) -> Iterator[Marked]:
    """The documents of a file with one on each line."""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line:
            one = json.loads(line)
            yield _marked(one["file"], one["text"], one)


def folder(path: Path) -> Iterator[Marked]:
    """The documents of a folder that have a NAME.gold.json beside them."""
    for gold in sorted(path.rglob("*.gold.json")):
        stem = gold.name.removesuffix(".gold.json")
        one = json.loads(gold.read_text(encoding="utf-8"))
        found = [p for p in gold.parent.glob(f"{stem}*") if p.suffix != ".json"]
        for source in found[:1]:
            yield _marked(source.name, source.read_bytes().decode(), one)


def _marked(name: str, source: str, one: dict[str, Any]) -> Marked:
    said = sorted(mark for mark in _truths(source, one) if mark[0] >= 0)
    edges = sorted({edge for start, words, *_ in said for edge in (start, start + len(words))})
    pieces = [source[since:edge] for since, edge in pairwise([0, *edges, len(source)])]
    signed = (chr(_EDGE + index) + piece for index, piece in enumerate(pieces[1:]))
    held = read_document(name, "".join([pieces[0], *signed]).encode()).text
    read = read_document(name, source.encode())
    signs = re.finditer(f"[{chr(_EDGE)}-{chr(_EDGE + len(edges))}]", held)
    at = {edges[ord(m[0]) - _EDGE]: m.start() - index for index, m in enumerate(signs)}
    made_on = date.fromisoformat(one["made_on"]) if one["made_on"] else None
    marks = [
        Mark(at[start], at[start + len(words)], words, truth, "", owner, title)
        for start, words, truth, owner, title in said
        if start in at  # what no reader sees, such as a comment, is not read either
    ]
    return Marked(replace(read, made_on=made_on, made_on_basis="as given"), marks)


def _truths(source: str, one: dict[str, Any]) -> Iterator[tuple[int, str, str, str, str]]:
    for mark in one["commitments"]:
        truth = (mark["due"] or "?") if mark.get("tier") != "inherited" else "h"
        yield _at(source, mark), mark["phrase"], truth, mark["owner"] or "", mark["title"]
    for kind, truth in (("traps", "x"), ("grey", "h")):
        for mark in one.get(kind, ()):
            place, words = mark if isinstance(mark, list) else (_at(source, mark), mark["phrase"])
            yield place, words, truth, "", ""


def _at(source: str, mark: dict[str, Any]) -> int:
    if mark.get("at") is not None:
        return int(mark["at"])
    phrase = str(mark["phrase"])
    around = str(mark.get("context", phrase))
    if around not in source or phrase not in around:  # told in words that are not quite its own
        around = phrase
    return source.find(around) + max(0, around.find(phrase))


def training() -> Iterator[Marked]:
    """The documents that the verdict is learned from."""
    here = Path(__file__).parent
    for path in sorted(WRITTEN.glob("*.jsonl")):
        yield from lines(path)
    for path in sorted(MARKED.iterdir()):
        yield Marked(*document(path))
    told = json.loads((here / "sentences.json").read_text(encoding="utf-8"))
    for kind, truth in (("promises", "2099-12-31"), ("none", "x")):
        for sentence in told[kind]:
            read = alone(sentence)
            yield Marked(read, [Mark(0, len(read.text), sentence, truth)])


def alone(sentence: str) -> Document:
    """A sentence as a document, said in a March."""
    chinese = any("\u4e00" <= c <= "\u9fff" for c in sentence)
    read = read_document(sentence, f"Statement\n\n{sentence}\n".encode())
    return replace(read, made_on=date(2021, 3, 18) if chinese else date(2024, 3, 18))
