"""The arrows of docs/architecture.md, read from the import statements."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "tracker"

# What each room must not know of; everything may know model and errors.
OUTER = ("cli", "__main__", "start")
FORBIDDEN = {
    "errors": ("model", "due", "query", "report", "actions", "store", "render", "exchange", "ics"),
    "model": ("due", "query", "report", "actions", "store", "render", "exchange", "ics", "extract"),
    "due": ("query", "report", "actions", "store", "render", "exchange", "ics", "extract"),
    "query": ("due", "report", "actions", "store", "render", "exchange", "ics", "extract"),
    "lock": ("model", "due", "query", "report", "actions", "store", "render", "exchange", "ics"),
    "saved": ("report", "actions", "store", "render", "exchange", "ics", "extract"),
    "slugs": ("model", "due", "report", "actions", "store", "render", "exchange", "ics", "extract"),
    "departures": ("actions", "store", "render", "exchange", "ics", "extract"),
    "parts": ("actions", "store", "render", "exchange", "ics", "extract"),
    "feeds": ("actions", "store", "render", "exchange", "extract"),
    "site": ("actions", "store", "extract"),
    "publication": ("actions", "store", "render", "exchange", "ics", "extract", "site"),
    "tokens": ("report", "actions", "store", "render", "exchange", "ics", "extract"),
    "server": ("actions", "exchange", "extract"),
    "report": ("actions", "store", "render", "exchange", "ics", "extract"),
    "coherence": ("actions", "store", "render", "exchange", "ics", "extract"),
    "merge": ("actions", "store", "render", "exchange", "ics", "extract", "report", "query", "due"),
    "actions": ("render", "exchange", "ics", "extract"),
    "store": ("actions", "render", "exchange", "ics", "extract", "report"),
    "exchange": ("render", "store", "ics", "extract"),
    "sync": ("render", "exchange", "extract"),
    "notify": ("actions", "store", "exchange", "ics", "extract"),
    "ics": ("store", "render", "exchange", "extract"),
    "extract": ("store", "render", "exchange", "ics"),
    "render": ("store", "ics"),
}
MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse((PACKAGE / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tracker."):
            yield (node.module or "").split(".")[1]
        elif isinstance(node, ast.Import):
            yield from (a.name.split(".")[1] for a in node.names if a.name.startswith("tracker."))


def _room(path: Path) -> str:
    return path.parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_point_inward(path: Path) -> None:
    room = _room(path)
    if room in OUTER:
        return
    for imported in _imports(path):
        assert imported not in (*FORBIDDEN.get(room, ()), *OUTER), (
            f"{path} must not import {imported}"
        )


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_the_clock_and_the_screen_belong_to_the_command_line(path: Path) -> None:
    if _room(path) in OUTER:
        return
    for node in ast.walk(ast.parse((PACKAGE / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            name = node.func.id if isinstance(node.func, ast.Name) else name
            assert name not in ("today", "now", "utcnow", "print"), f"{path} must not call {name}()"
