"""Why a phrase that the grammar cannot read is no due date: it recurs, it is vague, it waits."""

from __future__ import annotations

import re

from tracker.due.lexer import normal
from tracker.errors import BadDate
from tracker.message import Message

_ITSELF = Message("Write the due date itself, such as 2021-06-30.")
_REASONS = {
    r"\b(?:every|each|daily|weekly|monthly|quarterly|yearly|annually|annual)\b"
    r"|[每逐]个?半?(?:学年|年度|季度|年|月|季|周|日|天)": (
        Message('"{said}" recurs, and a due date is one day.'),
        Message("Write the first day it falls on, such as 2021-06-30."),
    ),
    r"\b(?:around|about|roughly|approximately|circa|some ?time|or so|or thereabouts)\b"
    r"|大约|大概|左右|前后|上下|^约": (
        Message('"{said}" leaves the day open.'),
        Message("Write by when at the latest, as in by 30 June, or 6月底前."),
    ),
    r"\b(?:a few|few|several|a couple of|some|many)(?= (?:days|weeks|months|years|quarters)\b)"
    r"|[几数若](?=干?[个天日周年月])": (
        Message('"{said}" is no number.'),
        Message("Write one, as in 3 weeks, or 3周内."),
    ),
    r"[\u4e00-\u9fff]+(?:之日起|之后|以后|后|起)(?=[^后起]{1,8}内$)": (
        Message('The count begins with an event, "{said}", whose date is not given.'),
        _ITSELF,
    ),
    r"\b(?:after|once|when|following|upon|pending|subject to)\b"
    r"|\b(?:from|since|starting|beginning|onwards?)\b|(?:之|以)?后$|起$|开始$|以来$": (
        Message('"{said}" does not say by when.'),
        _ITSELF,
    ),
    r"\b(?:or|and)\b(?! a half)|或者?|还是": (
        Message('"{said}" leaves open which of two days is meant.'),
        Message("Write the later one alone, such as 2021-06-30."),
    ),
}
"""What is said of what is found so, and what to write instead."""


def vague(phrase: str) -> BadDate | None:
    """The refusal for the first vague word in a phrase; None when there is none."""
    plain = normal(phrase)
    for words, (message, hint) in _REASONS.items():
        if (found := re.search(words, plain)) is not None:
            return BadDate(message, hint, said=phrase[found.start() : found.end()])
    return None
