"""docs/digest.md tried: its addresses, its units and its cron line are such as work."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.programs import program
from tracker.notify.address import addresses
from tracker.notify.delivery import service

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "digest.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


URLS = blocks("text")[0].splitlines()
FORMS = {
    "mailto": "html",
    "mailtos": "html",
    "dingtalk": "markdown",
    "wecombot": "text",
    "feishu": "markdown",
    "slack": "markdown",
    "tgram": "markdown",
    "jsons": "markdown",
}


@pytest.mark.parametrize("url", URLS)
def test_each_address_is_one_and_gets_the_form_that_it_shows(url: str) -> None:
    [address] = addresses([url])
    assert service(address).form.value == FORMS[url.partition("://")[0]]


def test_a_form_can_be_asked_for() -> None:
    [address] = addresses(["wecombot://a-key?format=markdown"])
    assert service(address).form.value == "markdown"


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    unit, timer = blocks("ini")
    # The verifier asks for the program itself.
    (tmp_path / "tracker-notify.service").write_text(
        unit.replace("/usr/local/bin/tracker", "/bin/true")
    )
    (tmp_path / "tracker-notify.timer").write_text(timer)
    names = ["tracker-notify.service", "tracker-notify.timer"]
    ran = subprocess.run(
        [program("systemd-analyze"), "verify", *(str(tmp_path / name) for name in names)],
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line for line in ran.stderr.splitlines() if any(name in line for name in names)]
    assert (ran.returncode, told) == (0, []), ran.stderr
    calendar = re.search(r"OnCalendar=(.*)", timer)
    assert calendar
    subprocess.run([program("systemd-analyze"), "calendar", calendar[1]], check=True)


def test_the_cron_line_runs(tmp_path: Path) -> None:
    line = blocks("text")[1]
    fields = line.split(maxsplit=5)
    assert fields[:5] == ["0", "8", "*", "*", "1-5"]
    assert "%" not in fields[5], "cron makes a line break of it"
    settled = tmp_path / ".config" / "tracker"
    settled.mkdir(parents=True)
    [variables] = [block for block in blocks("sh") if block.startswith("export")]
    (settled / "notify.env").write_text(variables)
    (tmp_path / "promises").mkdir()
    tracker = Path(sys.executable).parent
    env = {"HOME": str(tmp_path), "PATH": f"{tracker}{os.pathsep}{os.environ['PATH']}"}
    store = tmp_path / "promises" / "milestones.json"
    subprocess.run(["tracker", "--file", str(store), "init"], env=env, check=True)
    # Nothing is due in an empty store, so nothing leaves the machine.
    ran = subprocess.run(
        ["/bin/sh", "-c", fields[5]], env=env, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
