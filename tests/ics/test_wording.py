"""What a subscriber reads: the state in words, the deadline as it was meant, the story so far."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.ics.wording import description, state, summary
from tracker.locale import ENGLISH
from tracker.model import (
    Milestone,
    Modality,
    Precision,
    Source,
    Status,
    Target,
    Wording,
)

from .promises import at, promise


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
    assert ENGLISH.until_in_full(date.fromisoformat(due), Precision(precision)) == words


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
    assert summary(milestone, state(milestone, overdue), ENGLISH) == words


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
    assert description(done, state(done, overdue=False), ENGLISH).splitlines() == [
        "Due by the end of the third quarter of 2021 (“三季度”). It is planned.",
        "First promised for 30 June 2021: 94 days later.",
        "State: done late, 2 October 2021 (2 days after the due date), 40 %",
        "Next: Elect a board",
        "Responsible: Big Data Bureau",
        "Supporting: Finance, Industry",
        "Said by: 廉凯, 副局长",
        "Targets: at least about 100 units, reached 20; 1+2+4",
        "[zh] 成立数据交易行业协会 — 省大数据局",
        "Source: Press conference, Information Office, 15 March 2021",
        "https://example.org/1",
        "“6月底前,成立协会”",
        "History:",
        "20 June 2021, moved from 30 June 2021 to 30 September 2021: no quorum",
        "2 October 2021, done: registered (https://example.org/2)",
    ]


def test_a_forecast_and_a_missing_date_are_said() -> None:
    expected = promise(forecast_due=date(2021, 7, 2))
    assert (
        "First promised for 30 June 2021, now expected 2 July 2021: 2 days later."
        in description(expected, "not started", ENGLISH).splitlines()
    )
    assert description(promise(due=None, due_phrase="尽快"), "not started", ENGLISH).startswith(
        "No date was given (“尽快”)."
    )


def told_after(m: Milestone) -> list[str]:
    """The lines under "History" of the description."""
    lines = description(m, state(m, overdue=False), ENGLISH).splitlines()
    start = next((n for n, line in enumerate(lines) if line.startswith("History")), len(lines))
    return lines[start:]


def test_the_history_tells_moves_states_notes_and_evidence_with_their_reasons() -> None:
    milestone = promise(due=None).postpone(
        at("2021-04-01T08:00"), date(2021, 6, 30), Precision.MONTH, None, why="announced"
    )
    milestone = milestone.note(at("2021-04-02T08:00"), "Tender is out,\nso they say")
    milestone = milestone.note(at("2021-04-03T08:00"), "", "https://example.org/tender")
    milestone = milestone.set_status(at("2021-04-04T08:00"), Status.CANCELLED, why="no money")
    milestone = milestone.edit(at("2021-04-05T08:00"), {"owner": "Roads"})
    milestone = milestone.remove(at("2021-04-06T08:00"), why="entered twice")
    assert told_after(milestone) == [
        "History:",
        "1 April 2021, dated 30 June 2021: announced",
        "2 April 2021, note: Tender is out, so they say",
        "3 April 2021, evidence (https://example.org/tender)",
        "4 April 2021, cancelled: no money",
        "6 April 2021, removed: entered twice",
    ]


def test_what_was_undone_is_not_told() -> None:
    noted = promise().note(at("2021-04-01T08:00"), "wrong")
    undone = noted.revert(noted.history[-1], "undo", at("2021-04-02T08:00").at, None)
    assert told_after(undone) == []


def test_of_a_long_history_the_last_is_told() -> None:
    milestone = promise()
    for day in range(1, 13):
        milestone = milestone.note(at(f"2021-04-{day:02}T08:00"), f"Note {day}")
    told = told_after(milestone)
    assert told[0] == "History, the last 8 of 12:"
    assert told[1:] == [f"{day} April 2021, note: Note {day}" for day in range(5, 13)]


def test_a_text_without_end_does_not_fill_the_feed() -> None:
    milestone = promise(next_step="n" * 90_000, source=Source("d", quote="q" * 90_000))
    milestone = milestone.note(at("2021-04-01T08:00"), "w" * 90_000)
    assert len(description(milestone, "not started", ENGLISH)) < 4_000
