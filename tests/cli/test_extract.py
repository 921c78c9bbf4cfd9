"""`tracker extract`: proposing, adding, asking, and never twice."""

from __future__ import annotations

import json
import re
import shutil
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.extract.corpus import lines

NEWS = (
    "青禾市政府新闻办3月10日举行新闻发布会\n"
    "2021年3月10日上午,市政府新闻办举行新闻发布会。\n"
    "市交通局副局长 王明:\n"
    "去年12月底前,我们完成了大桥主体工程。今年6月底前,市交通局将建成环城路,"
    "新增公交线路20条左右;11月底前,力争开通地铁2号线。\n"
    "“十四五”期间,绿道不断延伸。\n"
)


@pytest.fixture
def news(home: Path) -> Path:
    path = home / "news.txt"
    path.write_text(NEWS, encoding="utf-8")
    return path


def test_it_proposes_and_writes_nothing(run: Run, news: Path, home: Path) -> None:
    ran = run("extract", "news.txt")
    assert ran.code == 0
    assert "2021-06-30" in ran.out
    assert "2021-11-30" in ran.out
    assert "2020-12-31" not in ran.out
    assert "Nothing is written yet" in ran.err
    assert sorted(path.name for path in home.iterdir()) == ["news.txt"]


def test_the_json_contract(run: Run, news: Path) -> None:
    told = run("extract", "news.txt", "--format", "json").json
    assert told["schema"] == "tracker/2"
    assert told["documents"][0]["made_on"] == "2021-03-10"
    first, second = told["candidates"]
    assert (first["due"], first["precision"], first["tier"]) == ("2021-06-30", "month", "explicit")
    assert (second["due"], second["modality"]) == ("2021-11-30", "stretch")
    for candidate in (first, second):
        for part in ("phrase", "clause"):
            span = candidate[part]
            assert NEWS[span["start"] : span["end"]] == span["text"]
        assert {"title", "speaker", "organisation", "targets", "line"} <= candidate.keys()
    assert first["targets"][0]["value"] == 20


def test_lists_of_dates_are_counted_and_not_proposed(run: Run, tmp_path: Path) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text("We will open by June 2023 and " * 70, encoding="utf-8")
    told = run("extract", str(listed), "--made-on", "2022-04-12")
    assert "In sentences of more than 60 dates stand 70: nothing is proposed there." in told.err
    listed.write_text("We will open by June 2023. " * 70, encoding="utf-8")
    assert "nothing is proposed there" not in run("extract", str(listed)).err


def test_three_bands_one_count(run: Run, news: Path) -> None:
    ran = run("extract", "news.txt")
    assert "Possible: 1 more" in ran.err
    assert "Other dates: 3" in ran.err
    told = run("extract", "news.txt", "--horizon", "--format", "json").json
    assert [(c["number"], c["band"], c["tier"]) for c in told["candidates"]] == [
        (1, "likely", "explicit"),
        (2, "likely", "explicit"),
        (3, "possible", "horizon"),
    ]
    assert told["bands"] == {"likely": 2, "possible": 1, "other": 3}
    others = run("extract", "news.txt", "--others").out
    assert "2020-12-31" in others
    assert "before the document's day" in others


def test_any_date_can_be_promoted_by_its_number(run: Run, news: Path) -> None:
    run("init")
    told = run("extract", "news.txt", "--others", "--format", "json").json["candidates"]
    [number] = [c["number"] for c in told if c["due"] == "2020-12-31"]
    run("extract", "news.txt", "--add", str(number))
    [m] = run("list", "--format", "json").json["milestones"]
    assert m["due"] == "2020-12-31"


def test_why_it_is_proposed(run: Run, news: Path) -> None:
    assert re.search(r"\d\d% likely\n     for: +\S", run("extract", "news.txt", "--why").out)
    told = run("extract", "news.txt", "--why", "--format", "json").json["candidates"][0]
    assert {"feature", "words", "weight"} == told["why"][0].keys()
    assert 0.6 <= told["likelihood"] <= 1


PLAN = """# Plan for the harbour

12 January 2026

## Ferries

We set out below what comes next.

- The Port Office will open the new pier by 30 June 2026.
- The Port Office will buy two boats by 30 September 2026.

## Streets

- The Works Department will repave Quay Road by 31 October 2026.
- The Works Department will repave Quay Road by 31 October 2026.
"""


def review(run: Run, monkeypatch: pytest.MonkeyPatch, *answers: str) -> str:
    Path("plan.md").write_text(PLAN)
    typed = BytesIO("".join(f"{answer}\n" for answer in answers).encode())
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(typed))
    return run("extract", "plan.md", "--review", "--marks", "marks.jsonl").err


def test_a_review_begins_with_the_day_and_shows_what_stands_around(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = review(run, monkeypatch, "", "q")
    assert told.index("12 January 2026") < told.index("Its day") < told.index("Add it?")
    assert "under ## Ferries" in told
    assert "We set out below what comes next." in told
    assert "- The Port Office will open the new pier [by 30 June 2026]" in told
    assert "who: The Port Office" in told or "who: Port Office" in told


def test_the_day_that_is_given_counts(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "before the document's day" not in review(run, monkeypatch, "", "q")
    assert "under ## Streets" in review(run, monkeypatch, "2026-10-01", "q")


def test_who_for_the_rest_of_the_section_back_and_undo(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("init")
    review(run, monkeypatch, "", "w", "Harbour", "s", "n", "b", "t", "Wrong", "u", "y", "y", "y")
    found = run("list", "--format", "json").json["milestones"]
    assert [m["owner"] for m in found][1] == "Harbour"
    assert [m["due"] for m in found] == ["2026-06-30", "2026-09-30", "2026-10-31"]
    assert "Wrong" not in found[0]["title"]


@pytest.mark.parametrize(
    ("made_on", "told"),
    [
        ("2026-03-02", "in two weeks: 2026-03-16, counted from the document's day, 2026-03-02."),
        ("", "as the document's day is not known."),
    ],
)
def test_a_day_typed_in_a_review_counts_from_the_document(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, made_on: str, told: str
) -> None:
    run("init")
    Path("plan.txt").write_text("The Port Office will open the new pier by 30 June 2026.\n")
    answers = f"{made_on}\nd\nin two weeks\nq\n".encode()
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(answers)))
    assert told in " ".join(run("extract", "plan.txt", "--review").err.split())


def test_who_is_asked_for_the_section_where_nobody_is_named(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("init")
    Path("plan.txt").write_text(
        "一、工作目标\n2021年底前，改造小区56个；2021年6月底前，新增公园30处。\n"
    )
    typed = BytesIO(
        "".join(f"{answer}\n" for answer in ("2021-01-10", "s", "市住建局", "y", "y")).encode()
    )
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(typed))
    run("extract", "plan.txt", "--review")
    found = run("list", "--format", "json").json["milestones"]
    assert [m["owner"] for m in found] == ["市住建局", "市住建局"]


def test_a_review_asks_nothing_where_no_store_would_hold_its_answers(run: Run, home: Path) -> None:
    Path("plan.md").write_text(PLAN)
    ran = run("extract", "plan.md", "--review")
    assert "Its day" not in ran.err
    assert "tracker init" in ran.err


def test_decisions_are_marks_that_the_training_reads(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("init")
    told = review(run, monkeypatch, "", "y", "nh", "q")
    assert "said again in line 15" in review(run, monkeypatch, "", "n", "q") + told
    [read, _] = lines(Path("marks.jsonl"))
    truths = {mark.words: mark.truth for mark in read.marks}
    assert truths["by 30 June 2026"] == "2026-06-30"
    assert truths["by 30 September 2026"] == "x"
    assert truths["by 31 October 2026"] == "h"


def test_proposals_from_elsewhere_are_held_against_the_text(run: Run, home: Path) -> None:
    run("init")
    Path("plan.md").write_text(PLAN)
    good = {
        "quote": "The Port Office will open the new pier by 30 June 2026.",
        "when": "by 30 June 2026",
        "who": "Port Office",
        "what": "Open the new pier",
    }
    faults = [
        good | {"quote": "The Port Office will open two piers by 30 June 2026."},
        good | {"when": "31 July 2026"},
        good | {"who": "Ministry of Transport"},
        good | {"what": "Sell all the ferries abroad"},
    ]
    Path("p.json").write_text(json.dumps([good, *faults]))
    ran = run("extract", "plan.md", "--proposals", "p.json", "--add")
    assert ran.code == 6
    for told in (
        "Proposal 2: the quote stands in no document.",
        "Proposal 3: '31 July 2026' is no date in the quote.",
        "Proposal 4: who has words that do not stand near the quote: ministry of transport.",
        "Proposal 5: what has words",
    ):
        assert told in ran.err
    [m] = run("list", "--format", "json").json["milestones"]
    assert (m["title"], m["due"], m["owner"]) == ("Open the new pier", "2026-06-30", "Port Office")
    Path("p.json").write_text('[{"quote": 3}]')
    assert run("extract", "plan.md", "--proposals", "p.json").code == 14


def test_adding_by_number_then_all_never_twice(run: Run, news: Path) -> None:
    run("init")
    assert run("extract", "news.txt", "--add", "2").out.rstrip().endswith("开通地铁2号线")
    told = run("extract", "news.txt", "--format", "json").json["candidates"]
    assert [c["milestone"] for c in told] == [None, 1]
    run("extract", "--add", "news.txt")
    assert len(run("list").out.splitlines()) == 2
    again = run("extract", "news.txt", "--add")
    assert "added" not in again.out
    assert len(run("list").out.splitlines()) == 2
    [m] = run("show", "1", "--format", "json").json["milestones"]
    assert (m["baseline_due"], m["made_on"]) == ("2021-11-30", "2021-03-10")
    source = m["source"]
    assert source["file"] == "news.txt"
    assert NEWS[source["phrase"]["start"] : source["phrase"]["end"]] == m["due_phrase"]
    assert NEWS[source["clause"]["start"] : source["clause"]["end"]] == source["quote"]


def test_what_was_removed_is_not_proposed_again(run: Run, news: Path) -> None:
    run("init")
    run("extract", "news.txt", "--add", "1")
    run("remove", "1")
    assert "milestone 1 (removed; `tracker undo " in run("extract", "news.txt", "--add", "1").out
    assert run("list").out == ""


def test_a_document_moved_and_edited_is_still_known(run: Run, news: Path) -> None:
    run("init")
    run("extract", "news.txt", "--add")
    news.write_text("更新\n" + NEWS, encoding="utf-8")
    told = run("extract", "news.txt", "--format", "json").json["candidates"]
    assert [c["milestone"] for c in told] == [1, 2]


def test_one_unreadable_file_does_not_stop_the_others(run: Run, news: Path) -> None:
    ran = run("extract", "nowhere.txt", "news.txt")
    assert ran.code == 14
    assert "2021-06-30" in ran.out
    assert "nowhere.txt cannot be read: no such file or directory." in ran.err
    told = json.loads(run("extract", "nowhere.txt", "news.txt", "--format", "json").out)
    assert len(told["candidates"]) == 2
    assert told["errors"][0]["file"] == "nowhere.txt"


def test_made_on_overrides_the_documents_own_date(run: Run, news: Path) -> None:
    asked = run("extract", "news.txt", "--made-on", "2023-01-15", "--format", "json").json
    assert [c["due"] for c in asked["candidates"]] == ["2023-06-30", "2023-11-30"]


def test_the_fiscal_year_may_be_said(run: Run, home: Path) -> None:
    (home / "memo.txt").write_text("Agencies must comply by the end of FY 2024.", encoding="utf-8")
    ask = ("extract", "memo.txt", "--made-on", "2022-01-26", "--format", "json")
    [asked] = run(*ask, "--fiscal-year-start", "10").json["candidates"]
    assert asked["due"] == "2024-09-30"
    assert run(*ask).json["candidates"][0]["due"] is None  # nobody says when the year begins


def test_a_review_asks_at_once_and_a_given_date_says_so(
    run: Run, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("init")
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(b"\nq\n")))
    ran = run("extract", "news.txt", "--review")
    assert (ran.out, ran.err.count("Add it?")) == ("", 1)
    assert (
        "said on 2023-01-15 (as given)" in run("extract", "news.txt", "--made-on", "2023-01-15").out
    )


@pytest.mark.parametrize("numbers", ["7", "0", "2-1", "1,9"])
def test_a_number_that_is_none_is_refused(run: Run, news: Path, numbers: str) -> None:
    run("init")
    ran = run("extract", "news.txt", "--add", numbers)
    assert ran.code == 6
    assert "Proposed is 1 to 6." in ran.err
    assert run("list").out == ""


def test_standard_input_and_encodings(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for encoding in ("gb18030", "utf-16", "utf-8-sig"):
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(NEWS.encode(encoding))))
        told = run("extract", "-", "--format", "json").json
        assert [c["due"] for c in told["candidates"]] == ["2021-06-30", "2021-11-30"], encoding


def test_reviewing_one_by_one(run: Run, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("init")
    answers = BytesIO(b"\nt\nRing road\nd\nend of July 2021\ny\nn\n")
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(answers))
    run("extract", "news.txt", "--review")
    [m] = run("list", "--format", "json").json["milestones"]
    assert (m["title"], m["due"]) == ("Ring road", "2021-07-31")


def test_sources_held_against_a_folder(run: Run, news: Path, home: Path) -> None:
    run("init")
    run("extract", "news.txt", "--add")
    assert run("check", "--sources", ".").code == 0
    assert "[今年6月底前]" in run("show", "1").out
    news.write_text(NEWS.replace("建成环城路", "启动环城路"), encoding="utf-8")
    ran = run("check", "--sources", ".")
    assert ran.code == 16
    assert "no longer says it" in ran.out
    assert "still says it" in ran.out
    shown = run("show", "1").out
    assert "has changed since" in shown
    assert "in the kept copy of news.txt" in shown, "from which it is quoted still"
    assert "[今年6月底前]" in shown
    news.unlink()
    ran = run("check", "--sources", ".")
    assert (ran.code, ran.out.count("is not in the folder, and a copy is kept")) == (0, 2)
    before = set(Path("evidence").rglob("*"))
    Path("plan.txt").write_text("10 March 2021\n\nThe Roads Office will open it by 30 June 2021.\n")
    run("extract", "plan.txt", "--add")
    for gone in (Path("plan.txt"), *(set(Path("evidence").rglob("*")) - before)):
        if gone.is_file():
            gone.unlink()
    ran = run("check", "--sources", ".")
    assert (ran.code, "copies are kept of 2 of 3" in ran.err) == (16, True)
    run("undo")
    assert "[今年6月底前]" in run("show", "1").out
    shutil.rmtree("evidence")
    ran = run("check", "--sources", ".")
    assert (ran.code, "copies are kept of 0 of 2" in ran.err) == (16, True)
    assert "[今年6月底前]" not in run("show", "1").out


def test_a_phrase_without_one_day_says_why_and_what_to_write(run: Run) -> None:
    Path("plan.txt").write_text("Plan of 10 March 2021\n\n市交通局第三季度前完成招标工作。\n")
    ran = run("extract", "plan.txt")
    first, owner, quote, why, *_ = ran.out.splitlines()[3:]
    assert first == "  1  no date  完成招标工作"
    assert owner.strip() == "市交通局"
    assert "[第三季度前]" in quote
    assert why.startswith("     What stands before 前 may be included or not: 2021-09-30 or")
    assert "or put 底 before 前, as in 6月底前." in " ".join(ran.out.split())


def test_a_review_with_nothing_to_ask_says_so(run: Run, news: Path) -> None:
    Path("empty.txt").write_text("Nothing here.")
    assert run("extract", "empty.txt", "--review").out == "Nothing is proposed.\n"
    run("init")
    run("extract", "news.txt", "--add")
    ran = run("extract", "news.txt", "--review")
    assert (ran.code, "= milestone 1 (not started)" in ran.out) == (0, True)
