"""Feeds of what changed: one entry a change, by the rules of Atom and JSON Feed."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from lxml import etree
from msgspec.structs import replace

from tests.milestones import AT, plain, stamp
from tests.subscribe.test_site import DAY, NOON, edition, plain_text, site
from tracker.locale import language
from tracker.model import Milestone, Precision, Status
from tracker.subscribe.news import ARCHIVES, FULL
from tracker.subscribe.site import Edition, Site

GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))
UTC_STAMP = {"type": "string", "format": "date-time", "pattern": "Z$"}
ADDRESS = {"type": "string", "pattern": "^https?://"}
AUTHORS = {
    "type": "array",
    "minItems": 1,
    "items": {"required": ["name"], "properties": {"name": {"minLength": 1}}},
}
JSON_FEED = Draft202012Validator(
    {
        "required": ["version", "title", "items"],
        "additionalProperties": False,
        "properties": {
            "version": {"const": "https://jsonfeed.org/version/1.1"},
            "title": {"type": "string"},
            "home_page_url": ADDRESS,
            "feed_url": ADDRESS,
            "next_url": ADDRESS,
            "language": {"type": "string"},
            "authors": AUTHORS,
            "items": {
                "type": "array",
                "items": {
                    "required": ["id", "content_html"],
                    "additionalProperties": False,
                    "properties": {
                        "id": {"type": "string", "pattern": "^urn:uuid:"},
                        "url": ADDRESS,
                        "title": {"type": "string"},
                        "content_html": {"type": "string"},
                        "date_published": UTC_STAMP,
                        "date_modified": UTC_STAMP,
                        "authors": AUTHORS,
                        "tags": {"type": "array", "items": {"type": "string"}},
                    },
                },
            },
        },
    },
    format_checker=FormatChecker(),
)


def feed(known: Edition, stem: str) -> dict[str, Any]:
    """A feed as JSON, held against its rules, and so the same as Atom, which tells the same."""
    document = known.document(f"{stem}.atom")
    assert document is not None
    tree = etree.fromstring(document.content.plain)
    assert GRAMMAR.validate(tree), GRAMMAR.error_log
    read = feedparser.parse(document.content.plain)
    assert not read.bozo, read.get("bozo_exception")
    told: dict[str, Any] = json.loads(plain_text(known, f"{stem}.json"))
    assert [str(e) for e in JSON_FEED.iter_errors(told)] == []
    assert [e.id for e in read.entries] == [item["id"] for item in told["items"]]
    assert [e.updated for e in read.entries] == [item["date_modified"] for item in told["items"]]
    return told


def titles(told: dict[str, Any]) -> list[str]:
    return [item["title"] for item in told["items"]]


def moved() -> Milestone:
    m = plain(1, owner="Roads", tags=("bridge",))
    m = m.postpone(stamp(by="clerk"), date(2021, 9, 30), Precision.MONTH, None, why="Tender failed")
    return m.edit(stamp(), {"title": "Another name"})


def test_one_change_is_one_entry_told_as_it_was_then() -> None:
    known = edition([moved(), plain(2, owner="Police")])
    for stem in (
        "changes",
        "owner/roads",
        "tag/bridge",
        "promise/00000001-aaaa-5aaa-8aaa-aaaaaaaaaaaa",
    ):
        told = feed(known, stem)
        ours = [title for title in titles(told) if "Promise 2" not in title]
        assert ours == ["Another name: edited", "Promise 1: deadline moved", "Promise 1: added"]
    entry = told["items"][1]
    assert "because “Tender failed”" in entry["content_html"]
    assert entry["authors"] == [{"name": "clerk"}]
    assert entry["url"].endswith("/promise/00000001-aaaa-5aaa-8aaa-aaaaaaaaaaaa.html")


def test_ids_are_the_same_at_another_address_and_in_another_language() -> None:
    m = moved()
    here = feed(edition([m]), "changes")
    chinese = Site(site().settings, "https://b.example", lang=language("zh"))
    there = feed(chinese.edition([m], DAY, NOON), "changes")
    assert [item["id"] for item in there["items"]] == [item["id"] for item in here["items"]]
    assert titles(there) != titles(here)


def test_what_is_undone_says_so_and_is_updated_then_and_a_correction_is_one() -> None:
    m = moved()
    undoing = AT + timedelta(days=2)
    m = m.revert(m.history[-1], "undo", undoing, None)
    m = m.correct(replace(stamp(), at=AT + timedelta(days=3)), {"owner": "Bridges"}, why="Misread")
    told = feed(edition([m]), "changes")
    assert titles(told)[:3] == [
        "Promise 1: corrected",
        "Promise 1: taken back",
        "Another name: edited",
    ]
    edited = told["items"][2]
    assert "undone since" in edited["content_html"]
    assert datetime.fromisoformat(edited["date_modified"]) == undoing
    assert datetime.fromisoformat(edited["date_published"]) < undoing


def test_of_what_was_removed_only_that_is_told() -> None:
    told = feed(edition([moved().remove(stamp(), why="Not a promise")]), "changes")
    assert titles(told) == ["Another name: dropped"]
    left = moved().edit(stamp(), {"tags": ("private",), "title": "Hidden"})
    assert titles(feed(edition([left]), "changes")) == ["Another name: no longer shown here"]


def noted(times: int) -> Milestone:
    m = plain(1, owner="Roads")
    for n in range(times):
        m = m.note(replace(stamp(), at=AT + timedelta(minutes=n + 1)), f"Note {n}")
    return m


def test_all_is_told_once_in_the_feed_and_its_archives_and_full_ones_stay() -> None:
    m = noted(FULL * 3 + 10)
    known = edition([m])
    newest = feed(known, "owner/roads")
    assert FULL <= len(newest["items"]) < 2 * FULL
    found, at = list(newest["items"]), newest.get("next_url")
    while at:
        stem = at.removeprefix("https://example.org/promises/").removesuffix(".json")
        archive = feed(known, stem)
        found, at = found + archive["items"], archive.get("next_url")
    assert len(found) == len({item["id"] for item in found}) == len(m.history)
    later = edition([m.note(replace(stamp(), at=AT + timedelta(days=9)), "One more")])
    assert plain_text(later, "owner/roads.1.atom") == plain_text(known, "owner/roads.1.atom")
    assert "archive" in plain_text(known, "owner/roads.1.atom")
    assert known.document("owner/roads.9.atom") is None


def test_the_last_archives_are_kept() -> None:
    known = edition([noted(FULL * (ARCHIVES + 3))])
    paths = {path for bundle in known.news.bundles() for path in bundle.paths}
    assert (
        len([path for path in paths if path.startswith("changes.") and path[8].isdigit()])
        == 2 * ARCHIVES
    )


def test_a_day_is_told_when_it_is_over_and_what_came_later_updates_it() -> None:
    late = plain(1, due=date(2021, 3, 20), precision=Precision.DAY)
    done = plain(2).set_status(stamp(date(2021, 3, 30)), Status.COMPLETED)
    told = feed(edition([late, done]), "digest")
    days = [item["date_published"][:10] for item in told["items"]]
    assert days == sorted(days, reverse=True)
    assert days[0] == str(DAY), "the day before it is over as it begins"
    (of_30th,) = [item for item in told["items"] if item["date_published"][:10] == "2021-03-31"]
    assert "Promise 2" in of_30th["content_html"]
    assert "1 overdue" in of_30th["title"]


def test_pages_say_where_the_feeds_are_and_private_ones_name_no_address() -> None:
    known = edition([moved()])
    assert (
        'type="application/feed+json" title="Changes (JSON Feed)" href="changes.json"'
        in plain_text(known, "index.html")
    )
    private = Site(site().settings, "https://example.org/t/x", private=True).edition(
        [moved()], DAY, NOON
    )
    assert "url" not in feed(private, "changes")["items"][0]
    assert "example.org" not in plain_text(private, "changes.atom")


@pytest.mark.parametrize("title", ["<b>&amp;]]>", "\u061cא", "x" * 2000])
def test_titles_are_text(title: str) -> None:
    told = feed(edition([plain(1, title=title)]), "changes")
    assert told["items"][0]["content_html"].count("<b>") == 1
