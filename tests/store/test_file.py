"""The file: TinyDB's, small diffs, whole after anything, and never written to when damaged."""

from __future__ import annotations

import difflib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from tinydb import TinyDB, where

from tests.milestones import full, plain, stamp
from tracker import seed
from tracker.errors import StoreCorrupt, StoreFailed, StoreLocked, StoreNewer, TrackerError
from tracker.model import Status
from tracker.store import open_store
from tracker.store.migrate import SCHEMA

ROOT = Path(__file__).parent.parent.parent
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own in it


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "milestones.json"
    open_store(str(path)).create([plain(1), plain(2), full()])
    return path


def touch(path: Path) -> None:
    def start(transaction: object) -> None:
        m = transaction.get(1)  # type: ignore[attr-defined]  # any transaction
        transaction.put(m.set_status(stamp(), Status.IN_PROGRESS))  # type: ignore[attr-defined]  # the same

    open_store(str(path)).change(start)


def test_stock_tinydb_reads_it_and_what_it_wrote_is_read(path: Path) -> None:
    before = open_store(str(path)).all()
    with TinyDB(path) as db:
        assert sorted(db.tables()) == ["meta", "milestones"]
        table = db.table("milestones")
        assert table.get(doc_id=1)["title"] == "Promise 1"
        table.update({"percent": 5}, where("id") == 2)
    assert b"\\u" in path.read_bytes()
    after = open_store(str(path)).all()
    assert [m.percent for m in after] == [before[0].percent, 5, before[2].percent]
    touch(path)
    assert b"\\u" not in path.read_bytes().split(b'"2": {')[0]


def test_one_change_is_a_small_diff(path: Path) -> None:
    before = path.read_text().splitlines()
    touch(path)
    diff = list(difflib.unified_diff(before, path.read_text().splitlines(), n=0, lineterm=""))
    changed = [line for line in diff if line[0] in "+-" and line[:3] not in ("+++", "---")]
    # Two for the head of the record, five for the row: its last entry, and what comes before it.
    assert 0 < len(changed) <= 7


def test_mode_and_links_are_kept(path: Path, tmp_path: Path) -> None:
    path.chmod(0o640)
    link = tmp_path / "link.json"
    link.symlink_to(path)
    touch(link)
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert open_store(str(path)).all()[0].status is Status.IN_PROGRESS


def test_a_read_only_file_is_refused_even_to_root(path: Path) -> None:
    before = path.read_bytes()
    path.chmod(0o444)
    with pytest.raises(StoreFailed, match="permission denied"):
        touch(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("call", ["fsync", "fchmod", "replace"])
def test_a_failing_write_leaves_the_old_file(
    path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    before = path.read_bytes()

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"os.{call}", fail)
    with pytest.raises(StoreFailed, match="the disk is full"):
        touch(path)
    monkeypatch.undo()
    assert path.read_bytes() == before
    assert not list(path.parent.glob(".*.new"))


def test_a_file_held_too_long_is_refused(path: Path) -> None:
    pytest.importorskip("fcntl")
    hold = (
        "import fcntl, os, sys; fcntl.flock(os.open(sys.argv[1], os.O_RDONLY), fcntl.LOCK_EX);"
        "print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(path.parent)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(StoreLocked, match="nothing was changed"):
            open_store(str(path), lock_timeout=0.1).change(lambda t: t.put(plain(1)))
        assert len(open_store(str(path)).all()) == 3
        holder.kill()


GOOD = '{"meta": {"1": {"schema": 1}}, "milestones": {%s}}'
DAMAGED = [
    (b"", StoreCorrupt, "line 1: it is empty"),
    (b"not json", StoreCorrupt, "line 1: "),
    ("{}".encode("utf-16"), StoreCorrupt, "line 1: it is in UTF-16, and a store is in UTF-8"),
    (b"[]", StoreCorrupt, "it is no milestone store"),
    (b"{}", StoreCorrupt, "it is no milestone store"),
    (b'{"bookmarks": {}}', StoreCorrupt, "it is no milestone store"),
    (b'{\n"milestones": {\n"1": {"id"', StoreCorrupt, "line 3: "),
    (b'{\n"meta": {},\n<<<<<<< ours\n', StoreCorrupt, "line 3: "),
    (b'{"milestones": {"1": {"title": "\xff"}}}', StoreCorrupt, "line 1: "),
    ((GOOD % '"1": {"id": 1}').encode(), StoreCorrupt, "milestone 1: "),
    ((GOOD % '"x": {}').encode(), StoreCorrupt, "no milestone id"),
    (b'{"meta": {"1": {"schema": 99}}, "milestones": {}}', StoreNewer, "schema version 99"),
]


@pytest.mark.parametrize(("content", "error", "reason"), DAMAGED)
def test_a_damaged_file_is_named_and_never_written_to(
    tmp_path: Path, content: bytes, error: type[TrackerError], reason: str
) -> None:
    path = tmp_path / "milestones.json"
    path.write_bytes(content)
    with pytest.raises(error) as refused:
        open_store(str(path)).all()
    assert str(path) in refused.value.message
    assert reason in refused.value.message
    with pytest.raises(error):
        open_store(str(path)).change(lambda t: t.put(plain(t.new_id())))
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        (b'"1"', "the row 1 is there twice"),
        (rb'"\u0031"', "the row 1 is there twice"),
        (b'"01"', "the key '01' is no milestone id"),
        (b'"+1"', r"the key '\+1' is no milestone id"),
        (b'"1.0"', "the key '1.0' is no milestone id"),
        (b'" 1"', "the key ' 1' is no milestone id"),
        ('"１"'.encode(), "the key '１' is no milestone id"),
        (b'"9007199254740993"', "holds a milestone with id 2"),
    ],
)
@pytest.mark.parametrize(
    "lay_out",
    [
        lambda content: content,
        lambda content: b"\n" + content,
        lambda content: msgspec.json.format(content, indent=0),
        lambda content: msgspec.json.format(content, indent=4),
        lambda content: re.sub(rb"\n *", b" ", content).replace(b'":', b'" : '),
        lambda content: content.replace(b"\n},\n", b"\n}, "),
    ],
)
def test_a_row_twice_is_refused_in_any_spelling_and_layout(
    path: Path, key: bytes, reason: str, lay_out: Callable[[bytes], bytes]
) -> None:
    path.write_bytes(lay_out(path.read_bytes().replace(b'\n"2": ', b"\n" + key + b": ")))
    with pytest.raises(StoreCorrupt, match=reason):
        open_store(str(path)).all()
    with pytest.raises(StoreCorrupt, match=reason):
        open_store(str(path)).snapshot()
    with pytest.raises(StoreCorrupt, match=reason):
        touch(path)


def test_a_mark_before_the_text_is_read_over_and_not_written_again(path: Path) -> None:
    before = path.read_bytes()
    path.write_bytes(b"\xef\xbb\xbf" + before)
    assert len(open_store(str(path)).all()) == 3
    touch(path)
    assert path.read_bytes()[:20] == before[:20]
    assert open_store(str(path)).all()[0].status is Status.IN_PROGRESS


def test_a_table_twice_is_refused(path: Path) -> None:
    rows = b',\n"milestones": {}\n}\n'
    path.write_bytes(path.read_bytes().removesuffix(b"\n}\n") + rows)
    with pytest.raises(StoreCorrupt, match="the table milestones is there twice"):
        open_store(str(path)).all()


def test_schema_0_is_brought_forward(tmp_path: Path) -> None:
    path = tmp_path / "milestones.json"
    rows = {"1": {"title": "建成", "due": "2021-06-30"}, "7": {"title": "b", "status": "completed"}}
    path.write_text(json.dumps({"milestones": rows}))
    one, seven = open_store(str(path)).all()
    assert (one.id, one.title, str(one.due), one.baseline_due) == (1, "建成", "2021-06-30", one.due)
    assert (seven.id, seven.status) == (7, Status.COMPLETED)
    assert open_store(str(path)).all() == [one, seven]
    open_store(str(path)).change(lambda t: t.put(plain(t.new_id())))
    assert f'"schema": {SCHEMA}' in path.read_text()
    kept = open_store(str(path)).all()
    assert [m.title for m in kept] == [one.title, seven.title, plain(8).title]
    assert sorted(c.verb for m in kept for c in m.history) == ["add", "add", "add", "attest"]


@pytest.mark.parametrize("schema", [2, 3])
def test_a_store_of_before_assessments_or_steps_is_brought_forward(path: Path, schema: int) -> None:
    there = open_store(str(path)).all()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f'"schema": {SCHEMA}', f'"schema": {schema}'), encoding="utf-8")
    assert open_store(str(path)).all() == there
    open_store(str(path)).change(lambda t: t.put(plain(t.new_id())))
    assert f'"schema": {SCHEMA}' in path.read_text(encoding="utf-8")
    assert not open_store(str(path)).faults()


@pytest.mark.parametrize("seconds", [300_000_000_000, -30_000_000_000])
def test_a_file_time_that_no_date_has_says_nothing_of_when_it_was_written(seconds: int) -> None:
    # A file system in memory keeps such times; ext4 has none before 1901 or after 2446.
    if not IN_MEMORY.is_dir():
        pytest.skip("no file system here keeps such times")
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as folder:
        path = Path(folder, "milestones.json")
        path.write_text('{"milestones": {"1": {"title": "old", "due": "2021-06-30"}}}')
        os.utime(path, (seconds, seconds))
        assert path.stat().st_mtime == seconds
        store = open_store(str(path))
        assert store.snapshot().milestones == store.all()
        assert store.all()[0].history[0].at == datetime(1970, 1, 1, tzinfo=UTC)
        touch(path)
        assert store.all()[0].status is Status.IN_PROGRESS


@pytest.mark.skipif(os.name != "posix", reason="links are moved")
def test_a_link_that_moves_at_the_last_moment_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        open_store(str(tmp_path / name / "m.json")).create([plain(1)])
    desk = tmp_path / "desk"
    desk.symlink_to("one")
    before = (tmp_path / "other" / "m.json").read_bytes()
    rename = os.replace

    def late(draft: str, file: str, *, src_dir_fd: int, dst_dir_fd: int) -> None:
        desk.unlink()
        desk.symlink_to("other")
        rename(draft, file, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)

    monkeypatch.setattr(os, "replace", late)
    with pytest.raises(
        StoreFailed, match=r"The change is in .*one/m.json, but .*desk/m.json leads"
    ):
        touch(desk / "m.json")
    assert (tmp_path / "other" / "m.json").read_bytes() == before


def test_the_committed_store_is_what_the_seed_gives(tmp_path: Path) -> None:
    path = tmp_path / "milestones.json"
    due_in_2021 = seed.load("shandong-2021")
    open_store(str(path)).create([*due_in_2021, *seed.load("shandong-2020", 15)])
    assert path.read_bytes() == (ROOT / "milestones.json").read_bytes()
    assert (len(due_in_2021), len(seed.load("shandong-2025"))) == (14, 17)


def test_one_promise_of_the_seeds_is_told_to_its_end() -> None:
    [kept] = seed.load("shandong-2020")
    assert (kept.status, kept.completed_on, kept.made_on) == (Status.COMPLETED, None, None)
    assert str(kept.due) == "2020-12-31"
    assert (kept.targets[0].value, kept.targets[0].actual) == (40000, 40267)
    assert kept.source is not None
    assert kept.source.quote == "年内新开通4万个"
    assert not kept.is_unverified
    assert "3 months early" in (kept.history[0].why or "")
    assert (kept.slippage, kept.is_late) == (None, False), "the day is not told"
    assert not any(m.status.is_open is False for m in seed.load("shandong-2021"))
