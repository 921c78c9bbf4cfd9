"""libical, under Evolution, KDE and GNOME, finds nothing wrong and reads each step."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.programs import gi_python

from .story import story

SCRIPT = Path(__file__).with_name("libical_view.py")


def test_libical_accepts_each_step() -> None:
    python = gi_python("ICalGLib 3.0")
    for step in story():
        for data in (step.events, step.tasks):
            done = subprocess.run(
                [python, str(SCRIPT)], input=data, capture_output=True, check=True
            )
            view: Any = json.loads(done.stdout)
            assert view["complaints"] == [], step.name
            assert view["valid"], step.name
            assert {uid: tuple(seen) for uid, seen in view["entries"].items()} == step.seen
