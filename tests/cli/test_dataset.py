"""The record as a release: valid to others, the same bytes each time, back without a change."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import frictionless
import pytest

from tests.cli.conftest import Run
from tests.milestones import full
from tracker.exchange import dataset

TERMS = dataset.Terms("promises", "Promises", "1", "CC-BY-4.0")


@pytest.fixture
def told(seeded: Run) -> Run:
    """The commitments of 2021, one done and judged, one moved, one private."""
    for words in (
        ("done", "1", "--on", "2021-04-15", "--evidence", "https://example.org/lane"),
        ("assess", "1", "partly", "--as", "审计局", "--role", "auditor", "-m", "=1+1; three"),
        ("postpone", "3", "2021-09-30", "-m", "tender repeated"),
        ("edit", "5", "--tag", "private"),
    ):
        assert seeded(*words).code == 0
    return seeded


def test_a_release_is_valid_to_frictionless(told: Run, home: Path) -> None:
    ran = told("export", "dataset", "out", "--licence", "CC-BY-4.0", "--title", "Promises")
    assert ran.code == 0
    assert ran.out.startswith("out: 13 milestones, version ")
    report = frictionless.validate(str(home / "out" / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "message"])
    assert [(task.name, task.stats.get("rows")) for task in report.tasks] == [
        ("milestones", 13),
        ("history", 16),
        ("evidence", None),
        ("assessments", 1),
    ]
    package = json.loads((home / "out" / "datapackage.json").read_text())
    assert package["licenses"] == [{"name": "CC-BY-4.0"}]
    assert told("head").out[:12] != package["tracker:head"][:12]  # one of them is private


def test_every_field_of_a_milestone_is_valid_and_described() -> None:
    files = dataset.release([full()], TERMS)
    rows = list(csv.DictReader(io.StringIO(files["milestones.csv"].decode())))
    assert {name: bool(cell) for name, cell in rows[0].items()} == dict.fromkeys(rows[0], True)
    assert dataset.milestones(files[dataset.LINES], "x") == [full()]
    schema = json.loads(files["milestone-schema.json"])
    assert set(rows[0]) == set(schema["$defs"]["Milestone"]["properties"])


def test_what_is_private_is_in_no_file(told: Run, home: Path) -> None:
    secret = told("show", "5", "--format", "json").json["milestones"][0]
    assert told("export", "dataset", "out").code == 0
    for file in (home / "out").iterdir():
        assert secret["uid"] not in file.read_text(encoding="utf-8")
        assert secret["title"] not in file.read_text(encoding="utf-8")


def test_the_same_record_makes_the_same_bytes(told: Run, home: Path) -> None:
    for folder in ("one", "two"):
        assert told("export", "dataset", folder).code == 0
    names = sorted(file.name for file in (home / "one").iterdir())
    assert len(names) == 8
    for name in names:
        assert (home / "one" / name).read_bytes() == (home / "two" / name).read_bytes()


def test_it_comes_back_with_nothing_changed(told: Run, home: Path) -> None:
    # As programs for text end lines within a text; JSON leaves them as they are.
    assert told("note", "3", "One.\u2028Two.\x85Three.\u2029Four.\x0cFive.").code == 0
    assert told("export", "dataset", "out").code == 0
    again = told("import", "json", "out/milestones.jsonl")
    assert again.code == 0
    assert "13 as they were" in again.err + again.out
    assert told("init", "--file", "new.json").code == 0
    assert told("import", "json", "out/milestones.jsonl", "--file", "new.json").code == 0
    ran = told("diff", "out", "new.json")
    assert "0 new, 0 gone, 0 changed, 13 as they were." in ran.out


def test_one_alone_comes_back_too(run: Run) -> None:
    for store in ("of-one.json", "again.json"):
        assert run("init", "--file", store).code == 0
    run("add", "Open the bridge", "--file", "of-one.json")
    run("export", "dataset", "out", "--file", "of-one.json")
    assert run("import", "json", "out/milestones.jsonl", "--file", "again.json").code == 0
    assert "0 changed, 1 as they were." in run("diff", "of-one.json", "again.json").out


def test_its_folder_is_told_which_of_its_files_to_take_in(told: Run, home: Path) -> None:
    told("export", "dataset", "release")
    refused = told("import", "release")
    assert refused.code == 14
    assert "`tracker import json release/milestones.jsonl`" in refused.err


def test_two_releases_are_compared(told: Run, home: Path) -> None:
    assert told("export", "dataset", "march").code == 0
    assert told("add", "Open the bridge", "--due", "2027-06-30").code == 0
    assert told("postpone", "4", "2022-03-31", "-m", "late").code == 0
    assert told("export", "dataset", "june").code == 0
    ran = told("diff", "march", "june", "--exit-code")
    assert ran.code == 1
    assert "+ 15 Open the bridge" in ran.out
    assert "due 2021-09-30 → 2022-03-31" in ran.out
    assert "1 new, 0 gone, 1 changed, 12 as they were." in ran.out
    assert "Nothing that was recorded was rewritten." in ran.out
    back = told("diff", "june", "march", "--format", "json").json
    assert ([m["id"] for m in back["gone"]], back["extends"]) == ([15], False)
    assert told("diff", "march", "march", "--exit-code").code == 0
    assert "没有改写" in told("--lang", "zh", "diff", "march", "june").out


def test_a_release_that_was_rewritten_is_told(told: Run, home: Path) -> None:
    assert told("export", "dataset", "march").code == 0
    lines = (home / "march" / "milestones.jsonl").read_text(encoding="utf-8").split("\n")
    first = json.loads(lines[0])
    first["history"] = first["history"][:1]
    (home / "june").mkdir()
    text = "\n".join([json.dumps(first), *lines[1:]])
    (home / "june" / "milestones.jsonl").write_text(text, encoding="utf-8")
    ran = told("diff", "march", "june")
    assert "2 entries of the earlier record are not in the later: it was rewritten." in ran.out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("export", "dataset", "out", "--name", "No Name"), 6),
        (("export", "dataset", "milestones.json"), 15),
        (("diff", "empty", "milestones.json"), 8),
        (("diff", "bad", "milestones.json"), 14),
        (("diff", "nowhere.json", "milestones.json"), 8),
    ],
)
def test_what_is_no_release_is_refused(
    told: Run, home: Path, words: tuple[str, ...], code: int
) -> None:
    (home / "empty").mkdir()
    (home / "bad").mkdir()
    (home / "bad" / "milestones.jsonl").write_text('{"id": 1}\n')
    ran = told(*words)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.count("\n") == 1
