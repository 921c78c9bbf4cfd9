"""Files to import: JSON and CSV, by others and by ourselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tests.fuzz.oracles import (
    TODAY,
    exchanged,
    refused_in_a_sentence,
    shown,
    taken_in,
    written_and_read,
)
from tests.fuzz.target import Target
from tests.hostile.test_files import ITEMS
from tests.milestones import full, plain
from tracker.errors import TrackerError
from tracker.exchange import csv, json
from tracker.exchange.incoming import incoming


def check_json(data: bytes) -> None:
    text = data.decode("utf-8-sig", errors="replace")
    try:
        items = json.items(text)
        _through((f"item {n}", item) for n, item in enumerate(items, 1))
    except TrackerError as refusal:
        refused_in_a_sentence(refusal)


def check_csv(data: bytes) -> None:
    text = data.decode("utf-8-sig", errors="replace")
    try:
        _through((f"row {line}", item) for line, item in csv.rows(text))
    except TrackerError as refusal:
        refused_in_a_sentence(refusal)


def _through(placed: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    milestones = taken_in(incoming(placed, TODAY))
    exchanged(milestones)
    written_and_read(milestones)
    # A history written by hand may be at odds with itself, which `tracker check` tells.
    shown(milestones)


def json_seeds() -> list[bytes]:
    """An export, a list by hand, and what the tests of hostile files have."""
    by_hand = '[{"title": "Ring road", "due": "end of June", "owner": "Roads", "tags": ["a"]}]'
    short = [text for text in ITEMS.values() if len(text) < 1000]
    return [text.encode() for text in (json.dumps([full(), plain(1)]), by_hand, *short)]


def csv_seeds() -> list[bytes]:
    """An export, and ledgers by hand."""
    by_hand = (
        "title,due,owner,status\r\nRing road,end of June,Roads,done\r\n",
        "序号,任务,责任单位,配合单位,完成时限,状态\r\n1,建成,省财政厅,二处、三处,6月底前,进行中\r\n",
    )
    return [text.encode() for text in (csv.dumps([full(), plain(1)]), *by_hand)]


VALUES = (
    "2021-06-30", "6月底前", "end of June", "done", "cancelled", "day", "none", "firm", "stretch",
    "2021-03-10T08:00:00Z", "2021-03-10T08:00:00.000001Z", "add", "edit", "import", "undo",
)  # fmt: skip
JSON = Target(
    "json",
    check_json,
    json_seeds,
    (
        *(f'"{name}":' for name in (*csv.COLUMNS, "milestones", "schema", "at", "on", "verb")),
        *(f'"{value}"' for value in VALUES),
        *'{}[],:', "null", "true", "-1", "1e999", "9" * 30, '"\\ud800"', "[[[[", '"value":',
    ),
)  # fmt: skip
CSV = Target(
    "csv",
    check_csv,
    csv_seeds,
    (
        *csv.COLUMNS,
        *VALUES,
        ",",
        '"',
        '""',
        "\r\n",
        "\r",
        "'",
        "=",
        "'=",
        "; ",
        "、",
        "[",
        "{}",
        "\t",
    ),
)
