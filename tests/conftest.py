"""What tests of several rooms share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings

from hatch_build import CATALOGUES, compile_catalogues
from tests.postgres import FLEETING, Server

# No test fails for a busy machine: what a strategy draws counts, not how long it takes. The long
# form of the suite asks for `--hypothesis-profile=long`, and `make mutants` for `brief`, which does
# not look for the least example, since any will do.
for name, examples in (("brief", 8), ("short", 30), ("long", 200)):
    settings.register_profile(
        name,
        deadline=None,
        max_examples=examples,
        phases=(Phase.explicit, Phase.generate) if name == "brief" else tuple(Phase),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
settings.load_profile("short")

# Tests look for English words, whatever the locale that they and their child processes run in.
os.environ.setdefault("TRACKER_LANG", "en")

# An installation compiles the catalogues; one that is newer than that is compiled again.
if any(
    not (compiled := source.with_suffix(".mo")).exists()
    or compiled.stat().st_mtime < source.stat().st_mtime
    for source in CATALOGUES.glob("*/LC_MESSAGES/*.po")
):
    compile_catalogues()


@pytest.fixture(autouse=True)
def _no_language_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Click says its own words in the language of the last command that ran in this process."""
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One server for all tests of a process, started by the first that needs it."""
    server = Server.begin(FLEETING)
    yield server
    server.end()
