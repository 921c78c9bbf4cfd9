"""The page in a real browser: sorting, filtering, the keyboard, phones, paper, news."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from tests.answering import answering
from tests.milestones import plain, stamp
from tests.render.page.conftest import Open, Seen
from tests.render.page.test_page import HOSTILE, hostile
from tests.render.test_timeline import story
from tracker.locale import language
from tracker.model import Milestone, Precision
from tracker.render.page import Sheet, Subscription, page

if TYPE_CHECKING:
    from playwright.sync_api import Page, expect
else:
    expect = pytest.importorskip("playwright.sync_api", reason="`make test` installs it").expect

DAY = date(2021, 12, 1)
FEED = (Subscription("All", "https://example.org/feed.ics"),)


def sheet(lang: str = "en", **more: Any) -> str:
    return page(Sheet(story(), DAY, language(lang), feeds=FEED, **more))


def difficult() -> list[Milestone]:
    """Titles and dates that break layouts."""
    return [
        plain(1, title="长" * 500, owner="办" * 120),
        plain(2, title="W" * 500),
        plain(3, title="השקת הדוח 2027 (שלב א)", owner="نشر التقرير"),
        plain(4, title="🏗️👩‍💻🇨🇳 emoji", due=date(9999, 12, 31), precision=Precision.DAY),
        plain(5, title="moved", due=date(1990, 1, 1), made_on=date(1989, 1, 1)),
        *(hostile(text) for text in HOSTILE),
    ]


def ids(tab: Page) -> list[str]:
    return [str(id) for id in tab.locator("tbody tr:visible td.id").all_inner_texts()]


def test_the_table_sorts_and_filters(open_page: Open, seen: Seen) -> None:
    tab = open_page(sheet())
    assert ids(tab)[:3] == ["3", "5", "9"]
    head = tab.locator("th.due")
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert ids(tab)[0] == "1"
    assert ids(tab)[-1] == "8", "what has no date comes last"
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert (ids(tab)[0], ids(tab)[-1]) == ("4", "8")
    assert tab.locator("th[aria-sort=none]").count() == 4
    tab.locator("th.id").get_by_role("button").click()
    assert ids(tab) == [str(n) for n in range(1, 15)]

    status = tab.get_by_role("status")
    tab.get_by_label("Search").fill("5g BASE")
    assert ids(tab) == ["14"]
    expect(status).to_have_text("1 of 14 shown")
    tab.get_by_label("Search").fill("nowhere")
    expect(status).to_contain_text("None match.")
    tab.get_by_role("button", name="Clear").click()
    assert len(ids(tab)) == 14
    tab.get_by_role("combobox", name="Standing").select_option(label="overdue (2)")
    assert ids(tab) == ["3", "5"]
    owner = tab.get_by_role("combobox", name="Responsible")
    owner.select_option(label="Shandong Provincial Big Data Bureau (11)")
    assert ids(tab) == ["3", "5"]
    owner.select_option(label="Shandong Communications Administration (2)")
    assert ids(tab) == []
    assert seen.requests == [tab.url], "the page asks for nothing but itself"


def test_the_keyboard_alone_does_it_all(open_page: Open) -> None:
    tab = open_page(sheet())
    tab.keyboard.press("Tab")
    expect(tab.locator(".skip")).to_be_focused()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    expect(tab.get_by_label("Search")).to_be_focused()
    tab.keyboard.type("express")
    tab.keyboard.press("Enter")
    assert ids(tab) == ["1"]
    for _ in range(5):
        tab.keyboard.press("Tab")
    expect(tab.locator("th.id button")).to_be_focused()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Space")
    assert tab.locator("th.id").get_attribute("aria-sort") == "descending"
    for _ in range(5):
        tab.keyboard.press("Tab")
    expect(tab.locator("tbody tr:visible summary")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator("tbody tr:visible .history")).to_be_visible()


def test_a_link_to_what_is_not_there_says_so(open_page: Open) -> None:
    tab = open_page(sheet())
    tab.evaluate("() => { location.hash = 'no-such-uid' }")
    expect(tab.get_by_role("status")).to_contain_text("is not on this page")
    expect(tab.get_by_role("status")).to_be_in_viewport()


def test_a_title_of_any_length_leaves_room_for_others_until_it_is_unfolded(
    open_page: Open,
) -> None:
    tab = open_page(page(Sheet([plain(1, title="长" * 500, owner="办" * 500)], DAY)), width=360)
    tall = "row => row.getBoundingClientRect().height"
    row = tab.locator("tbody tr")
    assert row.evaluate(tall) < 600
    name = row.locator(".name")
    assert name.evaluate("e => e.scrollHeight > e.clientHeight")
    row.locator("summary").click()
    assert name.evaluate("e => e.scrollHeight <= e.clientHeight + 1")


def test_every_calendar_that_is_offered_is_seen_without_scrolling_in_a_box(open_page: Open) -> None:
    tab = open_page(all_at_once("en"))
    others = tab.locator(".others")
    assert others.locator("li").count() > 8
    for width in (360, 800, 1400):
        tab.set_viewport_size({"width": width, "height": 900})
        assert others.evaluate("e => e.scrollHeight <= e.clientHeight + 1")


def test_a_calendars_link_lands_on_its_milestone(open_page: Open) -> None:
    tab = open_page(sheet())
    uid = tab.locator("tbody tr").nth(9).get_attribute("id")
    tab.get_by_label("Search").fill("nowhere")
    tab.evaluate("uid => { location.hash = uid }", uid)
    row = tab.locator(f"tr[id='{uid}']")
    expect(row.locator("details")).to_have_attribute("open", "")
    expect(row).to_be_in_viewport()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_width_scrolls_sideways_and_no_texts_of_the_picture_overlap(
    open_page: Open, lang: str
) -> None:
    for milestones in (story(), difficult()):
        tab = open_page(page(Sheet(milestones, DAY, language(lang), feeds=FEED)))
        tab.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        for width in (360, 800, 1400):
            tab.set_viewport_size({"width": width, "height": 900})
            assert tab.evaluate("document.documentElement.scrollWidth") == width
            assert tab.evaluate(_COLLISIONS) == []


_COLLISIONS = """() => {
  const texts = [...document.querySelectorAll("svg.timeline text")]
    .filter((text) => text.getClientRects().length);
  const boxes = texts.map((t) => t.getBoundingClientRect());
  const found = [];
  boxes.forEach((a, i) => {
    const frame = texts[i].closest("svg").getBoundingClientRect();
    const isOut = a.right > frame.right + 1 || a.left < frame.left - 1;
    if (isOut) found.push(["outside", texts[i].textContent]);
    boxes.slice(i + 1).forEach((b, j) => {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 1 && high > 4) found.push([texts[i].textContent, texts[i + 1 + j].textContent]);
    });
  });
  return found;
}"""


def all_at_once(lang: str) -> str:
    """A page of many states, difficult texts, other calendars, and what it leaves out."""
    feeds = (*FEED, *(Subscription(m.title, f"https://a.org/{m.id}.ics") for m in difficult()))
    # One id each, as in a store.
    known = {m.uid: m for m in (*difficult(), *story())}
    return page(Sheet(list(known.values()), DAY, language(lang), feeds=feeds, most=len(known) - 1))


@pytest.mark.parametrize(
    ("lang", "width", "scheme"),
    [("en", 1280, "light"), ("zh", 360, "dark")],
)
def test_axe_finds_nothing(open_page: Open, axe: str, scheme: str, lang: str, width: int) -> None:
    tab = open_page(all_at_once(lang), width=width, color_scheme=scheme)
    tab.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    # Past the page's policy, as a browser's own tools are.
    tab.context.new_cdp_session(tab).send("Runtime.evaluate", {"expression": axe})
    found = tab.evaluate("axe.run()")
    assert len(found["passes"]) > 20
    assert [(v["id"], v["impact"], v["nodes"][0]["html"]) for v in found["violations"]] == []


def test_without_scripts_all_is_there_but_the_controls(open_page: Open) -> None:
    tab = open_page(sheet(), java_script_enabled=False)
    assert tab.locator("tbody tr").count() == 14
    expect(tab.locator(".controls")).to_be_hidden()
    expect(tab.locator("[data-copy]")).to_be_hidden()
    assert tab.locator("th button").count() == 0
    tab.locator("tbody summary").first.click()
    expect(tab.locator("tbody .history").first).to_be_visible()


def test_nothing_hostile_runs(open_page: Open, seen: Seen) -> None:
    tab = open_page(page(Sheet(difficult(), DAY, title=HOSTILE[0])))
    assert tab.locator("tbody tr").count() == len(difficult())
    assert tab.locator("img, iframe, object, embed, form").count() == 0
    assert seen.requests == [tab.url]


def test_it_prints(open_page: Open) -> None:
    tab = open_page(sheet(), width=360)
    tab.emulate_media(media="print")
    for hidden in (".controls", ".status", "[data-copy]", ".skip"):
        expect(tab.locator(hidden).first).to_be_hidden()
    expect(tab.locator(".picture.wide").first).to_be_visible()
    assert tab.pdf(format="A4").startswith(b"%PDF")


def test_a_thousand_of_ten_thousand_stay_usable(open_page: Open) -> None:
    many = [plain(n, due=date(2000 + n % 60, 1 + n % 12, 1 + n % 28)) for n in range(1, 10_001)]
    tab = open_page(page(Sheet(many, DAY)))
    assert tab.locator("tbody tr").count() == 1000
    expect(tab.locator(".left-out")).to_contain_text("1,000 most pressing of 10,000")
    tab.get_by_label("Search").fill("promise 7")
    expect(tab.get_by_role("status")).to_contain_text("of 1000 shown")


# -- served ---------------------------------------------------------------------------------------


class ServedSite:
    """A web server on loopback that gives one page, as it is now, and counts what it was asked."""

    def __init__(self) -> None:
        self.body = b""
        self.answers: list[int] = []
        served = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                etag = f'"{sha256(served.body).hexdigest()}"'
                known = self.headers.get("If-None-Match") == etag
                served.answers.append(304 if known else 200)
                self.send_response(304 if known else 200)
                self.send_header("ETag", etag)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                if not known:
                    self.wfile.write(served.body)

            def log_message(self, *_: object) -> None:
                """Stay quiet in the tests."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/"


# Before `open_page`, so that the browser has gone when the server goes.
@pytest.fixture
def served() -> Iterator[ServedSite]:
    server = ServedSite()
    with answering(server.server):
        yield server


def test_a_served_page_shows_what_changed_and_keeps_its_place(
    served: ServedSite, open_page: Open, seen: Seen
) -> None:
    milestones = story()
    served.body = page(Sheet(milestones, DAY, refresh=1)).encode()
    tab = open_page(served.address)
    tab.locator("th.id button").click()
    tab.get_by_label("Search").fill("5G")
    summary = tab.locator("tbody tr:visible summary").last
    summary.focus()
    summary.press("Enter")
    expect(tab.locator("tbody details[open]")).to_have_count(1)

    for _ in range(2):
        with tab.expect_response(served.address):
            pass
    assert 304 in served.answers, "it asks whether there is news, not for everything again"

    milestones[13] = milestones[13].edit(stamp(DAY), {"title": "5G in every village"})
    served.body = page(Sheet(milestones, DAY, refresh=1)).encode()
    expect(tab.locator("tbody tr:visible .name").last).to_have_text("5G in every village")
    expect(tab.get_by_role("status")).to_have_text("The page was updated. 2 of 14 shown")
    expect(tab.get_by_label("Search")).to_have_value("5G")
    assert ids(tab) == ["13", "14"]
    assert tab.locator("th.id").get_attribute("aria-sort") == "ascending"
    expect(tab.locator("tbody details[open]")).to_have_count(1)
    expect(tab.locator("tbody tr:visible summary").last).to_be_focused()
    assert set(seen.requests) == {served.address}


def test_rows_come_and_go_and_what_did_not_change_is_not_disturbed(
    served: ServedSite, open_page: Open
) -> None:
    milestones = story()
    served.body = page(Sheet(milestones, DAY, feeds=FEED, refresh=1)).encode()
    tab = open_page(served.address)
    first, kept, gone = (tab.locator(f"tr[id='{milestones[n].uid}']") for n in (0, 6, 8))
    kept.locator("summary").click()
    kept.evaluate("row => { row.isTheSame = true }")
    tab.get_by_text("Google Calendar", exact=True).click()
    kept.locator(".history").evaluate("part => getSelection().selectAllChildren(part)")
    top = "row => row.getBoundingClientRect().top"
    before = kept.evaluate(top)

    more = (*FEED, Subscription("Police", "https://example.org/owner/police.ics"))
    milestones = [m for m in milestones if m.id != 9] + [plain(15, due=date(2021, 1, 1))]
    milestones[0] = milestones[0].note(stamp(DAY), "seen")
    served.body = page(Sheet(milestones, DAY, feeds=more, refresh=1, title="<b>")).encode()
    expect(tab.get_by_role("status")).to_have_text("The page was updated. 14 of 14 shown")
    assert ids(tab)[0] == "15", "it presses most"
    expect(gone).to_have_count(0)
    expect(first.locator(".history")).to_contain_text("seen")
    assert kept.evaluate("row => row.isTheSame")
    expect(kept.locator("details")).to_have_attribute("open", "")
    assert tab.evaluate("getSelection().toString().length") > 0
    assert abs(kept.evaluate(top) - before) < 1, "what is read stays where it is"
    expect(tab.locator("h1")).to_have_text("<b>")
    expect(tab.get_by_role("link", name="Subscribe: Police")).to_be_visible()
    steps = tab.locator(".programs details", has_text="Google Calendar").first
    expect(steps).to_have_attribute("open", "")


def test_a_page_that_nobody_looks_at_asks_once_it_is_looked_at_again(
    served: ServedSite, open_page: Open
) -> None:
    served.body = sheet(refresh=1).encode()
    tab = open_page(served.address)
    show = """state => {
        const now = { configurable: true, get: () => state };
        Object.defineProperty(document, "visibilityState", now);
        document.dispatchEvent(new Event("visibilitychange"));
    }"""
    tab.evaluate(show, "hidden")
    tab.wait_for_timeout(1200)
    assert served.answers == [200]
    with tab.expect_response(served.address, timeout=900):
        tab.evaluate(show, "visible")


def test_the_first_milestones_come_by_themselves(served: ServedSite, open_page: Open) -> None:
    served.body = page(Sheet([], DAY, refresh=1)).encode()
    tab = open_page(served.address)
    expect(tab.locator("table")).to_have_count(0)
    served.body = page(Sheet([plain()], DAY, refresh=1)).encode()
    expect(tab.locator("tbody tr")).to_have_count(1)


def test_a_page_that_is_not_told_to_asks_for_no_news(served: ServedSite, open_page: Open) -> None:
    served.body = sheet().encode()
    open_page(served.address).wait_for_timeout(1200)
    assert served.answers == [200]
