"""A file with some rows changed: the bytes that laying out all of it gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.milestones import full, plain, stamp
from tracker.errors import TrackerError
from tracker.model import Milestone
from tracker.store.layout import Layout
from tracker.store.writing import file_bytes, join, lay_out

NOW = datetime(2021, 6, 1, tzinfo=UTC)


def layout(content: bytes) -> Layout:
    return Layout(content, "milestones.json", NOW)


HEAD = "f" * 64


def rows(*some: Milestone) -> dict[int, bytes]:
    return {m.id: lay_out(m) for m in some}


@given(
    kept=st.sets(st.integers(1, 12)),
    noted=st.sets(st.integers(1, 12)),
    added=st.sets(st.integers(13, 16)),
)
def test_rows_put_into_a_file_give_what_joining_all_gives(
    kept: set[int], noted: set[int], added: set[int]
) -> None:
    old = {id: full() if id == 7 else plain(id) for id in sorted(kept)}
    new = {id: old[id].note(stamp(), '"12": {\n  "') for id in kept & noted}
    new |= {id: plain(id) for id in added}
    spliced = layout(file_bytes(old.values())).spliced(rows(*new.values()), old, HEAD)
    assert spliced == join(rows(*(old | new).values()), HEAD)


def _indented(content: bytes) -> bytes:
    return msgspec.json.format(content)


@pytest.mark.parametrize(
    "edited",
    [
        _indented,
        lambda content: content.replace(b'"1": {\n  ', b'"1": {'),
        lambda content: content.replace(b'\n  "title"', b'\n}, "title"'),
        lambda content: content.replace(b'"meta"', b'"meta" '),
    ],
)
def test_what_others_laid_out_is_joined_anew(edited: object) -> None:
    known = {1: plain(1), 2: plain(2)}
    content = edited(file_bytes(known.values()))  # type: ignore[operator]  # a callable
    assert layout(content).spliced(rows(known[1].note(stamp(), "seen")), known, HEAD) is None


def test_a_row_between_others_is_joined_anew() -> None:
    known = {1: plain(1), 3: plain(3)}
    content = file_bytes(known.values())
    assert layout(content).spliced(rows(plain(2)), known, HEAD) is None


_ROWS = [b'\n"%d": %s' % (id, row) for id, row in rows(plain(1), plain(2), full()).items()]
_UNDER_ANOTHER_ID = _ROWS[0].replace(b'"1"', b'"2"', 1)
_WITHOUT_HISTORY = re.sub(rb"\[\n.*\n  \]", b"[]", _ROWS[0])
_ODD_ROWS = [
    _UNDER_ANOTHER_ID,
    _WITHOUT_HISTORY,
    b'\n"4": {"id": 4,\n},\n"5": {}',
    _ROWS[1].replace(b"[\n", b"[\n<<<<<<< ours\n"),
    _ROWS[1].replace(b'"title": "', b'"title": "\xff'),
    b"\n},",
]
_EMPTY = file_bytes(())


def _read_or_refused(read: Callable[[], Iterable[Milestone]]) -> list[Milestone] | str:
    try:
        return list(read())
    except TrackerError as error:
        return str(error)


@given(
    chosen=st.lists(st.sampled_from(_ROWS), max_size=4, unique=True)
    | st.lists(st.sampled_from(_ROWS * 3 + _ODD_ROWS), max_size=4),
    end=st.sampled_from([b"\n}\n}\n", b"\n}\n}\n", b"\n}\n}", b"\n}\n", b'\n},\n"x": 1}\n']),
)
@example(chosen=[_ROWS[0], _ROWS[0]], end=b"\n}\n}\n")
@example(chosen=[_ROWS[1], _ROWS[0]], end=b"\n}\n}\n")
@example(chosen=[_UNDER_ANOTHER_ID], end=b"\n}\n}\n")
@example(chosen=[_WITHOUT_HISTORY], end=b"\n}\n}\n")
def test_a_file_read_again_says_what_reading_it_from_the_start_says(
    chosen: list[bytes], end: bytes
) -> None:
    known = layout(file_bytes((plain(1), plain(2), full()))).again({})
    there = layout(_EMPTY[:-5] + b",".join(chosen) + end)
    again = _read_or_refused(lambda: there.again(known).values())
    from_the_start = _read_or_refused(lambda: dict(sorted(there.milestones().items())).values())
    assert again == from_the_start


def test_what_is_known_is_not_decoded_again() -> None:
    old = {id: plain(id) for id in range(1, 5)}
    known = layout(file_bytes(old.values())).again({})
    new = old | {2: old[2].note(stamp(), "seen"), 9: plain(9)}
    again = layout(file_bytes(new.values())).again(known)
    assert list(again.values()) == list(new.values())
    assert [m.id for key, m in again.items() if m is not known.get(key)] == [2, 9]
