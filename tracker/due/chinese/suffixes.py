"""What stands after a Chinese phrase, told from what begins another word: 今年内 and 今年内蒙古."""

from __future__ import annotations

from tracker.due.chinese.words import ACTS, BEGINNINGS, NOT_BEFORE
from tracker.due.lexer import Cursor
from tracker.errors import BadDate


def suffix(c: Cursor, *suffixes: str) -> str:
    """Take a suffix, unless its last character begins a word of its own."""
    start = c.i
    taken = c.take(*suffixes)
    following = c.peek()
    if taken and following.glued and following.text[:1] in NOT_BEFORE.get(taken[-1], ""):
        c.i = start
        return ""
    return taken


def middle(c: Cursor, *wordings: str) -> bool:
    """中, where no other word can begin with it (2021年中国)."""
    start = c.i
    if c.take(*wordings) and (
        c.peek().text in ("之", "以") or not is_han(c.peek().text) or before_an_act(c)
    ):
        return True
    c.i = start
    return False


def before_an_act(c: Cursor) -> bool:
    """Whether it is told what is to be done then."""
    return _goes_on(c, ("将", "要", "可", "会"), ACTS)


def before_a_beginning(c: Cursor) -> bool:
    """Whether something begins then: 8月1日0时恢复通行."""
    return _goes_on(c, ("正式",), BEGINNINGS)


def _goes_on(c: Cursor, leads: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether one of the words comes next, with or without one that leads it."""
    start = c.i
    c.take(*leads)
    found = bool(c.take(*words))
    c.i = start
    return found


def is_han(text: str) -> bool:
    return "\u4e00" <= text[:1] <= "\u9fff"


def no_day(said: str) -> BadDate:
    return BadDate('"{said}" names no day.', "Write the day itself, such as 6月15日前.", said=said)
