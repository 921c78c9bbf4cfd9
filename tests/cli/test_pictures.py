"""`export svg` and `export html` from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_a_picture_speaks_the_language_asked_for(seeded: Run, home: Path) -> None:
    ran = seeded(
        "--lang", "zh", "export", "svg", "--by-owner", "--as-of", "2021-07-01", "-o", "t.svg"
    )
    assert ran.out.startswith("t.svg：14项任务，")
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


def test_a_page_is_written_whole(seeded: Run, home: Path) -> None:
    words = ("--as-of", "2021-07-01", "--feed-url", "https://example.org/feed.ics")
    ran = seeded("export", "html", *words, "--lang", "zh", "--limit", "10", "-o", "p.html")
    assert ran.out.startswith("p.html：10项任务，")
    told = (home / "p.html").read_text(encoding="utf-8")
    assert 'href="webcal://example.org/feed.ics"' in told
    assert "本页显示14项任务中最紧要的10项" in told
    assert seeded("export", "html", "--as-of", "2021-07-01").out.count("<tr role") == 15


def test_a_page_offers_the_calendar_that_the_settings_publish(seeded: Run, home: Path) -> None:
    (home / "tracker.toml").write_text('[feeds]\nbase-url = "https://example.org/promises/"\n')
    assert "webcal://example.org/promises/feed.ics" in seeded("export", "html").out


def test_an_address_that_is_none_is_refused(seeded: Run, home: Path) -> None:
    ran = seeded("export", "html", "--feed-url", "feed.ics", "-o", "p.html")
    assert ran.err.startswith("tracker: 'feed.ics' is not the web address of a calendar.")
    assert ran.code > 2
    assert not (home / "p.html").exists()
