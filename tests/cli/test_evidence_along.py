"""Evidence goes along with the record to other places, or it is told that it did not."""

from __future__ import annotations

import csv
import io
import shutil
from hashlib import sha256
from pathlib import Path

import frictionless
import pytest

from tests.cli.conftest import Run
from tests.postgres import Server

REPORT = b"The bridge was opened on 20 June.\n"
DIGEST = sha256(REPORT).hexdigest()


@pytest.fixture
def shown(seeded: Run, home: Path) -> Run:
    """A milestone with a kept report, and a private one with another."""
    for name, content, id in (("report.txt", REPORT, "1"), ("secret.txt", b"secret", "2")):
        (home / name).write_bytes(content)
        assert seeded("evidence", "add", id, name).code == 0
        (home / name).unlink()
    assert seeded("edit", "2", "--tag", "private").code == 0
    return seeded


def copies(folder: Path) -> set[str]:
    return {path.name for path in (folder / "evidence").glob("sha256/*/*")}


def test_copies_carry_it_between_engines_and_back(shown: Run, home: Path, postgres: Server) -> None:
    url = postgres.new_url()
    ran = shown("copy", "milestones.json", url, "--format", "json")
    assert (ran.code, ran.json["lost"], ran.err) == (0, 0, "")
    assert shown("evidence", "verify", "--file", url).code == 0
    (home / "back").mkdir()
    assert shown("copy", url, "back/milestones.json").code == 0
    assert copies(home / "back") == copies(home)
    assert shown("check", "--file", "back/milestones.json").code == 0


def test_a_copy_says_what_did_not_come_along_and_brings_it_the_next_time(
    shown: Run, home: Path
) -> None:
    [path] = (home / "evidence").glob(f"sha256/*/{DIGEST}")
    path.write_bytes(b"altered")
    (home / "there").mkdir()
    ran = shown("copy", "milestones.json", "there/m.json")
    assert (ran.code, "1 copy of evidence" in ran.err) == (0, True)
    assert shown("check", "--file", "there/m.json").code == 16
    path.write_bytes(REPORT)
    ran = shown("copy", "milestones.json", "there/m.json")
    assert (ran.code, ran.err, DIGEST in copies(home / "there")) == (0, "", True)


def test_a_target_that_is_ahead_gets_none_of_it(shown: Run, home: Path) -> None:
    (home / "there").mkdir()
    shown("init", "--file", "there/m.json")
    shown("add", "Another", "--file", "there/m.json")
    assert shown("copy", "milestones.json", "there/m.json").code == 18
    assert not (home / "there" / "evidence").exists()


def test_a_merge_has_what_either_side_has(shown: Run, home: Path) -> None:
    for name in ("mine", "theirs", "both"):
        (home / name).mkdir()
    for name in ("mine", "theirs"):
        assert shown("copy", "milestones.json", f"{name}/m.json").code == 0
        (home / "new.txt").write_text(name)
        assert shown("evidence", "add", "3", "new.txt", "--file", f"{name}/m.json").code == 0
    sides = ["mine/m.json", "theirs/m.json"]
    ran = shown("merge", "milestones.json", *sides, "-o", "both/m.json")
    assert (ran.code, ran.err) == (0, "")
    assert copies(home / "both") == copies(home / "mine") | copies(home / "theirs")
    assert len(copies(home / "both")) == 4
    assert shown("check", "--file", "both/m.json").code == 0


def test_a_release_names_it_and_has_it_if_asked(shown: Run, home: Path) -> None:
    ran = shown("export", "dataset", "out")
    assert "1 copy of evidence is named and not in the release: add --evidence." in ran.err
    assert not (home / "out" / "evidence").exists()
    assert shown("export", "dataset", "out", "--evidence").err == ""
    assert copies(home / "out") == {DIGEST}, "and nothing private"
    [row] = csv.DictReader(io.StringIO((home / "out" / "evidence.csv").read_text()))
    assert (row["sha256"], row["size"], row["name"]) == (DIGEST, str(len(REPORT)), "report.txt")
    report = frictionless.validate(str(home / "out" / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "message"])
    (home / "there").mkdir()
    shown("init", "--file", "there/m.json")
    ran = shown("import", "json", "out/milestones.jsonl", "--file", "there/m.json")
    assert (ran.code, ran.err) == (0, "")
    assert copies(home / "there") == {DIGEST}
    assert shown("check", "--file", "there/m.json").code == 0


def test_an_import_says_what_did_not_come_along(shown: Run, home: Path) -> None:
    (home / "there").mkdir()
    ran = shown("export", "json", "-o", "there/all.json")
    assert "2 copies of evidence stay here" in ran.err
    shown("init", "--file", "there/m.json")
    ran = shown("import", "json", "there/all.json", "--file", "there/m.json")
    assert (ran.code, "2 copies of evidence" in ran.err) == (0, True)
    shutil.copytree(home / "evidence", home / "there" / "evidence")
    ran = shown("import", "json", "there/all.json", "--file", "there/m.json")
    assert (ran.code, ran.err) == (0, "")


def test_an_import_takes_nothing_that_is_not_what_it_is_called(shown: Run, home: Path) -> None:
    (home / "there").mkdir()
    shutil.copytree(home / "evidence", home / "there" / "evidence")
    for path in (home / "there" / "evidence").glob("sha256/*/*"):
        path.write_bytes(b"something else")
    shown("export", "json", "-o", "there/all.json")
    (home / "mine").mkdir()
    shown("init", "--file", "mine/m.json")
    ran = shown("import", "json", "there/all.json", "--file", "mine/m.json")
    assert (ran.code, "2 copies of evidence" in ran.err) == (0, True)
    assert copies(home / "mine") == set()


def test_what_is_published_has_no_bytes_and_nothing_private(shown: Run, home: Path) -> None:
    assert shown("publish", "site", "--base-url", "https://promises.example.org").code == 0
    files = [path for path in (home / "site").rglob("*") if path.is_file()]
    told = b"\n".join(path.read_bytes() for path in files)
    assert f"a copy is kept, SHA-256 {DIGEST}".encode() in told
    assert REPORT not in told
    for private in (sha256(b"secret").hexdigest().encode(), b"secret.txt"):
        assert private not in told
    assert not (home / "site" / "evidence").exists()
