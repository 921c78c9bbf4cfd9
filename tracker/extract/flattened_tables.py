"""Tables whose columns were lost, as a PDF gives them: a number, what is to be done, who, by when, in lines.

The header says that there is one: 序号 … 完成时限, No. Action Owner Deadline, over one to three lines. Each record begins
with the next number and ends where a line that begins with another, or a blank one, does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec.structs import replace

from tracker.extract.act import cell_title
from tracker.extract.bodies import is_organisation
from tracker.extract.candidate import Candidate
from tracker.extract.chinese_bodies import is_name
from tracker.extract.judge import Judge
from tracker.extract.mention_context import BlockContext
from tracker.model import Modality

_HEADER = re.compile(
    r"^(?:序号|编号)[ \u3000](?:[^\n|]{2,40}\n){1,3}?(?=\d)|^(?:No\.?|#|Ref\.?|Item)[ ][A-Z][^\n|]{2,60}\n(?=\d)",
    re.MULTILINE,
)
_WHEN = re.compile(r"时限|时间|期限|节点|\b(?:Due|Deadline|Date|When|By)\b")
_RECORD = re.compile(r"^(?P<number>\d{1,3})[ \u3000]+(?=\S)", re.MULTILINE)
_TOKEN = re.compile(r"(?<!\S)[^\s]+")
_BLANK = re.compile(r"\n[ \t\r]*\n|\f")
_LONG = 5000
"""How many characters one record may have; what is longer is read as any text."""
_LEFT = " \u3000\n（）()、,，"


def regions(text: str) -> list[tuple[int, int]]:
    """The records of the flattened tables, in order."""
    found: list[tuple[int, int]] = []
    read = 0
    for header in _HEADER.finditer(text):
        if not _WHEN.search(header[0]) or header.start() < read:
            continue
        blank = _BLANK.search(text, header.end())
        read = blank.start() if blank else len(text)
        records = _records(text, header.end(), read)
        found.extend((start, end) for start, end in records if end - start <= _LONG)
    return found


def _records(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    starts: list[int] = []
    number = 1
    for record in _RECORD.finditer(text, start, end):
        if int(record["number"]) == number or not starts:
            starts.append(record.start())
            number = int(record["number"]) + 1
    yield from pairwise([*starts, end])


def candidates(judge: Judge, start: int, end: int) -> list[Candidate]:
    """What a record gives: each of its coming days, with what is to be done and the body it names."""
    dates = [m for m in judge.within(start, end) if not (m.struck or m.range_start)]
    dates = [m for m in map(judge.placed, dates) if not judge.is_past(m)]
    if not dates:
        return []
    words, english = judge.text[start:end], judge.is_english(start, end)
    for m in dates:
        words = words.replace(judge.text[m.start : m.end], " ")
    words = _RECORD.sub("", words, count=1)
    bodies = _bodies(words, english=english)
    for body in bodies:
        words = words.replace(body, "\n")
    lines = [line.strip(_LEFT) for line in words.splitlines() if line.strip(_LEFT)]
    # Of Chinese lines the first is the name, and the others say what is to be done.
    what = " ".join(lines) if english else "".join(lines[1:] or lines)
    owner = "、".join(bodies) or None
    around = BlockContext(kind="a table", row=what, column="deadlines")
    made = (
        judge.candidate(cell_title(what), m, (start, end), Modality.FIRM, scene)
        for m in dates
        for scene in [judge.scene((m.start, m.end), m, (m.start, m.start, m.end), around)]
    )
    return [replace(c, owner=owner) for c in made]


def _bodies(words: str, *, english: bool) -> list[str]:
    """The bodies that stand on a line of their own, or in Chinese between blanks."""
    if english:
        lines = (line.strip(_LEFT) for line in words.splitlines())
        return [
            line
            for line in lines
            if line[:1].isupper() and len(line) < 60 and is_organisation(line)
        ]
    tokens = (token[0] for token in _TOKEN.finditer(words))
    bare = (token.strip("（）()") if token[0] in "（(" else token for token in tokens)
    return [token for token in bare if is_name(token)]
