"""The pages of a site in a real browser: nothing hinders, nothing runs, nothing overflows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.milestones import full, plain, stamp
from tests.render.page.conftest import Open, Seen
from tracker.model import Assessment, Milestone, Precision, Role, Source, Status, Verdict
from tracker.settings import FeedSettings, Settings
from tracker.subscribe.site import Edition, Site

DAY = date(2021, 12, 1)
STEMS = ("promise", "gone", "long", "list", "group", "embed", "front")


def promised() -> list[Milestone]:
    """A promise of which there is much to tell, one that is gone, and difficult ones."""
    quote = "“Before the end of June”, said the mayor, “the new bridge is open to everybody”."
    source = Source("Report on the work of the city", "City hall", "https://a.org/r", quote=quote)
    land = plain(2, title="Buy the land", owner="Treasury")
    bridge = plain(
        1,
        title="Open the new bridge to everybody",
        owner="Roads office",
        supporting=("Treasury", "警察局"),
        speaker="Ann Li",
        speaker_title="Mayor",
        source=source,
        due_phrase="Before the end of June",
        tags=("bridge", "交通"),
        depends_on=(land.uid,),
    )
    later, on = date(2021, 9, 30), date(2021, 6, 1)
    bridge = bridge.postpone(stamp(on, "clerk"), later, Precision.MONTH, None, why="Tender failed")
    found = Assessment("Audit Office", Role.AUDITOR, Verdict.PARTLY)
    bridge = bridge.assess(stamp(on), found, why="One lane", evidence="https://a.org/audit/1")
    bridge = bridge.note(stamp(on), "Piers stand", evidence="https://a.org/photo")
    rest = [plain(n, title=f"第{n}件民生实事", owner="警察局") for n in range(10, 125)]
    done = plain(5, title="Done").set_status(stamp(date(2021, 8, 1)), Status.COMPLETED)
    difficult = plain(7, title="x" * 700 + " \u05d0\u05d1 <b>&", owner="y" * 300, tags=("z" * 90,))
    return [bridge, land, plain(3).remove(stamp()), done, difficult, full(), *rest]


@pytest.fixture(scope="module")
def edition() -> Edition:
    site = Site(Settings(feeds=FeedSettings(name="Promises")), "https://example.org")
    at = datetime(2021, 12, 1, tzinfo=UTC)
    return site.edition(promised(), DAY, at + timedelta(hours=1))


@pytest.fixture
def written(edition: Edition, tmp_path: Path) -> dict[str, str]:
    """The address of each kind of page, as files that lead to each other."""

    def uid(n: int) -> str:
        return f"0000000{n}-aaaa-5aaa-8aaa-aaaaaaaaaaaa"

    paths = {
        "promise": f"promise/{uid(1)}.html",
        "gone": f"promise/{uid(3)}.html",
        "long": f"promise/{uid(7)}.html",
        "list": "promises.2.html",
        "group": "owners.html",
        "embed": f"embed/{uid(1)}.html",
        "front": "index.html",
    }
    for path in [*paths.values(), *(f"zh/{path}" for path in paths.values())]:
        document = edition.document(path)
        assert document is not None
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(document.content.plain)
    addresses = {name: (tmp_path / path).as_uri() for name, path in paths.items()}
    return addresses | {f"zh {n}": (tmp_path / "zh" / path).as_uri() for n, path in paths.items()}


@pytest.mark.parametrize(
    ("lang", "width", "scheme"),
    [("", 1280, "light"), ("zh ", 768, "dark"), ("", 360, "dark")],
)
def test_axe_finds_nothing_and_nothing_overflows(
    written: dict[str, str], open_page: Open, axe: str, lang: str, width: int, scheme: str
) -> None:
    tab = open_page(written[f"{lang}promise"], width=width, color_scheme=scheme)
    for name in STEMS:
        tab.goto(written[lang + name])
        tab.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, name
        if name == "front":
            continue  # tried where it is made
        tab.context.new_cdp_session(tab).send("Runtime.evaluate", {"expression": axe})
        found = tab.evaluate("axe.run()")
        assert len(found["passes"]) > 10
        broken = [(v["id"], v["impact"], v["nodes"][0]["html"]) for v in found["violations"]]
        assert broken == [], name


def test_without_scripts_all_is_there_and_links_lead_on(
    written: dict[str, str], open_page: Open, seen: Seen
) -> None:
    tab = open_page(written["promise"], java_script_enabled=False)
    assert tab.locator("mark").inner_text() == "Before the end of June"
    assert tab.locator(".history li").count() == 4
    tab.get_by_role("link", name="中文").click()
    assert tab.url == written["zh promise"]
    assert tab.get_by_role("heading", name="原话").is_visible()
    assert all(url.startswith("file:") for url in seen.requests)


def test_paper_has_what_was_said_and_no_menu(written: dict[str, str], open_page: Open) -> None:
    tab = open_page(written["promise"])
    tab.emulate_media(media="print")
    assert tab.locator("blockquote").is_visible()
    assert not tab.get_by_role("navigation").is_visible()
    assert not tab.locator(".follow").is_visible()
