"""A status is one row of one table: one that is added is shown by every writer, in words."""

from __future__ import annotations

import pytest

from tests.rows import Written, written
from tests.rows.writers import WRITERS
from tracker.cli.commands.export import export_command
from tracker.cli.commands.report import report_command

ROW = '    SUSPENDED = ("suspended", Standing.CANCELLED, "suspended", "CANCELLED", "中止")\n'
BEFORE = '    SUPERSEDED = ("superseded", Standing.SUPERSEDED'


@pytest.fixture(scope="module")
def suspended(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Written]:
    return written(
        tmp_path_factory.mktemp("suspended"),
        {"tracker.model.values": {BEFORE: ROW}},
        ["init"],
        ["add", "Open the bridge", "--due", "2021-03-31", "--made-on", "2021-01-01"],
        ["status", "1", "中止", "--reason", "no money"],
    )


@pytest.mark.parametrize("words", WRITERS)
def test_every_writer_writes_a_status_that_was_added(
    suspended: dict[str, Written], words: str
) -> None:
    assert not suspended[words].fault, suspended[words].err


def test_every_export_and_report_is_among_the_writers() -> None:
    said = {tuple(words.split()) for words in WRITERS}
    for group in (export_command, report_command):
        for name in group.commands:
            assert any((group.name, name) == words[:2] for words in said), name


def test_a_status_that_was_added_shows_as_its_row_says(suspended: dict[str, Written]) -> None:
    assert suspended["list"].out == "1\t2021-03-31\tcancelled\t\t\tOpen the bridge\n"
    assert not suspended["overdue"].out
    assert "STATUS:CANCELLED" in suspended["export ics --todo"].out
    assert "SUMMARY:suspended: Open the bridge" in suspended["export ics"].out
    for writer in ("show 1", "log", "export html", "export ledger", "digest", "list --format csv"):
        assert "suspended" in suspended[writer].out
