"""Milestones as JSON, history and all: what `export json` writes and `import json` takes back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from tracker.errors import BadInput, library_reason
from tracker.model import Milestone

SCHEMA = "tracker.milestones/2"


def dumps(milestones: Iterable[Milestone]) -> str:
    content = msgspec.json.encode({"schema": SCHEMA, "milestones": list(milestones)})
    return msgspec.json.format(content, indent=1).decode()


def _decoded(text: str) -> Any:
    """What a JSON text holds; a list if it is one object a line (https://jsonlines.org)."""
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        if not text.lstrip().startswith("{") or len(lines := text.split("\n")) < 2:
            raise
        try:
            return msgspec.json.Decoder().decode_lines("\n".join(filter(str.strip, lines)))
        except msgspec.DecodeError:
            pass
        raise


def items(text: str) -> list[dict[str, Any]]:
    """Return the milestones of an export, a plain list, or JSON Lines, as mappings.

    Raises BadInput with line and reason.
    """
    try:
        content = _decoded(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise BadInput(
            "This is no JSON: {error}.", "Nothing was imported.", error=library_reason(error)
        ) from None
    if isinstance(content, dict):
        # JSON Lines with one line are one object.
        content = [content] if "title" in content else content.get("milestones")
    if not isinstance(content, list) or not all(isinstance(item, dict) for item in content):
        said = "This JSON holds no list of milestones."
        raise BadInput(said, 'Give {"milestones": [{"title": …, "due": …}, …]}, or just the list.')
    return content
