"""`publish` from the command line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run

BASE = ("--base-url", "https://example.org/promises/")


def test_a_folder_holds_feeds_page_and_lists(seeded: Run, home: Path) -> None:
    (home / "tracker.toml").write_text('[filters."大数据"]\nowner = "大数据"\n', encoding="utf-8")
    ran = seeded("publish", "public", *BASE)
    assert (ran.code, ran.err) == (0, "")
    plain = {p for p in (home / "public").rglob("*.*") if p.suffix != ".gz"}
    names = {p.relative_to(home / "public").as_posix() for p in plain}
    assert {"feed.ics", "tasks.ics", "index.html", "robots.txt", "all.csv", "all.json"} <= names
    assert len([n for n in names if n.startswith("filter/") and n.endswith(".ics")]) == 1
    addresses = len(names) - 1  # the list of our files is none
    assert ran.out == f"public: {addresses} written, 0 unchanged.\n"
    assert seeded("publish", "public", *BASE).out == f"public: 0 written, {addresses} unchanged.\n"
    page = (home / "public" / "index.html").read_text(encoding="utf-8")
    assert "webcal://example.org/promises/feed.ics" in page


def test_a_filter_that_is_gone_is_withdrawn(seeded: Run, home: Path) -> None:
    (home / "tracker.toml").write_text('[filters.late]\ndue-to = "today"\n')
    seeded("publish", "public", *BASE)
    (home / "tracker.toml").unlink()
    ran = seeded("publish", "public", *BASE, "--format", "json").json
    assert ran["command"] == "publish"
    assert ran["folder"] == "public"
    assert {path.rpartition(".")[2] for path in ran["written"]} == {"html"}, "their menu is shorter"
    assert ran["withdrawn"] == [
        *("digest/filter/late.atom", "digest/filter/late.json"),
        *("filter/late.atom", "filter/late.html", "filter/late.ics", "filter/late.json"),
        *("filters.html", "tasks/filter/late.ics", "zh/filter/late.html", "zh/filters.html"),
    ]
    assert "feed.ics" in ran["unchanged"]


def test_options_name_the_calendars(seeded: Run, home: Path) -> None:
    seeded("add", "Another", "--due", "9999-12-31")
    seeded("publish", "public", *BASE, "--name", "承诺", "--alarm", "7d", "--lang", "zh")
    feed = (home / "public" / "feed.ics").read_text(encoding="utf-8")
    assert "X-WR-CALNAME:承诺" in feed
    assert "TRIGGER:-P6DT15H" in feed
    assert "SOURCE;VALUE=URI:https://example.org/promises/feed.ics" in feed
    assert '<html lang="zh' in (home / "public" / "index.html").read_text(encoding="utf-8")


def test_without_an_address_the_page_offers_nothing_and_the_command_says_so(
    seeded: Run, home: Path
) -> None:
    ran = seeded("publish", "public")
    assert "Without --base-url" in ran.err
    assert "webcal" not in (home / "public" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("address", ["promises", "javascript:alert(1)", "https://example.org/?a="])
def test_an_address_that_is_none_is_refused(seeded: Run, home: Path, address: str) -> None:
    ran = seeded("publish", "public", "--base-url", address)
    assert ran.code == 6
    assert ran.out == ""
    assert not (home / "public").exists()


def test_a_file_of_others_is_kept(seeded: Run, home: Path) -> None:
    (home / "public").mkdir()
    (home / "public" / "index.html").write_text("mine")
    ran = seeded("publish", "public", *BASE, "--format", "json")
    assert ran.code == ran.json["error"]["exit_code"] == 15
    assert [p.name for p in (home / "public").iterdir()] == ["index.html"]
    assert seeded("publish", "public", *BASE, "--overwrite").code == 0


def test_feeds_that_are_too_large_for_google_are_named(run: Run, home: Path) -> None:
    rows = "\n".join(f"{n}{'长' * 1900},2030-01-01" for n in range(16))
    (home / "many.csv").write_text(f"title,due\n{rows}\n", encoding="utf-8")
    run("init")
    assert run("import", "csv", "many.csv").code == 0
    alarms = [word for days in range(1, 14) for word in ("--alarm", f"{days}d")]
    ran = run("publish", "public", *BASE, *alarms)
    assert ran.code == 0
    assert re.fullmatch(
        r"tracker: feed\.ics has 1,\d{3},\d{3} bytes, tasks\.ics has 1,\d{3},\d{3} bytes; "
        r"Google stops updating feeds at about 1 MB\. Let readers with Google .*\n",
        ran.err,
    )
