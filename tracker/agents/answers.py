"""What goes out: plain JSON values, each text cleaned, cut where it is long, and lists paged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct

from tracker.render.text import clean

T = TypeVar("T")

Row = dict[str, Any]
"""A milestone, an entry or a candidate, as the JSON contract has it (docs/json.md)."""

Next = Annotated[int | None, Meta(description="The offset of what follows; null at the end.")]


class ListAnswer(Struct, kw_only=True):
    as_of: date
    total: int
    milestones: list[Row]
    next_offset: Next


class ShowAnswer(Struct, kw_only=True):
    as_of: date
    milestones: list[Row]
    left_out: Annotated[list[int], Meta(description="Ids for which there was no room.")]


class SearchAnswer(Struct, kw_only=True):
    total: int
    milestones: Annotated[list[Row], Meta(description="Each with the words around, in `found`.")]
    next_offset: Next


class ReportAnswer(Struct, kw_only=True):
    """What a report says beside this is its own."""

    report: str
    next_offset: Next


class ExtractAnswer(Struct, kw_only=True):
    document: Row
    total: int
    candidates: list[Row]
    next_offset: Next


class WriteAnswer(Struct, kw_only=True):
    changed: Annotated[list[Row], Meta(description="Each with the command that takes it back.")]
    known_already: Annotated[list[int], Meta(description="Ids of those that were there.")] = []


LONGEST = 4_000
"""Characters of a text that are shown; the rest is counted."""

MOST_BYTES = 200_000
"""Of JSON in one answer, but for a first item that is larger by itself."""


def quoted(value: Any) -> Any:
    """The value as plain JSON whose texts act on no terminal and hide nothing."""
    return _quoted(msgspec.to_builtins(value, enc_hook=str, str_keys=True))


def _quoted(value: Any) -> Any:
    match value:
        case str():
            lines = "\n".join(map(clean, value[: LONGEST + 1].split("\n")))
            return lines if len(value) <= LONGEST else f"{lines[:LONGEST]}… [{len(value)} in all]"
        case dict():
            return {clean(key): _quoted(each) for key, each in value.items()}
        case list() | tuple():
            return list(map(_quoted, value))
    return value


def page(
    items: Sequence[T], offset: int, limit: int, told: Callable[[T], Any]
) -> tuple[list[Any], int | None]:
    """What stands from `offset` on, at most `limit` and what an answer holds, and what is next."""
    shown: list[Any] = []
    size = 0
    for item in items[offset : offset + limit]:
        content = quoted(told(item))
        size += len(msgspec.json.encode(content))
        if shown and size > MOST_BYTES:
            break
        shown.append(content)
    after = offset + len(shown)
    return shown, after if after < len(items) else None


def paged(content: Mapping[str, Any], offset: int, limit: int) -> dict[str, Any]:
    """A report whose lists are shown from `offset` on; `next_offset` is None when all are done."""
    following: list[int] = []
    told: dict[str, Any] = {}
    for name, value in content.items():
        if isinstance(value, list | tuple):
            told[name], after = page(value, offset, limit, lambda item: item)
            following += [] if after is None else [after]
        else:
            told[name] = quoted(value)
    return told | {"next_offset": min(following, default=None)}
