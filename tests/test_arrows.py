"""The arrows of docs/architecture.md, read from the import statements."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "tracker"

# Which rooms each room may know of, from the innermost outward; an arrow that is not here is one
# too many. Everything may know errors, texts and model.
INNERMOST = {
    "message": (),
    "errors": ("message",),
    "texts": (),
    "model": ("limits", "texts"),
    "limits": (),
}
KNOWS = {
    "web": (),
    "locale": (),
    "due": ("locale",),
    "query": (),
    "coherence": (),
    "seed": (),
    "merge": ("coherence",),
    "report": ("query",),
    "store": ("coherence", "query"),
    "actions": ("coherence", "query", "store"),
    "cells": (),
    "exchange": ("actions", "cells", "due", "limits"),
    "extract": ("actions", "due", "limits", "locale"),
    "ics": ("actions", "locale"),
    "evidence": ("coherence", "store"),
    "settings": ("due", "evidence", "ics", "query", "report"),
    "sync": ("actions", "ics", "store", "locale"),
    "tiny": ("actions", "store"),
    "render": (
        *("actions", "due", "cells", "evidence", "exchange", "extract"),
        *("locale", "merge", "query", "report"),
    ),
    "following": ("coherence", "exchange", "query", "report", "store", "web"),
    "hooks": ("render", "store"),
    "notify": ("query", "render", "report"),
    "subscribe": (
        *("exchange", "extract", "ics", "locale", "query", "render", "report", "settings", "store"),
    ),
    "agents": (
        *("actions", "due", "extract", "query", "render", "report", "settings", "store"),
        "subscribe",
    ),
}
# These see the whole house, and nobody sees them.
OUTERMOST = ("cli", "__main__", "start")

# A wing with a face is entered by it, or by the modules named here, each a thing of its own.
FACES: dict[str, tuple[str, ...]] = {
    "model": ("cycle", "repeat"),
    "actions": (),
    "merge": (),
    "due": ("numerals",),
    "store": (
        "archive",
        "copying",
        "durable",
        "evidence",
        "lock",
        "masking",
        "rights",
        "whole_file",
    ),
    "extract": ("submitted", "marks", "proposals", "sources", "targets", "verdict"),
}
MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))


def _imports(path: Path) -> Iterator[tuple[str, ...]]:
    """The parts of each module of ours that a file imports, without `tracker`."""
    for node in ast.walk(ast.parse((PACKAGE / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            module = (node.module or "").split(".")
            if module == ["tracker"]:
                yield from ((alias.name,) for alias in node.names)
            elif module[0] == "tracker":
                yield tuple(module[1:])
        elif isinstance(node, ast.Import):
            names = (alias.name.split(".") for alias in node.names)
            yield from (tuple(name[1:]) for name in names if name[0] == "tracker")


def _room(path: Path) -> str:
    return path.parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_point_inward(path: Path) -> None:
    room = _room(path)
    if room in OUTERMOST or room == "__init__":
        return
    known = INNERMOST[room] if room in INNERMOST else (*KNOWS[room], "model", "texts")
    for imported in _imports(path):
        assert imported[0] in (room, "errors", "message", "__version__", *known), (
            f"{path} must not import {'.'.join(imported)}: {room} knows nothing of {imported[0]}"
        )


def test_no_room_knows_one_that_knows_it() -> None:
    known = {**INNERMOST, **KNOWS}
    placed = {*INNERMOST}
    for room in KNOWS:
        later = set(known[room]) - placed
        assert not later, f"{room} stands before {', '.join(sorted(later))}, which it knows of"
        placed.add(room)


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_wing_is_entered_by_its_face(path: Path) -> None:
    for wing, *within in _imports(path):
        if wing in FACES and wing != _room(path) and within:
            assert within[0] in FACES[wing], (
                f"{path} must not reach past the face of {wing} for {'.'.join(within)}"
            )


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_the_clock_and_the_screen_belong_to_the_command_line(path: Path) -> None:
    if _room(path) in OUTERMOST:
        return
    for node in ast.walk(ast.parse((PACKAGE / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            name = node.func.id if isinstance(node.func, ast.Name) else name
            assert name not in ("today", "now", "utcnow", "print"), f"{path} must not call {name}()"


def test_few_things_lie_loose() -> None:
    loose = [p.name for p in PACKAGE.iterdir() if p.is_file() and p.name != "__init__.py"]
    assert len(loose) <= 14, f"tracker/ has {len(loose)} loose files: {', '.join(sorted(loose))}"


def test_no_class_name_is_used_twice() -> None:
    places = defaultdict(list)
    for path in MODULES:
        for node in ast.walk(ast.parse((PACKAGE / path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{path}:{node.lineno}")
    twice = {name: where for name, where in places.items() if len(where) > 1}
    assert not twice, f"two things have one name: {twice}"
