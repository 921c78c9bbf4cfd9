"""From assignment to closing: who did what when, in order; what waits for whom; more time."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

OFFICE, BODY = "督查室", "Roads office"


@pytest.fixture
def assigned(home: Path, run: Run) -> Run:
    """A store with one milestone, assigned on 2 March 2026."""
    assert run("init").code == 0
    added = ("--owner", BODY, "--due", "2026-06-30", "--made-on", "2026-03-01")
    assert run("add", "Open the bridge", *added).code == 0
    assert run("assign", "1", "--as", OFFICE, "--on", "2026-03-02").code == 0
    return run


def one(run: Run, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = run("show", "1", *words, "--format", "json").json
    [told] = found["cycle"] or [{}]
    return {**found["milestones"][0], "cycle": told}


def through(run: Run) -> None:
    for words in (
        ("receive", "--on", "2026-03-04"),
        ("feedback", "--on", "2026-04-01", "-m", "half", "--evidence", "photo.jpg"),
        ("verify", "--fails", "--on", "2026-04-03", "-m", "no railing"),
        ("feedback", "--on", "2026-04-10", "-m", "railing built"),
        ("verify", "--on", "2026-04-11"),
        ("close", "--on", "2026-04-15"),
    ):
        ran = run(words[0], "1", *words[1:])
        assert ran.code == 0, ran.err


def test_each_stage_has_its_days_and_closing_leaves_the_status(assigned: Run) -> None:
    through(assigned)
    m = one(assigned)
    days = {"received": 2, "reported": 28 + 7, "verified": 2 + 1, "closed": 4}
    assert (m["cycle"]["days"], m["cycle"]["awaited"]) == (days, [])
    assert (m["stage"], m["status"], m["verdict"]) == ("closed", "not-started", "kept")
    shown = " ".join(assigned("show", "1").out.split())
    assert "returned on 2026-04-03 (after 2 days)" in shown
    assert f"reported: {BODY}, “half”, evidence photo.jpg" in shown
    assert assigned("check").code == 0


def test_a_past_day_knows_no_later_step(assigned: Run) -> None:
    through(assigned)
    told = one(assigned, "--as-of", "2026-04-02")["cycle"]
    assert (told["stage"], told["days"]["reported"], told["days"]["closed"]) == (
        "reported",
        28,
        None,
    )
    assert told["awaited"] == [{"stage": "verified", "party": OFFICE, "since": "2026-04-01"}]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("feedback", "1"), 1, "was not received yet. First: `tracker receive 1"),
        (("verify", "1"), 1, "First: `tracker feedback 1"),
        (("close", "1"), 1, "First: `tracker verify 1"),
        (("receive", "1", "--on", "2026-03-01"), 7, "later than 2026-03-01"),
        (("assign", "1", "--as", OFFICE), 1, "is assigned since 2026-03-02. Next: `tracker rec"),
        (("verify", "1", "--as", BODY), 1, "nobody verifies"),
        (("verify", "1", "--fails"), 6, "without a reason"),
        (("close", "1", "--as", "Somebody"), 1, "not Somebody"),
        (("grant-extension", "1"), 1, "Nobody asks for more time"),
        (("request-extension", "1", "2026-06-30", "-m", "x"), 6, "is no later"),
        (("request-extension", "1", "2026-07-31"), 2, "--reason"),
        (("receive", "1", "--as", "x" * 3000), 6, ""),
    ],
)
def test_what_does_not_follow_is_refused_and_nothing_changed(
    assigned: Run, words: tuple[str, ...], code: int, said: str
) -> None:
    before = assigned("log", "--format", "json").out
    ran = assigned(*words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert assigned("log", "--format", "json").out == before


def test_what_is_closed_is_taken_up_again_by_an_assignment(assigned: Run) -> None:
    through(assigned)
    assert "closed since 2026-04-15. To take it up again" in assigned("close", "1").err
    assert assigned("receive", "1").code == 1
    assert assigned("assign", "1", "--as", OFFICE, "--on", "2026-05-01").code == 0
    assert one(assigned)["cycle"]["days"]["closed"] is None


def test_several_are_received_by_a_filter_and_undone_at_once(assigned: Run) -> None:
    assert assigned("add", "Open the ring", "--owner", BODY).code == 0
    ran = assigned("receive", "--owner", "Roads", "--yes")
    assert ran.out.count(f"received: {BODY}") == 2
    assert f"undo: received: {BODY}" in assigned("undo").out
    assert one(assigned)["stage"] == "assigned"
    assert f"redo: received: {BODY}" in assigned("redo").out
    assert one(assigned)["stage"] == "received"


def test_a_step_that_others_follow_is_undone_after_them(assigned: Run) -> None:
    through(assigned)
    entry = next(c["digest"] for c in one(assigned)["history"] if c["verb"] == "receive")
    assert "build on" in assigned("undo", entry[:8]).err


def test_a_step_and_a_finding_are_put_right(assigned: Run) -> None:
    through(assigned)
    entries = {c["verb"]: c["digest"][:8] for c in one(assigned)["history"]}
    ran = assigned("correct", "1", "--entry", entries["receive"], "--on", "2026-03-06", "-m", "x")
    assert "corrected: received, Roads office" in ran.out
    assert one(assigned)["cycle"]["days"]["received"] == 4
    late = ("correct", "1", "--entry", entries["receive"], "--on", "2026-04-02", "-m", "x")
    assert assigned(*late).code == 7
    partly = ("--entry", entries["verify"], "--verdict", "partly", "--as", "审计局", "-m", "y")
    assert assigned("correct", "1", *partly).code == 0
    assert one(assigned)["verdict"] == "partly"
    assert one(assigned)["verdict_role"] == "auditor"
    role = ("--entry", entries["verify"], "--role", "press", "-m", "z")
    assert assigned("correct", "1", *role).code == 0
    assert (one(assigned)["verdict"], one(assigned)["verdict_role"]) == ("in-progress", "auditor")
    assert assigned("undo").code == assigned("undo").code == 0
    assert one(assigned)["verdict"] == "kept"
    assert assigned("correct", "1", "--verdict", "kept", "-m", "x").code == 2
    assert assigned("correct", "1", "--entry", "ffff", "--verdict", "kept", "-m", "x").code == 6
    assert assigned("check").code == 0


def test_pending_says_what_waits_for_whom(assigned: Run) -> None:
    assert assigned("add", "Open the ring", "--due", "2026-07-31", "--on", "2026-03-01").code == 0
    assert assigned("request-extension", "1", "+1m", "-m", "rain", "--on", "2026-03-05").code == 0
    rows = csv.DictReader(
        io.StringIO(assigned("report", "pending", "--as-of", "2026-03-09", "--format", "csv").out)
    )
    told = [(r["party"], r["what"], r["days"]) for r in rows]
    assert told == [(BODY, "to be received", "7"), (OFFICE, "an answer on more time", "4")]
    found = assigned(
        "report", "pending", "--as-of", "2026-03-09", "--days", "5", "--format", "json"
    )
    assert ([r["id"] for r in found.json["pending"]], found.json["unassigned"]) == ([1], 1)
    assert "督查室" in assigned("--lang", "zh", "report", "pending", "--format", "table").out


def test_the_report_has_medians_of_what_is_known(assigned: Run) -> None:
    through(assigned)
    assert assigned("add", "Open the ring", "--owner", BODY).code == 0
    assert assigned("assign", "2", "--as", OFFICE).code == 0
    told = assigned("report", "cycle", "--format", "json").json
    [row] = told["bodies"]
    assert (row["supervised"], row["closed"], row["returned"]) == (2, 1, 1)
    assert row["days"]["reported"] == {"days": 35, "of": 1}
    assert told["total"]["days"] == row["days"]
    early = assigned("report", "cycle", "--as-of", "2026-03-03", "--format", "json").json
    assert early["total"]["days"]["received"] == {"days": None, "of": 0}


def test_the_days_of_what_came_from_outside_without_a_day_stay_unknown(assigned: Run) -> None:
    Path("in.csv").write_text("title,owner\nOld promise,Roads\n", encoding="utf-8")
    assert assigned("import", "csv", "in.csv").code == 0
    assert assigned("receive", "2", "--on", "2026-01-05").code == 0
    told = assigned("show", "2", "--format", "json").json["cycle"][0]
    assert (told["assigned_on"], told["days"]["received"], told["assigner"]) == (None, None, None)


def test_only_granting_moves_the_date_and_both_entries_are_linked(assigned: Run) -> None:
    ask = ("request-extension", "1", "2026-08-31", "-m", "rain", "--on", "2026-05-01")
    assert assigned(*ask).code == 0
    m = one(assigned)
    assert (m["due"], m["extension"]) == ("2026-06-30", "2026-08-31")
    below = assigned("list", "--format", "table").out
    assert "#1 asks for more time, until 2026-08-31: rain" in below
    assert "answered first" in assigned(*ask).err
    assert assigned("grant-extension", "1", "--as", "Somebody").code == 1
    assert assigned("grant-extension", "1", "--on", "2026-04-30").code == 7
    assert "extension granted" in assigned("grant-extension", "1", "--on", "2026-05-03").out
    m = one(assigned)
    assert (m["due"], m["revisions"], m["extension"]) == ("2026-08-31", 1, None)
    asked = next(c for c in m["history"] if c["verb"] == "request-extension")
    assert m["history"][-1]["step"]["answers"] == asked["digest"]
    assert "build on" in assigned("undo", asked["digest"][:8]).err
    assert one(assigned, "--as-of", "2026-05-02")["extension"] == "2026-08-31"
    assert assigned("undo").code == 0
    assert one(assigned)["extension"] == "2026-08-31"


def test_a_refused_request_stays_in_the_log_and_moves_nothing(assigned: Run) -> None:
    assert assigned("request-extension", "1", "+2w", "-m", "rain").code == 0
    assert assigned("refuse-extension", "1", "-m", "agreed twice").code == 0
    assert (one(assigned)["due"], one(assigned)["extension"]) == ("2026-06-30", None)
    log = assigned("log", "1").out
    assert "extension asked: until 2026-07-14" in log
    assert "extension refused: 督查室, “agreed twice”" in log


def test_what_is_settled_asks_for_nothing(assigned: Run) -> None:
    assert assigned("request-extension", "1", "+2w", "-m", "rain").code == 0
    assert assigned("done", "1").code == 0
    assert one(assigned)["extension"] is None
    assert assigned("request-extension", "1", "+2w", "-m", "rain").code == 1


def test_steps_are_told_among_changes_and_in_digests(assigned: Run) -> None:
    through(assigned)
    told = assigned("report", "changes", "--since", "2026-03-01", "--format", "json").json
    assert [row["kind"] for row in told["changes"]].count("step") == 7
    table = assigned("report", "changes", "--since", "2026-03-01", "--format", "table").out
    assert "Steps of the cycle" in table
    assert f"closed: {OFFICE}" in table
    assert "closed · 督查室" in assigned("digest").out
    assert assigned("assess", "1", "kept", "--as", "X", "--role", "press").code == 0
    assert (
        "Assessed"
        in assigned("report", "changes", "--since", "2026-03-01", "--format", "table").out
    )


def test_the_body_is_called_as_it_is_in_the_reader_s_language(seeded: Run) -> None:
    seeded("assign", "1", "--as", "County office")
    assert "省大数据局" in seeded("--lang", "zh", "report", "pending", "--format", "table").out
    told = seeded("--lang", "zh", "receive", "1").out
    told += seeded("--lang", "zh", "show", "1").out + seeded("--lang", "zh", "log", "1").out
    assert "Big Data Bureau" not in told
    assert "Big Data Bureau" in seeded("show", "1").out
