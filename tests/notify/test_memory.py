"""What is remembered of a telling: each reader's own, each change by itself, no secret."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.milestones import plain
from tracker.errors import BadInput
from tracker.notify.memory import Memory, dumps, fingerprint, loads, mark
from tracker.query import Filter

AT = datetime(2021, 7, 1, 7, tzinfo=UTC)
DAY = date(2021, 7, 1)


def test_readers_who_were_told_the_same_share_one_list_and_old_lists_go() -> None:
    both = Memory().after(["a", "b"], ["1", "2"], AT, DAY)
    assert (len(both.changes), both.known("a")) == (1, frozenset("12"))
    one = both.after(["a"], ["3"], AT, DAY)
    assert (len(one.changes), one.known("a"), one.known("b")) == (
        2,
        frozenset("123"),
        frozenset("12"),
    )
    again = one.after(["b"], ["3"], AT, DAY)
    assert (len(again.changes), again.known("c")) == (1, None)


def test_it_is_read_as_it_was_written() -> None:
    memory = Memory().after(["a"], ["1"], AT, DAY)
    assert loads(dumps(memory), "file") == memory


@pytest.mark.parametrize(
    "damaged",
    [b"", b"{", b"\xff", b'{"schema": "tracker.digest/2"}', b'{"tellings": {"a": 1}}'],
)
def test_what_is_damaged_is_refused_rather_than_forgotten(damaged: bytes) -> None:
    with pytest.raises(BadInput, match="not readable in file"):
        loads(damaged, "file")


def test_a_list_that_is_missing_is_damage() -> None:
    memory = Memory().after(["a"], ["1"], AT, DAY)
    with pytest.raises(BadInput):
        loads(dumps(Memory(receipts=memory.receipts)), "file")


def test_a_reader_is_an_address_a_filter_and_a_language_but_no_day() -> None:
    plainly = mark("json://a", Filter(), None)
    others = [
        mark("json://b", Filter(), None),
        mark("json://a", Filter(owner="roads"), None),
        mark("json://a", Filter(tags=frozenset("x")), None),
        mark("json://a", Filter(), "zh"),
    ]
    assert len({plainly, *others}) == 5
    assert mark("json://a", Filter(due_to=DAY), None) == plainly


def test_two_changes_have_two_fingerprints() -> None:
    one, other = plain(1), plain(2)
    assert fingerprint(one, one.history[0]) != fingerprint(other, other.history[0])
    assert fingerprint(one, one.history[0]) == fingerprint(plain(1), plain(1).history[0])
