"""Every field of a milestone survives JSON and CSV."""

from __future__ import annotations

from datetime import date

import msgspec

from tests.milestones import full
from tracker.exchange import csv, json
from tracker.exchange.incoming import incoming
from tracker.model import Milestone


def test_every_field_survives_json_and_csv() -> None:
    assert msgspec.to_builtins(full()).keys() == set(Milestone.__struct_fields__)
    through_json = [("item 1", item) for item in json.items(json.dumps([full()]))]
    through_csv = [(f"row {n}", item) for n, item in csv.rows(csv.dumps([full()]))]
    for items in (through_json, through_csv):
        [one] = incoming(items, date(2026, 1, 1))
        assert one.whole == full()
