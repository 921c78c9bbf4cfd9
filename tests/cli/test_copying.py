"""`tracker copy`: what it says, and how it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.postgres import Server


def test_into_a_database_and_back_it_is_the_same_file(
    seeded: Run, home: Path, postgres: Server
) -> None:
    url = postgres.new_url()
    seeded("remove", "3", "--on", "2021-05-01")
    told = seeded("copy", "milestones.json", url)
    assert told.out == (
        f"{url} has all of milestones.json now: 14 milestones (14 new, 0 changed), compared.\n"
    )
    again = seeded("copy", "milestones.json", url)
    assert again.out == f"{url} has all of milestones.json already: 14 milestones, compared.\n"
    seeded("note", "1", "on", "--file", url)
    assert seeded("copy", url, "milestones.json", "--format", "json").json == {
        "schema": "tracker/2",
        "command": "copy",
        "from": url,
        "to": "milestones.json",
        "count": 14,
        "added": 0,
        "changed": 1,
        "lost": 0,
    }
    assert seeded("copy", url, "new/place.json").code == 0
    assert (home / "new/place.json").read_bytes() == (home / "milestones.json").read_bytes()
    assert seeded("undo", "--file", url).out.startswith("1 undo: the note")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("milestones.json milestones.json", 2, "the same store"),
        ("milestones.json ../desk/./milestones.json", 2, "the same store"),
        ("milestones.json link.json", 2, "the same store"),
        ("milestones.json", 2, "Missing argument 'TO'"),
        ("nothing.json new.json", 8, "There is no store at nothing.json"),
        ("milestones.json .", 13, ". cannot be"),
        ("milestones.json postgresql://u:secret@/name?nonsense=1", 13, "u:***@"),
        ("postgresql:///name?host=/nowhere new.json", 13, "cannot be reached"),
        ("milestones.json postgresql:///name?host=/nowhere", 13, "cannot be reached"),
        ("newer.json new.json", 11, "Install a newer tracker"),
        ("milestones.json newer.json", 11, "Install a newer tracker"),
    ],
)
def test_a_refusal_is_one_sentence(
    seeded: Run, home: Path, words: str, code: int, said: str
) -> None:
    (home / "link.json").symlink_to("milestones.json")
    (home / "newer.json").write_text('{"meta": {"1": {"schema": 99}}, "milestones": {}}')
    told = seeded("copy", *words.split())
    assert (told.code, told.out) == (code, "")
    assert said in told.err
    assert "secret" not in told.err
    assert not (home / "new.json").exists()
    assert len(told.err.strip().splitlines()) == 1


def test_what_the_other_has_on_its_own_is_named_with_what_to_type(seeded: Run) -> None:
    seeded("copy", "milestones.json", "other.json")
    seeded("note", "1", "here")
    seeded("note", "2", "there", "--file", "other.json")
    told = seeded("copy", "milestones.json", "other.json")
    assert told.code == 18
    typed = "merge /dev/null milestones.json other.json -o both.json"
    assert f"`tracker {typed}`" in told.err
    assert seeded(*typed.split()).code == 0
    assert "0 new, 2 changed" in seeded("copy", "both.json", "other.json").out
    assert "0 new, 1 changed" in seeded("copy", "both.json", "milestones.json").out
