"""Which rows are tasks: what is a heading, a total, a remark or the header once more is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from tracker.exchange.sheet.columns import Field
from tracker.exchange.sheet.grid import Row, at
from tracker.exchange.sheet.header import Header


class Kind(StrEnum):
    """What a row is."""

    TASK = "task"
    HEADING = "heading"
    TOTAL = "total"
    REMARK = "remark"
    HEADER = "header"

    __hash__ = str.__hash__


_TOTAL = re.compile(
    r"^(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|汇\s*总|平均|总数)(?:$|[\s:：(（0-9])|^共\s?[0-9]+\s?[项条件]"
    r"|^(?:(?:sub-?|grand )?total|sum|average|count|overall)s?(?:$|\s*[:(0-9]| (?:tasks|actions|items|milestones|number)\b)",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"^(?:注|备注|说明|填表说明|填报说明|填报[人单日]|填表|审核|制表|联系人|联系电话|单位负责人|签字|签章|报送|打印|附件|附注)[^,，]{0,4}[:：]|^注\s?[0-9]?[:：.、]"
    r"|^\*|^(?:notes?|legend|key|source|prepared by|updated by|last updated|printed|page [0-9]|rag key|status key|signed|end of)\b",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十0-9]{1,3}[章节部批类]|[IVX]{1,4}[.、)]\s"
    r"|(?:section|phase|theme|part|priority|workstream|objective|pillar|goal|stage)\s+[0-9A-Z]{1,3}\b|[A-Z][.)、]\s)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"^[(（]?(?:[一二三四五六七八九十]{1,3}|[IVX]{1,4}|[A-Z])[)）、.．]?$")
_SAYS = (
    *(Field.DUE, Field.OWNER, Field.SUPPORTING, Field.STATUS, Field.PROGRESS, Field.STATE),
    *(Field.PERCENT, Field.COMPLETED, Field.BASELINE, Field.FORECAST, Field.PERSON, Field.NEXT),
)
"""What only a task has; a title and a number it shares with headings."""


def kind_of(row: Row, header: Header, *, numbered: bool) -> Kind:
    """Tell what a row is; `numbered`: the tasks of the sheet have numbers."""
    if at(row, header.fields.get(Field.ID)).text.isdecimal():
        return Kind.TASK
    return _kind(row, header, numbered=numbered)


def _kind(row: Row, header: Header, *, numbered: bool) -> Kind:
    words = [cell.text for cell in row if cell.text]
    first, distinct = words[0], set(words)
    if _is_header(row, header):
        return Kind.HEADER
    if _TOTAL.match(first) or (len(words) > 1 and _TOTAL.match(words[1]) and _is_number(first)):
        return Kind.TOTAL
    says = [cell for f in _SAYS if (cell := at(row, header.fields.get(f)).text)]
    title = at(row, header.fields.get(Field.TITLE)).text
    if len(distinct) == 1:
        return _alone(row, header, first, title, numbered=numbered)
    if _REMARK.match(first) and len(distinct) <= 2 and first != title:
        return Kind.REMARK
    if not says and _is_heading(row, header, title, numbered=numbered):
        return Kind.HEADING
    return Kind.TASK


def _alone(row: Row, header: Header, text: str, title: str, *, numbered: bool) -> Kind:
    """A row that says one thing only, in one cell or across merged ones."""
    across = sum(cell.text == text for cell in row) > 1
    if _REMARK.match(text) or (len(text) > 60 and (across or not title)):
        return Kind.REMARK
    if across or not title or numbered or _SECTION.match(text) or text.endswith((":", "：")):
        return Kind.HEADING
    bold = at(row, header.fields.get(Field.TITLE)).bold
    # In a list of one column whatever stands there is to be done.
    return Kind.HEADING if bold and len(header.fields) > 1 else Kind.TASK


def _is_heading(row: Row, header: Header, title: str, *, numbered: bool) -> bool:
    number = at(row, header.fields.get(Field.NUMBER)).text
    first = next(cell.text for cell in row if cell.text)
    if _SECTION.match(first) or (number and _ORDINAL.match(number)):
        return True
    return not title or (numbered and not number)


def _is_header(row: Row, header: Header) -> bool:
    """Whether the header is repeated, as at the top of each printed page."""
    named = [(cell.text, name) for cell, name in zip(row, header.names, strict=False) if cell.text]
    return len(named) > 1 and all(text == name for text, name in named)


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9.]+", text))


def summaries(levels: Sequence[tuple[int, int]]) -> set[int]:
    """The rows that others stand under, of (row, outline level) in order."""
    return {row for (row, level), (_, below) in pairwise(levels) if below > level}
