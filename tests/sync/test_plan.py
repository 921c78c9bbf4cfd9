"""The three-way comparison: what changed on one side goes over, what changed on both is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.ics.promises import at, promise
from tracker.model import Milestone, Precision, Status
from tracker.sync.plan import Action, Preference, ServerResource, Step, plan
from tracker.sync.resource import REVISION, WORDED, merged, names, parsed, resource_bytes
from tracker.sync.state import ForeignResource, SyncedResource, SyncState, dumps, loads

Change = Callable[[Milestone], Milestone]
Edit = tuple[str, str]

M = promise()
UID = M.uid
HREF = f"/tasks/{UID}.ics"


def postponed(m: Milestone) -> Milestone:
    return m.postpone(at("2021-05-01T08:00"), date(2021, 7, 31), Precision.MONTH, "end of July")


def started(m: Milestone) -> Milestone:
    return m.set_status(at("2021-05-01T08:00"), Status.IN_PROGRESS)


def renamed(m: Milestone) -> Milestone:
    return m.edit(at("2021-05-01T08:00"), {"title": "Another title"})


def removed(m: Milestone) -> Milestone:
    return m.remove(at("2021-05-01T08:00"))


MOVED = ("DUE;VALUE=DATE:20210630", "DUE;VALUE=DATE:20210815")
MOVED_ALIKE = ("DUE;VALUE=DATE:20210630", "DUE;VALUE=DATE:20210731")
DONE = ("STATUS:NEEDS-ACTION", "STATUS:COMPLETED\r\nCOMPLETED:20210520T080000Z")
HALF = ("STATUS:NEEDS-ACTION", "STATUS:NEEDS-ACTION\r\nPERCENT-COMPLETE:50")
CALLED = ("SUMMARY:Set up", "SUMMARY:Put up")
PRIORITY = ("PRIORITY:5", "PRIORITY:1")
TAGGED = ("CATEGORIES:not started", "CATEGORIES:home,not started")
TOUCHED = ("TRANSP", "TRANSP")


def there(*edits: Edit, etag: str = '"2"') -> ServerResource:
    text = resource_bytes(M).decode()
    for old, new in edits:
        text = text.replace(old, new)
    return ServerResource(HREF, etag, text.encode(), parsed(text.encode(), None))


def step(
    change: Change | None, *edits: Edit, prefer: Preference | None = None, known: bool = True
) -> Step | None:
    m = change(M) if change else M
    synced = {UID: SyncedResource(HREF, '"1"', M.recorded_at)} if known else {}
    steps = plan([m], synced, {UID: there(*edits)}, prefer)
    return steps[0] if steps else None


@pytest.mark.parametrize(
    ("change", "edit", "action", "taken"),
    [
        (None, TOUCHED, Action.AGREE, {}),
        (None, MOVED, Action.TAKE, {"due": date(2021, 8, 15)}),
        (None, DONE, Action.TAKE, {"status": Status.COMPLETED, "completed_on": date(2021, 5, 20)}),
        (None, HALF, Action.TAKE, {"percent": 50}),
        (None, CALLED, Action.AGREE, {}),
        (postponed, TOUCHED, Action.CHANGE, {}),
        (
            postponed,
            DONE,
            Action.TAKE,
            {"status": Status.COMPLETED, "completed_on": date(2021, 5, 20)},
        ),
        (postponed, MOVED, Action.CONFLICT, {}),
        (postponed, MOVED_ALIKE, Action.CHANGE, {}),
        (started, DONE, Action.CONFLICT, {}),
        (started, MOVED, Action.TAKE, {"due": date(2021, 8, 15)}),
        (renamed, CALLED, Action.AGREE, {}),
        (renamed, PRIORITY, Action.CHANGE, {}),
        (None, PRIORITY, Action.AGREE, {}),
        (None, TAGGED, Action.AGREE, {}),
        (removed, TOUCHED, Action.DELETE, {}),
        (removed, DONE, Action.CONFLICT, {}),
    ],
)
@pytest.mark.parametrize("known", [True, False], ids=["remembered", "forgotten"])
def test_each_change_has_its_way(
    change: Change | None, edit: Edit, action: Action, taken: dict[str, Any], known: bool
) -> None:
    made = step(change, edit, known=known)
    assert made is not None
    assert (made.action, made.taken) == (action, taken)


def test_nothing_is_overwritten_that_was_not_read() -> None:
    changes = (None, postponed, started, renamed)
    edits = (MOVED, DONE, HALF, CALLED, PRIORITY, TAGGED)
    for change, edit in product(changes, edits):
        made = step(change, edit)
        assert made is not None
        if made.action is Action.CHANGE:
            assert made.kept, "what was changed there must stay there"


@pytest.mark.parametrize("prefer", list(Preference))
def test_a_conflict_is_settled_as_told(prefer: Preference) -> None:
    made = step(postponed, MOVED, prefer=prefer)
    assert made is not None
    if prefer is Preference.OURS:
        assert made.action is Action.CHANGE
    else:
        assert (made.action, made.taken) == (Action.TAKE, {"due": date(2021, 8, 15)})


def test_what_nobody_touched_is_not_in_the_plan() -> None:
    synced = {UID: SyncedResource(HREF, '"2"', M.recorded_at)}
    assert plan([M], synced, {UID: ServerResource(HREF, '"2"')}) == []
    assert [s.action for s in plan([M], {}, {})] == [Action.ADD]
    assert plan([removed(M)], {}, {}) == []


def test_without_any_word_of_the_revision_a_difference_is_a_conflict() -> None:
    text = resource_bytes(M).decode().replace("DUE;VALUE=DATE:20210630", "DUE;VALUE=DATE:20210815")
    data = "\r\n".join(n for n in text.split("\r\n") if not n.startswith(REVISION)).encode()
    theirs = ServerResource(HREF, '"2"', data, parsed(data, None))
    (made,) = plan([M], {}, {UID: theirs})
    assert made.action is Action.CONFLICT
    assert made.notes == ("due: 2021-06-30 here, 2021-08-15 there",)


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (CALLED, "is called “Put up the trade association” there, which is not taken back"),
        (PRIORITY, "has another priority there, left as it is"),
        (TAGGED, "has other tags there, left as they are"),
        (("DESCRIPTION:", "DESCRIPTION:Ask Ann. "), "has another description there, left as it is"),
        (("URL:urn:uuid:", "URL:https://example.org/"), "has another address there, left as it is"),
    ],
)  # fmt: skip
def test_what_is_not_taken_back_is_told_and_stays(edit: Edit, told: str) -> None:
    made = step(renamed if edit != CALLED else None, edit)
    assert made is not None
    assert made.notes == (told,)
    assert there(edit).data is not None
    theirs = there(edit)
    data = merged(renamed(M), theirs.data or b"", made.kept, theirs.task)
    assert edit[1].encode() in data.replace(b"\r\n ", b"")


def test_words_that_an_earlier_tracker_wrote_are_nobodys_change() -> None:
    earlier = "Due by the end of June 2021."
    text = resource_bytes(M).decode().replace("\r\n ", "")
    text = "".join(
        f"DESCRIPTION:{earlier}\r\n"
        if line.startswith("DESCRIPTION:")
        else f"{WORDED}:{sha256(earlier.encode()).hexdigest()[:16]}\r\n"
        if line.startswith(WORDED)
        else line
        for line in text.splitlines(keepends=True)
    )
    theirs = ServerResource(HREF, '"2"', text.encode(), parsed(text.encode(), None))
    (made,) = plan([M], {}, {UID: theirs})
    assert (made.action, made.kept, made.notes) == (Action.CHANGE, frozenset(), ())


def by_another(m: Milestone) -> ServerResource:
    """The resource as another tracker wrote it, of a change that this one does not know."""
    data = resource_bytes(
        m.postpone(at("2021-05-03T08:00"), date(2021, 8, 15), Precision.DAY, None)
    )
    return ServerResource(HREF, '"2"', data, parsed(data, None))


@pytest.mark.parametrize(
    ("change", "known", "action"),
    [
        (None, True, Action.TAKE),
        (started, True, Action.TAKE),
        (postponed, True, Action.CONFLICT),
        (removed, True, Action.CONFLICT),
        (removed, False, Action.CONFLICT),
        (None, False, Action.CONFLICT),
    ],
)
def test_another_trackers_change_counts_from_the_last_sync(
    change: Change | None, known: bool, action: Action
) -> None:
    synced = {UID: SyncedResource(HREF, '"1"', M.recorded_at)} if known else {}
    (made,) = plan([change(M) if change else M], synced, {UID: by_another(M)})
    assert made.action is action


def test_what_stays_there_by_decision_is_not_deleted_by_the_next_sync() -> None:
    gone = removed(M)
    synced = {UID: SyncedResource(HREF, '"1"', M.recorded_at)}
    (made,) = plan([gone], synced, {UID: there(DONE)}, Preference.THEIRS)
    assert made.action is Action.AGREE
    agreed = {UID: SyncedResource(HREF, '"2"', gone.recorded_at)}
    assert plan([gone], agreed, {UID: ServerResource(HREF, '"2"')}) == []


def test_no_name_leaves_its_folder() -> None:
    for uid in ("../../x", "a/b", ".", "..", "ü" * 300, "a b%2f", "\\x", "a\nb"):
        made = next(names(uid))
        assert made.endswith(".ics")
        assert made == made.strip(".")
        assert not set(made) & set("/\\%\n ")
        assert next(names(uid)) == made
    assert next(names(UID)) == f"{UID}.ics"


def test_stamps_never_go_back() -> None:
    text = resource_bytes(M).decode().replace("SEQUENCE:0", "SEQUENCE:12")
    text = text.replace("LAST-MODIFIED:2021", "LAST-MODIFIED:2031")
    data = text.encode()
    lines = merged(postponed(M), data, frozenset(), parsed(data, None)).decode().split("\r\n")
    assert "SEQUENCE:12" in lines
    assert any(line.startswith("LAST-MODIFIED:2031") for line in lines)


@pytest.mark.parametrize(
    ("dates", "same", "moved"),
    [
        (
            ("DUE;TZID=Asia/Shanghai:20210630T170000",),
            ("DUE;TZID=Asia/Shanghai:20210630T170000",),
            ("DUE;TZID=Asia/Shanghai:20210731T170000",),
        ),
        (
            ("DTSTART;VALUE=DATE:20210601", "DUE;VALUE=DATE:20210630"),
            ("DTSTART;VALUE=DATE:20210601", "DUE;VALUE=DATE:20210630"),
            ("DTSTART;VALUE=DATE:20210601", "DUE;VALUE=DATE:20210731"),
        ),
        # 02:00 on 30 June in Shanghai.
        (
            ("DTSTART:20210620T180000Z", "DUE:20210629T180000Z"),
            ("DTSTART:20210620T180000Z", "DUE:20210629T180000Z"),
            ("DTSTART:20210620T180000Z", "DUE:20210730T180000Z"),
        ),
        (
            ("DTSTART;VALUE=DATE:20210628", "DURATION:P2D"),
            ("DTSTART;VALUE=DATE:20210628", "DURATION:P2D"),
            ("DTSTART;VALUE=DATE:20210729", "DURATION:P2D"),
        ),
    ],
)
def test_start_time_and_zone_of_a_deadline_stay(
    dates: tuple[str, ...], same: tuple[str, ...], moved: tuple[str, ...]
) -> None:
    data = (
        resource_bytes(M).decode().replace("DUE;VALUE=DATE:20210630", "\r\n".join(dates)).encode()
    )
    task = parsed(data, ZoneInfo("Asia/Shanghai"))
    for m, expected in ((renamed(M), same), (postponed(M), moved)):
        lines = merged(m, data, frozenset(), task).decode().split("\r\n")
        names = ("DTSTART", "DUE", "DURATION")
        assert tuple(n for n in lines if n.startswith(names)) == expected


def test_a_start_after_the_end_moves_with_it() -> None:
    start = "DTSTART;VALUE=DATE:20210629\r\nDUE"
    data = resource_bytes(M).decode().replace("DUE", start, 1).encode()
    earlier = M.postpone(at("2021-05-01T08:00"), date(2021, 6, 15), Precision.DAY, None)
    lines = merged(earlier, data, frozenset(), parsed(data, None)).decode().split("\r\n")
    assert {"DTSTART;VALUE=DATE:20210614", "DUE;VALUE=DATE:20210615"} <= set(lines)


def test_the_state_comes_back_and_nonsense_is_an_empty_one() -> None:
    url = "https://dav.example.org/x/"
    state = SyncState(url)
    state.synced[UID] = SyncedResource(HREF, '"1"', M.recorded_at, ("SUMMARY",))
    state.others["/x/y.ics"] = ForeignResource('"7"', None)
    assert loads(dumps(state), url) == state
    assert loads(dumps(state), "https://other.example.org/") == SyncState(
        "https://other.example.org/"
    )
    for nonsense in (b"", b"[]", b"\xff\xfe", b'{"url":"x","synced":[]}'):
        assert loads(nonsense, url) == SyncState(url)
