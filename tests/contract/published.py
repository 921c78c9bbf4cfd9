"""What a command printed as JSON, held against the schema that is published for it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from tests.contract import DEFINITIONS, ENVELOPES, file_name

FOLDER = Path(__file__).parents[2] / "docs" / "schemas"
_MOST = 100_000
"""Bytes of an envelope that are looked through; one with more has more of the same."""


def hold(out: bytes) -> None:
    """Raise AssertionError for what is not as published, or holds what is not told there."""
    if len(out) > _MOST:
        return
    told = json.loads(out)
    command = told.get("command", "error")
    assert command in ENVELOPES, f"tests/contract does not say what `tracker {command}` prints"
    faults = [f"{e.json_path}: {e.message}" for e in _validator(command).iter_errors(told)]
    assert not faults, f"docs/schemas/{file_name(command)} does not describe this: {faults[:3]}"


@cache
def _validator(command: str) -> Draft202012Validator:
    return Draft202012Validator(_read(file_name(command)), registry=_registry())


@cache
def _registry() -> Registry[Any]:
    definitions = _read(DEFINITIONS)
    for one in definitions["$defs"].values():
        # Readers are told that fields may come; here each must be described.
        if "properties" in one:
            one["additionalProperties"] = False
    shared: Resource[Any] = Resource.from_contents(definitions)
    return Registry().with_resources([(DEFINITIONS, shared)])


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return content
