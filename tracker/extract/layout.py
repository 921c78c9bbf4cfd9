"""A text cut into blocks: paragraphs, table rows, headings, metadata lines, each with its turn.

A block is a span of the text, so offsets stay those of the document. A hard-wrapped paragraph is
one block with its line breaks inside. The reading is one pass over the lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from tracker.extract.front_matter import front_end
from tracker.extract.people import Introduced, SpeakerRole, Turn, turn_of
from tracker.extract.tables import is_aligned


class BlockKind(StrEnum):
    PROSE = "prose"
    HEADING = "heading"
    ROW = "row"
    METADATA = "metadata"


class Block(Struct, frozen=True):
    """A span of the text. `turn` is None before anyone has been named as speaking."""

    kind: BlockKind
    start: int
    end: int
    turn: Turn | None


class Line(Struct, frozen=True):
    start: int
    end: int
    text: str


_HEADING_ZH = re.compile(
    r"(?:#{1,6}(?:\s|(?=[A-Z]))|第[一二三四五六七八九十]{1,3}[章节部条]|[一二三四五六七八九十]{1,3}、|【[^【】]{2,24}】$|[◇★▍■◆]\s?)"
)
_ITEM = re.compile(
    r"(?:[-*+•·●■◆]\s|\d{1,3}[.、．)）]\s?(?!\d)|\d{1,2}[.．](?=\d{3,4}[\u4e00-\u9fff]|\d{1,2}月)|[（(][一二三四五六七八九十\da-zA-Z]{1,4}[)）]|[一二三四五六七八九十]{1,3}、"
    r"|[①-⑳]|第[一二三四五六七八九十]{1,3}[章节部条]|#{1,6}(?:\s|(?=[A-Z]))|[一二三四五六七八九十]是|>\s)"
)
_METADATA = re.compile(
    r"[\s*|>（(]*(?:(?:发布|发文|成文|印发|公布|公开|生成|更新|审核|刊发|发稿|访问|打印)(?:时间|日期|机构)|日期|来源|信息来源|索引号|文号"
    r"|发文字号|责任编辑|编辑|浏览次数|(?:date|dated|published|publication date|release date|last updated|posted|source)"
    r"(?:\s+on)?)[*\s]*[:：]",
    re.IGNORECASE,
)
_STAMPED = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s+\d{1,2}:\d{2}")
_CLOSED = re.compile(r"[。！？；!?;:：…][”’」』》）)\"]?$")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HEADING_EN = re.compile(r"[A-Z][^.;]{2,80}(?<![.;:,])$")
"""A line under a full stop that has none of its own begins anew."""
_LABEL_EN = re.compile(r"[A-Z][^:.;!?]{2,60}:\s+\S")
_RULE = re.compile(r"[\s|:+=-]+$")


def lines_of(text: str) -> Iterator[Line]:
    """The lines without their white space at either end."""
    at = 0
    for whole in text.splitlines(keepends=True):
        bare = whole.strip()
        if bare:
            start = at + whole.index(bare[0])
            yield Line(start, start + len(bare), bare)
        else:
            yield Line(at, at, "")
        at += len(whole)


def blocks_of(text: str, introduced: Introduced) -> Iterator[Block]:
    """The blocks in order; blank lines and the rules of tables are in none."""
    turn: Turn | None = None
    open_block: Block | None = None
    last = ""
    front = front_end(text)
    for line in lines_of(text):
        asked = turn is not None and turn.role is SpeakerRole.REPORTER
        begun = turn_of(line.text, introduced, asked=asked)
        kind = _kind(line.text) if line.start >= front else BlockKind.METADATA
        joins = (
            open_block is not None
            and begun is None
            and kind is BlockKind.PROSE
            and open_block.kind is BlockKind.PROSE
            and _continues(last, line.text)
        )
        if joins and open_block is not None:
            open_block = Block(BlockKind.PROSE, open_block.start, line.end, turn)
            last = line.text
            continue
        if open_block is not None:
            yield open_block
            open_block = None
        last = line.text
        start = line.start
        if begun is not None:
            turn, said = begun
            start = line.end - said
            kind = BlockKind.PROSE
        if kind is BlockKind.HEADING and turn is not None and turn.ends_at_heading:
            turn = None
        if line.text and start < line.end and not _RULE.match(line.text):
            open_block = Block(kind, start, line.end, turn)
    if open_block is not None:
        yield open_block


def _kind(line: str) -> BlockKind:
    if line.startswith("|") or line.count("\t") >= 2 or line.count(" | ") >= 2:
        return BlockKind.ROW
    if _METADATA.match(line) or (":" in line[:120] and len(line) < 120 and _STAMPED.search(line)):
        return BlockKind.METADATA
    if is_aligned(line):
        return BlockKind.ROW
    if _HEADING_ZH.match(line) and len(line) <= 60 and not _CLOSED.search(line):
        return BlockKind.HEADING
    return BlockKind.PROSE


def _continues(last: str, line: str) -> bool:
    """Whether a line goes on with the sentence of the line before: it was wrapped, not ended."""
    if not last or not line or _ITEM.match(line):
        return False
    if _LABEL_EN.match(last) and _LABEL_EN.match(line):
        return False
    if last.endswith((".", "!", "?")) and _HEADING_EN.match(line):
        return False
    if _HAN.search(last[-1:]) or _HAN.search(last[-2:]):
        return len(last) >= 24 and not _CLOSED.search(last)
    if last.endswith(("，", ",", "、")) and _HAN.search(last):
        return True
    return (
        not _HAN.search(line[:1])
        and not _HAN.search(last[-6:])
        and (len(last) >= 45 or line[0].islower())
    )
