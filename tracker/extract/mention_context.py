"""What stands around one due phrase, and what the grammar says of the phrase itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from msgspec import Struct

from tracker.model import Precision


class Tier(StrEnum):
    """How directly the date is tied to what is promised."""

    EXPLICIT = "explicit"
    HORIZON = "horizon"
    INHERITED = "inherited"


class Band(StrEnum):
    """What becomes of a date: it is shown, counted, or left among the others."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    OTHER = "other"


class Shape(StrEnum):
    """What a phrase names: 6月底前, 9月, 今年, 未来几年."""

    DEADLINE = "deadline"
    POINT = "point"
    WIDE = "wide"
    PERIOD = "period"


class BlockContext(Struct, frozen=True):
    """What stands above a block or beside a cell.

    `item` are the words of the item that it belongs to, `opening` the line that ends in a colon and
    introduces the list; `row` are the other cells of a row, `column` what its column is of.
    """

    kind: str = "prose"
    role: str = "nobody"
    heading: str = ""
    opening: str = ""
    item: str = ""
    row: str = ""
    column: str = ""
    listed: bool = False


class MentionContext(Struct, frozen=True):
    """What surrounds one phrase, and the `facts` of the grammar and the layout, in words.

    `before` and `after` are the rest of its sentence, `segment` and `near` the parts of them up to the
    nearest comma, `following` how the next sentence begins; `heading` is the nearest above, `opening`
    the line that ends in a colon and introduces it. `english`: no Chinese stands near the phrase.
    """

    before: str
    segment: str
    phrase: str
    near: str
    after: str
    following: str
    heading: str
    opening: str
    facts: tuple[str, ...]
    english: bool


_LIMIT_ZH = re.compile(r"(?:前|底|末|内|终|止|年底|岁末)$|^(?:到|至|不晚于|不迟于|最晚|最迟)")
_PERIOD_ZH = re.compile(
    r"[春夏秋冬](?:季|天)?(?:[之以]?前)?$|(?:期间|时期|未来|今后|全年|以来|期)$|^(?:未来|今后|全年)"
)
_LIMIT_EN = re.compile(
    r"^(?:by|before|no later than|not later than|on or before|prior to|due|within|(?:the )?end\b|close of)\b|\b(?:from|of|after) (?:the )?(?:date|publication|issuance|issue|signing)|year-end|^eo[ymq]",
    re.IGNORECASE,
)
_PERIOD_EN = re.compile(
    r"\b(?:spring|summer|autumn|fall|winter)\b|^(?:through|until|till|during|over|for)\b",
    re.IGNORECASE,
)
_WIDE = frozenset(
    (Precision.YEAR, Precision.FISCAL_YEAR, Precision.FIVE_YEAR, Precision.NONE),
)


def shape_of(phrase: str, precision: Precision, *, english: bool) -> Shape:
    """Whether the phrase itself names a deadline, a point in time, a year or a period."""
    limit, period = (_LIMIT_EN, _PERIOD_EN) if english else (_LIMIT_ZH, _PERIOD_ZH)
    if period.search(phrase):
        return Shape.PERIOD
    if limit.search(phrase):
        return Shape.DEADLINE
    return Shape.WIDE if precision in _WIDE else Shape.POINT


def nearness(due: date | None, made_on: date | None) -> str:
    """How far the day lies from that on which it was said, in one word."""
    if due is None:
        return "no day"
    if made_on is None:
        return "unknown"
    days = (due - made_on).days
    if days <= 0:
        return "same day" if days == 0 else "past"
    if days < 45:
        return "soon"
    if due.year == made_on.year:
        return "this year"
    return "next year" if days < 500 else "later"


_QUOTED_AIM = re.compile(
    "[^“”。；]{0,40}”的?(?:任务|目标|承诺|要求|说法|提议|建议|诉求|计划|问题|消息|流于|未能|没有)"
)
"""What goes on after a quotation that only names an aim: 完成了“|年内|新增4000个学位”的任务."""


def says_nothing(scene: MentionContext) -> bool:
    """Whether a date stands in an aim that is only quoted, or alone on its line, as a letter's day does."""
    facts = scene.facts
    alone = not (scene.before.strip() or scene.after.strip()) and scene.phrase[-1] in "日号"
    dated = "年" in scene.phrase and "prose" in facts and not {"labelled", "in an item"} & {*facts}
    quoted = "in quotation marks" in facts and _QUOTED_AIM.match(scene.after)
    return bool(quoted) or (alone and dated)


def facts_around(before: str, after: str, stop: str) -> Iterator[str]:
    """Where in its sentence a phrase stands."""
    if stop:
        yield f"before a {stop}"
    if not before.strip(" -*_#•|"):
        yield "first in its sentence"
    if not after.strip(" -*_#•.)|"):
        yield "last in its sentence"
    if before.count('"') % 2 or before.count("“") > before.count("”"):
        yield "in quotation marks"


_TO_COME = re.compile(r"\b(?:will|shall|must)\b|['’]ll\b", re.IGNORECASE)
_GONE = re.compile(r"\b(?:was|were|had|[a-z]{2,}ed)\b", re.IGNORECASE)
_LEVELS = ((_TO_COME, "to come", (2, 5, 10, 15, 20, 30)), (_GONE, "gone", (10, 20, 30, 40, 50)))


def manner_of(text: str) -> Iterator[str]:
    """How much of an English text is about what is to come, and about what was."""
    thousands = max(1, text.count(" ")) / 1000
    for words, name, levels in _LEVELS:
        share = len(words.findall(text)) / thousands
        level = sum(share > least for least in levels)
        yield f"words of what is {name}: {level} of {len(levels)}"
    size = sum(thousands > least for least in (0.02, 0.2, 0.5, 0.9))
    yield f"length {size} of 4"
