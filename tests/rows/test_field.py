"""A field is one row of its table, of the milestone and of the patch: then every writer has it."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.rows import Written, written
from tests.rows.writers import WRITERS

ROWS = {
    "tracker.model.promise": {
        "    removed_on: date | None = None\n": "    budget: str | None = None\n"
    },
    "tracker.model.change": {
        "    removed_on: date | None | UnsetType": "    budget: str | None | UnsetType = UNSET\n"
    },
    "tracker.model.fields": {
        '    Field("removed_on"': """    Field(
        *("budget", "budget", FieldKind.TEXT),
        Option("--budget", "SUM", "What it costs."),
        called=("预算",),
        searched=True,
        on_page=20,
        in_calendar=True,
        in_ledger=True,
    ),
"""
    },
}


@pytest.fixture(scope="module")
def budgeted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Written]:
    folder = tmp_path_factory.mktemp("budgeted")
    (folder / "sheet.csv").write_text("任务,预算\nMend the road,forty\n", encoding="utf-8")
    return written(
        folder,
        ROWS,
        ["init"],
        ["add", "Open the bridge", "--due", "2021-03-31", "--budget", "twelve millions"],
        ["edit", "1", "--budget", "thirteen millions"],
        ["import", "csv", "sheet.csv"],
        ["list", "--text", "forty"],
        ["show", "2"],
    )


@pytest.mark.parametrize("words", WRITERS)
def test_every_writer_runs_with_a_field_that_was_added(
    budgeted: dict[str, Written], words: str
) -> None:
    assert not budgeted[words].fault, budgeted[words].err


@pytest.mark.parametrize(
    "words",
    [
        "show 1",
        "list --format csv",
        "export csv",
        "export json",
        "export html",
        "export ledger",
        "export ics",
    ],
)
def test_a_field_that_was_added_is_written(budgeted: dict[str, Written], words: str) -> None:
    assert "thirteen millions" in budgeted[words].out.replace("\r\n ", "")


def test_a_field_that_was_added_is_read_found_and_remembered(budgeted: dict[str, Written]) -> None:
    assert "budget" in budgeted["edit 1 --budget thirteen millions"].out
    assert "budget twelve millions → thirteen millions" in budgeted["log"].out
    assert "Mend the road" in budgeted["list --text forty"].out
    assert "budget      forty" in budgeted["show 2"].out
    assert json.loads(budgeted["show 1 --format json"].out)["milestones"][0]["budget"]
    [row, *_] = csv.DictReader(io.StringIO(budgeted["export csv"].out))
    assert row["budget"] == "thirteen millions"
