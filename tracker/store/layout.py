"""The bytes of a milestones file as they are read; `writing` lays them out.

The file is one JSON object with two TinyDB tables, `meta` (one row: the schema version) and
`milestones` (document id -> row), in UTF-8, unescaped. Each row begins a line, and so does each of
its fields and each change of its history: one change to a milestone is a diff of a few lines.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Hashable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, NoReturn, TypeVar

import msgspec
from msgspec import Raw

from tracker.errors import BadValue, StoreCorrupt, StoreNewer, library_reason
from tracker.message import Message
from tracker.model import Milestone, validate
from tracker.store import migrate
from tracker.store.migrate import SCHEMA, SEALED
from tracker.store.writing import ROW, TAIL, TOP

_CLOSE = b"\n}"
_LAST = _CLOSE + TAIL
_ID = "0|[1-9][0-9]{0,17}"


class _Meta(msgspec.Struct):
    schema: int = 0
    head: str | None = None


class _Key:
    """A key that equals itself alone, so that what stands there twice, in any spelling, is seen."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


def _key(_: type, text: str) -> _Key:
    return _Key(text)


_metas = msgspec.json.Decoder(dict[str, _Meta])
_raw = msgspec.json.Decoder(dict[_Key, Raw], dec_hook=_key)
_members = msgspec.json.Decoder(dict[_Key, Milestone], dec_hook=_key)
_milestone = msgspec.json.Decoder(Milestone)
_mapping = msgspec.json.Decoder(dict[str, Any]).decode
_encode = msgspec.json.Encoder().encode


T = TypeVar("T")
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class Layout:
    """The content of one file. `name` is for what an error says.

    `written` is the instant the file was last written (UTC): rows of schema 0 had no history, and
    theirs begins there.
    """

    def __init__(self, content: bytes, name: str, written: datetime) -> None:
        self._content = content
        self._name = name
        self._written = written

    def milestones(self) -> dict[int, Milestone]:
        """Every row as a value. Raises StoreCorrupt with file, line and reason, or StoreNewer."""
        if self._meta.schema != SCHEMA:
            return self._one_by_one()
        try:
            found = _members.decode(self._table)
            rows = {one.id: one for one in found.values()}
            for key, milestone in found.items():
                validate(milestone)
                if key.text != str(milestone.id) or not milestone.history:
                    return self._one_by_one()
            if len(rows) == len(found):
                return rows
        except (*_UNREADABLE, BadValue):
            pass
        # Slower, and able to name the row.
        return self._one_by_one()

    def _one_by_one(self) -> dict[int, Milestone]:
        return {id: self.milestone(id, row) for id, row in self.rows().items()}

    def head(self) -> str | None:
        """The head of the record that was written last; older schemas have none."""
        return self._meta.head

    @property
    def schema(self) -> int:
        """The schema that it says it is of."""
        return self._meta.schema

    @property
    def has_parts(self) -> bool:
        """Whether any milestone may be part of another, as far as the bytes tell."""
        return b'"parent"' in self._content

    @property
    def is_found(self) -> bool:
        """Whether its entries get their digests only now, as they are found."""
        return self.schema < SEALED and b'"digest"' not in self._content

    @cached_property
    def _tables(self) -> dict[str, Raw]:
        """The tables by name. A file with any other is somebody else's, and ours would drop it."""
        tables = self._once(self._decoded(_raw, self._content), "table")
        if "milestones" not in tables or tables.keys() - {"meta", "milestones"}:
            named = tuple(map(repr, tables)) or Message("nothing")
            self._corrupt(1, Message("it is no milestone store (it holds {names})", names=named))
        return tables

    @property
    def _table(self) -> Raw:
        return self._tables["milestones"]

    @cached_property
    def _meta(self) -> _Meta:
        rows = self._decoded(_metas, self._tables.get("meta", b"{}"))
        return next(iter(rows.values()), _Meta())

    def _decoded(self, decoder: msgspec.json.Decoder[T], part: bytes | Raw) -> T:
        try:
            return decoder.decode(part)
        except msgspec.ValidationError as error:
            self._corrupt(1, Message("it is no milestone store ({reason})", reason=_plain(error)))
        except _UNREADABLE as error:
            self._malformed(error)

    def again(self, known: Mapping[Hashable, Milestone]) -> dict[Hashable, Milestone]:
        """Every row in order of id, by its bytes; what is `known` under them is not decoded anew.

        With one change among 10,000 rows this takes a fifth of the time of reading them all.
        """
        found: dict[Hashable, Milestone] = {}
        last = -1
        for row in self._cut():
            one = known.get(row) or _one(row)
            # In rising order none can be there twice.
            if one is None or one.id <= last:
                return dict(sorted(self.milestones().items()))
            found[row] = one
            last = one.id
        return found

    def _cut(self) -> list[bytes]:
        """The rows with their ids, without their closing braces; one piece if it is not our layout.

        No line but a row's last begins with a brace, and JSON has no line break within a text.
        """
        content, top = self._content, _our_top(self._content)
        if top is None or not content.endswith(_LAST):
            return [content]
        return content[top.end() : -len(_LAST)].split(_CLOSE + b",")

    def rows(self) -> dict[int, Raw]:
        """Every row of the current schema by id, not yet decoded; older ones migrated."""
        try:
            self._content.decode()
        except UnicodeDecodeError as error:
            self._malformed(error)
        found = self._decoded(_raw, self._table)
        schema = self._understood(self._meta.schema)
        named = self._once(found, "row")
        for key in named:
            if not re.fullmatch(_ID, key, re.ASCII):
                self._bad_row(key, Message("the key {key!r} is no milestone id", key=key))
        rows = {int(key): row for key, row in named.items()}
        if schema < SCHEMA:
            plain = {id: self._row(_mapping, id, row) for id, row in rows.items()}
            forward = migrate.forward(plain, schema, self._written)
            rows = {id: Raw(_encode(row)) for id, row in forward.items()}
        return rows

    def _once(self, found: dict[_Key, Raw], what: str) -> dict[str, Raw]:
        """What was found by its key. A merge by hand can leave one there twice."""
        once = {key.text: value for key, value in found.items()}
        if len(once) < len(found):
            twin = next(k.text for k in found if found[k] is not once[k.text])
            told = Message("the {what} {name} is there twice", what=Message(what), name=twin)
            self._bad_row(twin, told)
        return once

    def spliced(
        self, new: Mapping[int, bytes], known: Mapping[int, Milestone], head: str
    ) -> bytes | None:
        """The content with these rows put in, and the head that the record has then.

        The other bytes stay as they are; `known` is all it holds.

        None if a row is not as we lay it out, and the file is better joined anew. To read and join
        10,000 rows for the sake of one would be a sixth of the time that the change takes.
        """
        content, ids = self._content, list(known)
        top = _our_top(content)
        is_ours = content.endswith(TAIL) and ids == sorted(ids)
        if top is None or not is_ours or content.count(b'": ' + ROW[:-1]) != len(ids):
            return None
        # Views, so that the whole is copied once: a file may be a tenth of the memory there is.
        whole = memoryview(content)
        pieces: list[bytes | memoryview] = [TOP % head.encode()]
        at, end = top.end(), len(content) - len(TAIL)
        for id in sorted(new):
            key = b'\n"%d": ' % id
            if id in known:
                start = content.find(key + ROW, at, end) + len(key)
                close = content.find(b"\n}", start, end) + 2
                if not _holds(content[start:close], known[id]):
                    return None
                pieces += (whole[at:start], new[id])
                at = close
            elif ids and id < ids[-1]:
                return None
            else:
                comma = b"," if ids or len(pieces) > 1 else b""
                pieces += (whole[at:end], comma, key, new[id])
                at = end
        return b"".join((*pieces, whole[at:]))

    def milestone(self, id: int, row: Raw) -> Milestone:
        """One row as a value, checked."""
        milestone = self._row(_checked, id, row)
        if milestone.id != id:
            told = Message("the row {row} holds a milestone with id {id}", row=id, id=milestone.id)
            self._bad_row(id, told)
        if not milestone.history:
            self._bad_row(id, Message("milestone {id} has no history", id=id))
        return milestone

    def _row(self, read: Callable[[Raw], T], id: int, row: Raw) -> T:
        try:
            return read(row)
        except (*_UNREADABLE, BadValue) as error:
            self._bad_row(id, Message("milestone {id}: {reason}", id=id, reason=_plain(error)))

    def _understood(self, schema: int) -> int:
        if schema > SCHEMA:
            raise StoreNewer(
                "{name} has schema version {schema}; this tracker reads up to {newest}.",
                "Install a newer tracker.",
                name=self._name,
                schema=schema,
                newest=SCHEMA,
            )
        if schema < 0:
            self._corrupt(1, Message("there is no schema version {schema}", schema=schema))
        return schema

    def _malformed(self, error: Exception) -> NoReturn:
        conflict = re.search(rb"^(<<<<<<<|=======|>>>>>>>)", self._content, re.MULTILINE)
        byte = re.search(r"\(byte (\d+)\)", str(error))
        if conflict:
            end = conflict.start()
        elif isinstance(error, UnicodeDecodeError):
            end = error.start
        else:
            end = int(byte[1]) if byte else len(self._content)
        line = self._content.count(b"\n", 0, end) + 1
        self._corrupt(
            line, Message("a merge conflict was left in it") if conflict else _plain(error)
        )

    def _line_of_row(self, key: str) -> int:
        """The line of the last such key as we lay it out, or else of the last in any layout."""
        quoted = re.escape(key.encode())
        for pattern in (rb'^"%s": ' % quoted, rb'"%s"\s*:' % quoted):
            if found := list(re.finditer(pattern, self._content, re.MULTILINE)):
                return self._content.count(b"\n", 0, found[-1].start()) + 1
        return 1

    def _bad_row(self, key: int | str, reason: Message) -> NoReturn:
        self._corrupt(self._line_of_row(str(key)), reason)

    def _corrupt(self, line: int, reason: Message) -> NoReturn:
        if not self._content.strip():
            reason = Message("it is empty")
        elif self._content[:2] in (BOM_UTF16_LE, BOM_UTF16_BE):
            reason = Message("it is in UTF-16, and a store is in UTF-8")
        raise StoreCorrupt(
            "{name}, line {line}: {reason}. Nothing was written to it.",
            "Restore the file, or give another store with --file.",
            name=self._name,
            line=line,
            reason=reason,
        )


def _one(row: bytes) -> Milestone | None:
    """The milestone of a row that was cut out; None if it is not quite as it should be."""
    try:
        ((key, one),) = _members.decode(b"{%s\n}}" % row).items()
        validate(one)
    except (*_UNREADABLE, ValueError, BadValue):
        return None
    return one if key.text == str(one.id) and one.history else None


def _checked(row: Raw) -> Milestone:
    milestone = _milestone.decode(row)
    validate(milestone)
    return milestone


def _holds(row: bytes, milestone: Milestone) -> bool:
    try:
        return _milestone.decode(row) == milestone
    except msgspec.DecodeError:
        return False


def _our_top(content: bytes) -> re.Match[bytes] | None:
    """What stands before the first row if we laid the file out; a list asks for none of it."""
    return re.match(re.escape(TOP).replace(b"%s", b"[0-9a-f]{64}"), content)


def _plain(error: Exception) -> Message:
    if isinstance(error, UnicodeDecodeError):
        return Message("byte {byte:#04x} is no UTF-8", byte=error.object[error.start])
    if isinstance(error, RecursionError):
        return Message("it is nested too deeply")
    if isinstance(error, BadValue):
        return error.message
    return library_reason(error)
