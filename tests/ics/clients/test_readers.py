"""Thunderbird's own parser and Nextcloud's library read what was written, and series as we do."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.ics.test_series import ALL_DAY, DAILY, SHANGHAI, calendar, entry, zone_at
from tests.programs import node_package, program
from tracker.ics.read import read

from .story import story
from .thunderbird import running

FOLDER = Path(__file__).parent
WINDOW = (date(2021, 1, 1), date(2024, 12, 31))
DAYS = ("20210101", "20250101")

Reader = Callable[[bytes], list[tuple[str, str, str]]]
"""The uid, title and day of each event and task, and of each occurrence of what recurs."""


def _nextcloud() -> Reader:
    node, base = program("node"), node_package("@nextcloud/calendar-js")
    command = [node, str(FOLDER / "nextcloud.mjs"), base, *DAYS]

    def answer(data: bytes) -> list[tuple[str, str, str]]:
        done = subprocess.run(command, input=data, capture_output=True, check=True)
        return [(uid, title, day) for uid, title, day in json.loads(done.stdout)]

    return answer


@pytest.fixture(scope="module", params=["Thunderbird", "Nextcloud"])
def reader(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Reader]:
    if request.param == "Nextcloud":
        yield _nextcloud()
        return
    folder = tmp_path_factory.mktemp("thunderbird")
    script = (FOLDER / "thunderbird.js").read_text(encoding="utf-8")
    home = {"HOME": str(folder), "LANG": "C.UTF-8", "TZ": "Asia/Shanghai", "PATH": "/usr/bin:/bin"}
    with running(home, folder / "profile") as program_itself:
        yield lambda data: [
            (uid, title, day)
            for uid, title, day in program_itself.run(script, data.decode(), *DAYS, "Asia/Shanghai")
        ]


def test_every_third_step_is_read(reader: Reader) -> None:
    for step in list(story())[::3]:
        for data in (step.events, step.tasks):
            shown = {uid: (day, title) for uid, title, day in reader(data)}
            expected = {
                uid: (day.replace("-", ""), title) for uid, (day, title) in step.seen.items()
            }
            assert shown == expected, step.name


SERIES = {
    "until in utc": [entry(SHANGHAI, "RRULE:FREQ=DAILY;UNTIL=20240605T220000Z")],
    "exception in utc": [entry(SHANGHAI, DAILY, "EXDATE:20240603T220000Z")],
    "moved in utc": [
        entry(SHANGHAI, DAILY),
        entry("RECURRENCE-ID:20240603T220000Z", "DTSTART:20240619T220000Z"),
    ],
    "moved, before its master": [
        entry("RECURRENCE-ID;VALUE=DATE:20240604", "DTSTART;VALUE=DATE:20240620"),
        entry(ALL_DAY, DAILY),
    ],
    "further dates": [entry(ALL_DAY, "RDATE;VALUE=DATE:20240610,20240701", DAILY)],
    "a windows zone": [entry("DTSTART;TZID=China Standard Time:20240603T060000", DAILY)],
    "a zone of its own": [zone_at("+0800"), entry("DTSTART;TZID=Ours:20240603T060000", DAILY)],
    "in utc": [entry("DTSTART:20240602T220000Z", DAILY)],
}


@pytest.mark.parametrize("name", SERIES)
def test_a_series_falls_on_the_same_days(reader: Reader, name: str) -> None:
    data = calendar(*SERIES[name])
    items = read(data, WINDOW, ZoneInfo("Asia/Shanghai")).items
    assert sorted(day for _, _, day in reader(data)) == sorted(f"{i.due:%Y%m%d}" for i in items)
