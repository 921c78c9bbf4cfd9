"""`export svg` and `export html` from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_a_picture_speaks_the_language_asked_for(seeded: Run, home: Path) -> None:
    ran = seeded(
        "--lang", "zh", "export", "svg", "--by-owner", "--as-of", "2021-07-01", "-o", "t.svg"
    )
    assert ran.out.startswith("t.svg: 14 milestones, ")
    drawn = (home / "t.svg").read_text(encoding="utf-8")
    assert "截至2021年7月1日" in drawn
    assert "省通信管理局" in drawn
    english = seeded("export", "svg", "--as-of", "2021-07-01", "--title", "Shandong <2021>").out
    assert "as of 1 July 2021" in english
    assert "Shandong &lt;2021&gt;" in english


def test_a_picture_holds_what_the_filters_hold_of(seeded: Run) -> None:
    drawn = seeded("export", "svg", "--owner", "通信", "--as-of", "2021-07-01").out
    assert drawn.count('class="row"') == 2
    assert seeded("export", "svg", "--text", "nowhere").out.count('class="row"') == 0
