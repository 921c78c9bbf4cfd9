"""What is deployed names nothing that is not there; no test here can run it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # has no types

from tracker.cli.man import commands

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


CONTAINERFILE = (DEPLOY / "Containerfile").read_text("utf-8")
COMPOSED: dict[str, Any] = {
    name: yaml.safe_load((DEPLOY / name).read_text("utf-8"))
    for name in ("compose.yaml", "office.yaml")
}


def run_by_the_container() -> list[list[str]]:
    """What is typed behind `tracker` in the container, by itself and in an office."""
    own = re.findall(r"^CMD (\[.*\])$", CONTAINERFILE, re.MULTILINE)
    return [*map(json.loads, own), COMPOSED["office.yaml"]["services"]["serve"]["command"]]


@pytest.mark.parametrize("words", run_by_the_container())
def test_the_container_types_what_the_program_understands(words: list[str]) -> None:
    known = dict(commands())[f"tracker {words[0]}"]
    _, extra, _ = known.command.make_parser(known).parse_args(words[1:])
    assert not extra


def test_every_stage_user_and_file_of_the_container_is_there() -> None:
    stages = set(re.findall(r"^FROM \S+ AS (\w+)$", CONTAINERFILE, re.MULTILINE))
    assert set(re.findall(r"COPY --from=(\w+)", CONTAINERFILE)) == stages
    [user] = re.findall(r"^USER (\w+)$", CONTAINERFILE, re.MULTILINE)
    assert f"useradd --create-home --uid 10001 {user}" in CONTAINERFILE


@pytest.mark.parametrize("name", COMPOSED)
def test_a_compose_file_names_volumes_services_and_files_that_are_there(name: str) -> None:
    composed = COMPOSED[name]
    services, volumes = composed["services"], set(composed.get("volumes", ()))
    for service in services.values():
        assert set(service.get("depends_on", ())) <= set(services)
        held = [held for held in service.get("volumes", ()) if isinstance(held, str)]
        assert {one.partition(":")[0] for one in held if one[0] not in "./$"} <= volumes
        if isinstance(build := service.get("build"), dict) and "dockerfile" in build:
            assert (DEPLOY / build["context"] / build["dockerfile"]).is_file()
