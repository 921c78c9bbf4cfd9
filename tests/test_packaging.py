"""What others build on: the hooks' commands run, and the action's inputs are those that it uses."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run, home, run  # noqa: F401 -- fixtures of the command line

ROOT = Path(__file__).parents[1]
HOOKS = dict(
    re.findall(
        r"- id: (\S+)\n.*?entry: ([^\n]+)",
        (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"),
        re.DOTALL,
    )
)


@pytest.mark.skipif(shutil.which("sh") is None, reason="there is no shell here")
@pytest.mark.parametrize("hook", ["tracker-check", "tracker-overdue", "tracker-feed"])
def test_a_hook_passes_what_is_well_and_fails_what_is_not(run: Run, home: Path, hook: str) -> None:  # noqa: F811 -- the fixtures
    assert run("init").code == 0
    assert run("add", "Open the bridge", "--due", "2999-06-30").code == 0
    feeds = ["feed.ics", "other feed.ics"]
    for feed in feeds:
        assert run("export", "ics", "-o", feed).code == 0
    names = feeds if hook == "tracker-feed" else ["milestones.json"]
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"

    def hooked() -> int:
        words = [*shlex.split(HOOKS[hook]), *names]
        return subprocess.run(words, check=False, env=os.environ | {"PATH": path}).returncode

    assert hooked() == 0
    if hook == "tracker-overdue":
        assert run("add", "Late", "--made-on", "2021-01-01", "--due", "2021-02-01").code == 0
    else:
        path_of = home / names[0]
        path_of.write_bytes(
            path_of.read_bytes().replace(b"END:VCALENDAR", b"END").replace(b"meta", b"meat")
        )
    assert hooked() != 0


def test_the_action_uses_the_inputs_that_it_names() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    named = set(re.findall(r"^  (\w+):\n    description", text, re.MULTILINE))
    assert named == set(re.findall(r"inputs\.(\w+)", text))


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_the_scripts_are_ones_that_bash_reads() -> None:
    for script in (ROOT / "deploy").glob("*.sh"):
        subprocess.run(["bash", "-n", str(script)], check=True)
