"""Milestones as CSV (RFC 4180): every field in a column, so that nothing is lost on the way back.

Texts that a spreadsheet would take for a formula get an apostrophe in front, taken off on reading.
Lists of words are joined by `; `; what has more structure (sources, targets, history) is JSON.
A sheet made by hand needs a title column and no more: `title,due,owner` or 任务,完成时限,责任单位.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

import msgspec

from tracker.cells import table, unguarded
from tracker.errors import BadInput, library_reason
from tracker.message import Message
from tracker.model import FIELDS, FieldKind, Milestone

COLUMNS = Milestone.__struct_fields__

# The numbers of somebody's rows are not our ids.
_HEADERS = {word: f.name for f in FIELDS.values() for word in f.called if f.name != "id"}
_HEADERS |= {"tracker id": "id", "tracker编号": "id"}  # as our ledgers head theirs
_NUMBERS = frozenset(FIELDS["id"].called)
_LISTS = {
    field.name
    for field in FIELDS.values()
    if field.kind in (FieldKind.TEXTS, FieldKind.TAGS, FieldKind.LINKS)
}
_STRUCTURED = {"history"} | {
    field.name
    for field in FIELDS.values()
    if field.kind in (FieldKind.TRANSLATIONS, FieldKind.TARGETS, FieldKind.SOURCE)
}


def dumps(milestones: Iterable[Milestone]) -> str:
    return table([COLUMNS, *(tuple(cells(m)) for m in milestones)])


def rows(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each row's line number and its values by field name; an empty cell is left out.

    A value is text, or what its JSON holds for structured fields. Raises BadInput with the number
    of the row for a header that is not known, a row of another length, or JSON that is none.
    """
    # The library stops at 131,072 characters, less than a long history has.
    csv.field_size_limit(max(len(text), csv.field_size_limit()))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = _header(next(reader, []))
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, _values(header, row, reader.line_num)
    except csv.Error as error:
        said = "Row {line_num} is no CSV: {error}."
        hint = "Nothing was imported."
        raise BadInput(said, hint, line_num=reader.line_num, error=library_reason(error)) from None


def _header(cells: Sequence[str]) -> list[str]:
    names = [cell.strip().lstrip("\ufeff").lower() for cell in cells]
    names = [_HEADERS.get(name, name.replace(" ", "_")) for name in names]
    unknown = [name for name in names if name not in (*COLUMNS, *_NUMBERS)]
    if "title" not in names or unknown or len(set(names)) < len(names):
        wrong = (
            Message("a milestone has no column {column!r}", column=unknown[0])
            if unknown
            else Message("a milestone needs one title column")
        )
        said = "The header in row 1 is not understood: {wrong}."
        hint = "Columns are: {columns}; `tracker import FILE` reads others."
        raise BadInput(said, hint, wrong=wrong, columns=tuple(COLUMNS))
    return names


def _values(header: Sequence[str], row: Sequence[str], line: int) -> dict[str, Any]:
    if len(row) != len(header):
        said = "Row {line} has {cells} cells, and the header has {columns}."
        hint = "Nothing was imported."
        raise BadInput(said, hint, line=line, cells=len(row), columns=len(header))
    return {
        name: _value(name, unguarded(cell), line)
        for name, cell in zip(header, row, strict=True)
        if cell.strip() and name not in _NUMBERS
    }


def _value(name: str, cell: str, line: int) -> Any:
    if name in _LISTS:
        return _words(cell)
    if name in _STRUCTURED:
        try:
            return msgspec.json.decode(cell)
        except (msgspec.DecodeError, RecursionError) as error:
            said = "Row {line}: {name} is no JSON ({error})."
            hint = "Nothing was imported."
            raise BadInput(said, hint, line=line, name=name, error=library_reason(error)) from None
    return cell


def _words(cell: str) -> list[str]:
    if cell.startswith("["):
        # Ours, of words that hold separators; or somebody's word that begins like that.
        with suppress(msgspec.DecodeError, RecursionError):
            return msgspec.json.decode(cell, type=list[str])
    parts = cell.replace("；", ";").replace("、", ";").split(";")
    return [part.strip() for part in parts if part.strip()]


def cells(m: Milestone) -> Iterator[str]:
    plain: Mapping[str, Any] = msgspec.to_builtins(m)
    for field in COLUMNS:
        value = plain.get(field)
        if value is None:
            yield ""
        elif field in _STRUCTURED or (field in _LISTS and not _joinable(value)):
            yield msgspec.json.encode(value).decode()
        elif field in _LISTS:
            yield "; ".join(value)
        else:
            yield str(value)


def _joinable(words: Iterable[str]) -> bool:
    return all(
        word == word.strip() and word and word[0] != "[" and not set(word) & set(";；、")
        for word in words
    )
