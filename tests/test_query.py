"""What a list asks for: each way to choose, to order and to cut, at its edges."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.milestones import DUE, MADE, full, plain, stamp
from tracker.errors import BadValue
from tracker.model import Milestone, Source, Standing, StandingOn, Status
from tracker.query import (
    CRITERIA,
    Filter,
    Key,
    Page,
    Query,
    Sort,
    in_order,
    keys_of,
    select,
)
from tracker.texts import distinct, folded

DAY = timedelta(days=1)
ASSESSED = plain(1, owner="Roads", supporting=("Police",), tags=("safety",))
CHOSEN: list[tuple[dict[str, Any], Milestone, bool]] = [
    ({"due_from": DUE}, ASSESSED, True),
    ({"due_from": DUE + DAY}, ASSESSED, False),
    ({"due_to": DUE}, ASSESSED, True),
    ({"due_to": DUE - DAY}, ASSESSED, False),
    ({"due_from": MADE}, plain(due=None), False),
    ({"due_to": DUE}, plain(due=None), False),
    ({"due_before": DUE}, ASSESSED, False),
    ({"due_before": DUE + DAY}, ASSESSED, True),
    ({"due_before": DUE + DAY}, plain(due=None), False),
    ({"owed": True}, ASSESSED, True),
    ({"owed": True}, ASSESSED.set_status(stamp(), Status.CANCELLED), False),
    ({"statuses": frozenset({Status.NOT_STARTED})}, ASSESSED, True),
    ({"statuses": frozenset({Status.COMPLETED})}, ASSESSED, False),
    ({"owner": "road"}, ASSESSED, True),
    ({"owner": "ROADS"}, ASSESSED, True),
    ({"owner": "bridges"}, ASSESSED, False),
    ({"owner": "road"}, plain(), False),
    ({"owner": "police"}, ASSESSED, True),
    ({"tags": frozenset({"safety"})}, ASSESSED, True),
    ({"tags": frozenset({"safe"})}, ASSESSED, False),
    ({"tags": frozenset({"safety", "roads"})}, ASSESSED, False),
    ({"text": "promise"}, ASSESSED, True),
    ({"text": "promises"}, ASSESSED, False),
    ({"text": "noted"}, ASSESSED.note(stamp(), "it was Noted"), True),
    ({"words": frozenset({"promise", "road"})}, ASSESSED, True),
    ({"words": frozenset({"promise", "bridge"})}, ASSESSED, False),
    ({"words": frozenset({"noted"})}, ASSESSED.note(stamp(), "ＮＯＴＥＤ"), True),
    ({"words": frozenset({"quoted"})}, plain(source=Source("d", quote="it is Quoted")), True),
    ({"standings": StandingOn(frozenset({Standing.OVERDUE}), DUE + DAY)}, ASSESSED, True),
    ({"standings": StandingOn(frozenset({Standing.OVERDUE}), DUE)}, ASSESSED, False),
    ({"source": "document"}, full(), True),
    ({"source": "document"}, ASSESSED, False),
]


@pytest.mark.parametrize(("asked", "m", "held"), CHOSEN)
def test_a_filter_holds_at_its_edges(
    asked: dict[str, Any], m: Milestone, held: bool
) -> None:  # a row of the table
    assert Filter(**asked).holds(m) == held
    assert Filter(**asked).wanted == asked


def test_an_empty_filter_holds_of_all_and_asks_nothing() -> None:
    assert Filter().wanted == {}
    assert Filter().holds(plain(due=None))
    assert not Filter(owner="roads", tags=frozenset({"none"})).holds(ASSESSED)


def test_what_can_be_typed_has_an_option_and_no_other() -> None:
    flags = {name: one.option and one.option.flag for name, one in CRITERIA.items()}
    assert (flags["due_from"], flags["due_to"]) == ("--due-from", "--due-to")
    assert (flags["due_before"], flags["owed"]) == (None, None)


def test_what_has_no_date_comes_after_the_last_day_there_is() -> None:
    assert ids(in_order([plain(1, due=None), plain(2, due=date.max)])) == [2, 1]


def ids(milestones: list[Milestone]) -> list[int]:
    return [m.id for m in milestones]


ROWS = [
    plain(1, title="b", owner="Zoo", due=DUE + DAY),
    plain(2, title="C", owner="roads", due=None),
    plain(3, title="a", owner="Roads", due=DUE + DAY).note(stamp(), "later"),
    plain(4, title="d", due=DUE).set_status(stamp(), Status.COMPLETED),
    plain(5, title="a", owner="Roads", due=DUE),
]


@pytest.mark.parametrize(
    ("by", "order"),
    [
        (Sort.DUE, [4, 5, 1, 3, 2]),
        (Sort.ID, [1, 2, 3, 4, 5]),
        (Sort.TITLE, [5, 3, 1, 2, 4]),
        (Sort.OWNER, [5, 3, 2, 1, 4]),
        (Sort.STATUS, [5, 1, 3, 2, 4]),
        (Sort.CHANGED, [4, 3, 5, 1, 2]),
    ],
)
def test_each_order_goes_by_its_key_then_the_day_then_the_id(by: Sort, order: list[int]) -> None:
    assert ids(in_order(ROWS[::-1], Key(by))) == order


@pytest.mark.parametrize(
    ("words", "order"),
    [
        ("", [4, 5, 1, 3, 2]),
        ("owner,-due", [3, 5, 2, 1, 4]),
        ("-owner", [1, 5, 3, 2, 4]),
        ("-due", [1, 3, 4, 5, 2]),
        ("due-，id", [1, 3, 4, 5, 2]),
        ("-changed", [5, 1, 2, 3, 4]),
        ("status,title,-id", [5, 3, 1, 2, 4]),
    ],
)
def test_keys_go_one_after_the_other_each_its_own_way_and_what_is_lacking_last(
    words: str, order: list[int]
) -> None:
    assert ids(in_order(ROWS, *keys_of(words))) == order


def test_an_order_that_there_is_not_is_refused_with_the_nearest() -> None:
    with pytest.raises(BadValue, match=r"no order '-dew'. Did you mean due\?"):
        keys_of("owner,-dew")


def test_what_was_removed_or_not_yet_made_is_not_among_them() -> None:
    rows = [*ROWS[:2], ROWS[2].remove(stamp()), plain(6, made_on=MADE + DAY)]
    asked = Query(MADE, Filter(), Page((Key(Sort.ID),), reverse=True, limit=1))
    found = select(rows, asked)
    assert (ids(found.milestones), found.total, found.out_of) == ([2], 2, 2)
    later = select(rows, Query(MADE + DAY, Filter(owner="zoo")))
    assert (ids(later.milestones), later.total, later.out_of) == ([1], 1, 3)
    none = select(rows, Query(MADE - DAY))
    assert (none.milestones, none.total, none.out_of) == ([], 0, 0)


@pytest.mark.parametrize(
    ("text", "as_compared"),
    [
        ("  The   OFFICE ", "the office"),
        ("省 大数据局", "省大数据局"),
        ("Ａ局 Ｂ", "a局b"),
        ("Straße one", "strasse one"),
        ("é  È", "é è"),
        ("a 局", "a局"),
        ("局 a", "局a"),
        ("\U00020000 a", "\U00020000a"),
        ("\u3400 a", "\u3400a"),
        ("\u9fff a", "\u9fffa"),
        ("\u33ff e\u0301", folded("\u33ff") + " é"),
        ("", ""),
    ],
)
def test_spellings_of_one_name_are_compared_as_one(text: str, as_compared: str) -> None:
    assert folded(text) == as_compared


def test_the_first_spelling_stands_for_the_others() -> None:
    assert distinct(["Roads", "ROADS", "省 局", "Zoo", "省局"]) == ("Roads", "省 局", "Zoo")
