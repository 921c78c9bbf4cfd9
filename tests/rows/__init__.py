"""A row added to the tables that describe a thing, and every writer run over it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent


class Written(NamedTuple):
    """What a command wrote, what it said beside, and the fault that it ended in."""

    out: str
    err: str
    fault: str


def written(folder: Path, rows: dict[str, dict[str, str]], *first: list[str]) -> dict[str, Written]:
    """Run `first` and every writer, each module having its rows before the texts named."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("TRACKER_")}
    kept["TRACKER_LANG"] = "en"
    done = subprocess.run(
        [sys.executable, "-m", "tests.rows.writers"],
        input=json.dumps({"rows": rows, "first": first}),
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={**kept, "TRACKER_FILE": str(folder / "milestones.json"), "PYTHONPATH": str(ROOT)},
        cwd=folder,
    )
    return {words: Written(*parts) for words, parts in json.loads(done.stdout).items()}
