"""Ledgers by somebody who had not seen this program, of which half were looked at."""

from __future__ import annotations

import pytest

from tests.exchange.strangers.score import LOOKED_AT, Ledger, ledgers, wrong

_NOT_DOUBTED = {
    *(("11.tsv", 4), ("10.xlsx", 7), ("10.xlsx", 11), ("24.csv", 4), ("24.csv", 9)),
}
"""What their writer found odd in the matter, and no reading of the cells can."""


@pytest.mark.parametrize(
    "ledger",
    [ledger for folder in LOOKED_AT for ledger in ledgers(folder)],
    ids=lambda ledger: str(ledger.name),
)
def test_a_strangers_ledger_is_read_right_or_told_as_doubtful(ledger: Ledger) -> None:
    assert {(ledger.name, row) for _, row, _ in wrong(ledger)} <= _NOT_DOUBTED
