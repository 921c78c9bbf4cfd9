"""ical.js, which Thunderbird and Nextcloud read calendars with, reads what was written."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.programs import node_package, program
from tracker.ics.lines import clean
from tracker.ics.write import Feed, FeedKind, feed
from tracker.model import Milestone

from ..promises import milestones
from .story import story

SCRIPT = Path(__file__).with_name("ical_js.mjs")


@pytest.fixture(scope="module", params=["ical.js", "ical.js-1"])
def reader(request: pytest.FixtureRequest) -> list[str]:
    """The command that reads a calendar on stdin, with either major version."""
    return [program("node"), str(SCRIPT), node_package(request.param), request.param]


def read(reader: list[str], data: bytes) -> Any:
    done = subprocess.run(reader, input=data, capture_output=True, check=True)
    return json.loads(done.stdout)


def test_each_step_is_read(reader: list[str]) -> None:
    for step in story():
        for data, day in ((step.events, "dtstart"), (step.tasks, "due")):
            calendar = read(reader, data)
            assert calendar["name"] == "Story"
            assert calendar["refresh"] == "PT12H"
            shown = {
                entry["properties"]["uid"][0][0]: (
                    entry["properties"][day][0][0],
                    entry["properties"]["summary"][0][0],
                )
                for entry in calendar["entries"]
            }
            assert shown == step.seen, step.name


@settings(max_examples=4)
@given(
    st.lists(milestones(), min_size=5, max_size=10, unique_by=lambda m: m.uid),
    st.sampled_from(FeedKind),
)
def test_any_text_arrives_as_it_was_meant(
    reader: list[str], some: list[Milestone], kind: FeedKind
) -> None:
    shown = [m for m in some if m.removed_on is None and (m.due or kind is FeedKind.TASKS)]
    data = feed(shown, Feed(as_of=date(2021, 6, 1), kind=kind))
    entries = read(reader, data)["entries"]
    assert len(entries) == len(shown)
    for entry, milestone in zip(entries, shown, strict=True):
        properties = entry["properties"]
        assert properties["uid"] == [[clean(milestone.uid)]]
        assert properties["summary"][0][0].endswith(clean(milestone.title))
        tags = [clean(tag) for tag in milestone.tags]
        # ical.js takes the comma after an escaped backslash for an escaped comma.
        if not any(tag.endswith("\\") for tag in tags):
            assert properties["categories"][0][1:] == tags
        day = properties.get("dtstart" if kind is FeedKind.EVENTS else "due", [[None]])[0][0]
        assert day == (milestone.due and milestone.due.isoformat())
