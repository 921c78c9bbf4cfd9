"""What stands at which address, and since when."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from tests.milestones import plain, stamp
from tracker.ics.check.rule import Severity
from tracker.ics.check.runner import check
from tracker.locale import language
from tracker.model import Milestone, Wording, record_head
from tracker.settings import FeedSettings, FilterWords, Settings
from tracker.subscribe.site import Edition, Site

DAY = date(2021, 4, 1)
NOON = datetime(2021, 4, 1, 12, tzinfo=UTC)
ADDRESS = "https://example.org/promises"


def site(address: str = ADDRESS, *, private: bool = False, **filters: FilterWords) -> Site:
    settings = Settings(feeds=FeedSettings(name="Promises"), filters=filters)
    return Site(settings, address, private=private)


def edition(milestones: Sequence[Milestone], of: Site | None = None) -> Edition:
    return (of or site()).edition(milestones, DAY, NOON)


def plain_text(of: Edition, path: str) -> str:
    document = of.document(path)
    assert document is not None
    return document.content.plain.decode()


def test_every_address_answers_with_its_kind_and_nothing_else_does() -> None:
    soon = {"due-to": "+30d"}
    known = edition([plain(1, owner="Police", tags=("a",))], site(soon=soon))
    kinds = {}
    for path, document in known.documents():
        assert gzip.decompress(document.content.gzipped) == document.content.plain
        kinds[path] = document.media_type.split(";")[0]
    calendars = {path for path, kind in kinds.items() if kind == "text/calendar"}
    stems = ("owner/police", "tag/a", "filter/soon")
    promise = "promise/00000001-aaaa-5aaa-8aaa-aaaaaaaaaaaa"
    assert calendars == {
        *("feed.ics", "tasks.ics", f"{promise}.ics"),
        *(f"{s}.ics" for s in stems), *(f"tasks/{s}.ics" for s in stems)
    }  # fmt: skip
    days = ("digest", *(f"digest/{stem}" for stem in stems))
    followed = ("changes", promise, *days, *stems)
    for ending, kind in (("atom", "application/atom+xml"), ("json", "application/feed+json")):
        assert {f"{stem}.{ending}" for stem in followed} == {
            p for p, k in kinds.items() if k == kind
        }
    assert {p: k for p, k in kinds.items() if p in ("robots.txt", "all.csv", "all.json")} == {
        "robots.txt": "text/plain",
        "all.csv": "text/csv",
        "all.json": "application/json",
    }
    pages = {path for path, kind in kinds.items() if kind == "text/html"}
    groups = {"index", "promises", "owners", "tags", "quarters", "filters", "quarter/2021-q2"}
    english = {
        f"{stem}.html" for stem in (*groups, *stems, promise, promise.replace("promise", "embed"))
    }
    assert pages == english | {f"zh/{path}" for path in english}
    assert known.document("owner/nobody.ics") is None
    assert known.document("") is None


def test_feeds_pass_our_own_check() -> None:
    known = edition([plain(1, owner="Police"), plain(2, owner="Fire").remove(stamp())])
    for path, document in known.documents():
        if path.endswith(".ics"):
            faults = check(document.content.plain)
            assert [f for f in faults if f.severity is not Severity.NOTE] == []


def test_the_page_offers_what_stands_and_where_the_lists_are() -> None:
    gone = plain(3, owner="Roads").remove(stamp())
    late = {"due-to": "2021-12-31"}
    milestones = [plain(1, owner="Police", tags=("a",)), plain(2, owner="警察"), gone]
    page = plain_text(edition(milestones, site(late=late)), "index.html")
    assert 'href="webcal://example.org/promises/feed.ics"' in page
    assert 'href="webcal://example.org/promises/owner/police.ics"' in page
    assert 'href="webcal://example.org/promises/filter/late.ics"' in page
    assert "owner/roads.ics" not in page
    assert "tag/a.ics" not in page
    assert 'data-refresh="60"' in page


def test_a_site_that_does_not_know_its_address_offers_no_calendars() -> None:
    page = plain_text(edition([plain(1, owner="Police")], site("")), "index.html")
    assert "webcal" not in page


def test_a_private_site_tells_its_readers_where_it_is_and_its_feeds_tell_nobody() -> None:
    known = edition([plain(1, owner="Police")], site(private=True))
    assert "webcal://example.org/promises/feed.ics" in plain_text(known, "index.html")
    assert "example.org" not in plain_text(known, "feed.ics")


def test_the_page_says_of_what_record_it_is_and_a_private_one_nothing() -> None:
    rows = [plain(1), plain(2).remove(stamp())]
    said = f"Record of 10 March 2021, {record_head(rows).digest}"
    assert said in plain_text(edition(rows), "index.html")
    assert "Record of" not in plain_text(edition(rows, site(private=True)), "index.html")


def test_lists_hold_what_stands() -> None:
    known = edition([plain(1), plain(2).remove(stamp())])
    assert [m["id"] for m in json.loads(plain_text(known, "all.json"))["milestones"]] == [1]
    rows = list(csv.DictReader(plain_text(known, "all.csv").lstrip("\ufeff").splitlines()))
    assert [row["id"] for row in rows] == ["1"]


def test_what_did_not_change_keeps_its_date() -> None:
    milestones = [plain(1, owner="Police"), plain(2, owner="Fire")]
    of = site()
    before = of.edition(milestones, DAY, NOON)
    later = NOON + timedelta(hours=1)
    assert {document.modified for _, document in before.documents()} == {NOON}
    milestones[1] = milestones[1].edit(stamp(), {"title": "Another"})
    after = of.edition(milestones, DAY, later)
    modified = {path: document.modified for path, document in after.documents()}
    assert modified["owner/police.ics"] == modified["robots.txt"] == NOON
    assert modified["owner/fire.ics"] == modified["feed.ics"] == modified["index.html"] == later


def test_titles_are_in_the_language_asked_for() -> None:
    m = plain(
        1,
        title="Ring road",
        owner="Police",
        translations={"zh": Wording(title="环路", owner="警察局")},
    )
    chinese = Site(Settings(), ADDRESS, lang=language("zh")).edition([m], DAY, NOON)
    assert "SUMMARY:环路" in plain_text(chinese, "feed.ics")
    page = plain_text(chinese, "index.html")
    assert '<html lang="zh' in page
    offered = page.split('class="others"')[1].split("</ul>")[0]
    assert "警察局" in offered
    assert "owner/police.ics" in offered
