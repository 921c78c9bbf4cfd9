"""How much a field may hold: more than anybody says, less than what would make a store useless."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from tracker.errors import BadInput, BadValue

TITLE = 2_000
"""Characters of a title or an owner, which stand on one line."""

FIELD = 100_000
"""Characters of any other text, and bytes of a field that has parts, such as all tags."""

ITEMS = 1_000_000
"""Milestones in one file to import: more than any government promises, less than memory holds."""

UNPACKED = 500_000_000
"""Bytes of the parts of an .xlsx or a .docx: a small file can claim to hold any number of them."""


def refuse_large(data: bytes, name: str) -> None:
    """Raise BadInput for a zip file that is too large when it is unpacked."""
    from io import BytesIO
    from zipfile import ZipFile

    with ZipFile(BytesIO(data)) as parts:
        if sum(part.file_size for part in parts.infolist()) > UNPACKED:
            raise BadInput("{name} is too large when unpacked.", "Give a part of it.", name=name)


def refuse_long(fields: Mapping[str, Any]) -> None:
    """Raise BadValue for the first field that holds more than it may."""
    for name, value in fields.items():
        most = TITLE if name in ("title", "owner", "uid") else FIELD
        if isinstance(value, str):
            length = len(value)
        elif isinstance(value, (tuple, list, dict, msgspec.Struct)):
            length = len(repr(value))
        else:
            continue
        if length > most:
            words = name.replace("_", " ")
            raise BadValue(
                "The {words} has {length:,} characters, and may have {most:,}.",
                "Shorten it; a document can be named with --source or --evidence.",
                words=words,
                length=length,
                most=most,
            )
