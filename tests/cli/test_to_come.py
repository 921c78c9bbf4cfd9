"""What a wrong clock dated on a day to come: named, told beside lists, refused on its way in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tracker.actions import ChangeContext, add, apply
from tracker.model import Status
from tracker.store import open_store

NOW = datetime.now(UTC)
AHEAD = NOW + timedelta(days=365)
NAMED = "2 milestones have a date later than "


@pytest.fixture
def ahead(seeded: Run, home: Path) -> Run:
    """A store of which a clock a year ahead has completed one milestone and added another."""
    store = open_store(str(home / "milestones.json"))
    wrong = ChangeContext(lambda: AHEAD, AHEAD.date(), "tester")
    apply(store, wrong, ["3"], lambda m, stamp: m.set_status(stamp, Status.COMPLETED))
    add(store, wrong, [{"title": "Report", "due": date(2036, 6, 30)}])
    return seeded


SHOWN = (
    "list",
    "overdue",
    "upcoming",
    "timeline",
    "log",
    "export json",
    "export csv",
    "export ics",
    "export ledger",
    "export html",
    "export svg",
    "report scorecard",
    "report slippage",
    "report changes --since 2021-01-01",
    "report week",
    "digest --since 2021-01-01",
    "publish site",
)


@pytest.mark.parametrize("words", [*SHOWN, ""])
def test_lists_exports_and_reports_say_what_they_leave_out(ahead: Run, words: str) -> None:
    ran = ahead(*words.split())
    assert ran.code == 0
    assert ran.err.count(NAMED) == 1


def test_on_a_past_day_and_in_a_sound_store_nothing_is_said(ahead: Run, run: Run) -> None:
    assert "later than" not in ahead("list", "--as-of", "2021-07-01").err
    run("init", "--seed", "shandong-2021", "--file", "sound.json")
    assert "later than" not in run("list", "--file", "sound.json").err


def test_check_names_each_and_what_mends_it(ahead: Run) -> None:
    ran = ahead("check")
    assert ran.code == 16
    lines = ran.out.splitlines()
    assert sum("a day to come. Take it back: `tracker undo " in line for line in lines) == 1
    assert sum("a day to come. Say when it was: `tracker correct 15 --made-on" in x for x in lines)
    assert sum("recorded at " in line for line in lines) == 2
    change = next(line for line in lines if "undo" in line).split("`tracker undo ")[1][:8]
    assert ahead("undo", change).code == 0
    assert ahead("correct", "15", "--made-on", "2021-05-01", "-m", "clock").code == 0
    assert "later than" not in ahead("list").err


def test_copy_and_merge_take_it_from_nobody_but_have_it_where_it_is(ahead: Run, home: Path) -> None:
    said = "a day to come. A clock was wrong where it comes from"
    ran = ahead("copy", "milestones.json", "copied.json")
    assert (ran.code, said in ran.err, (home / "copied.json").exists()) == (7, True, False)
    ahead("init", "--seed", "shandong-2021", "--file", "theirs.json")
    ran = ahead("merge", "/dev/null", "theirs.json", "milestones.json", "-o", "both.json")
    assert (ran.code, said in ran.err, (home / "both.json").exists()) == (7, True, False)
    assert ahead("merge", "/dev/null", "milestones.json", "theirs.json").code == 0


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("json", '[{"title": "X", "made_on": "2062-01-01"}]', "item 1: It was promised"),
        ("csv", "title,made_on\nX,2062-01-01\n", "row 2: It was promised"),
        (
            "sheet",
            "任务,时限,交办日期\n修桥,2063年6月底前,2062-01-01\n",
            "row 2: It was promised",
        ),
        ("sheet", "任务,状态,实际完成时间\n修桥,已完成,2062-01-01\n", "row 2: It was completed"),
        ("todotxt", "x 2062-01-01 2021-01-01 Bridge\n", "row 1: It was completed"),
        (
            "taskwarrior",
            '[{"description": "Bridge", "status": "pending", "entry": "20620101T060000Z"}]',
            "row 1: It was promised",
        ),
        (
            "github",
            '[{"title": "Bridge", "state": "closed", "created_at": "2021-01-01T00:00:00Z", '
            '"closed_at": "2062-01-01T00:00:00Z"}]',
            "row 1: It was completed",
        ),
        (
            "ics",
            "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:a\nSUMMARY:Bridge\nSTATUS:COMPLETED\n"
            "COMPLETED:20620101T060000Z\nEND:VTODO\nEND:VCALENDAR\n",
            "line 2: It was completed",
        ),
        (
            "ics",
            "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:a\nSUMMARY:Bridge\nCREATED:20620101T060000Z\n"
            "END:VTODO\nEND:VCALENDAR\n",
            "line 2: It was promised",
        ),
    ],
)
def test_every_import_refuses_a_day_to_come(
    run: Run, home: Path, name: str, text: str, place: str
) -> None:
    run("init")
    (home / "file.csv").write_text(text, encoding="utf-8")
    ran = run("import", name, "file.csv")
    told = " ".join(ran.err.split())
    assert f"{place} on 2062-01-01, a day to come." in told
    assert run("list").out == ""


def test_extract_refuses_it_too(run: Run, home: Path) -> None:
    run("init")
    (home / "news.txt").write_text("The bridge will be open by 30 June 2063.", encoding="utf-8")
    ran = run("extract", "news.txt", "--made-on", "2062-01-01", "--add")
    assert (ran.code, "It was promised on 2062-01-01, a day to come." in ran.err) == (14, True)


@pytest.mark.parametrize("words", ["publish site", "export html -o p.html", "export svg -o p.svg"])
def test_pages_and_pictures_say_so_themselves(ahead: Run, home: Path, words: str) -> None:
    def said(*more: str) -> bool:
        assert ahead(*words.split(), *more).code == 0
        made = [
            p for p in (home / "site/index.html", home / "p.html", home / "p.svg") if p.exists()
        ]
        return "2 milestones have a date later than " in made[0].read_text(encoding="utf-8")

    assert said()
    assert "publish" in words or not said("--as-of", "2021-07-01")
