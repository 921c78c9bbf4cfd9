"""Columns that are headed by periods: which period each is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise

from tracker.due import Due, parse
from tracker.errors import BadDate
from tracker.exchange.sheet.columns import plain
from tracker.exchange.sheet.notation import MONTH
from tracker.model import Precision

_REPORTED = re.compile(
    r"进展|完成|情况|实际|投资|actual|progress|update|status|result", re.IGNORECASE
)
_PERIOD = re.compile(
    r"(?:^|\s|计划|安排|目标|进度|节点|任务)((?:20[0-9]{2}(?:年|[-/. ])?\s?)?(?:第?[一二三四1-4]季度?|Q[1-4]|(?:[0-9]{1,2}月?[-—–~～至])?[0-9]{1,2}月份?|[上下]半年|H[12])"
    rf"|(?:Q[1-4]|H[12]|(?:{MONTH}\s?[-–—]\s?)?{MONTH})(?:[- ]'?(?:20)?[0-9]{{2}})?"
    r"|20[0-9]{2}年?|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}月[0-9]{1,2}日)"
    r"(?:[底末前])?\s?(?:工作|进度|任务|计划|阶段)*(?:目标|任务|计划|节点|要求|安排|goals?|targets?|milestones?|plan)?$",
    re.IGNORECASE,
)


_ON_A_DAY = re.compile(r"[0-9]{1,2}(?:st|nd|rd|th)? [a-z]{3,9}$", re.IGNORECASE)


def period(name: str, anchor: date) -> Due | None:
    """The period that heads a column of goals or marks: 一季度目标, Q2, 3月, 2021-03-01."""
    found = _PERIOD.search(plain(name)) if len(name) < 40 and not _REPORTED.search(name) else None
    if found is None:
        return None
    if _ON_A_DAY.search(name):
        return None  # of days, as a calendar has them, no one is when it is due
    words = re.sub("([一二三四])季$", r"\1季度", found[1].replace("月份", "月"))
    words = re.sub(
        r"(?:[0-9]{1,2}月?|[A-Za-z]{3,9}\s?)[-—–~～至]\s?(?=[0-9]{1,2}月|[A-Za-z])", "", words
    )
    words = re.sub(r"^([a-z]{3,9})[- ]'?([0-9]{2})$", r"\1 20\2", words)
    try:
        due = parse(words, anchor)
    except BadDate:
        return None
    return due if due.date else None


def whole(found: Mapping[int, Due]) -> Iterator[tuple[int, Due]]:
    """Weeks are headed by their first days: each lasts until the next."""
    days = [due.date for due in found.values() if due.date and due.precision is Precision.DAY]
    steps = {(b - a).days for a, b in pairwise(days)}
    step = steps.pop() if len(steps) == 1 and len(days) == len(found) else 1
    for place, due in found.items():
        assert due.date is not None  # noqa: S101 -- only those that name a day were kept
        yield place, Due(due.date + timedelta(max(step, 1) - 1), due.precision, due.phrase)
