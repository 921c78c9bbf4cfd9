"""A damaged file is told with the line that a person has to look at, whatever is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from tests.milestones import plain, stamp
from tracker.errors import StoreCorrupt, StoreNewer
from tracker.model import Milestone, record_head
from tracker.store.layout import Layout
from tracker.store.migrate import SCHEMA
from tracker.store.writing import file_bytes, is_own_layout, join, lay_out

CONTENT = file_bytes([plain(1), plain(2), plain(3)])
LINES = CONTENT.split(b"\n")
SECOND = LINES.index(next(line for line in LINES if line.startswith(b'"2": '))) + 1

ROW = b'"2": ' + lay_out(plain(2))
TWICE = "the row 2 is there twice"
FORGOTTEN = lay_out(replace(plain(2), history=()))


def layout(content: bytes) -> Layout:
    return Layout(content, "milestones.json", datetime(2021, 6, 1, tzinfo=UTC))


def at(line: int, put: bytes) -> bytes:
    return b"\n".join((*LINES[: line - 1], put, *LINES[line - 1 :]))


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (at(SECOND + 2, b"<<<<<<< ours"), SECOND + 2, "a merge conflict was left in it"),
        (at(SECOND + 2, b'"title": "\xff",'), SECOND + 2, "byte 0xff is no UTF-8"),
        (at(SECOND + 2, b"}"), SECOND + 2, "JSON is malformed"),
        (CONTENT[:-1].rstrip(b"}\n"), len(LINES) - 4, "truncated"),
        (CONTENT.replace(b'"id": 2', b'"id": 9'), SECOND, "the row 2 holds a milestone with id 9"),
        (file_bytes([plain(2)]).replace(b'"2": {', b'"9": {'), None, "the row 9 holds a milestone"),
        (CONTENT.replace(b'"id": 2', b'"id": "x"'), SECOND, "milestone 2: "),
        (CONTENT.replace(b'"Promise 2"', b'" "'), SECOND, "The title is empty"),
        (b"\n" + CONTENT.replace(b'"Promise 2"', b'" "'), SECOND + 1, "The title is empty"),
        (CONTENT.replace(lay_out(plain(2)), FORGOTTEN), SECOND, "milestone 2 has no history"),
        (CONTENT.replace(b'"2": {', b'"1": {'), SECOND, "the row 1 is there twice"),
        (CONTENT.replace(ROW, ROW + b",\n" + ROW), SECOND + ROW.count(b"\n") + 1, TWICE),
        (CONTENT.replace(ROW, ROW + b", " + ROW.replace(b"\n", b" ")), SECOND, TWICE),
        (CONTENT.replace(ROW, ROW.replace(b"Promise 2", b"Forgery") + b",\n" + ROW), None, TWICE),
        (CONTENT.replace(b'"2": {', b'"02": {'), SECOND, "the key '02' is no milestone id"),
        (CONTENT.replace(b'"schema": %d' % SCHEMA, b'"schema": -1'), 1, "no schema version -1"),
        (CONTENT.replace(b'"milestones": {', b'"others": {'), 1, "it holds 'meta', 'others'"),
        (CONTENT.replace(b'"2": {', b'"\\u0032x": {'), 1, "the key '2x' is no milestone id"),
        (CONTENT.replace(ROW, ROW + b',"4": ' + b"[" * 99_999 + b"]" * 99_999), None, "too deep"),
        (b"\xff\xfe" + CONTENT, 1, "it is in UTF-16"),
        (b"  ", 1, "it is empty"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(content: bytes, line: int, reason: str) -> None:
    with pytest.raises(StoreCorrupt) as refused:
        layout(content).milestones()
    assert reason in refused.value.message
    assert line is None or f"milestones.json, line {line}: " in refused.value.message


def test_a_newer_schema_is_refused_and_ours_is_not() -> None:
    newer = CONTENT.replace(b'"schema": %d' % SCHEMA, b'"schema": %d' % (SCHEMA + 1))
    with pytest.raises(StoreNewer):
        layout(newer).milestones()
    assert list(layout(CONTENT).milestones()) == [1, 2, 3]


def test_the_file_says_its_schema_and_head() -> None:
    there = layout(CONTENT)
    milestones = there.milestones().values()
    assert (there.schema, there.head()) == (SCHEMA, record_head(milestones).digest)
    assert not there.is_found
    older = b'{"milestones": {"1": {"title": "a \\"digest\\""}}}'
    assert (layout(older).schema, layout(older).head(), layout(older).is_found) == (0, None, True)
    assert not layout(CONTENT.replace(b'"schema": %d' % SCHEMA, b'"schema": 1')).is_found


def row(m: Milestone) -> dict[int, bytes]:
    return {m.id: lay_out(m)}


def test_rows_are_put_in_before_and_after_others() -> None:
    known = {id: plain(id) for id in (1, 2, 3)}
    changed = known[1].note(stamp(), "first"), known[3].note(stamp(), "last"), plain(4), plain(5)
    new = {m.id: lay_out(m) for m in changed}
    head = "a" * 64
    rows = {id: lay_out(m) for id, m in known.items()} | new
    assert layout(CONTENT).spliced(new, known, head) == join(rows, head)
    assert layout(file_bytes([])).spliced(row(plain(4)), {}, head) == join(row(plain(4)), head)
    assert layout(CONTENT).spliced(row(plain(2)), {2: plain(2), 1: plain(1)}, head) is None
    assert layout(CONTENT).spliced(row(plain(1)), {1: plain(1)}, head) is None
    other = known | {1: plain(1, title="Other")}
    assert layout(CONTENT).spliced(row(plain(1)), other, head) is None
    assert layout(CONTENT).spliced(row(plain(0)), known, head) is None


@pytest.mark.parametrize("spaced", [lambda row: row, lambda row: row.replace(b"\n  ", b" ")])
def test_a_row_of_ours_is_known_by_its_beginning(spaced: Callable[[bytes], bytes]) -> None:
    laid = lay_out(plain())
    assert is_own_layout(spaced(laid)) == (spaced(laid) == laid)  # type: ignore[arg-type]  # bytes of a Raw


def test_what_is_read_again_is_in_order_of_id_and_only_what_changed_is_new() -> None:
    first = layout(CONTENT).again({})
    assert [m.id for m in first.values()] == [1, 2, 3]
    assert all(
        b is a for a, b in zip(first.values(), layout(CONTENT).again(first).values(), strict=True)
    )
    swapped = (
        join({}, "0" * 64)[:-5]
        + b",".join(b'\n"%d": %s' % (m.id, lay_out(m)) for m in (plain(2), plain(1)))
        + b"\n}\n}\n"
    )
    assert [m.id for m in layout(swapped).again({}).values()] == [1, 2]
