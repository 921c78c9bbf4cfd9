"""What is deployed names nothing that is not there; no test here can run it."""

from __future__ import annotations

import re
from pathlib import Path

DEPLOY = Path(__file__).parent.parent / "deploy"


def test_every_variable_of_the_services_is_set_in_the_example_and_none_besides() -> None:
    services = (DEPLOY / "compose.yaml").read_text("utf-8")
    example = (DEPLOY / ".env.example").read_text("utf-8")
    asked = set(re.findall(r"\$\{(\w+)\}", services))
    assert asked == set(re.findall(r"^(\w+)=", example, re.MULTILINE))


def test_what_is_installed_is_what_the_tests_run() -> None:
    [packages] = re.findall(
        r"--no-install-recommends (.*) \\", (DEPLOY / "compose.yaml").read_text("utf-8")
    )
    tested = (DEPLOY.parent / "tests" / "install-programs.sh").read_text("utf-8")
    assert set(packages.split()) - {"postgresql"} <= set(tested.split())
