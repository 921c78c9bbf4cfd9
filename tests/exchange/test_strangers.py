"""Ledgers by somebody who had not seen this program, of which half were looked at."""

from __future__ import annotations

import pytest

from tests.exchange.strangers.score import LOOKED_AT, Ledger, ledgers, wrong

_NOT_DOUBTED = {
    *(("11.tsv", 4), ("11.tsv", 5), ("10.xlsx", 7), ("10.xlsx", 11), ("24.csv", 4), ("24.csv", 9)),
    ("01.xlsx", 13),  # 全部完工 where the status is empty
    ("02.xlsx", 15),  # without a status, and 常态化推进 as its deadline
    ("21.csv", 3),  # "Submitted" on a day, which others do not doubt
    ("23.csv", 10),  # "Open"
    *(("10.xlsx", 10), ("20.xlsx", 11)),  # 尽快, asap: others do not doubt these
    ("18.xlsx", 8),  # not ticked as done, with "Part on order" beside it
    ("20.tsv", 6),  # 未落实 where nothing else is told
    ("24.csv", 8),  # 立即整改, done on the day
    *(("03.csv", 6), ("16.xlsx", 12), ("03.xlsx", 11)),  # 未完成 where progress is told
}
"""What their writer found odd in the matter, and no reading of the cells can."""

_MISREAD = {
    ("05.csv", 15),  # is odd in the matter too
    ("18.xlsx", 7),  # a bare serial number, which is refused with the day it may mean
    ("07.xlsx", 10),
    ("09.xlsx", 7),  # 未答复，11月20日刚交办 is not begun
    ("11.xlsx", 7),  # a week of term as the deadline, and the day in the remarks
    ("25.csv", 7),  # "went in 14/5/26" is done
    ("25.csv", 9),  # the AGM is on the day on which the row says that it was
}
"""What is read otherwise than its writer meant."""


@pytest.mark.parametrize(
    "ledger",
    [ledger for folder in LOOKED_AT for ledger in ledgers(folder)],
    ids=lambda ledger: str(ledger.name),
)
def test_a_strangers_ledger_is_read_right_or_told_as_doubtful(ledger: Ledger) -> None:
    assert {(ledger.name, row) for _, row, _ in wrong(ledger)} <= _NOT_DOUBTED | _MISREAD
