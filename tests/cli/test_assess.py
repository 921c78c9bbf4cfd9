"""`tracker assess`: what others found stands beside what the body reports."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.cli.conftest import Run

AUDIT = ("--as", "Audit office", "--role", "auditor")


@pytest.fixture
def done(seeded: Run) -> Run:
    assert seeded("done", "1", "--on", "2021-03-30").code == 0
    return seeded


def test_the_status_stays_and_the_standing_says_both(done: Run) -> None:
    ran = done("assess", "1", "partly", *AUDIT, "-m", "three cities", "--evidence", "report.pdf")
    assert ran.out.startswith("1 assessed: Audit office (auditor: partly): ")
    shown = done("show", "1").out
    assert "done (claimed), auditor: partly" in shown
    assert "“three cities”, evidence report.pdf" in shown
    m = done("show", "1", "--format", "json").json["milestones"][0]
    assert (m["status"], m["completed_on"]) == ("completed", "2021-03-30")
    assert (m["verdict"], m["verdict_role"]) == ("partly", "auditor")
    assert "done (claimed)," in done("list", "--format", "table").out


def test_no_finding_overwrites_another_and_each_is_undone_alone(done: Run) -> None:
    assert done("assess", "1", "kept", *AUDIT).code == 0
    assert done("assess", "1", "not-kept", "--as", "Daily", "--role", "press").code == 0
    history = done("show", "1", "--format", "json").json["milestones"][0]["history"]
    first = next(c["digest"] for c in history if c["verb"] == "assess")
    ran = done("assess", "1", "未兑现", "--as", "Li", "--role", "公众", "--disputes", first[:8])
    assert f"disputes {first[:8]}" in ran.out
    assert done("undo").code == 0
    shown = done("show", "1").out
    assert shown.count("    assessed ") == 2
    assert "Li (public" not in shown.partition("history")[0]
    assert done("check").code == 0


def test_who_counts_as_what_is_settled_once(done: Run, home: Path) -> None:
    ran = done("assess", "1", "kept", "--as", "审计局")
    assert ran.code == 6
    assert "--role auditor" in ran.err
    (home / "tracker.toml").write_text('[assessors]\nauditor = ["审计局"]\n', encoding="utf-8")
    assert "auditor: kept" in done("assess", "1", "kept", "--as", "审计局").out
    assert "press: kept" in done("assess", "1", "kept", "--as", "审计局", "--role", "press").out
    own = done("assess", "1", "kept", "--as", "shandong  provincial big data bureau")
    assert "body: kept" in own.out


@pytest.mark.parametrize(
    "words",
    [
        ("perhaps", "--as", "X", "--role", "press"),
        ("kept", "--as", " ", "--role", "press"),
        ("kept", "--as", "X", "--role", "king"),
        ("kept", "--as", "X", "--role", "press", "--disputes", "abcdef12"),
        ("kept", "--as", "X" * 3000, "--role", "press"),
    ],
)
def test_what_is_no_finding_is_refused_and_nothing_changed(
    done: Run, words: tuple[str, ...]
) -> None:
    before = done("log", "--format", "json").out
    ran = done("assess", "1", *words)
    assert (ran.code, ran.out) == (6, "")
    assert done("log", "--format", "json").out == before


def test_findings_are_told_in_reports_digests_calendars_and_pages(done: Run) -> None:
    assert done("assess", "1", "2", "not-kept", *AUDIT).code == 0
    out = done("report", "verdicts", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {(r["claimed"], r["not_kept"]) for r in rows} == {("1", "2")}
    assert "judged by two or more" in done("report", "verdicts", "--format", "table").out
    since = done("report", "changes", "--since", "2021-03-01", "--format", "json").json
    assert [row["kind"] for row in since["changes"]].count("assessed") == 2
    assert "assessed" in done("digest").out
    assert "auditor: not kept" in done("export", "html").out
    assert "auditor: not kept" in done("export", "ics").out.replace("\r\n ", "")
    assert "核查" in done("--lang", "zh", "list", "--format", "table").out


def test_findings_travel_with_the_history(done: Run, home: Path) -> None:
    assert done("assess", "1", "partly", *AUDIT).code == 0
    (home / "all.json").write_text(done("export", "json").out, encoding="utf-8")
    assert done("copy", "milestones.json", "there.json").code == 0
    shown = done("show", "1", "--file", "there.json").out
    assert "auditor: partly" in shown
    assert done("import", "json", "all.json", "--file", "there.json").code == 0
    assert done("check", "--file", "there.json").code == 0


def test_an_empty_report_says_what_to_type(seeded: Run) -> None:
    assert "tracker assess ID VERDICT" in seeded("report", "verdicts", "--format", "table").out


def test_a_list_may_have_columns_of_verdict_role_and_stage(seeded: Run) -> None:
    seeded("assign", "1", "--as", "Supervision office")
    seeded("assess", "1", "not-kept", "--as", "Daily", "--role", "press")
    words = ("list", "--columns", "id,verdict,verdict_role,stage", "--limit", "2")
    assert seeded(*words).out == "1\tnot-kept\tpress\tassigned\n2\t\t\t\n"
    table = seeded(*words, "--format", "table").out
    assert ["1", "not", "kept", "press", "assigned"] in map(str.split, table.splitlines())
