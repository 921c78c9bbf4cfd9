"""Sentences, clauses and comma segments around a due phrase, in Chinese and English.

A clause begins at its phrase, or at the words before the phrase when they say something, and runs
to the next ; or 。 or to the next phrase that begins a segment of its own. Looking stops after
`REACH` characters either way, so that a text without punctuation costs no more than another.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from datetime import date
from itertools import pairwise

from msgspec import Struct

from tracker.due import find
from tracker.extract.chinese import begins_with_a_verb
from tracker.extract.discourse import DatedMention

REACH = 400
MOST = 60

_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|[ap]\.m|No|Sec|Dr|Mr|Mrs|Ms|St|Inc|Ltd|Co|vs|approx|U\.S|U\.K|[A-Z])|\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec))$"
)
_STOP = re.compile(
    r"(?=[。；！？\f;!?.])(?:[。；！？\f]|[;!?]"
    r"|(?<=[\u3400-\u9fff”’）)])\.(?!\d)"
    r"|(?<=[A-Za-z0-9)”\"’%\]*])\.(?=[*)\"”’]{0,3}(?:\s|$)))"
)
_COMMA = re.compile(r"[,，:：…]|——")
_DATELIKE = re.compile(r"\d+|[年月日周]|[A-Z][a-z]{2,8}|day|week|month|year")
_ANY_DAY = date(2020, 1, 15)
_BARE_LEAD = re.compile(
    r"^[\s*_“\"(（,]*(?:(?:并|且|同时|和|以及|and|also|其中|[一二三四五六七八九十]是|第[一二三四五六七八九十][,，、]?)\s*)*"
    r"(?:将|拟|计划|力争|争取|努力|确保|预计|有望|预期|必须|要|应|应当|须|需|请|在|于|到|至|约|不晚于|务必|我们)*[\s*_“\"]*$",
    re.IGNORECASE,
)
_SUBJECT_ZH = re.compile(r"(?![使让令])[\u4e00-\u9fff()（）]{1,12}(?<![较比])")
_AGAIN = re.compile(r"[\s*)]{0,4}(?:,\s+and\s|,\s|and\s)\s*")


class Context(Struct, frozen=True):
    """Where a phrase stands: offsets into the text.

    `sentence` begins after the last stop, `segment` after the last comma; the phrase is
    `start:end`; `clause_start:clause_end` is the clause and `stop` the character that ends it.
    """

    sentence: int
    segment: int
    start: int
    end: int
    clause_start: int
    clause_end: int
    stop: str


def stops(text: str, start: int, end: int) -> list[int]:
    """Where sentences and the parts between semicolons end, in text[start:end]."""
    found = []
    for match in _STOP.finditer(text, start, end):
        at = match.start()
        if text[at] == "." and _ABBREVIATION.search(text, max(start, at - 6), at):
            continue
        found.append(at)
    return found


def said_in_sentences(mentions: list[DatedMention], ends: list[int]) -> list[DatedMention]:
    """The dates without those of sentences that hold more than `MOST`: nobody says so much in one."""
    if len(mentions) <= MOST:
        return mentions
    sentence = [bisect_left(ends, mention.start) for mention in mentions]
    many = Counter(sentence)
    return [m for m, at in zip(mentions, sentence, strict=True) if many[at] <= MOST]


def crowded(text: str) -> int:
    """How many dates stand in sentences of more than `MOST`: lists, of which nothing is proposed."""
    left = 0
    for start, end in pairwise([0, *stops(text, 0, len(text)), len(text)]):
        if end - start > 3 * MOST and len(_DATELIKE.findall(text, start, end)) > MOST:
            dates = len(find(text[start:end], _ANY_DAY))
            left += dates if dates > MOST else 0
    return left


def context(
    text: str,
    block: tuple[int, int],
    phrase: tuple[int, int],
    ends: tuple[int, int],
    behind: int,
    following: list[int],
) -> Context:
    """The context of a phrase in a block.

    `ends` are the stops before and after the phrase; `behind` is the end of the phrase before it,
    `following` the starts of the next phrases.
    """
    floor, ceiling = block
    start, end = phrase
    sentence = max(floor, ends[0], start - REACH)
    while sentence < start and (text[sentence].isspace() or text[sentence] in ";；"):
        sentence += 1
    segment = sentence
    for match in _COMMA.finditer(text, sentence, start):
        segment = match.end()
    while segment < start and text[segment].isspace():
        segment += 1
    clause_end = min(ceiling, ends[1], end + REACH, *following[2:3])  # no clause holds four phrases
    stop = text[clause_end] if clause_end < ceiling else ""
    for other in following:
        if other >= clause_end:
            break
        cut = _cut_before(text, end, other)
        if cut is not None:
            clause_end, stop = cut, text[cut]
            break
    if is_bare(text[segment:start]):
        clause_start = start
    elif text[segment].isascii():
        again = _AGAIN.match(text, max(sentence, behind)) if behind > sentence else None
        clause_start = min(again.end(), start) if again else sentence
    else:
        clause_start = segment
    return Context(
        sentence, segment, start, end, clause_start, _trimmed(text, end, clause_end), stop
    )


def head_of_parts(text: str, floor: int, start: int) -> str:
    """The words before the colon that opens a list of parts between semicolons: We will: do this; …."""
    said = text[max(floor, start - REACH) : start].rstrip()
    colon = said.rfind(":")
    if not said.endswith(";") or colon < 0 or ". " in said[colon:]:
        return ""
    return said[: colon + 1].rsplit(". ", 1)[-1]


def is_bare(lead: str) -> bool:
    """Whether the words before a phrase only say how firmly it is meant: 计划, 力争, and."""
    return len(lead) <= 40 and _BARE_LEAD.match(lead) is not None


def _cut_before(text: str, floor: int, start: int) -> int | None:
    """The comma (or the English `and`) at which the clause of the phrase at `start` begins."""
    comma = None
    for match in _COMMA.finditer(text, max(floor, start - 40), start):
        comma = match
    lead = text[comma.end() if comma else max(floor, start - 12) : start]
    names_who = _SUBJECT_ZH.fullmatch(lead) is not None and not begins_with_a_verb(lead)
    if comma is not None and (is_bare(lead) or names_who):
        return comma.start()
    joined = re.search(
        r"[\s,]+and\s+(?:all\s+\w+\s+|to\s+\w+\s+)?$", text[max(floor, start - 30) : start]
    )
    return start - len(joined[0]) if joined else None


def _trimmed(text: str, floor: int, end: int) -> int:
    while end > floor and (text[end - 1].isspace() or text[end - 1] in ",，;；、。"):
        end -= 1
    return end
