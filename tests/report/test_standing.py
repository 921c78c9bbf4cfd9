"""Where a milestone stands on a day, at the edges: the due date itself, and thirty days before."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tracker.model import Milestone, Stamp, Standing, Status, soon_until, standing

AT = datetime(2026, 11, 24, tzinfo=UTC)


def made(
    due: date | None, status: Status = Status.NOT_STARTED, on: str = "2021-06-30"
) -> Milestone:
    begun = Milestone.begin(1, "u", Stamp(AT, date(2021, 3, 10)), "add", title="t", due=due)
    return (
        begun
        if status is Status.NOT_STARTED
        else begun.set_status(Stamp(AT, date.fromisoformat(on)), status)
    )


JUNE = date(2021, 6, 30)


@pytest.mark.parametrize(
    ("milestone", "as_of", "word"),
    [
        (made(JUNE), "2021-05-30", Standing.OPEN),
        (made(JUNE), "2021-05-31", Standing.DUE_SOON),
        (made(JUNE), "2021-06-30", Standing.DUE_SOON),
        (made(JUNE), "2021-07-01", Standing.OVERDUE),
        (made(JUNE, Status.IN_PROGRESS), "2021-07-01", Standing.OVERDUE),
        (made(JUNE, Status.PARTLY_COMPLETED), "2021-07-01", Standing.OVERDUE),
        (made(None), "2021-07-01", Standing.NO_DATE),
        (made(None, Status.COMPLETED), "2021-07-01", Standing.DONE),
        (made(JUNE, Status.COMPLETED), "2021-07-01", Standing.DONE),
        (made(JUNE, Status.COMPLETED, "2021-07-01"), "2021-07-01", Standing.DONE_LATE),
        (made(JUNE, Status.CANCELLED), "2021-07-01", Standing.CANCELLED),
        (made(JUNE, Status.SUPERSEDED), "2021-07-01", Standing.SUPERSEDED),
    ],
)
def test_standing(milestone: Milestone, as_of: str, word: Standing) -> None:
    assert standing(milestone, date.fromisoformat(as_of)) is word


def test_how_soon_is_soon_can_be_said() -> None:
    assert standing(made(JUNE), date(2021, 6, 23), soon_days=7) is Standing.DUE_SOON
    assert standing(made(JUNE), date(2021, 6, 22), soon_days=7) is Standing.OPEN


def test_soon_is_thirty_days_ahead_and_ends_with_time() -> None:
    assert soon_until(date(2021, 6, 1)) == date(2021, 7, 1)
    assert soon_until(date(9999, 12, 15)) == date.max
