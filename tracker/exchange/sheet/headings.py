"""What headings say of the rows below them, and brackets of their own, where no column does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from msgspec.structs import replace

from tracker.due import Mention, find
from tracker.exchange.sheet import statuses
from tracker.exchange.sheet.bodies import is_body
from tracker.exchange.sheet.columns import ColumnField
from tracker.exchange.sheet.grid import NOTHING, Cell, Grid, Row, line
from tracker.exchange.sheet.header import Header
from tracker.exchange.sheet.line import RowKind

HeadingFields = dict[ColumnField, str]

_LABELLED = re.compile(
    r"(?:(?:责任|牵头|主办|承办)(?:单位|部门|科室)?|^单位)\s?[:：]\s*([^)）；;\s]+)"
    r"|\b(?:lead|owner|responsible(?: body)?)\s?:\s*([^);]+)",
    re.IGNORECASE,
)
_LABEL = re.compile("[:：]")
_MET = re.compile(
    r"(?:会议|交办|下达|部署|\bmeeting(?: date| held)?|\bdate of meeting)(?:日期|时间| on| of)?\s?[:：]?\s?"
    r"((?:20[0-9]{2}|[0-9]{1,2}\s?(?:[a-z]{3}|[/.-])).{4,16}?)(?:\s\s|$)",
    re.IGNORECASE,
)
"""The day of a meeting, on which all below it was promised."""

_FOR = re.compile(r"\b(?:for|next|before|to)(?: the)?\s*$|(?:下次|提交|提请)$", re.IGNORECASE)
_AS_OF = re.compile(r"截[至止]|更新|\b(?:as (?:at|of)|updated)\b", re.IGNORECASE)
_ORDINAL = re.compile(
    r"^[(（]?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2}|[IVX]{1,4}|[A-Z])[)）、.．]\s?"
)
_BRACKETS = re.compile(r"\s*[(（][^()（）]*[)）]\s*$|[:：]$")
_BEHIND = re.compile(r"[(（]([^()（）]+)[)）]\s*[。.]?\s*$")
_ROLE = re.compile("牵头|负责|主办|配合|协办|参与")
_OF_WHAT = re.compile(
    r"\s?(?:的?(?:事项|任务|项目|工作)(?:清单)?|类|actions?|items?|tasks?|milestones?)$",
    re.IGNORECASE,
)


def said_in(heading: str) -> HeadingFields:
    """What a heading says: 县教育局（2项）; 6月底前完成; Completed actions; （牵头单位：市工信局）."""
    bare = _BRACKETS.sub("", _ORDINAL.sub("", heading.strip())).strip()
    found: HeadingFields = {}
    if owner := _owner(heading, bare):
        found[ColumnField.OWNER] = owner
    if met := _met(heading):
        found[ColumnField.MADE_ON] = met
    elif not _AS_OF.search(heading) and len(days := _days(bare)) == 1:
        found[ColumnField.DUE] = bare[days[0].start : days[0].end]
    if statuses.headed(word := _OF_WHAT.sub("", bare)):
        found[ColumnField.STATUS] = word
    return found


def _met(line: str) -> str:
    """The day of the meeting that a line is of; what is for one to come was promised before that."""
    met = _MET.search(line)
    return "" if met is None or _FOR.search(line[: met.start()]) else met[1].strip(" )）")


def _owner(heading: str, bare: str) -> str:
    labelled = _LABELLED.search(heading)
    return (
        (labelled[1] or labelled[2])
        if labelled
        else bare
        if is_body(bare) and not _LABEL.search(bare)
        else ""
    )


def spread(
    grid: Grid, head: Header, below: Mapping[int, Row], kinds: Mapping[int, RowKind]
) -> tuple[Header, Mapping[int, Row]]:
    """The rows with what headings say of them, in further columns of the header."""
    under = dict(_under(grid, head, below, kinds))
    told = {field for said in under.values() for field in said}
    fields = [f for f in ColumnField if f in told and f not in head.fields]
    if not fields or head.periods:
        return head, below
    width = max(len(head.names), *map(len, below.values()))
    blank = ("",) * (width - len(head.names))
    places = {field: width + n for n, field in enumerate(fields)}
    head = replace(head, names=(*head.names, *blank, *fields), fields=head.fields | places)
    rows = {
        p: (
            *row,
            *(NOTHING,) * (width - len(row)),
            *(Cell(under[p].get(field, "")) for field in fields),
        )
        if p in under
        else row
        for p, row in below.items()
    }
    return head, rows


def _under(
    grid: Grid, head: Header, below: Mapping[int, Row], kinds: Mapping[int, RowKind]
) -> Iterator[tuple[int, HeadingFields]]:
    """Yield the tasks with what stands over them; a heading ends those of its kind, and theirs."""
    above = [line(row) for p, row in grid.rows.items() if p < head.first]
    whole: HeadingFields = {
        field: said
        for field, said in said_in(grid.name).items()
        if field is ColumnField.STATUS or (field is ColumnField.OWNER and len(grid.name) > 2)
    }
    for said in above[:-1]:
        if owner := _owner(said, ""):
            whole[ColumnField.OWNER] = owner
        if met := _met(said):
            whole[ColumnField.MADE_ON] = met
    over = {"the lines above": whole, **({_kind(above[-1]): said_in(above[-1])} if above else {})}
    for place, row in below.items():
        if kinds[place] is RowKind.HEADING:
            text = next(cell.text for cell in row if cell.text)
            kind = _kind(text)
            kept = list(over)[: list(over).index(kind)] if kind in over else list(over)
            over = {**{key: over[key] for key in kept}, kind: said_in(text)}
        elif kinds[place] is RowKind.TASK:
            over_it = {field: text for said in over.values() for field, text in said.items()}
            yield place, over_it | _in_brackets(head.text(row, ColumnField.TITLE))


def is_led(title: str) -> bool:
    """Whether brackets behind a title say who does it."""
    return ColumnField.OWNER in _in_brackets(title)


def _in_brackets(title: str) -> HeadingFields:
    """What stands behind a title: （市教育局牵头，市财政局配合，年底前完成）; (Clerk, by 30 June)."""
    behind = _BEHIND.search(title)
    if behind is None:
        return {}
    clauses = re.split(r"[，,；;]\s*", behind[1])
    found: HeadingFields = {}
    if bodies := [part for part in clauses if _LABELLED.search(part) or _ROLE.search(part)]:
        named = (_LABELLED.sub(lambda m: m[1] or m[2], part) for part in bodies)
        found[ColumnField.OWNER] = "；".join(named)
    days = [part for part in clauses if _days(part)]
    if len(days) == 1:
        found[ColumnField.DUE] = re.sub("^.{1,6}[:：]|完成$", "", days[0].strip())
        if not bodies and len(clauses) == 2 and days[0] == clauses[1]:
            found[ColumnField.OWNER] = clauses[0]
    return found


def _days(text: str) -> list[Mention]:
    """The deadlines that a text names."""
    found = find(text, date(2000, 1, 1))
    return [m for m in found if m.due.date and m.limit and not m.unclear]


def _kind(heading: str) -> str:
    """How a heading is numbered: 一、 and 二、 are of one kind."""
    ordinal = _ORDINAL.match(heading)
    return re.sub(r"\w+", "", ordinal[0]) + str(ordinal[0].isascii()) if ordinal else ""
