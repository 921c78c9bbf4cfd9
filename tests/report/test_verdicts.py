"""Claims against findings: whose word counts, what nobody judged, and how far assessors agree."""

from __future__ import annotations

import random
from datetime import date
from itertools import count

import krippendorff
import pytest

from tests.milestones import plain, stamp
from tracker.model import Assessment, Milestone, Role, Status, Verdict
from tracker.query import Query
from tracker.report.verdicts import LEAST, Tally, agreement, verdicts

DAY = date(2021, 12, 31)
KEPT, PARTLY, NOT = Verdict.KEPT, Verdict.PARTLY, Verdict.NOT_KEPT
_names = count()


def found(m: Milestone, verdict: Verdict, role: Role = Role.AUDITOR, who: str = "") -> Milestone:
    name = who or f"assessor {next(_names)}"
    return m.assess(stamp(date(2021, 7, 1)), Assessment(name, role, verdict))


def done(id: int = 1, on: date = date(2021, 6, 1)) -> Milestone:
    return plain(id, owner="Roads").set_status(stamp(on), Status.COMPLETED)


def test_an_auditor_outweighs_the_press_and_a_later_finding_an_earlier_one() -> None:
    m = found(found(found(done(), PARTLY), NOT), KEPT, Role.PRESS)
    assert m.verdict is not None
    assert m.verdict.verdict is NOT
    assert len(m.assessments) == 3


def test_the_body_itself_verifies_nothing() -> None:
    m = found(done(), KEPT, Role.BODY)
    assert m.verdict is None
    [row] = verdicts([m], Query(DAY)).rows
    assert row.tally == Tally(1, 0, 0, 0, unverified=1, days=213)


def test_a_body_of_which_one_was_kept_and_one_was_not_is_listed_without_a_claim() -> None:
    m, other = found(plain(1, owner="Roads"), KEPT), found(plain(2, owner="Roads"), NOT)
    [row] = verdicts([m, other], Query(DAY)).rows
    assert (row.tally.claimed, row.tally.kept, row.tally.not_kept) == (0, 1, 1)


def test_what_cannot_be_told_leaves_it_unverified() -> None:
    assert verdicts([found(done(), Verdict.CANNOT_TELL)], Query(DAY)).total.unverified == 1
    assert verdicts([found(done(), KEPT)], Query(DAY)).total.unverified == 0


def test_only_what_is_claimed_long_enough_is_named() -> None:
    told = verdicts([done(1), done(2, date(2021, 12, 1)), found(done(3), KEPT)], Query(DAY), 90)
    assert [m.id for m in told.unverified] == [1]
    assert told.total == Tally(3, 1, 0, 0, 2, 213)


def test_what_is_claimed_since_nobody_knows_when_is_counted_apart() -> None:
    undated = plain(4, verb="import", made_on=None, status=Status.COMPLETED, owner="Roads")
    told = verdicts([undated, done(1)], Query(DAY), 90)
    assert ([m.id for m in told.unverified], told.undated) == ([1], 1)
    assert verdicts([undated], Query(DAY)).undated == 0


def test_what_is_disputed_is_named() -> None:
    m = found(done(), KEPT)
    said = m.assessments[-1].digest
    m = m.assess(stamp(date(2021, 7, 2)), Assessment("Daily", Role.PRESS, NOT, said))
    assert verdicts([m, done(2)], Query(DAY)).disputed == (m,)


def test_a_past_day_knows_no_later_finding() -> None:
    m = found(done(), NOT)
    assert verdicts([m], Query(date(2021, 6, 30))).total.not_kept == 0
    assert verdicts([m], Query(date(2021, 7, 1))).total.not_kept == 1


def test_a_finding_against_what_is_not_claimed_counts_too() -> None:
    [row] = verdicts([found(plain(owner="Roads"), NOT)], Query(DAY)).rows
    assert (row.tally.claimed, row.tally.not_kept, row.tally.unverified) == (0, 1, 0)


@pytest.mark.parametrize("seed", range(5))
def test_alpha_is_that_of_the_published_package(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311  # judgements, not secrets
    all_verdicts = [KEPT, PARTLY, NOT, Verdict.IN_PROGRESS]
    table = [
        [dice.choice([*all_verdicts[: 2 + seed % 3], None]) for _ in range(40)] for _ in range(4)
    ]
    ours = agreement([[v for v in unit if v] for unit in zip(*table, strict=True)])
    codes = {verdict: float(n) for n, verdict in enumerate(all_verdicts)}
    nan = float("nan")
    data = [[codes[v] if v else nan for v in row] for row in table]
    theirs = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
    assert ours.alpha == pytest.approx(theirs)


def test_agreement_is_told_of_enough_and_of_what_differs() -> None:
    assert agreement([[KEPT, NOT]] * (LEAST - 1)).alpha is None
    assert agreement([[KEPT, KEPT]] * LEAST).alpha is None
    assert agreement([[KEPT], [NOT]] * LEAST) == agreement([])
    assert agreement([[KEPT, KEPT], [NOT, NOT]] * LEAST).alpha == 1


def test_an_assessor_counts_once_with_what_was_said_last() -> None:
    ms = [
        found(found(found(done(id), NOT, who="Audit"), KEPT, who="audit "), PARTLY, who="Press")
        for id in range(1, LEAST + 1)
    ]
    told = verdicts(ms, Query(DAY)).agreement
    assert told.judged == LEAST
    assert told.alpha == pytest.approx(1 - (20 * 19) / (400 - 200))
