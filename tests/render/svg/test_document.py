"""The SVG document: well-formed, self-contained, the same bytes again, each state in its shape."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import product
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.milestones import MADE, plain, stamp
from tests.render.test_timeline import story
from tracker.locale import language
from tracker.model import Assessment, Milestone, Precision, Role, Status, Verdict, Wording
from tracker.render.svg import Picture, document
from tracker.render.svg.chart import NARROW, WIDE, Chart, ChartLayout
from tracker.render.svg.ems import ems
from tracker.render.svg.shapes import SHAPES
from tracker.report.dependencies import known_among, waits

SVG = "{http://www.w3.org/2000/svg}"
DAY = date(2026, 11, 24)


def drawn(*milestones: Milestone, as_of: date = DAY, lang: str | None = None) -> Element:
    return fromstring(document(Picture(milestones, as_of, language(lang))))


def words(root: Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def marks(root: Element) -> list[str]:
    """The names of the shapes in the first row, in the order drawn."""
    row = next(g for g in root.iter(f"{SVG}g") if g.get("class") == "row")
    named = {d: name for name, d in SHAPES.items()}
    return [named[path.get("d", "")] for path in row.iter(f"{SVG}path")]


def classes(root: Element, tag: str) -> list[str]:
    row = next(g for g in root.iter(f"{SVG}g") if g.get("class") == "row")
    return [element.get("class", "") for element in row.iter(f"{SVG}{tag}")]


def test_it_is_one_image_with_a_name_and_a_description() -> None:
    root = drawn(*story(), as_of=date(2021, 12, 1))
    assert root.get("role") == "img"
    named = {e.get("id"): e.text for e in root if e.get("id")}
    assert [named[id] for id in (root.get("aria-labelledby") or "").split()] == [
        "Milestones, as of 1 December 2021",
        "14 milestones, 2 overdue, 6 due soon, 1 no date, 1 done, 2 done late, "
        "1 cancelled, 1 superseded",
    ]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_note_with_a_verdict_goes_on_in_a_second_line(lang: str) -> None:
    found = Assessment("Audit office", Role.AUDITOR, Verdict.NOT_KEPT)
    root = drawn(plain(due=date(2021, 6, 30)).assess(stamp(date(2021, 9, 1)), found), lang=lang)
    note = [e for e in root.iter(f"{SVG}text") if "note" in (e.get("class") or "")]
    assert len(note) == 2
    assert not any((e.text or "").endswith("…") for e in note)
    assert all(ems(e.text or "") * 13 <= WIDE.notes for e in note)


def test_nothing_runs_and_nothing_lies_outside_it() -> None:
    hostile = plain(
        1,
        title="<script>alert(1)</script> ]]> &amp; \" ' url(https://example.org/x)",
        owner="<image href='https://example.org/'/>",
        translations={"zh": Wording(title="<a xlink:href='javascript:alert(1)'>甲</a>")},
    )
    for lang in (None, "zh"):
        root = drawn(hostile, plain(2, owner="b"), lang=lang)
        tags = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert tags <= {"svg", "title", "desc", "style", "g", "rect", "line", "path", "text"}
        attributes = {name for element in root.iter() for name in element.attrib}
        assert not {name for name in attributes if name.startswith("on") or "href" in name}
        style = next(root.iter(f"{SVG}style")).text or ""
        assert "url(" not in style
        assert "@import" not in style
        assert "prefers-color-scheme: dark" in style


def test_the_same_milestones_make_the_same_bytes() -> None:
    picture = Picture(story(), date(2021, 12, 1), language("zh"), by_owner=True)
    assert document(picture) == document(picture)


@pytest.mark.parametrize(
    ("milestone", "shapes", "bars"),
    [
        (plain(due=date(2026, 12, 1), precision=Precision.DAY), ["due_soon"], []),
        (plain(due=date(2027, 12, 31), precision=Precision.YEAR), ["open"], ["span"]),
        (plain(due=date(2026, 6, 30), precision=Precision.MONTH), ["overdue"], ["span"]),
        (
            plain(due=date(2026, 6, 30)).set_status(stamp(date(2026, 6, 1)), Status.COMPLETED),
            ["was_due", "done"],
            ["span settled"],
        ),
        (
            plain(due=date(2026, 6, 30)).set_status(stamp(date(2026, 8, 1)), Status.COMPLETED),
            ["was_due", "done_late"],
            ["span settled"],
        ),
        (
            plain(due=date(2026, 6, 30)).postpone(
                stamp(), date(2027, 3, 31), Precision.QUARTER, "Q1"
            ),
            ["first_due", "open"],
            ["span", "span first-span"],
        ),
        (plain().set_status(stamp(), Status.CANCELLED), ["cancelled"], ["span settled"]),
        (plain().set_status(stamp(), Status.SUPERSEDED), ["superseded"], ["span settled"]),
        (plain(due=None, precision=Precision.NONE), [], []),
        (plain(due=date(9999, 12, 31), precision=Precision.DAY), ["later"], []),
        (
            plain(due=date(1890, 1, 1), made_on=date(1889, 1, 1), precision=Precision.DAY),
            ["earlier"],
            [],
        ),
    ],
)
def test_each_state_has_its_shape(milestone: Milestone, shapes: list[str], bars: list[str]) -> None:
    root = drawn(milestone)
    assert marks(root) == shapes
    assert [bar for bar in classes(root, "rect") if bar not in ("lane", "paper")] == bars


def test_a_span_is_as_wide_as_it_is_long_and_ends_on_the_due_date() -> None:
    """6月底前 is any day of June: drawn from the first to the last, not as one day."""
    chart = Chart(Picture([plain(), plain(2, due=date(2022, 6, 30))], MADE), WIDE)
    root = next(chart.panels()).element
    bar = next(rect for rect in root.iter("rect") if rect.get("class") == "span")
    start, width = float(bar.get("x", 0)), float(bar.get("width", 0))
    assert start == chart.left + chart.axis.edge(date(2021, 6, 1))
    assert start + width == chart.left + chart.axis.edge(date(2021, 7, 1))


def test_a_day_off_the_picture_is_named() -> None:
    assert "31 December 9999" in words(drawn(plain(due=date(9999, 12, 31))))
    assert "9999年12月31日" in words(drawn(plain(due=date(9999, 12, 31)), lang="zh"))


def test_its_words_are_in_the_language_of_the_titles() -> None:
    chinese = words(drawn(*story(), as_of=date(2021, 7, 1), lang="zh"))
    assert {
        "任务台账",
        "截至2021年7月1日",
        "最初承诺时限",
        "成立数据交易行业协会并建立行业自律机制",
    } <= set(chinese)
    # Only the axis has Latin letters left, and what titles have.
    assert not [w for w in chinese if re.search("[a-z]{4}", w)]


def test_a_title_is_cut_to_two_lines_and_whole_in_its_tooltip() -> None:
    root = drawn(plain(title="长" * 500))
    first, second = (line for line in words(root) if "长" in line)
    assert second == first[:-1] + "…"
    assert any("长" * 500 in (t.text or "") for t in root.iter(f"{SVG}title"))


def test_bodies_that_differ_by_case_width_or_blanks_are_one_group() -> None:
    owned = [plain(n, owner=o) for n, o in enumerate(["Roads", "ROADS ", "Ｒｏａｄｓ", "甲"], 1)]
    root = fromstring(document(Picture(owned, DAY, by_owner=True)))
    heads = [t.text for t in root.iter(f"{SVG}text") if t.get("class") == "owner"]
    assert heads == ["Roads", "甲"]


def test_right_to_left_titles_begin_where_the_others_do() -> None:
    root = drawn(plain(title="השקת הדוח"), plain(2, title="plain"))
    hebrew, latin = (
        next(t for t in root.iter(f"{SVG}text") if t.text == said)
        for said in ("השקת הדוח", "plain")
    )
    assert (hebrew.get("direction"), hebrew.get("text-anchor")) == ("rtl", "end")
    assert hebrew.get("x") == latin.get("x")


@pytest.mark.parametrize(("count", "axes"), [(1, 1), (14, 1), (31, 1), (500, 17)])
def test_many_have_a_row_each_and_the_axis_again(count: int, axes: int) -> None:
    many = [plain(n, due=date(2010 + n % 40, 6, 30)) for n in range(1, count + 1)]
    for layout in (WIDE, NARROW):
        panels = list(Chart(Picture(many, DAY), layout).panels())
        assert len(panels) == axes
        assert sum(panel.rows for panel in panels) == count


def test_none_says_so() -> None:
    assert "No milestones to show." in words(drawn())


dates = st.none() | st.dates()


@given(
    st.lists(st.tuples(dates, dates, st.sampled_from(Precision)), max_size=6),
    st.dates(),
    st.sampled_from([WIDE, NARROW]),
)
def test_any_dates_are_drawn_inside_the_picture(
    dues: list[tuple[date | None, date | None, Precision]], as_of: date, layout: object
) -> None:
    milestones = [
        plain(n, due=due, baseline_due=first or due, precision=precision, made_on=None)
        for n, (due, first, precision) in enumerate(dues, 1)
    ]
    root = fromstring(document(Picture(milestones, as_of)))
    width = float(root.get("viewBox", "").split()[2])
    for element in root.iter():
        for name in ("x", "x1", "x2"):
            assert 0 <= float(element.get(name, 0)) <= width
        assert float(element.get("width", "0").removesuffix("%")) >= 0


def test_what_is_endangered_has_a_line_to_the_day_and_a_legend() -> None:
    slow = plain(1, due=date(2021, 12, 31))
    waiting = plain(2, depends_on=(slow.uid,))
    found = waits([waiting, slow], known_among([waiting, slow]), date(2021, 4, 1))
    drawn = document(Picture([waiting, slow], date(2021, 4, 1), waits=found)).decode()
    assert drawn.count('class="endangered"') == 2
    assert "endangered by what it waits for" in drawn
    assert "waits for #1 until 2021-12-31" in drawn
    assert "endangered by" not in document(Picture([waiting], date(2021, 4, 1))).decode()


@pytest.mark.parametrize("layout", [WIDE, NARROW])
def test_the_line_of_the_day_crosses_no_label_of_the_axis(layout: ChartLayout) -> None:
    milestones = [plain(1), plain(2, due=date(2022, 3, 31))]
    broken = 0
    for number in range(0, 365, 3):
        day = date(2021, 3, 15) + timedelta(days=number)
        for block in Chart(Picture(milestones, day), layout).panels():
            labels = list(block.element.iterfind("g[@class='grid']/text"))
            lines = block.element.findall("g[@class='as-of']/line")
            broken += len(lines) == 2
            for line, label in product(lines, labels):
                x, start = float(line.attrib["x1"]), float(label.attrib["x"])
                base = float(label.attrib["y"])
                beside = x < start or x > start + ems(label.text or "") * 12
                above = float(line.attrib["y2"]) <= base - 10
                assert beside or above or float(line.attrib["y1"]) > base
    assert 0 < broken < 122  # where it meets none it is whole
