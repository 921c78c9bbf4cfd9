"""The scorecard: every milestone counted once, bodies told apart as a reader would."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given

from tests.milestones import DUE, MADE, plain, stamp
from tests.scripts import scripts, tell
from tracker.model import Milestone, Precision, Status, Wording
from tracker.query import Filter, Query
from tracker.report.rating import Rating
from tracker.report.scorecard import Scorecard, scorecard

AFTER = date(2021, 7, 1)


def card(*milestones: Milestone, chosen: Filter = Filter(), as_of: date = AFTER) -> Scorecard:  # noqa: B008 -- frozen
    return scorecard(milestones, Query(as_of, chosen))


def names(result: Scorecard) -> list[str | None]:
    return [row.body.name if row.body else None for row in result.rows]


def owned(id: int, owner: str | None, **fields: Any) -> Milestone:
    return plain(id, owner=owner, **fields)


def test_spellings_that_differ_by_case_width_or_blanks_are_one_body() -> None:
    spellings = [
        "ROADS Office",
        "Roads Office",
        "Ｒｏａｄｓ　Ｏｆｆｉｃｅ",
        "roads  office ",
        "Roads Office",
    ]
    result = card(*(owned(i, name) for i, name in enumerate(spellings, 1)))
    assert names(result) == ["Roads Office"]
    assert result.rows[0].score.total == 5


def test_other_names_are_other_bodies() -> None:
    assert names(card(owned(1, "省大数据局"), owned(2, "省大数据中心"))) == [
        "省大数据中心",
        "省大数据局",
    ]


def test_what_nobody_is_responsible_for_has_a_row_and_supporters_have_theirs() -> None:
    result = card(
        owned(1, None), owned(2, "A", supporting=("Ｂ", "c")), owned(3, "b", supporting=("C",))
    )
    assert names(result) == ["A", "Ｂ", None, "c"]
    assert [row.score.total for row in result.rows] == [1, 1, 1, 0]
    assert [row.supports for row in result.rows] == [0, 1, 0, 2]
    assert [[b.name for b in row.with_bodies] for row in result.rows] == [
        ["Ｂ", "c"],
        ["c"],
        [],
        [],
    ]


def test_a_translated_name_is_known_by_its_language() -> None:
    result = card(owned(1, "Roads Office", translations={"zh": Wording(owner="交通局")}))
    assert result.rows[0].body is not None
    assert result.rows[0].body.translations == {"zh": "交通局"}


def test_the_most_red_comes_first() -> None:
    result = card(
        owned(1, "green", due=date(2022, 1, 1)),
        owned(2, "amber", due=AFTER),
        owned(3, "red"),
        owned(4, "redder"),
        owned(5, "redder"),
    )
    assert names(result) == ["redder", "red", "amber", "green"]


def test_completions_are_counted_against_both_dates() -> None:
    base = plain().postpone(stamp(), date(2021, 9, 30), Precision.MONTH, None, why="x")
    kept = plain().set_status(stamp(DUE), Status.COMPLETED)
    moved = base.set_status(stamp(date(2021, 9, 30)), Status.COMPLETED)
    late = base.set_status(stamp(date(2021, 10, 1)), Status.COMPLETED)
    undated = plain(due=None).set_status(stamp(DUE), Status.COMPLETED)
    score = card(kept, moved, late, undated, as_of=date(2021, 12, 31)).total
    assert (score.completed, score.on_time, score.late, score.kept) == (4, 2, 1, 1)


def test_filters_choose_and_nothing_at_all_is_no_error() -> None:
    assert names(card(owned(1, "a"), owned(2, "b"), chosen=Filter(owner="B"))) == ["b"]
    assert card().rows == ()


@given(scripts)
def test_every_milestone_has_one_colour_and_the_rows_add_up(script: Any) -> None:
    milestones = tell(script).store.all()
    for day in (MADE, MADE + timedelta(days=6), DUE + timedelta(days=6)):
        result = scorecard(milestones, Query(day))
        assert sum(result.total.ratings.values()) == result.total.total
        assert result.total.ratings[Rating.BLUE] == result.total.completed
        assert result.total.on_time + result.total.late <= result.total.completed
        assert sum(row.score.total for row in result.rows) == result.total.total
        assert sum(row.score.overdue for row in result.rows) == result.total.overdue
