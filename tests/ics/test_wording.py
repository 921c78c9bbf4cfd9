"""What a subscriber reads: the state in words, the deadline as it was meant, the story so far."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.ics.wording import by, description, state, summary
from tracker.model import (
    Change,
    Milestone,
    Modality,
    Patch,
    Precision,
    Source,
    Status,
    Target,
    Wording,
)

from .promises import RECORDED, at, promise


@pytest.mark.parametrize(
    ("due", "precision", "words"),
    [
        ("2021-06-30", "day", "by 30 June 2021"),
        ("2021-06-30", "none", "by 30 June 2021"),
        ("2021-06-27", "week", "by the end of the week, 27 June 2021"),
        ("2021-06-26", "week", "by 26 June 2021"),
        ("2021-06-30", "month", "by the end of June 2021"),
        ("2020-02-29", "month", "by the end of February 2020"),
        ("2021-06-10", "month", "by 10 June 2021"),
        ("2021-03-31", "quarter", "by the end of the first quarter of 2021"),
        ("2021-12-31", "quarter", "by the end of the fourth quarter of 2021"),
        ("2021-05-31", "quarter", "by 31 May 2021"),
        ("2021-06-30", "half", "by the end of the first half of 2021"),
        ("2021-12-31", "half", "by the end of the second half of 2021"),
        ("2021-12-31", "year", "by the end of 2021"),
        ("2021-06-30", "year", "by 30 June 2021"),
        ("2022-03-31", "fiscal-year", "by the end of the fiscal year, 31 March 2022"),
        ("2025-12-31", "five-year", "by the end of the five-year plan, 31 December 2025"),
        ("9999-12-31", "year", "by the end of 9999"),
    ],
)
def test_a_deadline_is_told_as_precisely_as_it_was_given(
    due: str, precision: str, words: str
) -> None:
    assert by(date.fromisoformat(due), Precision(precision)) == words


partly = promise(status=Status.PARTLY_COMPLETED)


def completed(on: str) -> Milestone:
    return promise().set_status(at(on), Status.COMPLETED)


@pytest.mark.parametrize(
    ("milestone", "overdue", "words"),
    [
        (promise(), False, "Set up the trade association"),
        (promise(), True, "OVERDUE: Set up the trade association"),
        (promise(status=Status.IN_PROGRESS), False, "Set up the trade association"),
        (completed("2021-06-30T08:00"), False, "✓ done: Set up the trade association"),
        (completed("2021-07-01T08:00"), False, "✓ done late: Set up the trade association"),
        (promise(status=Status.CANCELLED), False, "✗ cancelled: Set up the trade association"),
        (promise(status=Status.SUPERSEDED), False, "superseded: Set up the trade association"),
        (partly, False, "partly done: Set up the trade association"),
        (partly, True, "OVERDUE: Set up the trade association"),
        (promise(removed_on=date(2021, 7, 1)), False, "removed: Set up the trade association"),
    ],
)  # fmt: skip
def test_the_title_says_its_state_in_words(milestone: Milestone, overdue: bool, words: str) -> None:
    assert summary(milestone, state(milestone, overdue)) == words


def test_the_description_tells_the_whole_promise() -> None:
    milestone = promise(
        due_phrase="6月底前",
        modality=Modality.PLANNED,
        owner="Big Data Bureau",
        supporting=("Finance", "Industry"),
        speaker="廉凯",
        speaker_title="副局长",
        percent=40,
        next_step="Elect a board",
        targets=(Target(100, "units", ">=", approx=True, actual=20), Target("1+2+4")),
        translations={"zh": Wording(title="成立数据交易行业协会", owner="省大数据局")},
        source=Source(
            "Press conference",
            "Information Office",
            "https://example.org/1",
            date(2021, 3, 15),
            quote="6月底前,成立协会",
        ),
    )
    moved = milestone.postpone(
        at("2021-06-20T08:00"), date(2021, 9, 30), Precision.QUARTER, "三季度", why="no quorum"
    )
    done = moved.set_status(
        at("2021-10-02T08:00"), Status.COMPLETED, why="registered", evidence="https://example.org/2"
    )
    assert description(done, state(done, overdue=False)).splitlines() == [
        "Due by the end of the third quarter of 2021 (“三季度”). It is planned.",
        "First promised for 30 June 2021: 94 days later.",
        "State: done late, 2 October 2021 (2 days after the due date), 40 %",
        "Next: Elect a board",
        "Responsible: Big Data Bureau",
        "Supporting: Finance, Industry",
        "Said by: 廉凯, 副局长",
        "Targets: about >= 100 units, reached 20 units; 1+2+4",
        "[zh] 成立数据交易行业协会 — 省大数据局",
        "Source: Press conference, Information Office, 15 March 2021",
        "https://example.org/1",
        "“6月底前,成立协会”",
        "Evidence, 2 October 2021: https://example.org/2 (registered)",
        "Moved on 20 June 2021 from 30 June 2021 to 30 September 2021: no quorum",
    ]


def test_a_forecast_and_a_missing_date_are_said() -> None:
    expected = promise(forecast_due=date(2021, 7, 2))
    assert (
        "First promised for 30 June 2021, now expected 2 July 2021: 2 days later."
        in description(expected, "not started").splitlines()
    )
    assert description(promise(due=None, due_phrase="尽快"), "not started").startswith(
        "No date was given (“尽快”)."
    )


def test_of_many_moves_the_last_are_told() -> None:
    day = date(2021, 1, 1)
    moves = tuple(
        Change(
            RECORDED.replace(minute=n),
            day,
            "postpone",
            was=Patch(due=date(2021, n, 1)),
            now=Patch(due=date(2021, n + 1, 1)),
        )
        for n in range(1, 9)
    )
    told = description(promise(history=(*promise().history, *moves)), "not started").splitlines()
    assert told[-6] == "Moved 8 times; the last 5:"
    assert told[-1] == "Moved on 1 January 2021 from 1 August 2021 to 1 September 2021"
