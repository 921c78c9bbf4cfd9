"""What stands after a Chinese phrase, told from what begins another word: 今年内 and 今年内蒙古."""

from __future__ import annotations

from tracker.due.lexer import Cursor
from tracker.errors import BadDate

BEFORE = ("或之前", "或以前", "之前", "以前", "前")
WITHIN = ("之内", "以内", "内")

_WORDS_FROM = {
    "内": "蒙部容外需地陆涵存在河江",
    "前": "后期半述沿几所往来景瞻端提列进线任三两五六七八九十一二四0123456789",
    "初": "步次始中级衷心",
    "底": "层部气线色数",
    "末": "端梢",
    "季": "节风军后赛报",
    "后": "续来期备勤台",
}


def suffix(c: Cursor, *suffixes: str) -> str:
    """Take a suffix, unless its last character begins a word of its own."""
    start = c.i
    taken = c.take(*suffixes)
    following = c.peek()
    if taken and following.glued and following.text[:1] in _WORDS_FROM.get(taken[-1], ""):
        c.i = start
        return ""
    return taken


def middle(c: Cursor, *wordings: str) -> bool:
    """中, where no other word can begin with it (2021年中国)."""
    start = c.i
    if c.take(*wordings) and (c.peek().text in ("前", "之", "以") or not is_han(c.peek().text)):
        return True
    c.i = start
    return False


def is_han(text: str) -> bool:
    return "\u4e00" <= text[:1] <= "\u9fff"


def no_day(said: str) -> BadDate:
    return BadDate(f'"{said}" names no day.', "Write the day itself, such as 6月15日前.")
