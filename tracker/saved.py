"""A filter kept under a name, in the words of a list's options: in the settings, and of a token."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from tracker.errors import BadDate, BadValue
from tracker.model import FieldKind, Status
from tracker.query import CRITERIA, Filter, folded

Words = Mapping[str, str | tuple[str, ...]]
"""What `--status`, `--owner` and the others would be given: {"status": "open", "due-to": "+30d"}.

Days may be due phrases, understood anew from each day on which the filter is used.
"""

_MANY = (FieldKind.STATUS, FieldKind.TAGS)
WORDS = {
    asked.option.flag.removeprefix("--"): name
    for name, asked in CRITERIA.items()
    if asked.option is not None
}
"""The words there are, and what of a filter each gives."""


def filter_of(words: Words, day: date, fiscal_year: int = 1) -> Filter:
    """The filter as it is meant on `day`. Raises BadValue and BadDate."""
    asked: dict[str, Any] = {}
    for word, said in words.items():
        name = WORDS[word]
        kind = CRITERIA[name].kind
        if kind in _MANY:
            each = (said,) if isinstance(said, str) else said
            read = Status.meant_by if kind is FieldKind.STATUS else folded
            asked[name] = frozenset(map(read, each))
        elif not isinstance(said, str):
            raise BadValue(
                "{word} takes one word, and has {count}.", "Give one.", word=word, count=len(said)
            )
        else:
            asked[name] = _day(said, day, fiscal_year) if kind is FieldKind.DAY else said
    return Filter(**asked)


def _day(phrase: str, anchor: date, fiscal_year_start: int) -> date:
    from tracker.due import parse

    try:
        return msgspec.convert(phrase, date)
    except msgspec.ValidationError:
        due = parse(phrase, anchor, fiscal_year_start=fiscal_year_start).date
    if due is None:
        raise BadDate("{phrase!r} names no day.", "Give one, such as 2021-07-01.", phrase=phrase)
    return due
