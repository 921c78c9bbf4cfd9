"""What words of progress tell of the end of a task, and of what is left of it."""

from __future__ import annotations

import re

from tracker.exchange.sheet.notation import MONTHS
from tracker.exchange.sheet.wording import telling

# What a cell of dates says of the end of a task, and not of its deadline.
CLOSED = re.compile(
    r"已[^，。；前]*(?:完成|办结|销号|整改|落实)|^(?:完成|办结|销号)(?:于|$)"
    r"|^(?!.*\b(?:after|once|when|until|till|upon|following|of|before|be|if)\b).*?\b(?:closed|completed|complete|done|delivered|achieved)\b(?! by)",
    re.IGNORECASE,
)
CLAUSES = re.compile(r"[(（)）；;，,。\n]|\.\s|\s[-–—]\s")
SENTENCES = re.compile(r"[.。；;]\s*|\s[-–—]\s")
# A day beside these, or beside other English words than those of an end, is not that.
BEGUN = re.compile(
    rf"会议|座谈|调研|检查|启动|开工|部署|正在|[a-z]{{3}}(?<!{MONTHS})",
    re.IGNORECASE,
)
_ENDED_ON = re.compile(
    r"\b(?!(?:start|begin|revis|expect|plann|schedul|request|extend|delay|defer|postpon|updat|rais|assign|chas|mov|commenc|propos|target|estimat|remind|resum|book|need|requir|advis)\w*)"
    r"[a-z]+ed (?:(?:to|off|in|out|up|by|with|at) (?:[a-z]+ ){0,3})?(?:on |at )?(?:[0-9]|[a-z]{3,9} [0-9])[^ ]*(?: [a-z]{3,9})?(?: [0-9]{2,4})?$",
    re.IGNORECASE,
)
"""A clause that ends with what was done on a day: uploaded 28.10.2026."""

DONE_ON = re.compile(r"[a-z]ed (?:on )?[0-9]")
ALREADY = re.compile("已[^，。；0-9]{1,4}$")
"""What was done, in one word, which beside a day of completion is all of it: 已公示."""

SO_FAR = re.compile(
    r"(?:完成|进度)[^，。；0-9]{0,4}([0-9]{1,3})\s?%|(?<![0-9.])([0-9]{1,3})\s?% (?:complete|done|delivered)",
    re.IGNORECASE,
)
_OF = re.compile(
    r"\b([0-9]{1,4}) (?:out )?of (?:the )?([0-9]{1,4})\b|([0-9]{1,4})([^\W\d]{1,2})[^0-9，。；]{0,3}完成([0-9]{1,4})\4"
)


def tells_of_rest(told: str) -> bool:
    """Whether words tell of something left, or of some of several."""
    return bool(telling("left").search(told)) or is_some(told)


def is_some(told: str) -> bool:
    """Whether words count some of several: 9 of 14; 12校完成8校."""
    counted = ((one[1] or one[5], one[2] or one[3]) for one in _OF.finditer(told))
    return any(int(some) < int(whole) for some, whole in counted)


def says_all_done(told: str) -> bool:
    """Whether words tell that all of a task is done, and of nothing left."""
    return bool(telling("all-done").match(told) and not _not_all(told)) or is_passed(told)


def is_passed(told: str) -> bool:
    """Whether words tell that all was done, whatever that is."""
    return bool(telling("passed").search(told))


def has_ended(clause: str) -> bool:
    """Whether a clause tells of an end, or of what was done on a day."""
    return is_passed(clause) or bool(_ENDED_ON.search(clause))


def _not_all(told: str) -> bool:
    return bool(telling("left", "some").search(told))


def goes_on(told: str) -> bool:
    """Whether words tell of something that is not at its end."""
    return bool(telling("left").search(told) or "已开展" in told)


def is_ended_on(told: str) -> bool:
    """Whether words are one clause of what was done on a day."""
    return bool(_ENDED_ON.search(told)) and len(CLAUSES.split(told)) == 1


_TO_WRITE = re.compile("制定|修订|出台|印发|编制|起草|拟定")
_WRITTEN = re.compile("已(?:经|正式)*(?:印发|出台|发布|公布|施行)(?:执行|实施)?(?:$|[，。；])")
_DID = re.compile("(?:均|都)?已经?(?:全部|全面)?([\u4e00-\u9fff]{2})(?:$|[，。；])")
_VERB = re.compile(r"^(?:to )?([a-z]{4,}?)e?\b", re.IGNORECASE)


def is_what_was_asked(title: str, told: str) -> bool:
    """Whether words tell of just what a title asks for: adopt a policy, policy adopted; 修订办法, 已印发."""
    if _not_all(told) or re.match("[0-9]", told):
        return False
    if _TO_WRITE.search(title) and _WRITTEN.search(told):
        return True
    if (did := _DID.match(told)) and did[1] in title:
        return True
    verb = _VERB.match(title)
    return bool(verb and re.search(rf"\b{verb[1]}e?d\b", told, re.IGNORECASE))
