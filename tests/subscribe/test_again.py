"""What stands in a folder is what would stand in a new one, whatever happened to both."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from tests.milestones import plain
from tracker.errors import TrackerError
from tracker.locale import ENGLISH, Language, all_languages
from tracker.model import Milestone, Precision, Source, Stamp, Status
from tracker.settings import FeedSettings, Settings
from tracker.subscribe import publication
from tracker.subscribe.folder import Folder
from tracker.subscribe.listing import LISTED
from tracker.subscribe.pieces import Recipe
from tracker.subscribe.site import Site

START = date(2021, 6, 20)
BODIES = (None, "Police", "Fire", "Roads")


class World(NamedTuple):
    """All that a site is made from."""

    milestones: tuple[Milestone, ...]
    day: date
    settings: Settings
    lang: Language


def begin() -> World:
    made = [
        plain(
            i,
            due=START + timedelta(days=4 * i),
            owner=BODIES[i % 4],
            tags=("city",) if i % 2 else (),
            source=Source("Plan", quote="By the end of June we will have opened it."),
        )
        for i in range(1, 4)
    ]
    return World(tuple(made), START, Settings(feeds=FeedSettings(retention=3)), ENGLISH)


Happening = Callable[[World, Random], World]


def changed(world: World, random: Random, how: Callable[[Milestone, Stamp], Milestone]) -> World:
    at = random.randrange(len(world.milestones))
    m = world.milestones[at]
    if m.removed_on is not None:
        return world
    later = max(m.history[-1].at + timedelta(minutes=1), _noon(world.day))
    try:
        new = how(m, Stamp(later, world.day))
    except TrackerError:  # it is so already
        return world
    return world._replace(milestones=(*world.milestones[:at], new, *world.milestones[at + 1 :]))


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def edited(**fields: object) -> Happening:
    return lambda world, random: changed(world, random, lambda m, stamp: m.edit(stamp, fields))


def linked(world: World, random: Random) -> World:
    other = random.choice(world.milestones).uid
    return changed(
        world, random, lambda m, s: m if m.uid == other else m.edit(s, {"depends_on": (other,)})
    )


def told(world: World, _: Random) -> World:
    """Another name, a filter that comes or goes."""
    filters = {} if world.settings.filters else {"late": {"owner": "Police"}}
    name = "Other" if world.settings.feeds.name != "Other" else "Milestones"
    feeds = replace(world.settings.feeds, name=name)
    return world._replace(settings=replace(world.settings, feeds=feeds, filters=filters))


def spoken(world: World, random: Random) -> World:
    lang = random.choice([each(each.called[0]) for each in all_languages()])
    return world._replace(lang=lang)


def added(world: World, _: Random) -> World:
    new = plain(len(world.milestones) + 1, owner="Fire", tags=("new",))
    return world._replace(milestones=(*world.milestones, new))


HAPPENINGS: tuple[Happening, ...] = (
    edited(title="Another title"),
    edited(owner="Fire"),
    edited(owner="Roads", tags=("new", "city")),
    edited(tags=("private",)),
    edited(tags=()),
    lambda w, r: changed(
        w, r, lambda m, s: m.postpone(s, date(2021, 9, 30), Precision.DAY, "end of September")
    ),
    linked,
    told,
    spoken,
    added,
    lambda w, r: changed(w, r, lambda m, s: m.set_status(s, Status.COMPLETED)),
    lambda w, r: changed(w, r, lambda m, s: m.remove(s)),
    lambda w, _: w._replace(day=w.day + timedelta(days=1)),
    lambda w, _: w._replace(day=w.day + timedelta(days=9)),
)


def publish(folder: Path, world: World, *, until: int = -1) -> list[str]:
    """Publish, and say what was written; be interrupted once `until` documents are made."""
    site = Site(world.settings, "https://example.org", lang=world.lang)
    edition = site.edition(world.milestones, world.day, _noon(world.day))

    def stopping(path: str) -> Recipe | None:
        nonlocal until
        until -= 1
        if until == 0:
            raise KeyboardInterrupt
        return edition.recipe(path)

    with Folder(folder) as held:
        return publication.publish(held, edition.bundles(), stopping).written


def within(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != LISTED
    }


def meddle(folder: Path, random: Random) -> bool:
    """Alter a file by hand, delete one, or touch one; whether it is altered in its place."""
    path = random.choice(sorted(p for p in folder.rglob("*") if p.is_file() and p.name != LISTED))
    match random.randrange(4):
        case 0:
            path.write_bytes(path.read_bytes()[:-1] + b"!")
            return True
        case 1:
            path.unlink()
        case 2:
            new = path.with_suffix(".new")
            new.write_bytes(path.read_bytes()[:-1] + b"!")
            new.replace(path)
        case _:
            path.touch()
    return False


@pytest.mark.parametrize("seed", range(int(os.environ.get("TRACKER_SEEDS", "1"))))
def test_whatever_happens_it_is_as_if_published_anew(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.subscribe.promises.has_raster", lambda: False)
    random, world = Random(seed), begin()  # noqa: S311  # the same each time
    for step in range(4):
        for _ in range(random.randrange(1, 3)):
            world = random.choice(HAPPENINGS)(world, random)
        altered = step > 0 and random.random() < 0.5 and meddle(tmp_path / "public", random)
        if random.random() < 0.3:
            with suppress(KeyboardInterrupt):  # it may be done before
                publish(tmp_path / "public", world, until=random.randrange(1, 30))
            world = random.choice(HAPPENINGS)(world, random)
        publish(tmp_path / "public", world)
        if altered:  # it is found when there is nothing else to do
            publish(tmp_path / "public", world)
        publish(tmp_path / f"new{step}", world)
        assert within(tmp_path / "public") == within(tmp_path / f"new{step}"), step


def test_a_file_that_was_altered_or_deleted_is_made_again(tmp_path: Path) -> None:
    publish(tmp_path, begin())
    was = within(tmp_path)
    page = tmp_path / "badge" / f"{begin().milestones[0].uid}.svg"
    page.write_bytes(page.read_bytes()[:-1] + b"!")
    (tmp_path / "feed.ics.gz").unlink()
    (tmp_path / "promises.html").touch()
    assert publish(tmp_path, begin()) == ["feed.ics", f"badge/{page.name}"]
    assert within(tmp_path) == was
