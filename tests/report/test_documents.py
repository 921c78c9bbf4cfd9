"""Per document, promised against delivered; and how a document may be asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.milestones import DUE, plain, stamp
from tracker.errors import UnknownDocument
from tracker.model import Milestone, Precision, Source, Status, Wording
from tracker.query import Query
from tracker.report.documents import Delivery, delivery, documents

AFTER = date(2021, 7, 1)
PLAN = Source("The City Plan", url="https://example.org/plan", sha256="ab12" * 16)
SPEECH = Source("Speech", publisher="Office")


def said(id: int, source: Source | None, **fields: Any) -> Milestone:
    return plain(id, source=source, **fields)


@pytest.fixture
def everything() -> list[Milestone]:
    words = {"zh": Wording(document="城市规划")}
    return [
        said(1, PLAN, translations=words),
        said(2, Source("The City Plan, second printing", sha256="ab12" * 16)),
        said(3, SPEECH),
        said(4, None),
    ]


@pytest.mark.parametrize(
    "wanted",
    ["city plan", "ＣＩＴＹ", "城市规划", "example.org/plan", "ab12", "AB12AB12", "ab12" * 16],
)
def test_by_part_of_the_title_address_or_sha256(everything: list[Milestone], wanted: str) -> None:
    [found] = documents(everything, Query(AFTER), wanted).documents
    assert found.source == PLAN
    assert [promise.milestone.id for promise in found.promises] == [1, 2]


@pytest.mark.parametrize("wanted", ["nowhere", "ab1", "12ab"])
def test_an_unknown_document_is_refused_with_those_there_are(
    everything: list[Milestone], wanted: str
) -> None:
    with pytest.raises(UnknownDocument, match="The City Plan, Speech"):
        documents(everything, Query(AFTER), wanted)


def test_all_of_them_by_title_when_none_is_named(everything: list[Milestone]) -> None:
    titles = [d.source.document for d in documents(everything, Query(AFTER)).documents]
    assert titles == ["Speech", "The City Plan"]


def moved() -> Milestone:
    return plain().postpone(stamp(), date(2021, 9, 30), Precision.DAY, None, why="x")


def done(m: Milestone, on: date) -> Milestone:
    return m.set_status(stamp(on), Status.COMPLETED)


@pytest.mark.parametrize(
    ("milestone", "as_of", "expected"),
    [
        (done(plain(), DUE), AFTER, Delivery.KEPT),
        (done(plain(), AFTER), AFTER, Delivery.LATE),
        (done(moved(), AFTER), AFTER, Delivery.LATE),
        (done(plain(due=None), AFTER), AFTER, Delivery.DELIVERED),
        (plain(status=Status.PARTLY_COMPLETED), AFTER, Delivery.PARTLY),
        (plain(), DUE, Delivery.OWED),
        (plain(), AFTER, Delivery.OVERDUE),
        (moved(), AFTER, Delivery.OWED),
        (plain(status=Status.CANCELLED), AFTER, Delivery.DROPPED),
        (plain(status=Status.SUPERSEDED), AFTER, Delivery.DROPPED),
    ],
)
def test_what_became_of_it(milestone: Milestone, as_of: date, expected: Delivery) -> None:
    assert delivery(milestone, as_of) is expected
