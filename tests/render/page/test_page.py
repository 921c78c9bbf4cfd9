"""The page's markup: what is on it, that nothing in it can act, and bad input."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from tests.milestones import full, plain, stamp
from tests.render.test_timeline import story
from tracker.locale import language
from tracker.model import Milestone, Precision, Status, Wording
from tracker.render.links import link
from tracker.render.page import Download, Sheet, Subscription, page

DAY = date(2021, 12, 1)
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus='alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "</style><style>*{display:none}</style>",
    "]]>--><!--",
    "javascript:alert(1)",
)


class Parsed(HTMLParser):
    """Every element with its attributes, and the visible text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for found, attributes in self.elements if found == tag]


def hostile(text: str) -> Milestone:
    """A milestone that says this wherever a milestone can say something."""
    m = plain(
        1, title=text, owner=text, translations={text: Wording(text, text, text, text)},
        speaker=text, speaker_title=text, supporting=(text,), tags=(text,), due_phrase=text,
        next_step=text,
    )  # fmt: skip
    m = m.note(stamp(by=text), text, evidence=text)
    return m.postpone(stamp(by=text), date(2022, 1, 31), Precision.MONTH, text, why=text)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_markup(text: str) -> None:
    calm = Parsed(page(Sheet([hostile("calm")], DAY, title="calm")))
    told = Parsed(page(Sheet([hostile(text)], DAY, title=text)))
    assert [tag for tag, _ in told.elements] == [tag for tag, _ in calm.elements]
    assert [list(a) for _, a in told.elements] == [list(a) for _, a in calm.elements]
    assert text in told.text
    hrefs = {attributes.get("href") or "" for _, attributes in told.elements}
    assert not {href for href in hrefs if href.startswith("javascript")}


def test_nothing_is_fetched_and_the_policy_names_the_only_style_and_script() -> None:
    markup = page(Sheet(story(), DAY, feeds=(Subscription("All", "https://example.org/a.ics"),)))
    parsed = Parsed(markup)
    policy = next(m["content"] for m in parsed.all("meta") if "http-equiv" in m) or ""
    for tag in ("style", "script"):
        inside = markup.split(f"<{tag}>")[1].split(f"</{tag}>")[0]
        digest = b64encode(sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
        assert len(parsed.all(tag)) == 1
    assert policy.startswith("default-src 'none'; ")
    assert "connect-src" not in policy
    served = Parsed(page(Sheet(story(), DAY, refresh=60))).all("meta")
    assert any("; connect-src 'self';" in (m["content"] or "") for m in served if "content" in m)
    assert not {"src", "style", "action", "srcset"} & {n for _, a in parsed.elements for n in a}
    assert [
        a["href"] for a in parsed.all("link") if not (a["href"] or "").startswith("data:")
    ] == []


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("https://example.org/a?b=1&c=<2>", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("//example.org/", False),
        ("documents/proof.pdf", False),
        ("http://", False),
        ("http://[", False),
        ("https://example.org/a b", False),
    ],
)
def test_only_web_addresses_are_links(address: str, leads: bool) -> None:
    assert (link(address).href is not None) is leads


def test_the_same_sheet_makes_the_same_page_and_a_change_another_revision() -> None:
    milestones = story()
    one = page(Sheet(milestones, DAY))
    assert page(Sheet(milestones, DAY)) == one
    milestones[10] = milestones[10].note(stamp(DAY), "seen")
    other = page(Sheet(milestones, DAY))
    revisions = {Parsed(p).all("html")[0]["data-revision"] for p in (one, other)}
    assert len(revisions) == 2


def test_figures_are_worked_out_for_the_day() -> None:
    told = Parsed(page(Sheet(story(), DAY))).text
    assert "overdue 31 days" in told
    assert "1 of the 6 first promised for a day before 1 December 2021 were done by it" in told


def test_details_tell_the_history_with_reasons_and_evidence() -> None:
    m = plain(1, due_phrase="6月底前").postpone(
        stamp(date(2021, 6, 1), by="Wang"), date(2021, 9, 30), Precision.QUARTER, "Q3",
        why="tender repeated", evidence="https://example.org/tender",
    )  # fmt: skip
    m = m.set_status(stamp(date(2021, 9, 1)), Status.COMPLETED, evidence="documents/proof.pdf")
    parsed = Parsed(page(Sheet([m], DAY)))
    said = " ".join(parsed.text.split())
    assert "due end of June 2021 → end of Q3 2021" in said
    assert "“tender repeated”" in said
    assert "by Wang" in said
    assert "documents/proof.pdf" in said
    hrefs = [a.get("href") for a in parsed.all("a")]
    assert hrefs.count("https://example.org/tender") == 2
    assert f"#{m.uid}" in hrefs


def test_every_field_is_shown_in_both_languages() -> None:
    m = full()
    for lang in ("en", "zh-CN"):
        told = page(Sheet([m], date(2021, 11, 1), language(lang)))
        for text in ("9月底前", "廉凯", "Police", "@write report", "91.5", "乙", "Titel"):
            assert text in told


def test_a_page_says_what_it_leaves_out_and_where_it_is() -> None:
    many = [plain(n, due=date(2020, 1, 1 + n % 28)) for n in range(1, 31)]
    told = Parsed(page(Sheet(many, DAY, most=20)))
    assert "the 20 most pressing of 30 milestones" in told.text
    assert "It leaves out 10" in told.text
    assert "tracker export csv" in told.text
    linked = page(Sheet(many, DAY, most=20, downloads=(Download("CSV", "all.csv"),)))
    assert '<a href="all.csv">CSV</a>' in linked
    rows = [r for r in told.all("tr") if "id" in r]
    assert len(rows) == 20
    assert max(r["data-due"] or "" for r in rows) < "2020-01-22", "the longest overdue stay"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_none_and_one(lang: str) -> None:
    spoken = language(lang)
    assert spoken.text("No milestones to show.") in page(Sheet([], DAY, spoken))
    assert spoken.count(1) in page(Sheet([plain()], DAY, spoken))


def test_bodies_that_differ_by_case_width_or_blanks_are_one_in_the_filter() -> None:
    owned = [plain(n, owner=o) for n, o in enumerate(["Roads", "ROADS ", "Ｒｏａｄｓ"], 1)]
    rows = Parsed(page(Sheet(owned, DAY))).all("tr")
    assert {r["data-owner"] for r in rows if "id" in r} == {"roads"}


def test_texts_say_their_language() -> None:
    chinese = Parsed(page(Sheet([plain(title="发布报告")], DAY, language("en")))).all("bdi")
    assert {"lang": "zh"} in chinese
    latin = Parsed(page(Sheet([plain(title="Publish")], DAY, language("zh")))).all("bdi")
    assert {"lang": ""} in latin
