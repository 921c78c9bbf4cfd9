"""What a folder that was published to holds now: one line, or JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tracker.publication import Published
from tracker.render.text import clean


def line(result: Published, folder: Path) -> str:
    counts = [f"{len(result.written)} written", f"{len(result.unchanged)} unchanged"]
    if result.withdrawn:
        counts.append(f"{len(result.withdrawn)} withdrawn")
    return f"{clean(str(folder))}: {', '.join(counts)}."


def content(result: Published, folder: Path) -> dict[str, Any]:
    return {
        "folder": clean(str(folder)),
        "written": result.written,
        "unchanged": result.unchanged,
        "withdrawn": result.withdrawn,
    }
