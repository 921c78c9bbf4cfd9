"""`tracker digest`: what it says in each format, and from when on it counts changes."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.cli.conftest import Run, full_disk, golden
from tracker.render.text import width

DAY = ("--as-of", "2021-10-15")
MONTH = (*DAY, "--since", "2021-09-15", "--within", "60d")


@pytest.fixture
def told(seeded: Run) -> Run:
    """The commitments of 2021 with a story: kept, moved with and without reason, dropped."""
    for words in (
        ("done", "1", "--on", "2021-04-15", "--evidence", "https://example.org/lane"),
        ("postpone", "3", "2021-12-31", "--on", "2021-09-28", "--by", "Li"),
        ("cancel", "5", "--on", "2021-10-01", "--reason", "no room <b>"),
        ("note", "6", "on its way", "--on", "2021-10-02", "--evidence", "https://example.org/6"),
    ):
        assert seeded(*words).code == 0
    return seeded


@pytest.mark.parametrize("columns", ["60", "100", "200"])
def test_golden_screens(told: Run, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for lang in ("en", "zh"):
        out = told("--lang", lang, "digest", *MONTH).out
        assert max(map(width, out.splitlines())) <= int(columns)
        golden(f"digest-{lang}-{columns}", out)


def test_golden_markdown(told: Run) -> None:
    for lang in ("en", "zh"):
        golden(f"digest-{lang}-md", told("--lang", lang, "digest", *MONTH, "--format", "md").out)


def test_json_has_what_the_text_says(told: Run) -> None:
    result = told("digest", *MONTH, "--format", "json").json
    assert (result["schema"], result["command"]) == ("tracker/2", "digest")
    assert (result["as_of"], result["until"]) == ("2021-10-15", "2021-12-14")
    assert (result["since"], result["since_is"]) == ("2021-09-15", "day")
    assert [m["id"] for m in result["overdue"]] == [2, 4]
    assert [m["id"] for m in result["upcoming"]] == [6]
    changes = [(change["id"], change["kind"], change["quiet"]) for change in result["changes"]]
    assert changes == [(3, "moved", True), (5, "dropped", False), (6, "noted", False)]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_a_mail_is_tables_with_styles_of_their_own_and_fetches_nothing(told: Run) -> None:
    page = told("digest", *MONTH, "--format", "html").out
    tags = _Tags()
    tags.feed(page)
    names = {tag for tag, _ in tags.found}
    assert not names & {"script", "link", "img", "iframe", "div", "form"}
    assert {attrs["href"] for tag, attrs in tags.found if tag == "a"} == {"https://example.org/6"}
    assert all("style" in attrs for tag, attrs in tags.found if tag in ("td", "h1", "h2", "a"))
    assert "url(" not in page
    assert "no room &lt;b&gt;" in page
    assert '<html lang="en">' in page
    assert '<html lang="zh-Hans">' in told("--lang", "zh", "digest", "--format", "html").out
    assert len(page.encode()) < 100_000


def test_no_text_becomes_markup_or_acts_on_the_terminal(run: Run) -> None:
    run("init")
    evil = "\x1b[31m</td><script>alert(1)</script>](https://evil.example) **x**\u202e"
    words = ("--due", "2021-10-20", "--made-on", "2021-10-10")
    run("add", "</td><script>alert(1)</script>", *words, "--owner", "](javascript:x)")
    run("note", "1", evil, "--on", "2021-10-11", "--evidence", "javascript:alert(1)")
    for form in ("text", "md", "html"):
        out = run("digest", *DAY, "--format", form).out
        assert "\x1b" not in out
        assert "\u202e" not in out
    page = run("digest", *DAY, "--format", "html").out
    assert "<script" not in page
    assert 'href="javascript' not in page
    text = run("digest", *DAY, "--format", "md").out
    assert not re.search(r"(?<!\\)\]\(", text)
    assert "\\<script\\>" in text


def test_a_first_digest_looks_back_a_week(told: Run) -> None:
    result = told("digest", "--as-of", "2021-10-08", "--format", "json").json
    assert (result["since"], result["since_is"]) == ("2021-10-01", "first")
    assert [change["id"] for change in result["changes"]] == [5, 6]
    assert "The first digest" in told("digest", *DAY).out


def test_looking_is_not_telling_and_marking_is(told: Run) -> None:
    def changed() -> list[int]:
        return [c["id"] for c in told("digest", *DAY, "--format", "json").json["changes"]]

    told("note", "7", "news", "--on", "2021-10-14")
    assert changed() == changed() == [7]
    told("digest", *DAY, "--mark")
    assert changed() == []
    told("note", "8", "more", "--on", "2021-10-15")
    assert changed() == [8]
    told("undo")
    assert changed() == []
    result = told("digest", *DAY, "--format", "json").json
    assert result["since_is"] == "last"
    assert "since the last digest" in told("digest", *DAY).out


def test_a_change_dated_back_is_not_missed(told: Run) -> None:
    told("digest", *DAY, "--mark")
    told("note", "9", "long ago", "--on", "2021-05-01")
    [change] = told("digest", *DAY, "--format", "json").json["changes"]
    assert change["id"] == 9


def test_each_filter_has_a_memory_of_its_own(told: Run) -> None:
    told("digest", *DAY, "--owner", "communications", "--mark")
    rest = told("digest", *DAY, "--format", "json").json
    assert rest["since_is"] == "first"


def test_a_store_that_cannot_be_written_has_digests(told: Run, home: Path) -> None:
    home.chmod(0o555)
    try:
        assert told("digest", *DAY, "--mark").code == 0
        assert told("digest", *DAY, "--format", "json").json["since_is"] == "last"
    finally:
        home.chmod(0o755)


def test_what_cannot_be_remembered_is_refused(
    told: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(blocked))
    assert told("digest", *DAY).code == 0
    ran = told("digest", *DAY, "--mark")
    assert (ran.code, "XDG_STATE_HOME" in ran.err) == (15, True)


def test_on_a_full_disk_it_says_that_the_next_digest_tells_the_same(
    told: Run, tmp_path: Path
) -> None:
    told("digest", *DAY, "--mark")
    [place] = (tmp_path / "state").rglob("*.json")
    before = place.read_bytes()
    with full_disk():
        ran = told("digest", *DAY, "--mark")
    assert (ran.code, place.read_bytes()) == (15, before)
    assert ran.err == (
        f"tracker: {place} cannot be written: file too large. "
        "The next digest tells the same again; make room there before.\n"
    )


def test_a_damaged_memory_is_named(told: Run, tmp_path: Path) -> None:
    told("digest", *DAY, "--mark")
    [place] = (tmp_path / "state").rglob("*.json")
    place.write_text("{")
    ran = told("digest", *DAY)
    assert (ran.code, str(place) in ran.err, "delete it" in ran.err) == (14, True, True)


def test_the_memory_is_for_its_owner_alone(told: Run, tmp_path: Path) -> None:
    told("digest", *DAY, "--mark")
    [place] = (tmp_path / "state").rglob("*.json")
    assert place.stat().st_mode & 0o077 == 0


def test_the_settings_decide_unless_told(told: Run, home: Path) -> None:
    (home / "tracker.toml").write_text('[digest]\nwithin = 60\nlimit = 1\nname = "Roads"\n')
    out = told("digest", *DAY).out
    assert out.startswith("Roads: 2 overdue, 1 due within 60 days")
    assert "… and 1 more" in out
    assert "due within 3 days" not in told("digest", *DAY, "--within", "3d").out
    assert "… and 1 more" not in told("digest", *DAY, "--limit", "5").out


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_nothing_to_tell_is_said(run: Run, form: str) -> None:
    run("init")
    ran = run("digest", "--format", form)
    assert (ran.code, "Nothing is overdue, due within 14 days, or changed." in ran.out) == (0, True)


def test_the_end_of_time_and_long_titles(run: Run) -> None:
    run("init")
    run("add", "长" * 500, "--due", "9999-12-31", "--made-on", "2021-03-10")
    ran = run("digest", "--as-of", "9999-12-31")
    assert ran.code == 0
    assert "due today" in ran.out
    assert "…" in ran.out


def test_since_must_not_lie_ahead(told: Run) -> None:
    ran = told("digest", *DAY, "--since", "2021-10-16")
    assert (ran.code, "2021-10-15 or an earlier day" in ran.err) == (5, True)
