"""Store files that somebody else wrote, and three of them merged."""

from __future__ import annotations

from datetime import date

from tests.fuzz.oracles import NOW, harmless, refused_in_a_sentence, shown, written_and_read
from tests.fuzz.sheets import JSON
from tests.fuzz.target import Target
from tests.milestones import full, plain, stamp
from tracker.coherence import faults
from tracker.errors import StoreCorrupt, TrackerError
from tracker.locale import ENGLISH
from tracker.merge import Side, merge
from tracker.model import Milestone, Precision, Status
from tracker.render import merged as words
from tracker.render.text import clean
from tracker.store import file_content
from tracker.store.layout import Layout

PART = b"\n=======\n"
"""What stands between the three files of a merge."""


def check_store(data: bytes) -> None:
    milestones = _read(data)
    if milestones is None:
        return
    layout = Layout(data, "store", NOW)
    try:
        row_by_row = [layout.milestone(id, row) for id, row in layout.rows().items()]
    except StoreCorrupt as refusal:
        # Readers pass over a broken character in a field that is none of ours; writers refuse it.
        refused_in_a_sentence(refusal)
    else:
        assert row_by_row == milestones
    written_and_read(milestones)
    harmless(*(clean(f"{fault.what} {fault.advice}") for fault in faults(milestones)))
    shown(milestones)
    for m in milestones:
        for day in (date.min, date(2021, 6, 1), date.max):
            m.replayed(day)


def _read(data: bytes) -> list[Milestone] | None:
    try:
        return list(Layout(data, "store", NOW).milestones().values())
    except TrackerError as refusal:
        refused_in_a_sentence(refusal)
        return None


def check_merge(data: bytes) -> None:
    parts = [*data.split(PART), b"", b""][:3]
    read = [[] if not part.strip() else _read(part) for part in parts]
    base, ours, theirs = read
    if base is None or ours is None or theirs is None:
        return
    try:
        merged = merge(base, ours, theirs)
        other = merge(base, theirs, ours)
        preferred = [merge(base, ours, theirs, side) for side in Side]
    except TrackerError as refusal:
        refused_in_a_sentence(refusal)
        return
    harmless(words.lines(merged, ENGLISH))
    assert {m.uid for m in merged.milestones} == {m.uid for m in other.milestones}
    if not any(map(faults, (base, ours, theirs))):
        questions = [{(c.uid, c.about) for c in one.conflicts} for one in (merged, other)]
        assert questions[0] == questions[1]
    for one in (merged, other, *preferred):
        assert len({m.id for m in one.milestones}) == len(one.milestones)
        written_and_read(one.milestones)
    assert list(merge(ours, ours, theirs).milestones) == theirs


def store_seeds() -> list[bytes]:
    """A store with every field, and what stock TinyDB writes of a hand-made table."""
    by_hand = (
        b'{"milestones": {"1": {"title": "Ring road", "due": "2021-06-30", "status": "open"}}}'
    )
    return [file_content([plain(1), full()]), by_hand, b'{"_default": {}}']


def merge_seeds() -> list[bytes]:
    """A store that was changed in two places."""
    base = [plain(1), plain(2), plain(3)]
    ours = [
        base[0].postpone(stamp(), date(2021, 9, 30), Precision.DAY, None, why="tender"),
        base[1].set_status(stamp(), Status.COMPLETED),
        base[2].remove(stamp()),
        plain(4),
    ]
    theirs = [
        base[0].edit(stamp(), {"owner": "Roads"}),
        base[1].set_status(stamp(), Status.CANCELLED),
        base[2].note(stamp(), "begun"),
    ]
    return [PART.join(map(file_content, three)) for three in ((base, ours, theirs), ([], ours, []))]


STORE = Target("store", check_store, store_seeds, (*JSON.words, '"meta":', '"1":', "\n"))
MERGE = Target("merge", check_merge, merge_seeds, (*JSON.words, PART.decode(), '"undoes":'))
