"""A ledger that was handed out comes back by `import`, and nothing has changed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.milestones import stamp
from tests.scripts import scripts, tell
from tracker.actions import ChangeContext
from tracker.exchange import sheet
from tracker.locale import Language, language
from tracker.model import Milestone, Precision, Source, Status
from tracker.render.ledger.csv import csv
from tracker.render.ledger.line import COLUMNS, USUAL, Form, as_printed, printed
from tracker.render.ledger.spreadsheet import spreadsheet
from tracker.report import Listing

DAY = date(2024, 4, 1)  # more than a thousand days after what is promised
WRITERS = {"csv": csv, "xlsx": spreadsheet}
READ_AS = {"task": "title", "first-due": "baseline"}


def come_back(milestones: list[Milestone], content: bytes) -> sheet.Plan:
    known = {m.id: m for m in milestones}

    def said(id: int) -> dict[str, set[str]]:
        found = as_printed(known[id]) if id in known else {}
        return {READ_AS.get(name, name): texts for name, texts in found.items()}

    asked = sheet.SheetRequest(DAY, printed=said)
    grid, header = sheet.choose(sheet.grids(content, "ledger"), None, asked)
    ledger = sheet.read(grid, header, asked)
    assert not ledger.faults
    assert not ledger.others
    return sheet.plan(ledger.entries, milestones, ChangeContext(lambda: stamp().at, DAY), printed)


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("lang", [language("zh"), language("en")], ids=lambda lang: lang.tag)
@given(
    script=scripts, columns=st.permutations(sorted(COLUMNS)), number=st.integers(0, len(COLUMNS))
)
@settings(max_examples=15)
def test_it_says_nothing_new_whatever_its_columns(
    form: str, lang: Language, script: list[Any], columns: list[str], number: int
) -> None:
    standing = [m for m in tell(script).store.all() if m.removed_on is None]
    if not standing:
        return
    result = Listing("ledger", DAY, standing, len(standing), len(standing))
    some = dict.fromkeys((*columns[:number], "id", "task"))
    for chosen in (USUAL, tuple(some)):
        content = WRITERS[form](result, lang, Form("标题", "填报单位", chosen))
        plan = come_back(standing, content)
        assert not plan.faults
        assert len(plan.planned) == len(standing)
        assert not [one for one in plan.planned if one.is_news]


@pytest.mark.parametrize("lang", [language("zh"), language("en")], ids=lambda lang: lang.tag)
@pytest.mark.parametrize("form", WRITERS)
def test_who_answers_for_it_comes_back_and_may_be_changed(form: str, lang: Language) -> None:
    source = Source("政府工作报告", quote="6月底前建成平台")
    fields: dict[str, Any] = {"title": "建成平台", "owner": "大数据局", "source": source}
    m = Milestone.begin(1, "u", stamp(DAY), "add", person="王五", contact="赵六 8888", **fields)
    content = WRITERS[form](Listing("ledger", DAY, [m], 1, 1), lang, Form(columns=tuple(COLUMNS)))
    [same] = come_back([m], content).planned
    assert not same.is_news
    if form == "csv":
        [moved] = come_back([m], content.replace("王五".encode(), "孙七".encode())).planned
        assert moved.changed == {"person": "孙七"}


def test_a_ledger_without_ids_comes_back_by_title_body_and_deadline() -> None:
    fields: dict[str, Any] = {"title": "办结事项", "owner": "省府办", "status": Status.COMPLETED}
    done = Milestone.begin(1, "u", stamp(DAY), "add", **fields)
    late = Milestone.begin(2, "v", stamp(DAY), "add", title="建成平台", due=date(2021, 6, 30))
    columns = ("task", "owner", "due", "status")
    content = csv(Listing("ledger", DAY, [done, late], 2, 2), language("zh"), Form(columns=columns))
    assert not [one for one in come_back([done, late], content).planned if one.is_news]


def test_the_end_of_a_fiscal_year_comes_back_in_short_too() -> None:
    due = date(2021, 6, 30)
    m = Milestone.begin(
        1, "u", stamp(DAY), "add", title="建成平台", due=due, precision=Precision.FISCAL_YEAR
    )
    content = spreadsheet(Listing("ledger", DAY, [m], 1, 1), language("en"), Form())
    assert not [one for one in come_back([m], content).planned if one.is_news]


def test_a_note_that_begins_as_a_status_does_is_none_when_it_comes_back() -> None:
    m = Milestone.begin(1, "u", stamp(DAY), "add", title="建成平台").note(stamp(DAY), "0")
    content = csv(
        Listing("ledger", DAY, [m], 1, 1), language("zh"), Form(columns=("progress", "id", "task"))
    )
    assert not [one for one in come_back([m], content).planned if one.is_news]
