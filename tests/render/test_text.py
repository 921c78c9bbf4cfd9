"""Clean, width, fit and pad, against rich's cell table and hostile text."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tracker.render.text import HIDDEN, clean, clusters, fit, pad, width

FAMILY = "👨‍👩‍👧"
SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"

anything = st.text(
    st.characters(codec=None) | st.sampled_from("\x1b[m\u202e\u2066\u200d\ufe0f\n\t\x9b\ud800")
)
written = st.lists(
    st.characters(categories=["L", "M", "N", "P", "Zs"])
    | st.sampled_from(["省", "é", "e\u0301", "한", "👍🏽", "❤️", "1️⃣", FAMILY, "…", " "])
).map(lambda parts: clean("".join(parts)))
cell_counts = st.integers(min_value=0, max_value=40)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Roll out 34 types of high-frequency e-certificates",
        "打造数据共享“高速通道”,实现数据全流程安全管控",
        "full\u3000width\xa0space",
        "e\u0301 नमस्ते ไทย שלום عربي",
        "می\u200cخواهم",
        "ශ්\u200dරී ලංකා",
        "ภาษา\u200bไทย",
        f"{FAMILY} 🇨🇳 👍🏽 ❤️ 1️⃣ 🏳️‍🌈 🙂‍↔️ {SCOTLAND}",
        "private \ue000 use",
    ],
)
def test_ordinary_text_is_untouched(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("\x1b[31mred\x1b[0m", f"{HIDDEN}[31mred{HIDDEN}[0m"),
        ("\x1b]0;title\x07", f"{HIDDEN}]0;title{HIDDEN}"),
        ("\x9b2J", f"{HIDDEN}2J"),
        ("a\x00b\x7f", f"a{HIDDEN}b{HIDDEN}"),
        ("two\nlines\tand\r\u2028more\x85", "two lines and  more "),
        ("\u202eevil\u202c \u2066x\u2069", f"{HIDDEN}evil{HIDDEN} {HIDDEN}x{HIDDEN}"),
        ("lone \ud800 surrogate", f"lone {HIDDEN} surrogate"),
        ("a\u200db 省\u200d大", f"a{HIDDEN}b 省{HIDDEN}大"),
        ("\u200dx\u200d", f"{HIDDEN}x{HIDDEN}"),
        ("👍\u200d\u200d👍", f"👍{HIDDEN * 2}👍"),
        ("\ufeffbom", f"{HIDDEN}bom"),
        ("Digital\xadisierung", "Digitalisierung"),
        ("\U000e0061tagged", f"{HIDDEN}tagged"),
    ],
)
def test_what_acts_or_hides_is_shown(text: str, safe: str) -> None:
    assert clean(text) == safe


@given(anything)
def test_clean_leaves_nothing_that_acts(text: str) -> None:
    safe = clean(text)
    assert not any(category(c) in ("Cc", "Cs", "Zl", "Zp") for c in safe)
    assert not set(safe) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
    assert len(safe) <= len(text)
    assert clean(safe) == safe
    safe.encode()


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("abc", 3),
        ("省大数据局", 10),
        ("5G基站", 6),
        ("\uff0c", 2),
        ("“高速”", 6),
        ("e\u0301", 1),
        (FAMILY, 2),
        (SCOTLAND, 2),
        ("🇨🇳🇫🇷", 4),
        ("👍🏽", 2),
        ("❤", 1),
        ("❤️", 2),
        ("1️⃣", 2),
        ("한글", 4),
        ("\U00020000", 2),
    ],
)
def test_width(text: str, cells: int) -> None:
    assert width(text) == cells


@given(written)
def test_width_is_what_rich_measures(text: str) -> None:
    assert width(text) == cell_len(text)


@given(st.text("省a1（，ー한あ゙𠀀…é", min_size=1))
def test_width_is_the_sum_of_the_parts(text: str) -> None:
    # Text that is measured at once, and text that is gone through.
    assert width(text) == sum(cells for _, cells in clusters(text))


def test_every_character_is_as_wide_as_rich_says() -> None:
    # Unassigned characters aside: which they are depends on the Unicode version of the Python.
    known = (c for c in map(chr, range(0x20, 0x110000)) if category(c) not in ("Cn", "Cc", "Cs"))
    assert [hex(ord(c)) for c in known if width(c) != cell_len(c)] == []


@given(written, cell_counts)
def test_fit_keeps_to_its_cells(text: str, cells: int) -> None:
    fitted = fit(text, cells)
    assert width(fitted) <= cells
    if width(text) <= cells:
        assert fitted == text
    elif cells:
        assert fitted.endswith("…")
        assert text.startswith(fitted[:-1])


@given(written, cell_counts)
def test_pad_fills_its_cells(text: str, cells: int) -> None:
    assert width(pad(text, cells)) == cells


@pytest.mark.parametrize(
    ("text", "cells", "fitted"),
    [
        ("省大数据局", 5, "省大…"),
        ("省大数据局", 4, "省…"),
        ("省大数据局", 1, "…"),
        ("省大数据局", 0, ""),
        ("省大数据局", -3, ""),
        ("cafe\u0301 noir", 5, "cafe\u0301…"),
        (FAMILY * 2, 3, FAMILY + "…"),
        (FAMILY * 2, 2, "…"),
        ("🇨🇳🇫🇷", 3, "🇨🇳…"),
        ("Build the platform", 7, "Build…"),
    ],
)
def test_fit_splits_nothing(text: str, cells: int, fitted: str) -> None:
    assert fit(text, cells) == fitted


def test_fit_with_ascii_dots() -> None:
    assert fit("Build the platform", 10, more="...") == "Build t..."
    assert fit("platform", 2, more="...") == ".."


def test_loading_it_loads_no_rich() -> None:
    code = "import sys, tracker.render.text; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-S", "-c", code],  # without what packages add to every start
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert not {"rich", "msgspec"} & set(run.stdout.split())
