"""What a period at the head of a list covers: a speaker says 今年 once and lists five items."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from tracker.extract import chinese, chinese_act
from tracker.extract.candidate import Candidate
from tracker.extract.discourse import DatedMention
from tracker.extract.judge import Judge
from tracker.extract.layout import Block
from tracker.extract.mention_context import Band, Tier
from tracker.extract.people import Turn
from tracker.extract.targets import targets_in

LASTS = 12
"""Blocks after which a period no longer covers what is said."""

_PARTS = re.compile(r"[。；;！!?？\n]")
_COMMAS = re.compile(r"[,，:：]")
_EDGE = ",，:：。;；！!?？、"


class Scope(Struct, frozen=True):
    """The period that is being inherited, by whom it was said, and for how many more blocks it lasts."""

    mention: DatedMention
    turn: Turn | None
    left: int


def inherited(
    judge: Judge,
    block: Block,
    scope: Scope | None,
    own: list[Candidate],
    mentions: list[DatedMention],
) -> tuple[list[Candidate], Scope | None]:
    """The items of a block that inherit a period, and the period that goes on after it.

    `own` are the candidates found in the block itself, `mentions` all its due phrases.
    """
    if scope is not None and (scope.turn != block.turn or scope.left <= 0):
        scope = None
    ahead = [c for c in own if c.tier is Tier.HORIZON and c.due is not None and c.likelihood]
    heads = {c.phrase.start for c in ahead}
    own = [c for c in own if c.band is not Band.OTHER]
    explicit = heads | {c.phrase.start for c in own}
    if scope is None and not heads:
        return [], None
    queue = deque(m for m in mentions if m.start in heads)
    clauses = deque(
        sorted((c.clause.start, c.clause.end) for c in own if c.phrase.start not in heads)
    )
    refused = deque(m.start for m in mentions if m.start not in explicit)
    found: list[Candidate] = []
    for start, end in _items(judge.text, block):
        while queue and queue[0].start < end:
            scope = Scope(queue.popleft(), block.turn, LASTS)
        while clauses and clauses[0][1] <= start:
            clauses.popleft()
        while refused and refused[0] < start:
            refused.popleft()
        covered = (clauses and clauses[0][0] < end) or (refused and refused[0] < end)
        if scope is None or covered or start <= scope.mention.start < end:
            continue
        found.extend(_item(judge, scope, start, end))
    return found, None if scope is None else Scope(scope.mention, scope.turn, scope.left - 1)


def _item(judge: Judge, scope: Scope, start: int, end: int) -> list[Candidate]:
    words = judge.text[start:end]
    if chinese.is_done(words):
        return []
    english = judge.is_english(start, end)
    act = judge.acts.act(words, "") if english else chinese_act.act("", "", words)
    title = act.what or "—"
    if not chinese.begins_with_a_verb(title) and not targets_in(words, english=english):
        return []
    modality = chinese.modality_of("", words, english=english)
    return [judge.candidate(title, scope.mention, (start, end), modality)]


def _items(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """The parts of a block that can be items: between stops, and from comma to comma where a verb begins."""
    cuts = [
        block.start,
        *(m.end() for m in _PARTS.finditer(text, block.start, block.end)),
        block.end,
    ]
    for left, right in pairwise(cuts):
        start = left
        for comma in (*(m.end() for m in _COMMAS.finditer(text, left, right)), right):
            ahead = text[comma : min(comma + 30, right)]
            if comma == right or chinese.begins_with_a_verb(ahead):
                item = _trimmed(text, start, comma)
                if item[1] - item[0] >= 6:
                    yield item
                start = comma


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in _EDGE):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _EDGE):
        end -= 1
    return start, end
