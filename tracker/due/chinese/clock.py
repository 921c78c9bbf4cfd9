"""An hour in Chinese: 24时, 下午5时, 17:30, 零点, 下班."""

from __future__ import annotations

from tracker.due.chinese import words as zh
from tracker.due.hours import Hour, hour_of
from tracker.due.lexer import Cursor


def hour(c: Cursor) -> Hour | None:
    start = c.i
    of_day = c.take(*zh.PARTS_OF_DAY)
    if c.take("下班", "收市", "收盘"):
        return Hour()
    number, rest = c.number(), []
    if of_day and number is None and c.peek().text not in ("于", "上", "会", "间"):
        return Hour()
    if number is not None and c.take("时", "点钟", "点"):
        rest = _minutes(c)
    elif number is not None and c.peek().text == ":":
        while c.take(":"):
            rest.append(c.number() or 0)
    else:
        c.i = start
        return None
    c.take("整")
    if number == 12 and of_day in zh.BEFORE_DAWN:
        number = 0
    return hour_of(":".join(f"{part:02}" for part in (number, *rest)), number, rest)


def _minutes(c: Cursor) -> list[int]:
    if c.take("半"):
        return [30]
    minutes = c.number()
    if minutes is None:
        return []
    c.take("分")
    seconds = c.number()
    c.take("秒")
    return [minutes] if seconds is None else [minutes, seconds]
