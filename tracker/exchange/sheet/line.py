"""Which rows are tasks: what is a heading, a total, a remark or the header once more is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

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
_SUMMED = re.compile(
    r"^.{1,12}(?:小计|合计|总计)(?:[(（].{0,9})?[:：]?$|^.{1,30}\s(?:sub-?)?total:?$", re.IGNORECASE
)
_NOTED = re.compile(r"^(?:注|备注|说明|填表说明|填报说明)[^,，]{0,4}[:：]|^注\s?[0-9]?[:：.、]")
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
_SIGNED = re.compile(r"^\S{1,12}\s?\S{0,12}[:：]")
_SAYS = (
    *(Field.DUE, Field.OWNER, Field.SUPPORTING, Field.STATUS, Field.PROGRESS, Field.COMPLETED),
    *(Field.BASELINE, Field.FORECAST, Field.PERSON, Field.NEXT),
)
"""What only a task has; a title, a number and a share it has in common with headings."""


def kind_of(row: Row, header: Header, *, numbered: bool) -> Kind:
    """Tell what a row is; `numbered`: the tasks of the sheet have numbers."""
    if at(row, header.fields.get(Field.ID)).text.isdecimal():
        return Kind.TASK
    words = [cell.text for cell in row if cell.text]
    first, distinct = words[0], set(words)
    if _is_header(row, header):
        return Kind.HEADER
    if _is_total(words):
        return Kind.TOTAL
    title = at(row, header.fields.get(Field.TITLE)).text
    if len(distinct) == 1:
        return _alone(row, header, first, title, numbered=numbered)
    if _REMARK.match(first) and (len(distinct) <= 2 or all(map(_SIGNED.match, distinct))):
        return Kind.TASK if first == title and not _NOTED.match(first) else Kind.REMARK
    return _among_tasks(row, header, title, numbered=numbered)


def _is_total(words: Sequence[str]) -> bool:
    beside = words[1] if len(words) > 1 and re.fullmatch(r"[0-9.]+", words[0]) else ""
    return bool(_TOTAL.match(words[0]) or _TOTAL.match(beside) or _SUMMED.match(words[0]))


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


def _among_tasks(row: Row, header: Header, title: str, *, numbered: bool) -> Kind:
    """A row of several cells: a heading where it says nothing that only a task has."""
    if any(at(row, header.fields.get(f)).text for f in _SAYS):
        return Kind.TASK
    number = at(row, header.fields.get(Field.NUMBER)).text
    first = next(cell.text for cell in row if cell.text)
    marked = _SECTION.match(first) or (number and _ORDINAL.match(number))
    detailed = header.group is not None and bool(at(row, header.group).text)
    is_heading = marked or not (title or detailed) or (numbered and not number and not detailed)
    return Kind.HEADING if is_heading else Kind.TASK


def _is_header(row: Row, header: Header) -> bool:
    """Whether the header is repeated, as at the top of each printed page or group."""
    named = [(cell.text, name) for cell, name in zip(row, header.names, strict=False) if cell.text]
    same = sum(text == name for text, name in named)
    return len(named) > 1 and same > 1 and same >= len(named) * 0.6
