"""The parts that people follow, and the bytes of their feeds."""

from __future__ import annotations

import gzip
from datetime import date, timedelta

from msgspec.structs import replace

from tests.milestones import AT, plain, stamp
from tracker.ics.profile import Feed, FeedKind
from tracker.ics.write import feed
from tracker.model import Milestone, Stamp, Status
from tracker.query import Filter
from tracker.settings import FeedSettings, Settings
from tracker.subscribe.departures import departed, view
from tracker.subscribe.feeds import FeedWriter, feed_at, feed_path
from tracker.subscribe.parts import Part, parts
from tracker.subscribe.pieces import Content
from tracker.subscribe.site import Site
from tracker.subscribe.stock import BATCH, Stock

TODAY = date(2021, 4, 1)


def made(milestones: list[Milestone], as_of: date = TODAY, **filters: Filter) -> dict[str, Part]:
    return parts(milestones, filters, as_of, 30)


def content(
    writer: FeedWriter,
    path: str,
    part: Part,
    kind: FeedKind = FeedKind.EVENTS,
    as_of: date = TODAY,
    earlier: Content | None = None,
) -> Content:
    recipe = writer.recipe(path, part, kind, Stock([], as_of, {}, 30))
    return recipe.content(earlier.pieces if earlier else {})


def text(writer: FeedWriter, path: str, known: dict[str, Part], as_of: date = TODAY) -> str:
    named = feed_at(path)
    assert named is not None
    stem, kind = named
    return content(writer, path, known[stem], kind, as_of).plain.decode()


def test_parts_are_named_after_owners_supporters_tags_and_filters() -> None:
    known = made(
        [
            plain(1, owner="Police", supporting=("Roads office",), tags=("A",)),
            plain(2, owner="ＰＯＬＩＣＥ", tags=("a",)),
        ],
        soon=Filter(text="nothing"),
    )
    assert [stem for stem, part in known.items() if part.group.is_followed] == [
        *("", "owner/police", "owner/roads_office", "tag/a", "filter/soon")
    ]
    assert [m.id for m in known["owner/police"].milestones] == [1, 2]
    assert known["owner/police"].name == "Police"
    assert not known["filter/soon"].milestones


def test_every_feed_is_found_at_its_address_and_nothing_else_is() -> None:
    known = made([plain(1, owner="Police")])
    for stem in known:
        for kind in FeedKind:
            assert feed_at(feed_path(stem, kind)) == (stem, kind)
    for path in ("", ".ics", "owner/police", "owner/police.ics/"):
        assert feed_at(path) is None
    for path in ("x.ics", "owner/police.ics.ics"):
        assert (
            Site(Settings()).edition([plain(1, owner="Police")], TODAY, AT).document(path) is None
        )


def test_the_bytes_are_those_of_one_feed_written_at_once() -> None:
    milestones = [plain(id, title=f"Title {id}") for id in range(1, 2 * BATCH + 50)]
    known = made(milestones)
    made_now = content(FeedWriter(FeedSettings()), "feed.ics", known[""])
    assert made_now.plain == feed(milestones, Feed(as_of=TODAY))
    assert gzip.decompress(made_now.gzipped) == made_now.plain


def test_what_was_written_before_does_not_change_what_is_written_now() -> None:
    milestones = [plain(id, title=f"Title {id}", owner="Police") for id in range(1, 2 * BATCH + 50)]
    writer = FeedWriter(FeedSettings())
    kept: dict[str, Content] = {}
    for step in range(3):
        milestones[BATCH * step] = milestones[BATCH * step].edit(
            stamp(), {"owner": f"Office {step}"}
        )
        milestones.append(plain(1000 + step))
        day = TODAY + timedelta(days=60 * step)  # some turn overdue
        known = made(milestones, day)
        for stem in known:
            for kind in FeedKind:
                path = feed_path(stem, kind)
                afresh = content(FeedWriter(FeedSettings()), path, known[stem], kind, day)
                kept[path] = content(writer, path, known[stem], kind, day, kept.get(path))
                assert kept[path] == afresh


def test_a_milestone_that_changes_owner_is_cancelled_where_it_was_and_is_where_it_went() -> None:
    before = plain(1, title="Ring road", owner="Roads")
    after = before.edit(stamp(), {"owner": "Police", "title": "Ring road, a secret name"})
    known = made([after])
    writer = FeedWriter(FeedSettings())
    # The other one first, so that nothing kept for it can show up here.
    assert "SUMMARY:Ring road\\, a secret name" in text(writer, "owner/police.ics", known)
    left = text(writer, "owner/roads.ics", known)
    assert "STATUS:CANCELLED" in left
    assert "SUMMARY:removed: Ring road\r\n" in left
    assert "secret" not in left
    assert not known["owner/roads"].current
    later = made([after], TODAY + timedelta(days=60))
    assert "BEGIN:VEVENT" not in text(writer, "owner/roads.ics", later, TODAY + timedelta(days=60))


def test_the_stamps_of_what_left_grow_beyond_those_that_were_read_before() -> None:
    before = plain(1, owner="Roads", due=date(2021, 3, 12))
    moved = before.edit(Stamp(AT + timedelta(days=20), date(2021, 3, 30)), {"owner": "Police"})
    back = moved.edit(Stamp(AT + timedelta(days=21), date(2021, 3, 31)), {"owner": "Roads"})
    sequences = []
    for m in (before, moved, back):
        path = "owner/roads.ics"
        written = text(FeedWriter(FeedSettings()), path, made([m]))
        sequences.append(int(written.partition("SEQUENCE:")[2].split("\r\n")[0]))
    assert sequences == sorted(set(sequences))


def test_what_is_done_leaves_a_filter_of_open_ones() -> None:
    open_ones = Filter(statuses=frozenset({Status.NOT_STARTED}))
    done = plain(1).set_status(stamp(), Status.COMPLETED)
    (shown,) = view([done], open_ones.holds, TODAY, 30)
    assert shown.removed_on is not None
    assert shown.status is Status.NOT_STARTED
    assert departed(done, Filter(owner="nobody").holds, TODAY, 30) is None
    assert departed(done, open_ones.holds, TODAY + timedelta(days=40), 30) is None
    assert departed(done, open_ones.holds, date.min, 10**6) is not None


def test_an_owner_is_followed_for_ever_but_current_only_while_something_stands() -> None:
    gone = plain(1, owner="Roads").remove(stamp())
    known = made([gone])
    assert not known["owner/roads"].current
    assert "STATUS:CANCELLED" in text(FeedWriter(FeedSettings()), "owner/roads.ics", known)


def test_what_was_written_is_forgotten_once_it_is_past() -> None:
    writer = FeedWriter(FeedSettings())
    m = plain(1)
    for minute in range(1, 2500):
        m = replace(m, history=(replace(m.history[0], at=AT + timedelta(minutes=minute)),))
        content(writer, "feed.ics", made([m])[""])
    assert len(writer._kept[FeedKind.EVENTS, ()]) < 1100


def test_a_feed_says_where_it_is_and_where_its_milestones_are_if_that_is_known() -> None:
    m = plain(1)
    known = made([m])
    told = text(FeedWriter(FeedSettings(), "https://example.org"), "feed.ics", known)
    assert "SOURCE;VALUE=URI:https://example.org/feed.ics\r\n" in told
    assert f"URL:https://example.org/promise/{m.uid}.html\r\n" in told
    assert "example.org" not in text(FeedWriter(FeedSettings()), "feed.ics", known)


def test_feeds_are_named_after_their_part() -> None:
    known = made([plain(1, owner="Police")])
    writer = FeedWriter(FeedSettings(name="Promises", alarms=(7,)))
    assert "X-WR-CALNAME:Promises: Police (tasks)\r\n" in text(
        writer, "tasks/owner/police.ics", known
    )
    assert "TRIGGER" in text(writer, "feed.ics", known)


def test_a_filter_has_alarms_of_its_own() -> None:
    settings = FeedSettings(alarms=(7,), filter_alarms={"soon": (1, 3), "quiet": ()})
    writer = FeedWriter(settings)
    known = made([plain(1, due=date(2021, 6, 30))], soon=Filter(), quiet=Filter())
    rings = {"": ["-P6DT15H"], "filter/soon": ["-P2DT15H", "-PT15H"], "filter/quiet": []}
    for _ in range(2):
        for stem, expected in rings.items():
            lines = text(writer, feed_path(stem, FeedKind.EVENTS), known).split("\r\n")
            found = [n.partition(":")[2] for n in lines if n.startswith("TRIGGER")]
            assert found == expected
