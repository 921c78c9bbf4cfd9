"""The head: printed, signed, and held against the record after merges, imports and copies."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.cli.conftest import Run
from tests.postgres import Server
from tests.programs import program


@pytest.fixture
def bridge(run: Run) -> Run:
    run("init")
    run("add", "Open the bridge", "--due", "2027-06-30", "--made-on", "2026-01-05", "--by", "ann")
    return run


def test_a_state_that_the_record_went_through_is_contained(bridge: Run, tmp_path: Path) -> None:
    head = bridge("head").out.strip()
    shutil.copy("milestones.json", tmp_path / "old.json")
    bridge("note", "1", "later")
    printed = f"Record of 30 November 2026, {head[:16].upper()}…"
    for known in (head, head[:12], printed, str(tmp_path / "old.json")):
        assert "contains" in bridge("check", "--head", known).out
    path = Path("milestones.json")
    rows = json.loads(path.read_bytes())
    rows["milestones"]["1"]["title"] = "Open the tunnel"
    path.write_text(json.dumps(rows))
    ran = bridge("check")
    assert ran.code > 2
    assert "altered past the commands" in ran.out
    for known in (head, str(tmp_path / "old.json")):
        ran = bridge("check", "--head", known)
        assert ran.code > 2
        assert "does not contain" in ran.err
        assert "milestone 1 has" in ran.err
    assert bridge("check", "--head", "f" * 64).code > 2
    assert bridge("check", "--head", "no head").code == 1


def test_the_head_is_signed_with_what_people_trust(bridge: Run, tmp_path: Path) -> None:
    keygen = program("ssh-keygen")
    key, signed = tmp_path / "key", tmp_path / "head.txt"
    subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    signed.write_text(bridge("head").out)
    subprocess.run([keygen, "-q", "-Y", "sign", "-f", key, "-n", "tracker", signed], check=True)
    (tmp_path / "who").write_text(f"ann {key.with_suffix('.pub').read_text()}")
    words = ["-Y", "verify", "-f", str(tmp_path / "who"), "-I", "ann", "-n", "tracker"]
    signature = ["-s", f"{signed}.sig"]
    for head, good in ((bridge("head").out, True), ("0" * 64 + "\n", False)):
        done = subprocess.run([keygen, *words, *signature], input=head.encode(), check=False)
        assert (done.returncode == 0) == good


def test_a_head_from_before_a_merge_is_held_against_the_whole(run: Run) -> None:
    run("init", "--seed", "shandong-2021")
    shutil.copy("milestones.json", "base.json")
    shutil.copy("milestones.json", "theirs.json")
    heads = [run("head").out.strip()]
    run("note", "3", "ours")
    heads.append(run("head").out.strip())
    run("note", "4", "ours")
    for _ in range(2):
        run("note", "5", "theirs", "--file", "theirs.json")
        heads.append(run("head", "--file", "theirs.json").out.strip())
    run("note", "3", "both", "--file", "theirs.json")
    heads += [run("head").out.strip(), run("head", "--file", "theirs.json").out.strip()]
    run("merge", "base.json", "milestones.json", "theirs.json")
    heads.append(run("head").out.strip())
    run("done", "3")
    for head in heads:
        assert "contains" in run("check", "--head", head).out
    assert run("check").code == 0


def test_a_head_from_before_an_import_of_histories_is_still_contained(bridge: Run) -> None:
    bridge("init", "--file", "other.json")
    bridge("add", "Open the tunnel", "--due", "2027-06-30", "--file", "other.json")
    bridge("note", "1", "after the other")
    head = bridge("head").out.strip()
    Path("other.out").write_text(bridge("export", "json", "--file", "other.json").out)
    bridge("import", "json", "other.out")
    assert "contains" in bridge("check", "--head", head).out
    assert bridge("undo").code == bridge("check").code == 0


def unattested(rows: Any) -> dict[str, Any]:
    """What schema 1 kept of these rows, be they by id or a list."""
    for row in rows.values() if isinstance(rows, dict) else rows:
        for change in row["history"]:
            del change["digest"]
            change.pop("parents", None)
    return {"meta": {"1": {"schema": 1}}, "milestones": rows}


def test_histories_of_an_old_export_are_attested_from_their_import_on(run: Run) -> None:
    run("init", "--seed", "shandong-2021")
    rows = unattested(json.loads(run("export", "json").out)["milestones"])["milestones"]
    Path("old.out").write_text(json.dumps(rows[:1]))
    run("init", "--file", "new.json")
    for _ in range(2):
        assert run("import", "json", "old.out", "--file", "new.json").code == 0
    (told,) = run("head", "--format", "json", "--file", "new.json").json["attested"]
    assert told["entries"] == 1
    assert run("check", "--file", "new.json").code == 0


def test_what_had_no_digests_says_since_when_it_is_attested(
    run: Run, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("init", "--seed", "shandong-2021")
    path = Path("milestones.json")
    path.write_text(json.dumps(unattested(json.loads(path.read_bytes())["milestones"])))
    assert run("head", "--format", "json").json["attested"] == []
    run("note", "3", "first change since")
    path.replace("old.json")
    run("copy", "old.json", postgres_url := postgres.new_url())
    run("init", "--file", "new.json")
    Path("old.out").write_text(run("export", "json", "--file", "old.json").out)
    run("import", "json", "old.out", "--file", "new.json")
    run("merge", "/dev/null", "old.json", "new.json", "-o", "both.json")
    for place in ("old.json", postgres_url, "new.json", "both.json"):
        monkeypatch.setenv("TRACKER_FILE", place)
        run("note", "5", "later")
        (told,) = run("head", "--format", "json").json["attested"]
        assert told["entries"] == 14
        said = f"The first 14 entries had no digests, and are attested since {told['since'][:10]}"
        assert said in run("check").err
        assert said in run("head").err
        assert "attested with all before it, as found" in run("log", "3").out


def test_what_is_handed_on_says_from_what_record_it_is(bridge: Run) -> None:
    """Each says it so that `check --head` takes the words, when the record has gone on."""
    head = bridge("head").out.strip()
    bridge("publish", "public", "--base-url", "https://promises.example.org")
    bridge("export", "html", "-o", "page.html")
    bridge("export", "ledger", "-o", "ledger.xlsx", "--unit", "Office", "--lang", "en")
    book = load_workbook("ledger.xlsx")
    sheet = book.worksheets[0]
    texts = {
        "site": Path("public/index.html").read_text(),
        "page": Path("page.html").read_text(),
        "cell": str(next(cell.value for cell in sheet[2] if "Record" in str(cell.value))),
        "foot": sheet.oddFooter.left.text,
        "ledger.csv": bridge("export", "ledger", "--unit", "Office", "--lang", "en").out,
        **{form: bridge("report", "week", "--format", form).out for form in ("text", "md", "html")},
    }
    assert book.properties.description == sheet.oddFooter.left.text
    assert bridge("report", "month", "--format", "json").json["record"]["head"] == head
    bridge("report", "week", "-o", "week.docx")
    texts["week.docx"] = "\n".join(p.text for p in Document("week.docx").paragraphs)
    bridge("note", "1", "later")
    for place, text in texts.items():
        said = re.search(r"Record of .{10,20}, [0-9a-f\s]+…?", text)
        assert said, place
        assert "contains" in bridge("check", "--head", said[0].replace("\n", "")).out, place


def test_a_ledger_without_a_heading_is_columns_alone(bridge: Run) -> None:
    assert "Record of" not in bridge("export", "ledger", "--lang", "en").out
