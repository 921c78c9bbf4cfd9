"""What the words beside the dates say of a deadline that is another one by now."""

from __future__ import annotations

import re

from tracker.exchange.sheet.columns import DATED, ColumnField
from tracker.exchange.sheet.dates import Day, named
from tracker.exchange.sheet.row import Cells

_MOVED = re.compile(
    r"\bnew (?:\w+ )?(?:date|deadline)|\b(?:date|deadline) (?:is |was )?(?:now|moved|revised|extended|slipped|postponed)"
    r"|\b(?:revised|moved|extended|slipped|postponed|pushed|deferred) (?:back )?(?:to|until)\b"
    r"|\b(?:dates?|deadline|timing|plan) (?:is |are |still |to be |yet to be )*(?:confirmed|agreed|set|tbc|provisional)|\brevised (?:plan|programme|timetable|timescale)"
    r"|(?:时间|时限|日期)(?:待|未|另行)|(?:延期|推迟|顺延|延后|延长|调整|改)[至到为](?=.{0,4}[0-9一二三四五六七八九十年月底末])|延至",
    re.IGNORECASE,
)
"""Words that speak of another date."""

_UNTIL = re.compile(
    r"(?:延期|展期|展延|顺延|推迟|延长|延后|宽限|调整)(?:完成|办结|整改)?(?:时限|期限|时间|日期)?(?:[至到为]|：)|延至"
    r"|\b(?:exten(?:ded|sion)|revised|moved|deferred|postponed|new)\b[^.;]*?\b(?:to|until|date:?|deadline:?|of)\b",
    re.IGNORECASE,
)
_GRANTED = re.compile(
    r"(?:批准|同意|批复|准予|核准|获批|审批通过|核定)|\b(?:agreed|approved|granted|authori[sz]ed|signed off)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"[未待拟不]\S{0,6}?(?:批|同意|准|核)|建议|(?<!申)请(?!示)"
    r"|\b(?:not|to be|awaiting|pending|subject to|if|once|propos\w+|refused|rejected)\b",
    re.IGNORECASE,
)


def granted(cells: Cells, due: Day) -> tuple[Day, str] | None:
    """The later deadline that a remark says was granted, with the column of the remark."""
    for name, text in _beside(cells):
        until = _UNTIL.search(text)
        if until is None or not _GRANTED.search(text) or _NOT_YET.search(text):
            continue
        days = named(text[until.end() :], cells.reading(due.on))
        later = next((d for d in days[:1] if d.date and due.on and d.date > due.on), None)
        if later:
            return Day(later.date, later.precision, later.phrase, later.year_assumed), name
    return None


def told(cells: Cells) -> list[str]:
    """The columns that speak of another date than the deadline."""
    reading = cells.reading(cells.due)

    def is_known(text: str) -> bool:
        days = [day.date for day in named(text, reading) if day.date]
        return bool(days) and max(days) == cells.due

    return [n for n, text in _beside(cells) if _MOVED.search(text) and not is_known(text)]


def _beside(cells: Cells) -> list[tuple[str, str]]:
    """The columns, by name, that are neither of days nor of what is to be done."""
    dated = {cells.head.fields.get(field) for field in (*DATED, ColumnField.TITLE)}
    names = cells.head.names
    return [(names[n], c.text) for n, c in enumerate(cells.row) if n not in dated and c.text]
