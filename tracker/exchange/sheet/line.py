"""Which rows are tasks: what is a heading, a total, a remark or the header once more is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from tracker.exchange.sheet.columns import ColumnField
from tracker.exchange.sheet.grid import Row, at, in_simplified
from tracker.exchange.sheet.header import Header
from tracker.exchange.sheet.statuses import is_word
from tracker.exchange.sheet.wording import telling


class RowKind(StrEnum):
    """What a row is."""

    TASK = "task"
    HEADING = "heading"
    TOTAL = "total"
    REMARK = "remark"
    HEADER = "header"

    __hash__ = str.__hash__


_ORDINAL = re.compile(r"^[(（]?(?:[一二三四五六七八九十]{1,3}|[IVX]{1,4}|[A-Z])[)）、.．]?$")
_SIGNED = re.compile(r"^\S{1,12}\s?\S{0,12}[:：]")
"""A line of a form, such as 经办人：."""

_SAYS = (
    *(
        ColumnField.DUE,
        ColumnField.OWNER,
        ColumnField.SUPPORTING,
        ColumnField.STATUS,
        ColumnField.PROGRESS,
        ColumnField.COMPLETED,
    ),
    *(ColumnField.BASELINE, ColumnField.FORECAST, ColumnField.PERSON, ColumnField.NEXT),
)
"""What only a task has; a title, a number and a share it has in common with headings."""


class TaskTraits(Struct, frozen=True):
    """What the tasks of a sheet have: a number, of digits; a body, a date or a status in every one."""

    numbered: bool = False
    digits: bool = False
    telling: bool = False
    owned: bool = False


def habits(rows: Sequence[Row], header: Header) -> TaskTraits:
    """What most rows of several cells have."""

    def having(*fields: ColumnField) -> list[Row]:
        places = [header.fields.get(field) for field in fields]
        return [row for row in rows if any(at(row, place).text for place in places)]

    full = [row for row in rows if len({cell.text for cell in row if cell.text}) > 2]
    told = having(ColumnField.DUE, ColumnField.OWNER, ColumnField.STATUS)
    by_body = having(ColumnField.DUE, ColumnField.OWNER)
    numbers = [row for row in by_body if header.text(row, ColumnField.NUMBER)]
    return TaskTraits(
        numbered=len(numbers) * 2 > len(by_body),
        digits=all(re.search("[0-9]", header.text(row, ColumnField.NUMBER)) for row in numbers),
        telling=len(told) >= len(full) * 0.9 and len(told) > 1,
        owned=len(having(ColumnField.OWNER)) * 2 > len(full),
    )


def kind_of(row: Row, header: Header, has: TaskTraits) -> RowKind:
    """Tell what a row is, by what the tasks of the sheet have."""
    if header.text(row, ColumnField.ID).isdecimal():
        return RowKind.TASK
    words = [in_simplified(cell.text) for cell in row if cell.text]
    if _is_header(row, header):
        return RowKind.HEADER
    title = header.text(row, ColumnField.TITLE)
    if _is_total(words) or ((not title or is_word(title)) and _counts(words)):
        return RowKind.TOTAL
    distinct = set(words)
    if len(distinct) == 1:
        return _alone(row, header, title, has)
    if _is_remark(words, distinct, in_simplified(title)):
        return RowKind.REMARK
    return RowKind.REMARK if _is_beside(row, header, has) else _among_tasks(row, header, title, has)


def _is_beside(row: Row, header: Header, has: TaskTraits) -> bool:
    """Whether a row has no number, where tasks have one, and little of what else they have."""
    if re.search(r"[0-9]|^[一二三四五六七八九十]+$", header.text(row, ColumnField.NUMBER)):
        # A line that was numbered ahead, and not filled in.
        said = (ColumnField.TITLE, *_SAYS)
        return not any(header.text(row, f) for f in said if f is not ColumnField.STATUS)
    wanted = [
        f for f in (ColumnField.OWNER, ColumnField.DUE, ColumnField.STATUS) if f in header.fields
    ]
    lacking = [f for f in wanted if not header.text(row, f)]
    is_plain = has.numbered and has.digits and header.group is None and len(wanted) > 2
    return (
        is_plain
        and len(lacking) > 1
        and not telling("section").match(header.text(row, ColumnField.TITLE))
    )


def _is_remark(words: Sequence[str], distinct: set[str], title: str) -> bool:
    """Whether all cells are lines of a form, or a note stands with no more than its words."""
    if all(map(_SIGNED.match, distinct)) or telling("beside").match(words[0]):
        return True
    is_noted = telling("note").match(words[0])
    remarks = is_noted or (words[0] != title and telling("remark").match(words[0]))
    return bool(remarks) and len(distinct) <= 2


def _is_total(words: Sequence[str]) -> bool:
    beside = words[1] if len(words) > 1 and re.fullmatch(r"[0-9.]+", words[0]) else ""
    return any(map(telling("total").match, (words[0], beside)))


def _counts(words: Sequence[str]) -> bool:
    """Whether there are words and else nothing but figures: Open items, 2."""
    first, *rest = words
    return bool(rest) and not re.search("[0-9]", first) and all(map(str.isdecimal, rest))


def _alone(row: Row, header: Header, title: str, has: TaskTraits) -> RowKind:
    """A row that says one thing only, in one cell or across merged ones."""
    text = next(cell.text for cell in row if cell.text)
    across = sum(cell.text == text for cell in row) > 1
    if telling("note", "remark").match(in_simplified(text)) or (
        len(text) > 60 and (across or not title)
    ):
        return RowKind.REMARK
    if (
        across
        or not title
        or has.numbered
        or telling("section").match(text)
        or text.endswith((":", "："))
    ):
        return RowKind.HEADING
    bold = at(row, header.fields.get(ColumnField.TITLE)).bold
    # In a list of one column whatever stands there is to be done.
    return RowKind.HEADING if (bold or has.telling) and len(header.fields) > 1 else RowKind.TASK


def _among_tasks(row: Row, header: Header, title: str, has: TaskTraits) -> RowKind:
    """A row of several cells: a heading where it says nothing that only a task has."""
    number = header.text(row, ColumnField.NUMBER)
    first = next(cell.text for cell in row if cell.text)
    marked = telling("section").match(first) or (number and _ORDINAL.match(number))
    across = [cell.text for cell in row if cell.text not in ("", number)]
    if len(across) > 1 and len(set(across)) == 1:
        return RowKind.HEADING
    if title.endswith((":", "：")) and not _is_anyones(row, header):
        return RowKind.HEADING
    if any(header.text(row, f) for f in _SAYS):
        # A phase sums up the dates of its tasks, and is nobody's.
        is_nobodys = has.owned and not header.text(row, ColumnField.OWNER)
        return RowKind.HEADING if is_nobodys and telling("section").match(title) else RowKind.TASK
    detailed = header.group is not None and bool(at(row, header.group).text)
    beside = {cell.text for cell in row if re.search("[^\\W\\d_]", cell.text)} - {title, number}
    if title and len(beside) > 1 and not marked:
        return RowKind.TASK
    unlike = (has.numbered and not number) or has.telling
    is_heading = marked or not (title or detailed) or (unlike and not detailed)
    return RowKind.HEADING if is_heading else RowKind.TASK


def _is_anyones(row: Row, header: Header) -> bool:
    return any(header.text(row, f) for f in (ColumnField.DUE, ColumnField.OWNER))


def _is_header(row: Row, header: Header) -> bool:
    """Whether the header is repeated, as at the top of each printed page or group."""
    named = [(cell.text, name) for cell, name in zip(row, header.names, strict=False) if cell.text]
    same = sum(text == name for text, name in named)
    return len(named) > 1 and same > 1 and same >= len(named) * 0.6
