"""A file with some rows changed: the bytes that laying out all of it gives."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.milestones import full, plain, stamp
from tracker.model import Milestone
from tracker.store.layout import Layout, join, lay_out

NOW = datetime(2021, 6, 1, tzinfo=UTC)


def layout(content: bytes) -> Layout:
    return Layout(content, "milestones.json", NOW)


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
    spliced = layout(join(rows(*old.values()))).spliced(rows(*new.values()), old)
    assert spliced == join(rows(*(old | new).values()))


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
    content = edited(join(rows(*known.values())))  # type: ignore[operator]  # a callable
    assert layout(content).spliced(rows(known[1].note(stamp(), "seen")), known) is None


def test_a_row_between_others_is_joined_anew() -> None:
    known = {1: plain(1), 3: plain(3)}
    content = join(rows(*known.values()))
    assert layout(content).spliced(rows(plain(2)), known) is None
