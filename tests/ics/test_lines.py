"""Text, addresses and folding, held to the rules and to what `icalendar` writes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import vDuration, vText
from icalendar.parser import Contentline, unescape_backslash

from tracker.ics.lines import clean, duration, fold, text, web_address

ANY = st.text(st.characters(codec=None), max_size=300)


@given(ANY)
def test_text_comes_back_from_its_escapes(value: str) -> None:
    assert unescape_backslash(text(value)) == clean(value)


@given(ANY.map(lambda value: value.replace("\\", "")))
def test_text_is_escaped_as_icalendar_does(value: str) -> None:
    assert text(value).encode() == vText(clean(value)).to_ical()


@pytest.mark.parametrize(
    ("dirty", "clean_text"),
    [
        ("a\x00b", "ab"),
        ("a\u2028b\u2029c\x85d\x0be\x0cf\rg\r\nh", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("tab\there", "tab here"),
        ("\x1b[31mred", "[31mred"),
        ("safe\u202eexe.txt", "safeexe.txt"),
        ("\ud800half\udfff", "half"),
        ("\ufeffmark", "mark"),
        ("全角\u3000空格", "全角\u3000空格"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("soft\u00adhyphen", "soft\u00adhyphen"),
    ],
)
def test_what_breaks_clients_is_cleaned_and_what_people_write_is_kept(
    dirty: str, clean_text: str
) -> None:
    assert clean(dirty) == clean_text


@given(ANY)
@example("^" * 200)
@example("é" * 200)
@example("x" * 73 + "^n")
@example("x" * 74 + "\\")
@example("x" * 71 + "\\\\\\n" + "😀" * 40)
def test_a_line_folds_between_characters_and_outside_escapes(value: str) -> None:
    line = "SUMMARY:" + text(value)
    folded = fold(line)
    assert folded.endswith("\r\n")
    pieces = folded.removesuffix("\r\n").split("\r\n ")
    assert "".join(pieces) == line
    for number, piece in enumerate(pieces):
        assert len(piece.encode()) + (number > 0) <= 75
        if number < len(pieces) - 1:
            assert (len(piece) - len(piece.rstrip("\\"))) % 2 == 0


@given(ANY.map(lambda value: value.replace("\\", "")))
def test_a_line_folds_where_icalendar_folds_it(value: str) -> None:
    line = "SUMMARY:" + text(value)
    reference: Any = Contentline
    assert fold(line).encode() == reference(line).to_ical() + b"\r\n"


@given(st.integers(-1000, 1000))
def test_durations_are_written_as_icalendar_does(hours: int) -> None:
    value = timedelta(hours=hours)
    reference: Any = vDuration(value)
    assert duration(value).encode() == reference.to_ical()


@pytest.mark.parametrize(
    ("given_address", "written"),
    [
        ("https://example.org/a b?q=数据#第一", "https://example.org/a%20b?q=%E6%95%B0%E6%8D%AE#%E7%AC%AC%E4%B8%80"),
        ("HTTP://例え.example/", "http://%E4%BE%8B%E3%81%88.example/"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ("https://[::1]:8080/a[1]", "https://[::1]:8080/a%5B1%5D"),
        ("https://example.org/#a#b", "https://example.org/#a%23b"),
        ("https://example.org/a\r\nATTACH:x", "https://example.org/aATTACH:x"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("not an address", None),
        ("https://", None),
        ("", None),
    ],
)  # fmt: skip
def test_an_address_is_a_percent_encoded_web_address_or_nothing(
    given_address: str, written: str | None
) -> None:
    assert web_address(given_address) == written


@given(ANY.map("https://example.org/{}".format))
def test_any_address_becomes_ascii_that_parses(value: str) -> None:
    written = web_address(value)
    assert written is not None
    assert written.isascii()
    assert written.isprintable()
    assert not set(written) & set(' "<>\\^`{|}')
    assert urlsplit(written).netloc == "example.org"
    assert web_address(written) == written
