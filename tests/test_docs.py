"""The documentation against the code: nothing undocumented, nothing out of date."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import generated
from tracker.cli.man import commands
from tracker.errors import TrackerError

ROOT = Path(__file__).parent.parent
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]


@pytest.mark.parametrize("name", generated.PAGES)
def test_generated_pages_are_current(name: str) -> None:
    written = (generated.DOCS / name).read_text(encoding="utf-8")
    assert written == generated.PAGES[name](), "run `make docs` and look at the diff"


def test_every_command_has_help_and_a_first_line_that_stands_alone() -> None:
    for words, context in commands():
        help_text = context.command.help or ""
        first = help_text.split("\n\n")[0]
        assert first.endswith("."), f"{words} needs a first sentence"
        assert len(first) <= 80, f"the first sentence of {words} is cut in the list of commands"
        for param in context.command.params:
            if param.param_type_name == "option" and not getattr(param, "hidden", False):
                assert getattr(param, "help", None), f"{words} {param.opts} needs help"


def test_each_error_has_a_code_of_its_own() -> None:
    classes: list[type[TrackerError]] = [TrackerError, *generated._subclasses(TrackerError)]
    assert len({c.exit_code for c in classes}) == len(classes)
    assert len({c.code for c in classes}) == len(classes)
    assert not {0, 2} & {c.exit_code for c in classes}


def test_dependencies_are_each_accounted_for() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = [project["dependencies"], *project.get("optional-dependencies", {}).values()]
    named = {d.split(">")[0].split("[")[0].strip() for group in groups for d in group}
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    missing = [name for name in named if f"`{name}`" not in page]
    assert not missing


_LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_to_a_file(page: Path) -> None:
    linked = _LINK.findall(page.read_text(encoding="utf-8"))
    assert not [name for name in linked if not (page.parent / name).exists()]


def test_the_readme_leads_to_every_page() -> None:
    reached: set[Path] = set()
    ahead = [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        if page in reached:
            continue
        reached.add(page)
        if page.suffix == ".md":
            linked = _LINK.findall(page.read_text(encoding="utf-8"))
            ahead.extend((page.parent / name).resolve() for name in linked)
    assert not [page for page in PAGES if page not in reached]
