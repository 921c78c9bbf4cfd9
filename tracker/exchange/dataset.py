"""The record as a release for everybody: CSV and JSON Lines with a description of every field.

The folder is a Data Package (Frictionless, https://datapackage.org/standard/data-package/): the
bytes, hash and fields of each table stand in `datapackage.json`. The same record makes the same
bytes, whoever writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec

from tracker.cells import table
from tracker.errors import BadInput, BadValue, library_reason
from tracker.exchange import csv
from tracker.model import FIELDS, FieldKind, Milestone, record_head, validate

LINES = "milestones.jsonl"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES = {
    FieldKind.NUMBER: "integer",
    FieldKind.PERCENT: "integer",
    FieldKind.DAY: "date",
    FieldKind.TARGETS: "array",
    FieldKind.SOURCE: "object",
    FieldKind.TRANSLATIONS: "object",
}
"""How a cell of a kind of field is to be read (Table Schema); texts are strings."""


class Terms(NamedTuple):
    """What a release is called, and under what terms it may be used: a name of SPDX, or ""."""

    name: str
    title: str
    version: str
    licence: str


class _Column(NamedTuple):
    name: str
    type: str
    told: str


def release(milestones: Sequence[Milestone], terms: Terms) -> dict[str, bytes]:
    """Return the files of a release by name, the description of all last."""
    tables: dict[str, tuple[Sequence[_Column], Sequence[tuple[str | None, ...]]]] = {
        "milestones": (_fields(), [tuple(csv.cells(m)) for m in milestones]),
        "history": (_HISTORY, [row for m in milestones for row in _history(m)]),
        "evidence": (_EVIDENCE, [row for m in milestones for row in _evidence(m)]),
        "assessments": (_ASSESSMENTS, [row for m in milestones for row in _assessments(m)]),
    }
    files = {
        f"{name}.csv": (table([[c.name for c in columns], *rows]) + "\r\n").encode()
        for name, (columns, rows) in tables.items()
    }
    files[LINES] = b"".join(msgspec.json.encode(m) + b"\n" for m in milestones)
    files["milestone-schema.json"] = _formatted(msgspec.json.schema(Milestone))
    described = {name: columns for name, (columns, _) in tables.items()}
    files["readme.md"] = _readme(terms, milestones, described).encode()
    files["datapackage.json"] = _formatted(_package(terms, milestones, described, files))
    return files


def milestones(content: bytes, name: str) -> list[Milestone]:
    """Return the milestones of a release. Raises BadInput with the line that is none."""
    found = []
    for number, line in enumerate(content.splitlines(), 1):
        try:
            m = msgspec.json.decode(line, type=Milestone)
            validate(m)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, BadValue) as error:
            said = "{name}, line {number} is no milestone: {reason}."
            hint = "Fetch the release again."
            raise BadInput(
                said, hint, name=name, number=number, reason=library_reason(error)
            ) from None
        found.append(m)
    return found


def _fields() -> list[_Column]:
    return [
        _Column(name, _TYPES.get(FIELDS[name].kind, "string"), FIELDS[name].label)
        if name in FIELDS
        else _Column(name, "array", "the entries of its history")
        for name in csv.COLUMNS
    ]


_HISTORY = [
    _Column("uid", "string", "the milestone"),
    _Column("digest", "string", "the SHA-256 of the entry"),
    _Column("recorded_at", "datetime", "when it was recorded, UTC"),
    _Column("on", "date", "the day on which it took effect"),
    _Column("verb", "string", "what was done"),
    _Column("by", "string", "who recorded it"),
    _Column("was", "object", "the fields that it changed, as they were"),
    _Column("now", "object", "the same as they became"),
    _Column("why", "string", "the reason, or the text of a note"),
    _Column("evidence", "string", "an address or a file that shows it"),
    _Column("undoes", "string", "the digest of the entry that it took back"),
    _Column("parents", "array", "the digests of the entries before it"),
    _Column("step", "object", "the step of an office's cycle, and who took it"),
    _Column("amends", "string", "the digest of the assessment or step that it puts right"),
]
_EVIDENCE = [
    _Column("uid", "string", "the milestone"),
    _Column("digest", "string", "the entry of the history"),
    _Column("sha256", "string", "the SHA-256 of the copy that is kept"),
    _Column("size", "integer", "its bytes"),
    _Column("name", "string", "what it was called"),
    _Column("media_type", "string", "what it is"),
    _Column("origin", "string", "the address or the file that it is a copy of"),
    _Column("taken_at", "datetime", "when the copy was taken, UTC"),
    _Column("stamps", "string", "of a timestamp, the SHA-256 of the copy that it is of"),
]
_ASSESSMENTS = [
    _Column("uid", "string", "the milestone"),
    _Column("digest", "string", "the entry of the history"),
    _Column("on", "date", "the day on which it was found"),
    _Column("assessor", "string", "who found it"),
    _Column("role", "string", "as what they speak"),
    _Column("verdict", "string", "what they found"),
    _Column("disputes", "string", "the digest of the assessment that this one contradicts"),
    _Column("why", "string", "the reason"),
    _Column("evidence", "string", "an address or a file that shows it"),
]


def _history(m: Milestone) -> Iterator[tuple[str | None, ...]]:
    for c in m.history:
        yield (
            *(m.uid, c.digest, _instant(c.at), c.on.isoformat(), c.verb, c.by),
            *(_json(c.was), _json(c.now), c.why, c.evidence, c.undoes, _json(c.parents)),
            *(_json(c.step) if c.step else None, c.amends or None),
        )


def _evidence(m: Milestone) -> Iterator[tuple[str | None, ...]]:
    for c in m.exhibits:
        if (kept := c.exhibit) is not None:
            yield (
                *(m.uid, c.digest, kept.sha256, str(kept.size), kept.name, kept.media_type),
                *(kept.origin, _instant(kept.at), kept.stamps),
            )


def _assessments(m: Milestone) -> Iterator[tuple[str | None, ...]]:
    for c in m.assessments:
        if (found := c.assessment) is not None:
            yield (
                *(m.uid, c.digest, c.on.isoformat(), found.assessor, found.role, found.verdict),
                *(found.disputes, c.why, c.evidence),
            )


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _formatted(content: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"


def _package(
    terms: Terms,
    milestones: Iterable[Milestone],
    described: Mapping[str, Sequence[_Column]],
    files: Mapping[str, bytes],
) -> dict[str, Any]:
    head = record_head(milestones)
    package: dict[str, Any] = {
        "$schema": PROFILE,
        "name": terms.name,
        "title": terms.title,
        "version": terms.version,
        "tracker:head": head.digest,
        "resources": [
            {
                "name": name,
                "path": f"{name}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(files[f"{name}.csv"]),
                "hash": f"sha256:{sha256(files[f'{name}.csv']).hexdigest()}",
                "schema": {
                    "fields": [
                        {"name": c.name, "type": c.type, "description": c.told}
                        | ({"format": "any"} if c.type == "datetime" else {})
                        for c in columns
                    ],
                    "missingValues": [""],
                    **_keys(name),
                },
            }
            for name, columns in described.items()
        ],
    }
    if terms.licence:
        package["licenses"] = [{"name": terms.licence}]
    return package


def _keys(name: str) -> dict[str, Any]:
    if name == "milestones":
        return {"primaryKey": ["uid"]}
    reference = {"resource": "milestones", "fields": ["uid"]}
    return {"primaryKey": ["digest"], "foreignKeys": [{"fields": ["uid"], "reference": reference}]}


def _readme(
    terms: Terms, milestones: Sequence[Milestone], described: Mapping[str, Sequence[_Column]]
) -> str:
    lines = [
        *(f"# {terms.title}", ""),
        f"Version {terms.version}, {len(milestones):,} milestones. Head of the record: "
        f"`{record_head(milestones).digest}`.",
        *([f"Licence: {terms.licence}."] * bool(terms.licence)),
        "",
        f"`{LINES}` has every milestone whole, one a line, as `milestone-schema.json` describes "
        f"it; `tracker import json {LINES}` takes it in. The tables say the same for spreadsheets "
        "and programs. A text that a spreadsheet would take for a formula has an apostrophe in "
        "front.",
    ]
    for name, columns in described.items():
        lines += ["", f"## {name}.csv", "", "| field | type | is |", "| --- | --- | --- |"]
        lines += (f"| `{c.name}` | {c.type} | {c.told} |" for c in columns)
    return "\n".join([*lines, ""])
