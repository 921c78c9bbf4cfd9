"""Evidence that is kept: taken in, listed, held against the record, written out, collected."""

from __future__ import annotations

import os
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.postgres import Server

REPORT = b"The bridge was opened on 20 June.\n"
NAME = sha256(REPORT).hexdigest()[:8]


@pytest.fixture
def report(home: Path) -> Path:
    path = home / "report.txt"
    path.write_bytes(REPORT)
    return path


def kept(home: Path) -> list[str]:
    folder = home / "evidence" / "sha256"
    return sorted(path.name[:8] for path in folder.glob("*/*"))


@pytest.mark.parametrize(
    "words",
    [
        ("done", "1", "--evidence", "report.txt", "--on", "2021-04-01"),
        ("status", "1", "in-progress", "--evidence", "report.txt"),
        ("postpone", "1", "2030-01-01", "--evidence", "report.txt"),
        ("note", "1", "opened", "--evidence", "report.txt"),
        ("assess", "1", "kept", "--as", "Audit", "--role", "auditor", "--evidence", "report.txt"),
        ("evidence", "add", "1", "report.txt", "-m", "as the minutes say"),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_wherever_evidence_is_taken_a_copy_is_kept(
    seeded: Run, home: Path, report: Path, words: tuple[str, ...]
) -> None:
    ran = seeded(*words, "--format", "json")
    change = ran.json["milestones"][0]["history"][-1]
    assert change["evidence"] == "report.txt"
    told = {k: change["exhibit"][k] for k in ("size", "name", "media_type", "origin")}
    assert told == {
        "size": len(REPORT),
        "name": "report.txt",
        "media_type": "text/plain",
        "origin": "report.txt",
    }
    assert kept(home) == [NAME]
    report.unlink()
    assert seeded("check").code == 0


def test_a_day_put_right_keeps_its_evidence_too(seeded: Run, home: Path, report: Path) -> None:
    seeded("done", "1", "--on", "2021-04-01")
    seeded("done", "1", "--on", "2021-04-02", "--evidence", "report.txt")
    [row] = seeded("evidence", "list", "1", "--format", "json").json["evidence"]
    assert (row["evidence"], row["condition"]) == ("report.txt", "kept")


def test_what_is_no_file_is_kept_as_it_was_said(seeded: Run, home: Path) -> None:
    for said in ("https://example.org/report", "file 7 of 2021, p. 3"):
        ran = seeded("note", "1", "said", "--evidence", said, "--format", "json")
        change = ran.json["milestones"][0]["history"][-1]
        assert (change["evidence"], change.get("exhibit")) == (said, None)
        assert ("There is no file" in ran.err) is ("://" not in said)
    assert kept(home) == []


@pytest.mark.parametrize(
    "words",
    [
        ("note", "1", "said", "--evidence", "{}"),
        ("done", "1", "--evidence", "{}", "--fetch"),
        ("evidence", "add", "1", "{}"),
        ("edit", "1", "--source-url", "{}"),
        ("add", "T", "--source", "Minutes", "--source-url", "{}"),
    ],
)
def test_no_password_gets_into_the_record(seeded: Run, home: Path, words: tuple[str, ...]) -> None:
    before = (home / "milestones.json").read_bytes()
    for said in ("https://ann:Hunt/Er99@example.org/x", "htps://ann:Er99@example.org"):
        ran = seeded(*(word.replace("{}", said) for word in words))
        assert (ran.code, ran.out, "://" in ran.err) == (6, "", True)
        assert "Er99" not in ran.err
    assert (home / "milestones.json").read_bytes() == before


def test_links_pipes_folders_and_devices_are_refused(seeded: Run, home: Path, report: Path) -> None:
    os.mkfifo(home / "pipe")
    (home / "link").symlink_to("report.txt")
    (home / "folder").mkdir()
    before = (home / "milestones.json").read_bytes()
    for said, why in {
        "pipe": "it is a pipe or a device",
        "/dev/null": "it is a pipe or a device",
        "link": "it is a link, which may lead anywhere",
        "folder": "it is a folder",
    }.items():
        ran = seeded("note", "1", "said", "--evidence", said)
        assert (ran.code, why in ran.err) == (14, True)
    assert (home / "milestones.json").read_bytes() == before
    assert kept(home) == []


def test_no_more_is_copied_than_the_settings_allow(seeded: Run, home: Path) -> None:
    (home / "large.bin").write_bytes(b"x" * 1_000_001)
    (home / "tracker.toml").write_text("[evidence]\nlargest = 1\n")
    ran = seeded("note", "1", "said", "--evidence", "large.bin")
    assert (ran.code, "more than 1 million bytes" in ran.err) == (14, True)
    (home / "tracker.toml").write_text("[evidence]\nlargest = 0\n")
    ran = seeded("note", "1", "said", "--evidence", "large.bin")
    assert (ran.code, ran.err, kept(home)) == (0, "", [])


def test_one_that_is_refused_keeps_nothing(seeded: Run, home: Path, report: Path) -> None:
    assert seeded("done", "1", "99", "--evidence", "report.txt").code == 3
    assert kept(home) == []


@pytest.mark.parametrize(
    ("name", "harmless"),
    [
        ("a\x1b[31m\u202eb.txt", "a [31m b.txt"),
        ("con.pdf", "_con.pdf"),
        ("..hidden ", "_hidden"),
        ('x<y>:"|?*.md', "x_y______.md"),
        ("长" * 80 + ".pdf", "长" * 58 + ".pdf"),
    ],
    ids=["controls", "device", "hidden", "reserved", "long"],
)
def test_a_hostile_name_is_harmless_wherever_it_is_written(
    seeded: Run, home: Path, name: str, harmless: str
) -> None:
    (home / name).write_bytes(REPORT)
    assert seeded("evidence", "add", "1", name).code == 0
    [row] = seeded("evidence", "list", "--format", "json").json["evidence"]
    assert row["exhibit"]["name"] == harmless
    assert seeded("evidence", "export", "-o", "out").code == 0
    assert (home / "out" / f"{NAME}-{harmless}").read_bytes() == REPORT
    assert "\x1b" not in seeded("evidence", "show", NAME).out


def test_a_name_from_elsewhere_leads_nowhere_when_it_is_exported(seeded: Run, home: Path) -> None:
    (home / "report.txt").write_bytes(REPORT)
    seeded("evidence", "add", "1", "report.txt")
    text = (home / "milestones.json").read_text()
    whole = seeded("export", "json").out.replace('"name": "report.txt"', '"name": "../../evil"')
    assert '"name": "../../evil"' in whole
    (home / "milestones.json").write_text(text.replace('"name":"report.txt"', '"name":"../evil"'))
    outside = home / "outside"
    outside.write_bytes(b"mine")
    (home / "out").mkdir()
    (home / "out" / f"{NAME}-evil").symlink_to(outside)
    assert seeded("evidence", "export", "-o", "out").code == 0
    assert (home / "out" / f"{NAME}-evil").read_bytes() == REPORT
    assert (outside.read_bytes(), (home / "evil").exists()) == (b"mine", False)


def test_what_is_missing_or_altered_is_named(seeded: Run, home: Path, report: Path) -> None:
    seeded("done", "1", "2", "--evidence", "report.txt", "--on", "2021-06-01")
    assert (seeded("check").code, seeded("evidence", "verify").code) == (0, 0)
    [path] = (home / "evidence").glob("sha256/*/*")
    for what in ("altered", "missing"):
        path.write_bytes(REPORT.replace(b"20", b"21"))
        if what == "missing":
            path.unlink()
        checked, verified = seeded("check"), seeded("evidence", "verify", "--format", "json")
        assert (checked.code, verified.code) == (16, 16)
        assert checked.out.count(f"({NAME}), whose copy ") == 2
        assert what in checked.out
        assert [row["condition"] for row in verified.json["evidence"]] == [what, what]
        listed = seeded("evidence", "list", "--format", "json").json["evidence"]
        assert listed[0]["condition"] == ("kept" if what == "altered" else what), "by size alone"
        assert seeded("evidence", "export", "-o", "out").code == 16
    assert seeded("evidence", "add", "3", "report.txt").code == 0
    assert seeded("check").code == 0


def test_sums_are_written_that_other_programs_check(seeded: Run, home: Path, report: Path) -> None:
    seeded("evidence", "add", "1", "report.txt")
    ran = seeded("evidence", "export", "-o", "out", "--format", "json")
    assert [one["file"] for one in ran.json["files"]] == [f"{NAME}-report.txt"]
    sums = (home / "out" / "SHA256SUMS").read_text()
    assert sums == f"{sha256(REPORT).hexdigest()}  {NAME}-report.txt\n"


def test_names_and_ids_pick_and_what_names_none_is_refused(
    seeded: Run, home: Path, report: Path
) -> None:
    seeded("evidence", "add", "1-2", "report.txt")
    shown = seeded("evidence", "show", NAME).out
    assert "SHA-256: " + sha256(REPORT).hexdigest() in shown
    assert shown.count("shows: ") == 2
    assert seeded("evidence", "show", "2").out == shown
    assert seeded("evidence", "show", "abcdef01").code == 6
    assert seeded("evidence", "list", "99").code == 3
    assert "No copy is kept" in seeded("evidence", "list", "5").out


def test_what_was_undone_stays_and_is_told(seeded: Run, home: Path, report: Path) -> None:
    seeded("evidence", "add", "1", "report.txt")
    seeded("undo")
    [row] = seeded("evidence", "list", "--format", "json").json["evidence"]
    assert (row["undone"], row["condition"]) == (True, "kept")
    seeded("evidence", "collect", "--yes")
    assert kept(home) == [NAME]


def test_what_nothing_names_goes_only_when_it_is_said(seeded: Run, home: Path) -> None:
    seeded("evidence", "add", "1", "nothing")
    orphan = home / "evidence" / "sha256" / NAME[:2] / sha256(REPORT).hexdigest()
    orphan.parent.mkdir(parents=True)
    orphan.write_bytes(REPORT)
    ran = seeded("evidence", "collect")
    assert "1 copy is named by no entry (34 B)" in ran.out
    assert orphan.exists()
    ran = seeded("evidence", "collect", "--yes", "--format", "json")
    assert (ran.json["count"], ran.json["bytes"], ran.json["dropped"]) == (1, 34, True)
    assert not orphan.exists()
    assert "Nothing is kept that no entry names." in seeded("evidence", "collect").out


def test_a_document_that_promises_were_found_in_is_kept(run: Run, home: Path) -> None:
    run("init")
    text = "# Plan\n\n10 March 2026. We will open the bridge by 30 June 2026.\n"
    (home / "plan.md").write_text(text)
    run("extract", "plan.md", "--add")
    [row] = run("evidence", "list", "--format", "json").json["evidence"]
    assert (row["exhibit"]["name"], row["evidence"], row["condition"]) == ("plan.md", None, "kept")
    run("done", "1", "--on", "2026-06-01")
    shown = run("show", "1", "--format", "json").json["milestones"][0]
    assert shown["source"]["sha256"] == row["exhibit"]["sha256"]
    assert run("report", "stale").out.count("bridge") == 1, "a source is no evidence of the outcome"


def test_both_engines_keep_the_same(
    run: Run, home: Path, postgres: Server, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_FILE", postgres.new_url())
    run("init", "--seed", "shandong-2021")
    assert run("evidence", "add", "1", "report.txt").code == 0
    assert "1 piece of evidence: 1 kept." in run("evidence", "verify").out
    assert run("evidence", "export", "-o", "out").code == 0
    assert (home / "out" / f"{NAME}-report.txt").read_bytes() == REPORT
    assert not (home / "evidence").exists()


def test_no_list_looks_at_what_is_kept(seeded: Run, home: Path, report: Path) -> None:
    seeded("evidence", "add", "1", "report.txt")
    shutil.rmtree(home / "evidence")
    (home / "evidence").write_text("whoever looks into this fails")
    for words in (
        "list",
        "overdue",
        "show 1",
        "log",
        "timeline",
        "report scorecard",
        "export json",
    ):
        assert seeded(*words.split()).code == 0, words
    assert seeded("evidence", "list").code == 13
    assert seeded("list").err == ""


def test_what_is_opened_and_gone_leads_to_its_copy(seeded: Run, home: Path, report: Path) -> None:
    seeded("evidence", "add", "1", "report.txt")
    report.unlink()
    ran = seeded("open", "1", "--evidence")
    assert (ran.code, "`tracker evidence export 1 -o FOLDER`" in ran.err) == (6, True)


def test_a_shell_is_offered_ids_and_names_of_copies(
    seeded: Run, home: Path, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeded("evidence", "add", "1", "report.txt")
    monkeypatch.setenv("_TRACKER_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "tracker evidence show ")
    monkeypatch.setenv("COMP_CWORD", "3")
    offered = seeded().out
    assert "1" in offered.replace("\n", ",").replace("plain,", "").split(",")
    assert NAME in offered


@pytest.mark.parametrize(("says", "code"), [("exit 0", 0), ("exit 3", 55)])
def test_what_a_hook_refuses_keeps_nothing(
    seeded: Run, home: Path, report: Path, says: str, code: int
) -> None:
    hooks = home.parent / "config" / "tracker" / "hooks"
    hooks.mkdir(parents=True)
    (hooks / "before-change").write_text(f"#!/bin/sh\n{says}\n")
    (hooks / "before-change").chmod(0o755)
    assert seeded("done", "1", "--evidence", "report.txt", "--on", "2021-04-01").code == code
    assert kept(home) == ([NAME] if code == 0 else [])
