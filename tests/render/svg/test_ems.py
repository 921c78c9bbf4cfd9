"""Widths in ems, lines broken by them, and what XML cannot hold."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.render.svg.ems import ems, is_right_to_left, lines
from tracker.render.text import legible

any_text = st.text(max_size=80)


def test_a_chinese_character_is_one_em_and_latin_less() -> None:
    assert ems("数据共享") == 4
    assert 4 * 0.3 < ems("roll") < ems("ROWS") < 4
    assert ems("e\u0301") == ems("e")
    assert ems("👩‍💻") == ems("🏗️") == 1.3


@pytest.mark.parametrize(
    ("text", "room", "most", "broken"),
    [
        ("深化省市平台级联", 4, 2, ["深化省市", "平台级联"]),
        ("深化省市，平台", 4, 2, ["深化省", "市，平台"]),
        ("深化（省市）平台", 4, 3, ["深化（省", "市）平台"]),
        ("open the ring road", 6, 2, ["open the", "ring road"]),
        ("open the ring road by June", 6, 2, ["open the", "ring road…"]),
        ("建成5G基站", 4, 2, ["建成5G", "基站"]),
        ("", 4, 2, [""]),
        ("字" * 500, 10, 2, ["字" * 10, "字" * 9 + "…"]),
    ],
)
def test_lines_break_after_words_and_beside_wide_characters(
    text: str, room: float, most: int, broken: list[str]
) -> None:
    assert lines(text, room, most) == broken


@given(any_text, st.floats(1.5, 40), st.integers(1, 4))
def test_lines_have_room_and_lose_nothing_unsaid(text: str, room: float, most: int) -> None:
    clean = legible(text)
    found = lines(clean, room, most)
    assert len(found) <= most
    # A single cluster may be wider than the line; it is not torn.
    assert all(ems(line) <= room or len(line) < 12 for line in found)
    if not found[-1].endswith("…"):
        assert "".join("".join(found).split()) == "".join(clean.split())


@given(any_text)
def test_what_is_legible_is_xml(text: str) -> None:
    said = legible(text + "\x00\x1b\ufffe\uffff\u202e\ud800")
    escaped = said.replace("&", "&amp;").replace("<", "&lt;")
    assert fromstring(f"<a>{escaped}</a>".encode()).text == said


@pytest.mark.parametrize(
    ("text", "is_so"),
    [("12 השקת הדוח", True), ("نشر التقرير", True), ("a ה", False), ("发布", False), ("12", False)],
)
def test_direction_is_that_of_the_first_letter(text: str, is_so: bool) -> None:
    assert is_right_to_left(text) is is_so
