"""What `tracker mcp` refuses before it answers anybody."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def sdk() -> None:
    """The protocol's library, which on Unix asks for fcntl itself."""
    pytest.importorskip("fcntl", reason="the library of the protocol asks for it on Unix")


@pytest.mark.usefixtures("sdk")
@pytest.mark.parametrize("more", [("--write",), ("--host", "0.0.0.0")])  # noqa: S104 - refused
def test_writing_over_http_and_other_machines_need_a_token(
    seeded: Run, more: tuple[str, ...]
) -> None:
    ran = seeded("mcp", "--http", "--port", "0", *more)
    assert ran.code == 53
    assert "tracker token add NAME" in ran.err


@pytest.mark.usefixtures("sdk")
def test_a_store_or_a_folder_that_is_not_there_is_said_at_once(run: Run, seeded: Run) -> None:
    assert run("mcp", "--file", "none.json").code == 8
    assert seeded("mcp", "--documents", "nowhere").code == 2


def test_without_the_extra_it_says_what_to_install(
    seeded: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] in ("mcp", "mcp_types")]:
        monkeypatch.delitem(sys.modules, name)
    for name in [name for name in sys.modules if name.startswith("tracker.agents")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)
    monkeypatch.setitem(sys.modules, "mcp_types", None)
    ran = seeded("mcp")
    assert ran.code == 33
    assert "pip install" in ran.err


@pytest.mark.usefixtures("sdk")
def test_an_address_that_others_use_needs_a_token_too(seeded: Run, home: Path) -> None:
    ran = seeded("mcp", "--http", "--port", "0", "--base-url", "https://promises.example.org")
    assert (ran.code, "reaches https://promises.example.org" in ran.err) == (53, True)
    (home / "tracker.toml").write_text('[feeds]\nbase-url = "https://promises.example.org"\n')
    assert seeded("mcp", "--http", "--port", "0").code == 53
