"""Saved filters: the words of a list's options, and what they mean on a day."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import msgspec

from tracker.errors import BadDate, BadValue
from tracker.message import Message
from tracker.model import FieldKind, Standing, StandingOn, Status
from tracker.query import CRITERIA, Filter, Group, Page, keys_of, known_words, listed_words
from tracker.report.derived import COLUMNS
from tracker.texts import folded

FilterWords = Mapping[str, str | tuple[str, ...]]
"""What `--status`, `--owner` and the others would be given: {"status": "open", "due-to": "+30d"}.

Days may be due phrases, understood anew from each day on which the filter is used.
"""

_MANY: dict[FieldKind, Callable[[str], Any]] = {
    FieldKind.STATUS: Status.meant_by,
    FieldKind.STANDING: Standing.meant_by,
    FieldKind.TAGS: folded,
}
"""What is made of each word, where there may be several."""
WORDS = {
    asked.option.flag.removeprefix("--"): name
    for name, asked in CRITERIA.items()
    if asked.option is not None
}
"""The words there are, and what of a filter each gives."""

LAYOUT = ("sort", "reverse", "group", "columns", "limit")
"""The words of a filter that say how a list of it is laid out; feeds and exports need none."""


def filter_of(words: FilterWords, day: date, fiscal_year: int = 1) -> Filter:
    """The filter as it is meant on `day`. Raises BadValue and BadDate."""
    asked: dict[str, Any] = {}
    for word, said in words.items():
        if word in LAYOUT:
            continue
        name = WORDS[word]
        kind = CRITERIA[name].kind
        if kind in _MANY:
            each = (said,) if isinstance(said, str) else said
            among: frozenset[Any] = frozenset(map(_MANY[kind], each))
            asked[name] = StandingOn(among, day) if kind is FieldKind.STANDING else among
        elif not isinstance(said, str):
            raise BadValue(
                "{word} takes one text, and no list.", 'Write it as `{word} = "…"`.', word=word
            )
        else:
            first = CRITERIA[name].compare is operator.ge
            is_day = kind is FieldKind.DAY
            asked[name] = _day(said, day, fiscal_year, is_first=first) if is_day else said
    return Filter(**asked)


def page_of(words: FilterWords) -> Page:
    """How a list is laid out by the words of a filter. Raises BadValue."""
    told = {w: v if isinstance(v, str) else ",".join(v) for w, v in words.items() if w in LAYOUT}
    limit = told.get("limit", "")
    if limit and not (limit.isdecimal() and int(limit)):
        raise BadValue("{limit!r} is no limit.", "Give a number, such as 20.", limit=limit)
    return Page(
        keys_of(told.get("sort", "")),
        told.get("reverse") == "True",
        int(limit) if limit else None,
        group_of(told["group"]) if told.get("group") else None,
        columns_of(told.get("columns", "")),
    )


def group_of(word: str) -> Group:
    """What a word groups by. Raises BadValue."""
    if word not in set(Group):
        raise BadValue(
            Message("No list is grouped by {word!r}.", word=word),
            known_words(word, [group.value for group in Group]),
        )
    return Group(word)


def columns_of(words: str) -> tuple[str, ...]:
    """The columns that words name, as in JSON. Raises BadValue with the nearest."""
    names = tuple(dict.fromkeys(word.replace("-", "_") for word in listed_words(words)))
    for name in names:
        if name not in COLUMNS:
            raise BadValue(
                Message("There is no column {name!r}.", name=name), known_words(name, COLUMNS)
            )
    return names


def _day(phrase: str, anchor: date, fiscal_year_start: int, *, is_first: bool) -> date:
    from tracker.due import parse

    try:
        return msgspec.convert(phrase, date)
    except msgspec.ValidationError:
        due = parse(phrase, anchor, fiscal_year_start=fiscal_year_start)
    if due.date is None:
        raise BadDate("{phrase!r} names no day.", "Give one, such as 2021-07-01.", phrase=phrase)
    return due.start if is_first and due.start and not due.ends else due.date
