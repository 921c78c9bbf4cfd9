"""Whatever was done on either side, a sync ends in a true sentence, and the next finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from tests.milestones import plain
from tests.store.memory import MemoryStore
from tests.sync.shelf import Shelf
from tracker.actions import ChangeContext, Verb, apply
from tracker.errors import TrackerError
from tracker.model import Milestone, Stamp, Status
from tracker.store import Store
from tracker.sync.carry import StepOutcome, StepRunner, look
from tracker.sync.plan import Action, Preference, plan
from tracker.sync.resource import names, parsed
from tracker.sync.state import SyncState

DAY = date(2021, 5, 3)
NOON = datetime(2021, 5, 3, 12, tzinfo=UTC)


class Pair:
    """A store and a collection that are kept in step."""

    def __init__(self, *milestones: Milestone) -> None:
        self.store: Store = MemoryStore()
        self.store.create(list(milestones))
        self.shelf = Shelf()
        self.state = SyncState("test")
        ticks = count()
        self.occasion = ChangeContext(lambda: NOON + timedelta(minutes=next(ticks)), DAY)

    def sync(self, prefer: Preference | None = None) -> list[StepOutcome]:
        """Bring them in step; what there was to do, and what is to be told."""
        mine = {m.uid: m for m in self.store.all()}
        there = look(self.shelf, mine, self.state, None)
        steps = plan(mine.values(), self.state.synced, there, prefer)
        carrier = StepRunner(self.shelf, Shelf.folder, self.store, self.occasion, self.state)
        done = [carrier.carry(step) for step in steps]
        return [one for one in done if one.action is not Action.AGREE or one.notes]

    def here(self, verb: Verb, id: int = 1) -> None:
        apply(self.store, self.occasion, [str(id)], verb)

    @property
    def first(self) -> Milestone:
        return next(m for m in self.store.all() if m.id == 1)

    def there(self, *changes: tuple[str, str]) -> None:
        self.shelf.edit(self.first.uid, *changes)


@pytest.fixture
def pair() -> Pair:
    made = Pair(plain(1), plain(2))
    assert [one.action for one in made.sync()] == [Action.ADD, Action.ADD]
    return made


def to(status: Status) -> Verb:
    return lambda m, stamp: m.set_status(stamp, status)


def percent(number: int) -> Verb:
    return lambda m, stamp: m.edit(stamp, {"percent": number})


OPEN = ("STATUS:.*|COMPLETED:.*|PERCENT-COMPLETE:.*", "STATUS:NEEDS-ACTION\n")
STARTED = ("STATUS:.*|COMPLETED:.*|PERCENT-COMPLETE:.*", "STATUS:IN-PROCESS\nPERCENT-COMPLETE:40\n")
DONE = (
    "STATUS:.*|COMPLETED:.*|PERCENT-COMPLETE:.*",
    "STATUS:COMPLETED\nPERCENT-COMPLETE:100\nCOMPLETED:20210501T080000Z\n",
)
CANCELLED = ("STATUS:.*", "STATUS:CANCELLED\n")
LATER = ("DUE.*", "DUE;VALUE=DATE:20210815\n")
UNDATED = ("DUE.*", "")


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (None, (DONE, OPEN)),
        (None, (CANCELLED, OPEN)),
        (None, (STARTED, DONE, STARTED)),
        (to(Status.COMPLETED), (OPEN,)),
        (to(Status.CANCELLED), (OPEN,)),
        (to(Status.PARTLY_COMPLETED), (DONE, OPEN)),
        (percent(40), (DONE, STARTED)),
        (percent(40), (DONE, OPEN)),
        (None, (UNDATED, LATER)),
        (None, (DONE, (*LATER,), OPEN)),
    ],
)
def test_what_was_taken_in_is_no_conflict(
    pair: Pair, here: Verb | None, there: tuple[tuple[str, str], ...]
) -> None:
    if here is not None:
        pair.here(here)
        assert [one.action for one in pair.sync()] == [Action.CHANGE]
    for change in there:
        pair.there(change)
        assert Action.CONFLICT not in [one.action for one in pair.sync()]
        assert pair.sync() == []
    ours, theirs = pair.first, parsed(pair.shelf.text(pair.first.uid).encode(), None).item
    assert (ours.status.task, ours.due) == (theirs.status, theirs.due)
    assert (ours.percent or 0) == (theirs.percent or 0) or not ours.is_open


@pytest.mark.parametrize("uid", ["a,b", "a;b", "a\\b", "a\\nb", " a ", "日程:1", "x" * 400])
@pytest.mark.parametrize("prefer", [None, *Preference])
def test_any_uid_syncs(uid: str, prefer: Preference | None) -> None:
    pair = Pair(Milestone.begin(1, uid, Stamp(NOON, DAY), "add", title="T", due=DAY))
    pair.sync(prefer)
    assert pair.sync(prefer) == []
    pair.state = SyncState("test")
    assert pair.sync() == []
    pair.here(to(Status.IN_PROGRESS))
    assert [one.action for one in pair.sync()] == [Action.CHANGE]


RULE = ("RRULE.*", "RRULE:FREQ=WEEKLY\n")
NAMELESS = ("SUMMARY.*", "")


@pytest.mark.parametrize(("change", "said"), [(RULE, ""), (NAMELESS, "has no title there")])
def test_a_task_that_recurs_or_lost_its_title_is_one(
    pair: Pair, change: tuple[str, str], said: str
) -> None:
    pair.there(change)
    assert [said in one.notes[0] for one in pair.sync()] == [True] * bool(said)
    assert pair.sync() == []
    pair.here(to(Status.COMPLETED))
    pair.sync()
    text = pair.shelf.text(pair.first.uid)
    assert "STATUS:COMPLETED" in text
    assert ("RRULE:FREQ=WEEKLY" in text, "SUMMARY" in text) == (change is RULE, change is RULE)


def test_an_occurrence_done_by_itself_stays(pair: Pair) -> None:
    once = (
        f"BEGIN:VTODO\nUID:{pair.first.uid}\nRECURRENCE-ID;VALUE=DATE:20210630\n"
        "STATUS:COMPLETED\nSUMMARY:T\nEND:VTODO\n"
    )
    pair.there(RULE)
    href = pair.shelf.href(pair.first.uid)
    etag, data = pair.shelf.kept[href]
    text = data.decode().replace("BEGIN:VTODO", once.replace("\n", "\r\n") + "BEGIN:VTODO", 1)
    assert pair.shelf.put(href, text.encode(), etag)
    assert pair.sync() == []
    assert pair.first.is_open
    pair.here(to(Status.IN_PROGRESS))
    pair.sync()
    text = pair.shelf.text(pair.first.uid)
    assert text.count("BEGIN:VTODO") == 2
    assert "RECURRENCE-ID;VALUE=DATE:20210630\nSTATUS:COMPLETED" in text


def emptied(pair: Pair) -> None:
    pair.there(("BEGIN:VTODO", ""), ("END:VTODO", ""))


BROKEN: dict[str, tuple[Callable[[Pair], None], str]] = {
    "no date": (lambda pair: pair.there(("DUE.*", "DUE:soon\n")), "cannot be read there ("),
    "no task": (emptied, "is no task there any more"),
}


@pytest.mark.parametrize("prefer", list(Preference))
@pytest.mark.parametrize("how", BROKEN)
def test_what_cannot_be_read_is_told_as_what_it_is_and_settled(
    pair: Pair, how: str, prefer: Preference
) -> None:
    spoil, said = BROKEN[how]
    spoil(pair)
    for _ in range(2):
        (one,) = pair.sync()
        assert (one.action, one.notes[0].startswith(said)) == (Action.CONFLICT, True)
    pair.sync(prefer)
    assert pair.sync() == []


@pytest.mark.parametrize("prefer", list(Preference))
def test_a_new_date_of_what_is_finished_stays_there_without_conflict(
    pair: Pair, prefer: Preference
) -> None:
    pair.here(to(Status.COMPLETED))
    pair.sync()
    pair.there(LATER)
    (one,) = pair.sync()
    assert one.notes == ("is due 2021-08-15 there, left as it is since it is completed",)
    assert pair.sync() == []
    pair.here(to(Status.IN_PROGRESS))
    assert [step.action for step in pair.sync(prefer)] == [Action.TAKE]
    assert pair.first.due == date(2021, 8, 15)
    assert pair.sync() == []


@pytest.mark.parametrize("prefer", list(Preference))
def test_what_cannot_be_made_here_is_settled_either_way(prefer: Preference) -> None:
    pair = Pair(plain(1, made_on=date(2031, 1, 1)))
    pair.sync()
    pair.there(DONE)
    (one,) = pair.sync()
    assert (
        "cannot be taken back (Milestone 1 has a date of 2031-01-01, a day to come" in one.notes[0]
    )
    assert [one.action for one in pair.sync()] == [Action.CONFLICT]
    pair.sync(prefer)
    assert pair.sync() == []


def test_what_is_refused_is_one_milestones_fault(pair: Pair) -> None:
    pair.shelf.locked.add(pair.shelf.href(pair.first.uid))
    for id in (1, 2):
        pair.here(to(Status.IN_PROGRESS), id)
    assert {one.milestone.id: one.action for one in pair.sync()} == {
        1: Action.REFUSED,
        2: Action.CHANGE,
    }
    pair.shelf.locked.clear()
    assert [one.milestone.id for one in pair.sync()] == [1]


def test_a_server_that_takes_nothing_is_left_alone() -> None:
    pair = Pair(*(plain(id) for id in range(1, 40)))
    pair.shelf.locked = {Shelf.folder + next(names(m.uid)) for m in pair.store.all()}
    with pytest.raises(TrackerError, match="locked"):
        pair.sync()


def test_a_name_that_somebody_elses_task_has_is_left_to_it(pair: Pair) -> None:
    made = Pair(plain(1))
    other = b"BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:other\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
    href = Shelf.folder + next(names(made.first.uid))
    made.shelf.put(href, other, None)
    assert [one.action for one in made.sync()] == [Action.ADD]
    assert made.shelf.kept[href][1] == other
    assert made.sync() == []


def renamed(pair: Pair) -> str:
    """Another task stands by the name of the milestone's."""
    href = pair.shelf.href(pair.first.uid)
    etag, data = pair.shelf.kept[href]
    pair.shelf.put(href, data.replace(pair.first.uid.encode(), b"another"), etag)
    return href


@pytest.mark.parametrize("prefer", list(Preference))
def test_a_task_whose_uid_was_changed_there_was_deleted_there(
    pair: Pair, prefer: Preference
) -> None:
    href = renamed(pair)
    for _ in range(2):
        (one,) = pair.sync()
        assert (one.action, one.notes) == (
            Action.CONFLICT,
            ("was deleted there and still stands here",),
        )
    pair.sync(prefer)
    assert pair.sync() == []
    assert b"UID:another" in pair.shelf.kept[href][1]


def test_a_task_put_by_another_name_is_found_by_its_uid(pair: Pair) -> None:
    href = pair.shelf.href(pair.first.uid)
    pair.shelf.kept[Shelf.folder + "moved.ics"] = ('"x"', pair.shelf.kept[href][1])
    renamed(pair)
    assert pair.sync() == []
    pair.there(DONE)
    pair.sync()
    assert pair.first.status is Status.COMPLETED


def test_names_that_others_have_are_passed_over() -> None:
    made = Pair(plain(1))
    made.sync()
    for _ in range(3):
        renamed(made)
        assert [one.action for one in made.sync(Preference.OURS)] == [Action.ADD]
        assert made.sync() == []
    assert len(made.shelf.kept) == 4


def test_a_completion_that_is_not_dated_there_has_no_day_here(pair: Pair) -> None:
    pair.there(("STATUS:.*", "STATUS:COMPLETED\nPERCENT-COMPLETE:100"))
    (done,) = pair.sync()
    assert (done.action, done.notes) == (Action.TAKE, ("completed",))
    assert (pair.first.status, pair.first.completed_on) == (Status.COMPLETED, None)
    assert pair.sync() == []
