"""Feeds on the command line: written, checked, and other programs' calendars taken in."""

from __future__ import annotations

import io
import sys
import time
from importlib.resources import files
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Run

SAMPLES = sorted(Path(str(files("icalendar") / "tests")).rglob("*.ics"))
JULY = ("--as-of", "2021-07-01")


def written(run: Run, *options: str) -> str:
    """The feed as text, unfolded."""
    ran = run("export", "ics", *JULY, *options)
    assert (ran.code, ran.err) == (0, "")
    return ran.out.replace("\r\n ", "")


# -- export ics -----------------------------------------------------------------------------------


def test_a_feed_has_the_name_and_the_addresses_that_it_was_given(seeded: Run) -> None:
    feed = written(
        seeded,
        *("--name", "省, 大数据", "--description", "What was promised", "--colour", "tomato"),
        *("--address", "https://example.org/feed.ics", "--base-url", "https://example.org/m/"),
        *("--refresh", "6"),
    )
    for line in (
        "NAME:省\\, 大数据",
        "X-WR-CALNAME:省\\, 大数据",
        "DESCRIPTION:What was promised",
        "COLOR:tomato",
        "SOURCE;VALUE=URI:https://example.org/feed.ics",
        "URL:https://example.org/m/",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ):
        assert f"\r\n{line}" in feed
    assert feed.count("BEGIN:VEVENT") == 14


def test_the_settings_name_a_feed_and_options_win(seeded: Run, home: Path) -> None:
    (home / "tracker.toml").write_text(
        '[feeds]\nname = "Ours"\ncolour = "teal"\nalarm = [7]\nrefresh = 6\n', encoding="utf-8"
    )
    feed = written(seeded, "--colour", "navy")
    for line in ("NAME:Ours", "COLOR:navy", "REFRESH-INTERVAL;VALUE=DURATION:PT6H"):
        assert f"\r\n{line}\r\n" in feed
    assert ":-P6DT15H\r\n" in feed


def test_tasks_and_alarms(seeded: Run) -> None:
    feed = written(
        seeded, "--todo", "--alarm", "1w,1d", "--alarm", "0d", "--due-from", "2021-07-01"
    )
    assert "BEGIN:VEVENT" not in feed
    tasks = feed.count("BEGIN:VTODO")
    assert tasks == 11
    for trigger in ("-P6DT15H", "-PT15H", "PT9H"):
        assert feed.count(f":{trigger}\r\n") == tasks, trigger


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (("--owner", "大数据"), 10),
        (("--due-to", "2021-06-30"), 3),
        (("--text", "5G"), 2),
        (("--status", "done"), 0),
    ],
)
def test_a_feed_is_filtered_like_a_list(seeded: Run, options: tuple[str, ...], count: int) -> None:
    shown = len(seeded("list", *JULY, *options, "--format", "json").json["milestones"])
    assert written(seeded, *options).count("BEGIN:VEVENT") == shown
    if options[0] != "--owner":
        assert shown == count


def test_titles_come_in_the_language_asked_for(seeded: Run) -> None:
    feed = written(seeded, "--lang", "zh", "--text", "5G")
    assert "SUMMARY:县级以上城区" in feed or "SUMMARY:实现县级以上" in feed or "5G" in feed
    assert "[最初写法] " in feed
    assert "[zh] " not in feed


def test_the_same_again_is_the_same_and_a_change_touches_its_own_lines(seeded: Run) -> None:
    before = written(seeded)
    assert written(seeded) == before
    seeded("postpone", "3", "end of September 2021", "--reason", "no quorum", "--on", "2021-06-20")
    after = written(seeded)
    events = [set(feed.split("BEGIN:VEVENT")) for feed in (before, after)]
    (old,) = events[0] - events[1]
    (new,) = events[1] - events[0]
    stamps = [
        {line for line in event.splitlines() if line.startswith(name)}
        for name in ("DTSTAMP", "LAST-MODIFIED", "SEQUENCE")
        for event in (old, new)
    ]
    assert all(was and was != now for was, now in zip(stamps[::2], stamps[1::2], strict=True))
    assert "DTSTART;VALUE=DATE:20210930\r\nDTEND;VALUE=DATE:20211001" in new
    assert "UID:" + old.split("\r\nUID:")[1].split("\r\n")[0] in new


def test_a_removed_milestone_is_announced_until_the_retention_is_over(seeded: Run) -> None:
    seeded("remove", "3")
    feed = seeded("export", "ics").out
    assert feed.count("STATUS:CANCELLED") == 1
    assert "SUMMARY:removed: " in feed
    assert seeded("export", "ics", "--status", "completed").out.count("BEGIN:VEVENT") == 0


def test_what_leaves_a_filter_is_announced_as_well(run: Run) -> None:
    run("init")
    run("add", "Ring road", "--due", "2031-06-30", "--owner", "Roads")
    run("edit", "1", "--owner", "Bridges")
    told = run("export", "ics", "--owner", "Roads").out
    assert "SUMMARY:removed: Ring road\r\n" in told
    assert "STATUS:CANCELLED\r\n" in told
    assert "SUMMARY:Ring road\r\n" in run("export", "ics", "--owner", "Bridges").out


def test_milestones_without_a_date_are_not_missed_in_silence(run: Run) -> None:
    run("init")
    run("add", "Some day")
    ran = run("export", "ics")
    assert ran.err == (
        "tracker: 1 milestone has no due date, and an event needs one. "
        "A feed of tasks (--todo) has all.\n"
    )
    ran = run("export", "ics", "--todo")
    assert (ran.err, "SUMMARY:Some day\r\n" in ran.out) == ("", True)


def test_a_feed_that_is_too_large_for_google_is_warned_of(run: Run, home: Path) -> None:
    run("init")
    words = "打造数据共享高速通道" * 30
    rows = "".join(f"{words}{n},2021-06-30\n" for n in range(1200))
    (home / "many.csv").write_text(f"title,due\n{rows}", encoding="utf-8")
    assert run("import", "csv", "many.csv").code == 0
    ran = run("export", "ics", "-o", "feed.ics")
    assert ran.code == 0
    assert (home / "feed.ics").stat().st_size > 1_000_000
    assert "Google" in ran.err
    assert "--owner" in ran.err
    assert run("check", "--ics", "feed.ics").code == 16


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--alarm", "soon"), 6, "--alarm 7d,1d"),
        (("--alarm", "-1d"), 6, "--alarm 7d,1d"),
        (("--colour", "mauvish"), 6, "Choose one of"),
        (("--address", "javascript:alert(1)"), 6, "https://"),
        (("--base-url", "example.org"), 6, "https://"),
        (("--retention", "-1"), 2, "--retention"),
        (("--refresh", "0"), 2, "--refresh"),
    ],
)
def test_an_option_that_makes_no_feed_is_refused(
    seeded: Run, options: tuple[str, ...], code: int, words: str
) -> None:
    ran = seeded("export", "ics", "-o", "feed.ics", *options)
    assert ran.code == code
    assert words in ran.err
    assert not Path("feed.ics").exists()


# -- check --ics ----------------------------------------------------------------------------------


def test_our_feeds_have_no_fault_and_need_no_store_to_be_checked(seeded: Run, home: Path) -> None:
    seeded("export", "ics", "-o", "feed.ics", "--alarm", "7d")
    seeded("export", "ics", "-o", "tasks.ics", "--todo", "--alarm", "7d")
    (home / "milestones.json").unlink()
    ran = seeded("check", "--ics", "feed.ics")
    assert (ran.code, ran.out) == (0, "feed.ics has no fault that we know of.\n")
    ran = seeded("check", "--ics", "tasks.ics")
    assert (ran.code, ran.out.splitlines()[1:]) == (0, ["tasks.ics: 1 note."])
    assert ran.out.startswith("line 1: note: There are no events")


def test_a_fault_is_told_with_line_rule_and_whom_it_hurts(seeded: Run, home: Path) -> None:
    seeded("export", "ics", "-o", "feed.ics")
    lines = (home / "feed.ics").read_bytes().split(b"\r\n")
    lines.insert(1, b"UID:random")
    (home / "feed.ics").write_bytes(b"\r\n".join(lines))
    ran = seeded("check", "--ics", "feed.ics")
    assert ran.code == 16
    (fault,) = [line for line in ran.out.splitlines() if line.startswith("line 2: ")]
    assert "vdirsyncer" in fault
    assert fault.endswith("]")
    told = seeded("check", "--ics", "feed.ics", "--format", "json")
    assert told.code == 16
    assert [f["line"] for f in told.json["faults"]] == [2]
    assert told.json["faults"][0].keys() == {"line", "code", "severity", "message"}


def test_notes_alone_are_no_failure(run: Run, home: Path, seeded: Run) -> None:
    seeded("export", "ics", "-o", "feed.ics")
    data = (home / "feed.ics").read_bytes()
    (home / "feed.ics").write_bytes(data.replace(b"REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n", b""))
    ran = run("check", "--ics", "feed.ics")
    assert ran.code == 0
    assert "note" in ran.out


def test_no_sample_makes_the_check_fail(run: Run) -> None:
    for sample in SAMPLES[::4]:
        ran = run("check", "--ics", str(sample))
        assert ran.code in (0, 16), sample
        assert is_plain(ran), sample


# -- import ics -----------------------------------------------------------------------------------


def is_plain(ran: Ran) -> bool:
    """Whether nothing in it would move a terminal's cursor or colour it."""
    return (ran.out + ran.err).replace("\n", "").isprintable()


def calendar(*lines: str) -> bytes:
    return "\r\n".join(("BEGIN:VCALENDAR", *lines, "END:VCALENDAR", "")).encode()


def task(uid: str, *lines: str) -> tuple[str, ...]:
    return ("BEGIN:VTODO", f"UID:{uid}", f"SUMMARY:Task {uid}", *lines, "END:VTODO")


def test_our_own_feed_taken_in_elsewhere(seeded: Run, home: Path) -> None:
    seeded("done", "3", "--on", "2021-06-28")
    seeded("start", "4", "--on", "2021-06-28")
    for kind in ((), ("--todo",)):
        seeded("export", "ics", "-o", "feed.ics", *kind)
        other = f"other{len(kind)}.json"
        seeded("init", "--file", other)
        ran = seeded("import", "ics", "feed.ics", "--file", other)
        assert ran.out.endswith("14 added, 0 changed, 0 as they were.\n")
        again = seeded("import", "ics", "feed.ics", "--file", other)
        assert again.out == "0 added, 0 changed, 14 as they were.\n"
        ours, theirs = (
            seeded("list", "--sort", "id", "--format", "json", "--file", store).json["milestones"]
            for store in ("milestones.json", other)
        )
        for field in ("uid", "title", "due", "status", "completed_on", "owner", "due_phrase"):
            assert [m[field] for m in theirs] == [m[field] for m in ours], field
        assert seeded("import", "ics", "feed.ics").out == "0 added, 0 changed, 14 as they were.\n"


def test_the_good_come_and_the_bad_are_named_by_line(run: Run, home: Path) -> None:
    run("init")
    (home / "mixed.ics").write_bytes(
        calendar(
            *task("a", "DUE;VALUE=DATE:20210630", "STATUS:IN-PROCESS", "PERCENT-COMPLETE:30"),
            *task("b", "DUE:tomorrow"),
            *("BEGIN:VTODO", "UID:c", "END:VTODO"),
            *task("d", "STATUS:COMPLETED", "COMPLETED:20210520T100000Z"),
        )
    )
    ran = run("import", "ics", "mixed.ics")
    assert ran.code == 0
    assert ran.out.endswith("2 added, 0 changed, 0 as they were, 2 left out.\n")
    assert [line.split(": ")[1] for line in ran.err.splitlines()] == [
        "mixed.ics, line 9",
        "mixed.ics, line 14",
    ]
    one, two = run("list", "--sort", "id", "--format", "json").json["milestones"]
    assert (one["uid"], one["status"], one["percent"]) == ("a", "in-progress", 30)
    assert (two["uid"], two["status"], two["completed_on"]) == ("d", "completed", "2021-05-20")
    told = run("import", "ics", "mixed.ics", "--format", "json").json
    assert told["milestones"] == []
    assert [problem["line"] for problem in told["problems"]] == [9, 14]


def test_recurring_entries_come_within_the_days_asked_for(run: Run, home: Path) -> None:
    run("init")
    (home / "weekly.ics").write_bytes(
        calendar(
            *("BEGIN:VEVENT", "UID:w", "SUMMARY:Weekly", "DTSTART;VALUE=DATE:20210101"),
            *("RRULE:FREQ=WEEKLY", "END:VEVENT"),
            *task("once", "DUE;VALUE=DATE:20210115"),
            *task("late", "DUE;VALUE=DATE:20210401"),
        )
    )
    ran = run("import", "ics", "weekly.ics", "--from", "2021-01-01", "--to", "2021-01-31")
    assert ran.out.endswith("6 added, 0 changed, 0 as they were.\n")
    again = run("import", "ics", "weekly.ics", "--from", "2021-01-08", "--to", "2021-02-05")
    assert again.out.endswith("1 added, 0 changed, 5 as they were.\n")
    assert run("import", "ics", "weekly.ics").code == 0
    assert (
        run("import", "ics", "weekly.ics", "--from", "2021-02-01", "--to", "2021-01-01").code == 6
    )


def test_a_file_comes_from_stdin_and_in_another_encoding(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("init")
    text = calendar(*task("a", "DUE;VALUE=DATE:20210630")).decode().replace("Task a", "成立协会")
    (home / "gbk.ics").write_bytes(text.encode("gb18030"))
    ran = run("import", "ics", "gbk.ics")
    assert ran.code == 14
    assert "--encoding" in ran.err
    assert run("import", "ics", "gbk.ics", "--encoding", "klingon").code == 6
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode("gb18030"))))
    assert run("import", "ics", "-", "--encoding", "gb18030").code == 0
    (home / "wide.ics").write_bytes(text.encode("utf-16"))
    assert run("import", "ics", "wide.ics").out == "0 added, 0 changed, 1 as they were.\n"
    assert run("list", "--format", "json").json["milestones"][0]["title"] == "成立协会"


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system sets timezones otherwise")
@pytest.mark.parametrize(
    ("zone", "due"), [("Asia/Shanghai", "2031-07-01"), ("America/New_York", "2031-06-30")]
)
def test_a_time_in_utc_is_the_day_that_the_user_sees(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, zone: str, due: str
) -> None:
    event = "UID:1\nSUMMARY:x\nDTSTART:20310630T200000Z\nDTEND:20310630T210000Z\n"
    (home / "other.ics").write_text(
        f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{event}END:VEVENT\nEND:VCALENDAR\n", encoding="utf-8"
    )
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        run("init")
        run("import", "ics", "other.ics")
        assert run("show", "1", "--format", "json").json["milestones"][0]["due"] == due
    finally:
        monkeypatch.undo()
        time.tzset()


def test_every_sample_of_icalendar_is_taken_in_twice(run: Run, home: Path) -> None:
    assert len(SAMPLES) >= 100
    run("init")
    for sample in SAMPLES:
        window = ("--from", "1990-01-01", "--to", "1995-12-31") if "rrule" in sample.name else ()
        ran = run("import", "ics", str(sample), *window)
        assert ran.code in (0, 14), (sample, ran.err)
        assert is_plain(ran), sample
        if ran.code == 0:
            assert " 0 changed" in run("import", "ics", str(sample), *window).out, sample
    assert run("check").code == 0


EVENT = ("BEGIN:VEVENT", "UID:e", "SUMMARY:E", "DTSTART;VALUE=DATE:20210101")
HOSTILE = {
    "nested": b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VTODO\r\n" * 10_000,
    "nested parts": b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X\r\n" * 20_000,
    "ends": b"BEGIN:VCALENDAR\r\n" + b"END:VTODO\r\n" * 20_000,
    "one huge line": calendar(*task("a", "DESCRIPTION:" + "x" * 3_000_000)),
    "a huge title": calendar(*EVENT[:2], "SUMMARY:" + "题" * 300_000, EVENT[3], "END:VEVENT"),
    "a huge uid": calendar(*task("u" * 300_000)),
    "folds of nothing": calendar(*task("a", "DESCRIPTION:x" + "\r\n " * 200_000)),
    "parameters": calendar(*task("a", "DUE" + ";X=y" * 100_000 + ":20210630")),
    "parameters without end": calendar(*task("a", "DUE" + ';X="y"' * 100_000)),
    "quotes": calendar(*task("a", 'DUE;X="' + "y" * 300_000)),
    "backslashes": calendar(*task("a", "CATEGORIES:" + "\\" * 300_001 + "," * 20_000)),
    "every second": calendar(*EVENT, "RRULE:FREQ=SECONDLY", "END:VEVENT"),
    "for ever": calendar(*EVENT, "RRULE:FREQ=DAILY;COUNT=999999999", "END:VEVENT"),
    "never": calendar(*EVENT, "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "END:VEVENT"),
    "many rules": calendar(*EVENT, *["RRULE:FREQ=DAILY"] * 5_000, "END:VEVENT"),
    "a long rule": calendar(*EVENT, "RRULE:FREQ=DAILY;BYDAY=" + "MO," * 100_000, "END:VEVENT"),
    "many dates": calendar(*EVENT, "RDATE:" + "20210101," * 100_000, "END:VEVENT"),
    "dates in lines": calendar(*EVENT, *["RDATE:20210101"] * 50_000, "END:VEVENT"),
    "exceptions": calendar(*EVENT, "RRULE:FREQ=DAILY", *["EXDATE:20210101"] * 50_000, "END:VEVENT"),
    "overrides": calendar(
        *EVENT,
        "RRULE:FREQ=DAILY",
        "END:VEVENT",
        *[*EVENT, "RECURRENCE-ID;VALUE=DATE:20210102", "END:VEVENT"] * 2_000,
    ),
    "nulls": b"\0" * 100_000 + calendar(*task("a\0b", "DESCRIPTION:\0")),
    "escapes": calendar(*task("\x1b]0;x\x07", "DESCRIPTION:\x1b[2J", "STATUS:\x1b[31m")),
    "marks": calendar(*task("\u202e\u2066x", "CATEGORIES:\u202ea,\u200fb")),
    "surrogates": b"BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:\xed\xa0\x80\nSUMMARY:a\nEND:VTODO",
    "last days": calendar(*EVENT[:3], "DTSTART;VALUE=DATE:99991231", "DURATION:P9W", "END:VEVENT"),
    "first days": calendar(*EVENT[:3], "DTSTART:00010101T000000Z", "DURATION:-P9W", "END:VEVENT"),
    "long duration": calendar(*EVENT, "DURATION:P999999W", "END:VEVENT"),
    "numbers": calendar(*task("a", "PERCENT-COMPLETE:" + "9" * 5_000, "SEQUENCE:" + "9" * 5_000)),
    "paths": calendar(*task("../../etc/passwd", "URL:file:///etc/passwd")),
    "a zone": b"BEGIN:VCALENDAR\nX-WR-TIMEZONE:../../../etc/passwd\nEND:VCALENDAR\n",
    "html": b"<!DOCTYPE html><html><body>Not found</body></html>\n" * 2_000,
    "nothing": b"",
    "json": b'{"BEGIN": "VCALENDAR"}',
    "lone carriage returns": calendar(*task("a")).replace(b"\r\n", b"\r"),
    "zip": b"PK\x03\x04" + bytes(range(256)) * 300,
}
PATIENCE = 5 if sys.gettrace() is None else 60  # `make coverage` counts each line
"""Seconds of processor time in which any of them must be over; each takes less than one."""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_soon_and_in_plain_words(run: Run, home: Path, name: str) -> None:
    run("init")
    (home / "hostile.ics").write_bytes(HOSTILE[name])
    for words in (("import", "ics", "hostile.ics"), ("check", "--ics", "hostile.ics")):
        began = time.process_time()
        ran = run(*words)
        assert time.process_time() - began < PATIENCE
        assert ran.code in (0, 14, 16), ran.err
        assert is_plain(ran)
        assert len(ran.out) + len(ran.err) < 200_000
    assert "\x1b" not in (home / "milestones.json").read_text(encoding="utf-8")
    assert run("list", "--format", "json").code == 0
    made = {path.name for path in home.parent.rglob("*") if path.is_file()}
    assert made == {"hostile.ics", "milestones.json"}
