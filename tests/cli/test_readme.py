"""The tours of the READMEs, typed as they stand there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ROOT = Path(__file__).parent.parent.parent
NEEDS_ANOTHER = ("serve", "sync", "import")
"""What stays up, or needs a server or a file that others made."""


@pytest.mark.parametrize(
    ("page", "heading", "lang"),
    [
        ("README.md", "## Five minutes", "en_GB.UTF-8"),
        ("README.zh-CN.md", "## 五分钟", "zh_CN.UTF-8"),
    ],
)
def test_every_command_of_the_tour_works(
    run: Run, monkeypatch: pytest.MonkeyPatch, page: str, heading: str, lang: str
) -> None:
    monkeypatch.setenv("LANG", lang)
    text = (ROOT / page).read_text(encoding="utf-8")
    tour = re.search(rf"{heading}\n.*?```sh\n(.*?)```", text, re.DOTALL)
    assert tour is not None
    typed = [shlex.split(line, comments=True) for line in tour[1].splitlines()]
    commands = [words[1:] for words in typed if words[:1] == ["tracker"]]
    assert len(commands) > 12
    for words in commands:
        if words[:1] and words[0] in NEEDS_ANOTHER:
            continue
        ran = run(*words)
        assert ran.code == 0, (words, ran.err)
