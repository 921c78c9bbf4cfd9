"""The page of each promise, and the overviews that lead to all of them."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.hostile.texts import TEXTS
from tests.milestones import DUE, plain, stamp
from tests.subscribe.links import dead
from tests.subscribe.test_site import ADDRESS, DAY, NOON, edition, plain_text, site
from tracker.model import SHORT, Assessment, Milestone, Role, Source, Span, Status, Verdict
from tracker.subscribe import publication
from tracker.subscribe.folder import Folder
from tracker.subscribe.lists import LISTS
from tracker.subscribe.places import promise_name
from tracker.subscribe.server.answers import Answers
from tracker.subscribe.server.conditions import RequestConditions
from tracker.subscribe.site import Edition, Site

UID = "00000001-aaaa-5aaa-8aaa-aaaaaaaaaaaa"
PAGE = f"promise/{UID}.html"


def said(text: str = "We open the bridge by the end of June 2021.", **fields: Any) -> Milestone:
    source = Source("Report", "City hall", url="https://a.org/report", quote=text)
    given: dict[str, Any] = {
        "source": source,
        "owner": "Roads",
        "due_phrase": "by the end of June 2021",
        **fields,
    }
    return plain(1, **given)


def assessed(m: Milestone, verdict: Verdict) -> Milestone:
    found = Assessment("Audit Office", Role.AUDITOR, verdict)
    return m.assess(stamp(), found, why="One lane only", evidence="https://a.org/audit")


def data(page: str) -> list[dict[str, object]]:
    found = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    graph = json.loads(found)["@graph"]
    assert isinstance(graph, list)
    return graph


def test_a_page_tells_what_was_said_and_what_became_of_it() -> None:
    other = plain(2, title="Buy the land").set_status(stamp(DAY), Status.COMPLETED)
    m = assessed(said(depends_on=(other.uid,), speaker="Ann", tags=("bridge",)), Verdict.PARTLY)
    page = plain_text(edition([m, other]), PAGE)
    for told in (
        "<h1><bdi>Promise 1</bdi></h1>",
        "We open the bridge <mark>by the end of June 2021</mark>.",
        '<a href="../owner/roads.html"><bdi>Roads</bdi></a>',
        '<a href="../document/report.html"><bdi>Report</bdi></a>',
        '<a href="../tag/bridge.html">',
        '<a href="https://a.org/report">',
        "Audit Office",
        "“One lane only”",
        f'<a href="../promise/{other.uid}.html"><bdi>Buy the land</bdi></a>',
        "done on 1 April 2021",
        f'<link rel="canonical" href="{ADDRESS}/{PAGE}">',
        f'hreflang="zh-Hans" href="{ADDRESS}/zh/{PAGE}"',
        f'type="application/atom+xml" title="Changes (Atom)" href="../promise/{UID}.atom">',
        '<meta property="og:title" content="Promise 1">',
    ):
        assert told in page
    assert f'<a href="../promise/{UID}.html"><bdi>Promise 1</bdi></a>' in plain_text(
        edition([m, other]), f"promise/{other.uid}.html"
    ), "who needs it is named there too"
    assert "网站" in plain_text(edition([m]), f"zh/{PAGE}")


def test_a_history_leads_to_the_promises_that_it_names() -> None:
    once, now = plain(2, title="Buy the land"), plain(3, title="Survey")
    m = said().edit(stamp(), {"depends_on": (once.uid,)}).edit(stamp(), {"depends_on": (now.uid,)})
    gone = once.edit(stamp(), {"title": "Buy the <land>"})
    page = plain_text(edition([m, gone, now]), PAGE)
    assert f'<a href="../promise/{once.uid}.html" rel="noopener noreferrer nofollow">' in page
    assert "#2 Buy the &lt;land&gt;</a></bdi> → <bdi><a" in page
    assert "#3 Survey</a></bdi>" in page
    renamed = replace(once, title="Lease the land")
    assert keys(edition([m, gone, now]))[PAGE] != keys(edition([m, renamed, now]))[PAGE]
    hidden = plain_text(edition([m, now]), PAGE)
    assert "Buy the" not in hidden
    assert once.uid not in hidden, "of whom a reader may not know there is no more than a mark"
    assert f"<bdi>{once.uid[:SHORT]}</bdi> → " in hidden
    for path in ("changes.atom", "zh/index.html"):
        assert once.uid not in plain_text(edition([m, now]), path)


def test_search_engines_are_told_of_a_claim_and_of_a_verdict_where_there_is_one() -> None:
    (claim,) = data(plain_text(edition([said()]), PAGE))
    assert claim["@type"] == "Claim"
    assert claim["text"] == "We open the bridge by the end of June 2021."
    assert claim["@id"] == f"{ADDRESS}/{PAGE}#claim"
    _, review = data(plain_text(edition([assessed(said(), Verdict.PARTLY)]), PAGE))
    assert review["@type"] == "ClaimReview"
    assert review["itemReviewed"] == {"@id": claim["@id"]}
    assert review["author"] == {"@type": "Organization", "name": "Audit Office"}
    rating = {"@type": "Rating", "ratingValue": 3, "bestRating": 5, "worstRating": 1}
    assert review["reviewRating"] == rating | {"alternateName": "partly"}
    _, open_ended = data(plain_text(edition([assessed(said(), Verdict.CANNOT_TELL)]), PAGE))
    assert open_ended["reviewRating"] == {"@type": "Rating", "alternateName": "cannot tell"}


def test_every_link_leads_somewhere() -> None:
    owners = [plain(i, owner="Police", tags=("a",)) for i in range(2, 103)]
    rest = [plain(200).remove(stamp()), plain(201, due=None), plain(202, owner="警察", parent=UID)]
    known = edition([said(), *owners, *rest], site(late={"due-to": "2021-12-31"}))
    assert list(dead(known, ADDRESS, [m.uid for m in owners[2:-2]])) == []
    assert f'href="../promise/{owners[-1].uid}.html"' in plain_text(known, "owner/police.2.html")
    for none in (
        "owner/police.1.html",
        "owner/police.3.html",
        "owner/nobody.html",
        "fr/index.html",
    ):
        assert known.document(none) is None


def test_what_was_removed_says_so_and_no_more() -> None:
    gone = said().remove(stamp(), why="A secret reason")
    known = edition([gone])
    document = known.document(PAGE)
    assert document is not None
    assert document.is_gone
    page = document.content.plain.decode()
    assert "This promise was removed from the record on 10 March 2021." in page
    for kept_back in ("Promise 1", "bridge", "secret"):
        assert kept_back not in page
    assert known.document(f"card/{UID}.svg") is None
    answered = Answers(document, private=False, dated=True).to(RequestConditions(None, None, None))
    assert answered.status == 410


def test_what_is_private_has_no_page_and_what_became_so_only_that_it_left() -> None:
    assert edition([said(tags=("private",))]).document(PAGE) is None
    hidden = said().edit(stamp(), {"tags": ("private",), "title": "Hidden"})
    page = plain_text(edition([hidden, plain(2, depends_on=(UID,))]), PAGE)
    assert "no longer shown here" in page
    assert "Hidden" not in page
    late = site().edition([hidden], hidden.recorded_at.date() + timedelta(days=40), NOON)
    assert late.document(PAGE) is None


@pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))
def test_no_text_does_anything(text: str) -> None:
    m = replace(
        said(f"{text}</script><script>alert(1)</script>"),
        title=text or "x",
        owner=text,
        supporting=(text,),
        speaker=text,
        speaker_title=text,
        tags=(text,),
    )
    known = edition([m])
    page = plain_text(known, PAGE)
    assert page.count("<script") == page.count("</script>") == 1
    assert data(page)
    for bundle in known.bundles():
        for path in bundle.paths:
            if path not in LISTS and not path.endswith(".png"):
                shown = plain_text(known, path)
                assert not re.search(r"[\u202a-\u202e\u2066-\u2069]", shown), path


def test_addresses_are_pinned() -> None:
    """They never change: whatever alters one of these breaks links that others have made."""
    assert promise_name(UID) == UID
    assert promise_name("ABC") == "wxkaixb7izx2sh7c"
    assert promise_name("abc") == "abc"
    assert len({promise_name(uid) for uid in ("a/b", "a b", "a_b", "A-b", "con", "")}) == 6


def keys(known: Edition) -> dict[str, bytes]:
    return {bundle.paths[0]: bundle.key for bundle in known.bundles()}


def test_a_day_changes_no_page_but_of_what_stands_elsewhere_on_it() -> None:
    milestones = [plain(1), plain(2, due=date(2021, 12, 31))]
    before, after = (
        keys(site().edition(milestones, day, NOON)) for day in (DUE, DUE + timedelta(days=1))
    )
    changed = {path for path in before if before[path] != after[path]}
    assert PAGE in changed
    assert f"promise/{milestones[1].uid}.html" not in changed


def test_what_waits_for_something_overdue_says_no_day_that_moves() -> None:
    late = plain(2)
    for due, said in (
        (DUE - timedelta(days=1), "waits for #2, and is endangered"),
        (DUE + timedelta(days=9), "waits for #2"),
    ):
        m = plain(1, due=due, depends_on=(late.uid,))
        days = (DUE + timedelta(days=1), DUE + timedelta(days=2))
        then = [site().edition([m, late], day, NOON) for day in days]
        pages = [plain_text(known, PAGE) for known in then]
        assert keys(then[0])[PAGE] == keys(then[1])[PAGE]
        assert f"<bdi>{said}</bdi>" in pages[0]
        assert pages[0] == pages[1]
    forecast = replace(late, forecast_due=date(2021, 12, 31))
    page = plain_text(edition([plain(1, depends_on=(late.uid,)), forecast]), PAGE)
    assert "waits for #2 until 31 December 2021, and is endangered" in page


def test_one_change_writes_what_it_touches(tmp_path: Path) -> None:
    of = site()
    milestones = [plain(i, owner="Police" if i % 2 else "Fire") for i in range(1, 8)]

    def publish() -> set[str]:
        with Folder(tmp_path) as folder:
            known = of.edition(milestones, DAY, NOON)
            return set(publication.publish(folder, known.bundles(), known.recipe).written)

    assert PAGE in publish()
    assert publish() == set()
    milestones[0] = milestones[0].set_status(stamp(DAY), Status.COMPLETED)
    written = publish()
    assert {
        PAGE,
        f"zh/{PAGE}",
        "index.html",
        "owner/police.html",
        "changes.atom",
        "feed.ics",
    } <= written
    assert not any("00000002" in path or "fire" in path for path in written)


SPEECH = (
    "I thank you all.\nFirst: We open the bridge by the end of June 2021. Then we rest.\nBye.\nX"
)


def test_a_quote_stands_within_its_document() -> None:
    content, quote = SPEECH.encode(), "We open the bridge by the end of June 2021."
    at = SPEECH.index(quote)
    source = Source(
        "Speech",
        sha256=sha256(content).hexdigest(),
        clause=Span(at, at + len(quote)),
        quote=quote,
        file="speech.txt",
    )
    milestones = [replace(said(), source=source)]
    at_hand = Site(site().settings, ADDRESS, find=lambda _: content)
    known, unknown = edition(milestones, at_hand), edition(milestones)
    page = plain_text(known, PAGE)
    assert '<p class="muted" dir="auto">I thank you all.</p>' in page
    assert '<p dir="auto"><span class="muted">First: </span>We open the bridge' in page
    assert '<span class="muted"> Then we rest.</span></p></blockquote>' in page
    assert '<p class="muted" dir="auto">Bye.</p>' in page
    assert "not at hand" not in page
    assert "not at hand" in plain_text(unknown, PAGE)
    assert keys(known)[PAGE] != keys(unknown)[PAGE], "once it is found the page is made anew"


def test_a_token_sees_its_part_and_no_name_of_the_rest() -> None:
    mine, other = said(depends_on=("x",)), plain(2, title="Elsewhere", owner="Police")
    mine = replace(mine, depends_on=(other.uid,))
    known = Site(site().settings, "https://example.org/t/secret", private=True).edition(
        [mine], DAY, NOON
    )
    for _, document in known.documents():
        told = document.content.plain
        assert b"Elsewhere" not in told
        if not document.media_type.startswith("text/html"):
            assert b"secret" not in told
    assert "secret" not in plain_text(known, PAGE)
    assert list(dead(known, "https://example.org/t/secret")) == []


def test_others_may_frame_the_fragment_and_nothing_else() -> None:
    known = edition([said()])
    for path, is_framed in ((PAGE, False), (f"embed/{UID}.html", True)):
        document = known.document(path)
        assert document is not None
        fields = dict(
            Answers(document, private=False, dated=True)
            .to(RequestConditions(None, None, None))
            .fields
        )
        assert (b"content-security-policy" not in fields) is is_framed


def test_a_card_is_made_of_pixels_too() -> None:
    document = edition([said()]).document(f"card/{UID}.png")
    assert document is not None
    assert document.content.plain[:8] == b"\x89PNG\r\n\x1a\n"
    assert document.content.plain[16:24] == (800).to_bytes(4, "big") + (420).to_bytes(4, "big")
