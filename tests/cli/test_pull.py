"""Following other trackers' records: verified, kept apart, read by --from and never written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.answering import answering
from tests.cli.conftest import Run
from tracker import seed, web
from tracker.settings import FeedSettings, Settings
from tracker.subscribe.site import Site

LINES = "milestones.jsonl"
READING = (
    ("list",),
    ("overdue",),
    ("upcoming", "--within", "9m"),
    ("timeline",),
    ("show", "3"),
    ("log", "3"),
    ("ready",),
    ("report", "scorecard"),
    ("report", "week"),
    ("digest",),
    ("forecast",),
    ("export", "csv"),
)
WRITING = (
    ("add", "Another promise"),
    ("note", "3", "seen"),
    ("done", "3"),
    ("edit", "3", "--owner", "Us"),
    ("postpone", "3", "2030-01-01"),
    ("correct", "3", "--due", "2030-01-01", "-m", "read wrongly"),
    ("remove", "3"),
    ("undo",),
)


@pytest.fixture
def city(seeded: Run, home: Path) -> Run:
    """A record published in the folder `out/jinan`, with a change to undo; ours is another."""
    seeded("note", "3", "of the city")
    seeded("export", "dataset", "out/jinan", "--title", "Promises of Jinan")
    seeded("--file", "ours.json", "init")
    seeded("--file", "ours.json", "add", "Our own promise", "--due", "2020-01-31")
    return seeded


@pytest.fixture
def published(home: Path) -> Iterator[str]:
    """The address that gives out the folder `out`."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    (home / "out").mkdir(exist_ok=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(home / "out")))
    with answering(server):
        yield f"http://127.0.0.1:{server.server_address[1]}"


def test_what_is_followed_is_read_beside_ones_own(city: Run, published: str, home: Path) -> None:
    ran = city("pull", f"{published}/jinan/datapackage.json", "--name", "jinan")
    assert ran.code == 0
    assert ran.out.startswith("jinan: 14 milestones, head ")
    for words in READING:
        ran = city("--file", "milestones.json", *words)
        followed = city(*words, "--from", "jinan")
        assert (ran.code, ran.out) == (followed.code, followed.out), words
        assert city("--from", "jinan", *words).out == followed.out
    assert "Our own promise" in city("--file", "ours.json", "list").out
    listed = city("pull", "--list", "--format", "json").json["followed"]
    assert [(one["name"], one["title"], one["count"]) for one in listed] == [
        ("jinan", "Promises of Jinan", 14)
    ]
    assert city("pull", "--forget", "jinan").code == 0
    assert city("list", "--from", "jinan").code == 56
    assert list((home.parent / "data" / "tracker" / "followed").glob("*.json")) == [
        home.parent / "data" / "tracker" / "followed" / "followed.json"
    ]


def test_nothing_that_is_followed_is_written(city: Run, home: Path) -> None:
    city("pull", "out/jinan")
    kept = home.parent / "data" / "tracker" / "followed" / "jinan.json"
    before, own = kept.read_bytes(), (home / "milestones.json").read_bytes()
    for words in WRITING:
        ran = city(*words, "--from", "jinan")
        assert ran.code == 59, words
        assert "another's record, and only read; nothing was changed" in ran.err
    ran = city("--from", "jinan", "evidence", "add", "3", "out/jinan/readme.md")
    assert ran.code == 59
    assert [path.name for path in kept.parent.iterdir() if path.is_dir()] == []
    assert city("--from", "jinan", "init", "--seed", "shandong-2025").code in (9, 59)
    assert (kept.read_bytes(), (home / "milestones.json").read_bytes()) == (before, own)
    assert city("list", "--from", "jinan", "--file", "ours.json").code == 2


def test_a_record_only_grows_or_it_is_told(city: Run) -> None:
    city("pull", "out/jinan")
    city("start", "4")
    city("export", "dataset", "out/jinan")
    assert "0 new, 1 changed" in city("pull").out
    city("edit", "4", "--tag", "private")
    city("export", "dataset", "out/jinan")
    ran = city("pull")
    assert ran.code == 58
    assert "jinan is not what it was: 1 milestone with something missing" in ran.err
    assert "in-progress" in city("show", "4", "--from", "jinan", "--format", "json").out
    told = city("pull", "--accept", "--format", "json").json["pulled"][0]
    assert (told["gone"], told["count"]) == (1, 13)


def test_what_is_not_as_its_head_says_is_refused(city: Run, home: Path) -> None:
    city("pull", "out/jinan")
    kept = city("list", "--from", "jinan").out
    lines = home / "out" / "jinan" / LINES
    whole = lines.read_bytes()
    package = home / "out" / "jinan" / "datapackage.json"
    described = json.loads(package.read_text())
    first = whole.splitlines()[0]
    altered = (
        whole.replace(b"of the city", b"of nobody"),
        whole.replace(b"data-trading", b"data-taking", 1),
        whole.removesuffix(whole.splitlines(keepends=True)[-1]),
        whole + first + b"\n",
        whole[:-20],
        b"[]\n",
        b"\xff\n",
    )
    for content in altered:
        lines.write_bytes(content)
        ran = city("pull")
        assert ran.code in (14, 57), ran
        assert ran.err.startswith("tracker: ")
    lines.write_bytes(whole)
    others: tuple[object, ...] = ({**described, "tracker:head": "0" * 64}, {}, [], "x" * 2_000_000)
    for other in others:
        package.write_text(json.dumps(other))
        assert city("pull").code == 57
    assert city("list", "--from", "jinan").out == kept


def test_all_are_pulled_again_and_one_that_fails_keeps_none(
    city: Run, published: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    city("pull", "out/jinan", "--name", "first")
    city("pull", f"{published}/jinan/", "--name", "second")
    city("--file", "ours.json", "export", "dataset", "out/site/dataset")
    city("pull", f"{published}/site", "--name", "third")
    (home / "out" / "site" / "dataset" / LINES).unlink()
    ran = city("pull")
    assert ran.code == 57
    assert [line.split(":")[0] for line in ran.out.splitlines()] == ["first", "second"]
    assert "it answers 404" in ran.err
    assert "Our own promise" in city("list", "--from", "third").out
    monkeypatch.setattr("tracker.following.record.LARGEST", 1_000)
    ran = city("pull", f"{published}/jinan")
    assert "it answers more than is taken" in ran.err


@pytest.mark.parametrize(
    "words",
    [
        ("pull", "http://example.org/dataset"),
        ("pull", "ftp://example.org/dataset"),
        ("pull", "https://u:p@example.org/"),
        ("pull", "https://example.org/?q=1"),
        ("pull", "out/jinan", "--name", "../../x"),
        ("pull", "out/jinan", "--name", ".hidden"),
        ("pull", "nowhere"),
        ("pull",),
        ("pull", "--name", "x"),
        ("pull", "--list", "--forget", "x"),
        ("pull", "--forget", "x"),
    ],
)
def test_what_cannot_be_followed_is_refused(city: Run, home: Path, words: tuple[str, ...]) -> None:
    ran = city(*words)
    assert ran.code in (1, 2, 6, 56, 57)
    assert not (home.parent / "data" / "tracker" / "followed" / "followed.json").exists()


def test_a_site_offers_its_record_to_be_followed(city: Run, published: str, home: Path) -> None:
    city("edit", "4", "--tag", "private")
    city("remove", "5")
    assert city("publish", "out/site", "--dataset").code == 0
    assert city("pull", f"{published}/site", "--name", "jinan").code == 0
    assert "12 milestones" in city("pull").out
    city("note", "3", "more of it")
    city("publish", "out/site", "--dataset")
    assert "0 new, 1 changed" in city("pull").out
    assert "more of it" in city("show", "3", "--from", "jinan").out
    assert '"withdrawn": []' not in city("publish", "out/site", "--format", "json").out
    assert not (home / "out" / "site" / "dataset" / LINES).exists()


def test_what_is_one_readers_has_no_dataset() -> None:
    settings = Settings(feeds=FeedSettings(dataset=True, licence="CC-BY-4.0"))
    day = datetime(2021, 12, 1, tzinfo=UTC)
    for is_private in (False, True):
        site = Site(settings, private=is_private)
        edition = site.edition(seed.load("shandong-2021", 1), day.date(), day)
        document = edition.document("dataset/datapackage.json")
        assert (document is None) == is_private
        if document is not None:
            assert json.loads(document.content.plain)["licenses"] == [{"name": "CC-BY-4.0"}]
        assert edition.document("dataset/../secret") is None


def test_a_name_is_one_records(city: Run, home: Path) -> None:
    city("pull", "out/jinan")
    city("--file", "ours.json", "export", "dataset", "elsewhere/jinan")
    ran = city("pull", "elsewhere/jinan")
    assert ran.code == 6
    assert "is the name of" in ran.err
    assert "14 milestones" in city("pull", "out/jinan").out


def test_an_address_is_on_the_web_or_of_this_computer() -> None:
    fine = ("https://example.org/a", "http://127.0.0.1:8765/", "http://localhost", "http://[::1]/x")
    odd = ("http://example.org", "https://", "https://a b/", "https://h:x/", "http://127.0.0.1@x/")
    assert [url for url in (*fine, *odd) if web.is_web(url)] == list(fine)
