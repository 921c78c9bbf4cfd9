"""`tracker token` as it is typed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run, full_disk
from tracker.errors import BadInput, BadValue, TokenExists, UnknownToken
from tracker.subscribe.tokens import digest

FILE = Path(".milestones.json.tokens")


def secret_in(text: str) -> str:
    (secret,) = set(re.findall(r"/t/([\w-]{43})/", text))
    return str(secret)


def test_a_token_is_made_listed_and_revoked(seeded: Run) -> None:
    made = seeded("token", "add", "Press office", "--base-url", "https://promises.example.org/")
    secret = secret_in(made.out)
    assert f"  calendar  https://promises.example.org/t/{secret}/feed.ics" in made.out
    assert "tracker token revoke 'Press office'" in made.err
    assert FILE.stat().st_mode & 0o777 == 0o600
    assert secret not in FILE.read_text(encoding="utf-8")
    assert digest(secret) in FILE.read_text(encoding="utf-8")

    owned = seeded("token", "add", "data", "--owner", "大数据", "--format", "json").json
    assert owned["owners"] == ["Shandong Provincial Big Data Bureau"]
    assert owned["addresses"]["calendar"].endswith("/feed.ics")

    listed = seeded("token", "list")
    assert listed.out.startswith("Press office: sees all milestones, since ")
    assert secret not in listed.out
    assert [t["name"] for t in seeded("token", "list", "--format", "json").json["tokens"]] == [
        *("Press office", "data")
    ]
    assert seeded("token", "revoke", "press office").code == 0
    assert "Press office" not in seeded("token", "list").out
    assert digest(secret) not in FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "known"), TokenExists.exit_code),
        (("add", "a\x1b[2Jb"), BadValue.exit_code),
        (("add", "new", "--owner", "nobody at all"), BadValue.exit_code),
        (("add", "new", "--base-url", "javascript:alert(1)"), BadValue.exit_code),
        (("add", "new", "--base-url", "https://x.org/?a=b"), BadValue.exit_code),
        (("revoke", "unknown"), UnknownToken.exit_code),
    ],
)
def test_what_is_refused_changes_nothing(seeded: Run, words: tuple[str, ...], code: int) -> None:
    assert seeded("token", "add", "known").code == 0
    before = FILE.read_bytes()
    refused = seeded("token", *words)
    assert refused.code == code
    assert len(refused.err.splitlines()) == 1
    assert "\x1b" not in refused.err
    assert FILE.read_bytes() == before


@pytest.mark.parametrize("words", [("add", "new"), ("revoke", "known")])
def test_a_full_disk_changes_no_token_and_names_no_option_that_is_not_there(
    seeded: Run, words: tuple[str, ...]
) -> None:
    seeded("token", "add", "known")
    before = FILE.read_bytes()
    with full_disk():
        ran = seeded("token", *words)
    assert (ran.code, ran.out, FILE.read_bytes()) == (15, "", before)
    assert ran.err == (
        f"tracker: {FILE} cannot be written: file too large. No token was changed; "
        "make that place writable, or name another file with --tokens.\n"
    )


def test_a_damaged_file_is_never_written_to(seeded: Run) -> None:
    FILE.write_bytes(b"{")
    assert seeded("token", "add", "new").code == BadInput.exit_code
    assert FILE.read_bytes() == b"{"


def test_the_file_may_be_elsewhere(seeded: Run) -> None:
    Path("tracker.toml").write_text('[serve]\ntokens = "kept.json"\n', encoding="utf-8")
    assert seeded("token", "add", "one").code == 0
    assert seeded("token", "add", "two", "--tokens", "other.json").code == 0
    assert "one" in Path("kept.json").read_text(encoding="utf-8")
    assert "two" in Path("other.json").read_text(encoding="utf-8")
    assert not FILE.exists()


def test_the_tokens_of_settings_are_where_the_settings_are(
    seeded: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "tracker.toml").write_text('[serve]\ntokens = "kept.json"\n', encoding="utf-8")
    (home / "elsewhere").mkdir()
    monkeypatch.chdir(home / "elsewhere")
    assert seeded("token", "add", "one", "--file", "../milestones.json").code == 0
    assert (home / "kept.json").exists()
    assert not list((home / "elsewhere").iterdir())
