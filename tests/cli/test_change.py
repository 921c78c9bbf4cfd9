"""Each verb on the command line: what it says, what it keeps, and that it can be taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tracker.errors import BadDate


def stored(home: Path) -> dict[str, dict[str, object]]:
    rows: dict[str, dict[str, object]] = json.loads((home / "milestones.json").read_text())[
        "milestones"
    ]
    return rows


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("done 3 --on 2021-06-30", "3 completed on 2021-06-30, on time: "),
        ("done 3 --on 2021-07-01", "3 completed on 2021-07-01, 1 day after it was due: "),
        ("start 3 --on 2021-04-01", "3 in progress: "),
        ("status 3 部分完成 --on 2021-04-01", "3 partly completed: "),
        ("status 3 cancelled --on 2021-04-01", "3 cancelled: "),
        ("cancel 3 --reason merged --on 2021-04-01", "3 cancelled: "),
        (
            "postpone 3 2021-09-30 --reason tender --on 2021-06-20",
            "3 due 2021-09-30 (was 2021-06-30, +92 days), +92 days from the baseline 2021-06-30,"
            " revision 1: ",
        ),
        (
            "postpone 3 -1w --earlier --reason ready --on 2021-06-20",
            "3 due 2021-06-23 (was 2021-06-30, -7 days), -7 days from the baseline 2021-06-30,"
            " revision 1: ",
        ),
        (
            "postpone 3 -两周 --earlier -m ready --on 2021-06-20",
            "3 due 2021-06-16 (was 2021-06-30, -14 days), -14 days from the baseline 2021-06-30,"
            " revision 1: ",
        ),
        ("note 3 asked --on 2021-05-01", "3 noted: "),
        (
            "note 3 seen --evidence https://example.org/a",
            "3 noted with evidence https://example.org/a: ",
        ),
        ("edit 3 --owner Bureau", "3 changed (translations, responsible): "),
        ("remove 3 --on 2021-05-01", "3 removed on 2021-05-01: "),
    ],
)
def test_a_verb_says_in_one_line_what_it_did(seeded: Run, words: str, line: str) -> None:
    ran = seeded(*words.split())
    assert (ran.code, ran.err) == (0, "")
    assert (
        ran.out
        == line + "Set up a data-trading industry association with a self-regulation mechanism\n"
    )


@pytest.mark.parametrize(
    "words",
    [
        "add Bridge --due 2021-12-31",
        "done 3 4 5 --on 2021-06-30",
        "start 3",
        "cancel 3",
        "postpone 3 2021-09-30",
        "note 3 text",
        "edit 3 --owner X --tag a --percent 20",
        "remove 1 2",
    ],
)
def test_undo_brings_every_list_back_and_redo_the_change(
    seeded: Run, home: Path, words: str
) -> None:
    before = seeded("list", "--format", "json").json
    history = len(stored(home)["3"]["history"])  # type: ignore[arg-type]  # a list in JSON
    assert seeded(*words.split()).code == 0
    changed = seeded("list", "--format", "json").json
    assert seeded("undo").code == 0

    def without_time(result: dict[str, list[dict[str, object]]]) -> list[dict[str, object]]:
        return [{k: v for k, v in m.items() if k != "recorded_at"} for m in result["milestones"]]

    assert without_time(seeded("list", "--format", "json").json) == without_time(before)
    assert len(stored(home)["3"]["history"]) >= history  # type: ignore[arg-type]  # a list in JSON
    assert seeded("redo").code == 0
    assert without_time(seeded("list", "--format", "json").json) == without_time(changed)


def test_undo_goes_back_step_by_step_and_stops_at_the_seed(seeded: Run) -> None:
    for words in ("start 3", "done 3 --on 2021-06-01", "note 4 x"):
        seeded(*words.split(), *([] if "done" in words else ["--on", "2021-05-01"]))
    assert seeded("undo").out.startswith("4 undo: the note or evidence taken back")
    assert "status in progress" in seeded("undo").out
    assert "status not started" in seeded("undo").out
    ran = seeded("undo")
    assert (ran.code, ran.err) == (1, "tracker: There is nothing to undo.\n")


def test_several_ids_are_all_or_nothing(seeded: Run, home: Path) -> None:
    before = (home / "milestones.json").read_bytes()
    ran = seeded("done", "1", "2", "99")
    assert ran.code == 3
    assert (home / "milestones.json").read_bytes() == before


def test_the_baseline_stays_however_often_it_slips(seeded: Run) -> None:
    seeded("postpone", "3", "2021-09-30", "--on", "2021-06-01")
    ran = seeded("postpone", "3", "2021-12-31", "--on", "2021-09-01", "--format", "json")
    [m] = ran.json["milestones"]
    assert (m["baseline_due"], m["due"], m["revisions"], m["slippage_days"]) == (
        "2021-06-30",
        "2021-12-31",
        2,
        184,
    )


def test_evidence_and_reason_are_kept(seeded: Run) -> None:
    seeded("done", "3", "--on", "2021-06-30", "--evidence", "https://example.org", "-m", "opened")
    [m] = seeded("show", "3", "--format", "json").json["milestones"]
    last = m["history"][-1]
    assert (last["why"], last["evidence"], last["by"]) == (
        "opened",
        "https://example.org",
        "tester",
    )


def test_a_uid_prefix_names_a_milestone_too(seeded: Run) -> None:
    assert seeded("start", "e2e7f182").out.startswith("3 in progress")


def test_links_hold_uids_and_show_ids(seeded: Run) -> None:
    seeded("edit", "3", "--depends-on", "1", "--parent", "2")
    seeded("status", "4", "superseded", "--superseded-by", "3")
    shown = seeded("show", "3").out
    assert "part of     2" in shown
    assert "depends on  1" in shown
    assert "replaced by 3" in seeded("show", "4").out


REFUSALS = [
    ("done 150", 3, "There is no milestone 150. The nearest are 12, 13, 14."),
    ("done association", 3, "There is no milestone association. Did you mean 3 ("),
    (
        "done xyz",
        3,
        "There is no milestone xyz. Ids here go from 1 to 14; `tracker list` shows them.",
    ),
    ("status 3 finished", 6, "There is no status 'finished'. There are: not-started, "),
    ("done 3 --on 2999-01-01", 7, "A change cannot take effect after today, and 2999-01-01 does."),
    ("done 3 --on 2020-01-01", 7, "Milestone 3 was made on 2021-03-10, later than 2020-01-01."),
    ("done 3 --on 2021-02-30", 5, "--on: 2021-02 has 28 days"),
    ("edit 3", 2, "Nothing to change is given."),
    ("status 3 not-started", 1, "Nothing to change: milestone 3 is so already."),
    ("postpone 3 2021-06-30", 1, "Nothing to change: milestone 3 is due 2021-06-30 already."),
    ("edit 3 --tag a,b", 6, "'a,b' is no tag. Give one word or name, without commas."),
    ("edit 3 --percent 101", 2, "'--percent' takes a whole number from 0 to 100."),
    ("overdeu", 2, "There is no command 'overdeu'. Did you mean `tracker overdue`?"),
    ("--file a --file b list", 2, "Two stores are given, a and b; give one --file."),
    ("--file a list --file b", 2, "Two stores are given, a and b; give one --file."),
    ("--file nowhere.json list", 8, "There is no store at nowhere.json. Run `tracker init`"),
    ("init", 9, "milestones.json is there already."),
]


@pytest.mark.parametrize(("words", "code", "sentence"), REFUSALS)
def test_bad_input_is_one_sentence_and_changes_nothing(
    seeded: Run, home: Path, words: str, code: int, sentence: str
) -> None:
    before = (home / "milestones.json").read_bytes()
    ran = seeded(*words.split())
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith(f"tracker: {sentence}")
    assert ran.err.count("\n") == 1
    assert (home / "milestones.json").read_bytes() == before


@pytest.mark.parametrize("title", ["", "  ", "a\nb", "a\x1b[31mb", "a\u202eb", "a\x00b"])
def test_a_title_is_visible_text_on_one_line(seeded: Run, title: str) -> None:
    ran = seeded("add", title)
    assert ran.code == 6
    assert "\x1b" not in ran.err


@pytest.mark.parametrize(("words", "code", "sentence"), REFUSALS)
def test_json_speaks_of_errors_too(seeded: Run, words: str, code: int, sentence: str) -> None:
    ran = seeded(*words.split(), "--format", "json")
    error = ran.json["error"]
    assert (ran.code, error["exit_code"]) == (code, code)
    assert f"{error['message']} {error['hint']}".startswith(sentence)


def test_undone_mistakes_show_on_no_past_day(seeded: Run) -> None:
    seeded("done", "3", "--on", "2021-06-15")
    seeded("undo")
    assert "3" in [
        line.split("\t")[0] for line in seeded("overdue", "--as-of", "2021-07-01").out.splitlines()
    ]


def test_targets_are_said_and_then_reached(seeded: Run) -> None:
    seeded("edit", "3", "--target", "at least 90%", "--target", "超过4万个基站")
    [m] = seeded("edit", "3", "--actual", "88.5", "--format", "json").json["milestones"]
    assert [(t["value"], t["op"], t.get("actual")) for t in m["targets"]] == [
        (90, ">=", 88.5),
        (40000, ">", None),
    ]
    assert seeded("edit", "3", "--target", "many").code == 6
    assert seeded("edit", "3", "--actual", "1", "--actual", "2", "--actual", "3").code == 6


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (">=90%", {"value": 90, "unit": "%", "op": ">="}),
        ("≤ 1,200 hectares", {"value": 1200, "unit": "hectares", "op": "<="}),
        ("约100个", {"value": 100, "unit": "个", "approx": True}),
        ("~ 2.5 km", {"value": 2.5, "unit": "km", "approx": True}),
        ("300", {"value": 300}),
        ("at least 90%", {"value": 90, "unit": "%", "op": ">="}),
        ("超过4万个", {"value": 40000, "unit": "个", "op": ">"}),
    ],
)
def test_a_figure_is_kept_as_it_was_typed(
    run: Run, home: Path, typed: str, kept: dict[str, object]
) -> None:
    run("init")
    assert run("add", "Ring road", "--target", typed).code == 0
    assert stored(home)["1"]["targets"] == [kept]


def test_words_without_a_figure_are_no_target(run: Run) -> None:
    run("init")
    ran = run("add", "Ring road", "--target", "many")
    assert ran.code == 6
    assert ran.err.startswith("tracker: 'many' holds no figure. Give one such as")


@pytest.mark.parametrize(
    ("option", "instead"),
    [
        ("--due", "tracker postpone ID WHEN"),
        ("--status", "tracker status ID STATE"),
        ("--completed-on", "tracker done ID --on DATE"),
        ("--made-on", "tracker correct ID --made-on"),
        ("--baseline-due", "tracker correct ID --baseline"),
    ],
)
def test_edit_names_the_verb_for_what_it_does_not_change(
    seeded: Run, option: str, instead: str
) -> None:
    ran = seeded("edit", "3", option, "2021-09-30")
    assert (ran.code, ran.out) == (2, "")
    assert instead in ran.err


@pytest.mark.parametrize("length", ["+1w", "1w", "a week", "7 days", "一周", "7天"])
def test_a_length_counts_from_the_due_date_of_each(run: Run, length: str) -> None:
    run("init")
    run("add", "One", "--due", "2031-03-31")
    run("add", "Two", "--due", "2032-06-30")
    ran = run("postpone", "1", "2", length)
    assert ran.code == 0, ran.err
    assert ran.out.splitlines() == [
        "1 due 2031-04-07 (was 2031-03-31, +7 days), +7 days from the baseline 2031-03-31,"
        " revision 1: One",
        "2 due 2032-07-07 (was 2032-06-30, +7 days), +7 days from the baseline 2032-06-30,"
        " revision 1: Two",
    ]


def test_a_length_that_says_from_when_on_counts_from_there(run: Run) -> None:
    run("init")
    run("add", "One", "--due", "2021-06-30", "--made-on", "2021-01-01")
    ran = run("postpone", "1", "2 weeks after 1 July 2021", "--on", "2021-06-01")
    assert "1 due 2021-07-15 (was 2021-06-30, +15 days)" in ran.out


def test_a_length_needs_a_due_date_and_changes_none_of_them_without(run: Run, home: Path) -> None:
    run("init")
    run("add", "One", "--due", "2031-03-31")
    run("add", "Two")
    before = stored(home)
    ran = run("postpone", "1", "2", "+1w")
    assert (ran.code, ran.out) == (BadDate.exit_code, "")
    assert "Milestone 2 has no due date that +1w could count from." in ran.err
    assert stored(home) == before


def test_an_earlier_date_is_brought_forward_only_when_that_is_said(run: Run, home: Path) -> None:
    run("init")
    run("add", "One", "--due", "2031-03-31")
    before = stored(home)
    ran = run("postpone", "1", "2031-03-30")
    assert ran.code == 1
    assert "Milestone 1 is due 2031-03-31, and 2031-03-30 is earlier. Add --earlier" in ran.err
    assert "2031-03-24 is earlier. Add --earlier" in run("postpone", "1", "-1w").err
    assert stored(home) == before
    assert "(was 2031-03-31, -1 day)" in run("postpone", "1", "2031-03-30", "--earlier").out


def test_extend_is_postpone(run: Run) -> None:
    run("init")
    run("add", "One", "--due", "2031-03-31")
    ran = run("extend", "1", "+1m", "--format", "json")
    assert ran.json["command"] == "postpone"
    assert ran.json["milestones"][0]["due"] == "2031-04-30"


def test_undo_and_redo_speak_of_values_as_people_do(run: Run) -> None:
    run("init")
    run("add", "One", "--tag", "first")
    run("edit", "1", "--tag", "bulk")
    run("undo")
    assert run("redo").out == "1 redo: tags first; bulk: One\n"
    run("done", "1")
    assert run("undo").out == "1 undo: status not started: One\n"


def test_a_share_that_is_done_starts_what_is_not_started(seeded: Run) -> None:
    started = seeded("edit", "3", "4", "--percent", "60").out.splitlines()
    assert [line.partition(":")[0] for line in started] == [
        "3 changed (progress), and so in progress",
        "4 changed (progress), and so in progress",
    ]
    assert seeded("edit", "3", "--percent", "70").out.startswith("3 changed (progress): ")
    assert seeded("edit", "5", "--percent", "0").out.startswith("5 changed (progress): ")
    seeded("undo")
    seeded("undo")
    seeded("undo")
    there = seeded("list", "--sort", "id", "--format", "json").json["milestones"][2:4]
    assert [(m["status"], m["percent"]) for m in there] == [("not-started", None)] * 2
    seeded("add", "New", "--percent", "5")
    assert seeded("show", "15", "--format", "json").json["milestones"][0]["status"] == "in-progress"


def test_what_takes_its_place_is_told_as_it_can_be_typed(seeded: Run) -> None:
    seeded("status", "9", "superseded", "--superseded-by", "10")
    uid = seeded("show", "10", "--format", "json").json["milestones"][0]["uid"]
    told = seeded("log", "9").out
    assert uid[:8] in told
    assert uid not in told
    assert seeded("show", uid[:8]).code == 0
