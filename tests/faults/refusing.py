"""Every system call of a write failing in turn, and disks that are really full or read-only."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.faults import tracing
from tests.faults.outcome import Outcome
from tests.milestones import plain
from tracker.errors import StoreFailed
from tracker.store import open_store

ERRORS = ("ENOSPC", "EIO", "EACCES", "EROFS")
NOTE = "a note"


def each_call(folder: Path, errors: Sequence[str], names: Sequence[str] = ()) -> Outcome:
    """Let each call of one change fail with each error; `names` are the calls, or else all."""
    outcome = Outcome(f"each system call of a write failing in turn with {', '.join(errors)}")
    store = folder / "traced" / "milestones.json"
    store.parent.mkdir()
    open_store(str(store)).create([plain(1)])
    # The lock is there from the second change on, and the calls are the same each time.
    tracing.note(store, "the first")
    whole = store.read_bytes()
    calls = tracing.note(store, NOTE).calls
    counted: dict[str, int] = {}
    refused = confirmed = 0
    for call in calls:
        counted[call.name] = counted.get(call.name, 0) + 1
        if names and call.name not in names:
            continue
        for error in errors:
            store.write_bytes(whole)
            done = tracing.note(store, NOTE, f"{call.name}:error={error}:when={counted[call.name]}")
            what = f"{call.name} {counted[call.name]} {error}"
            outcome.times += 1
            outcome.acknowledged += done.code == 0
            outcome.kept += done.code == 0 and NOTE in texts(store)
            refused += done.code != 0
            confirmed += "did not confirm" in done.said
            outcome.wrong += [f"{what}: {fault}" for fault in faults(store, whole, done)]
    outcome.seen.append(
        f"{refused} refused with a sentence, {confirmed} of them with the change in the file and "
        f"unconfirmed; {outcome.acknowledged} made all the same"
    )
    return outcome


def faults(store: Path, whole: bytes, done: tracing.Done) -> Iterator[str]:
    """What a failed change must not be: a stack trace, silence, half a file, a lie."""
    if "Traceback" in done.said:
        yield f"a stack trace: {done.said[-200:]}"
        return
    if done.code and not done.said.startswith("tracker: "):
        yield f"code {done.code} and no sentence: {done.said!r}"
    content = store.read_bytes() if store.exists() else b""
    unconfirmed = "did not confirm" in done.said
    if done.code and not unconfirmed and content != whole:
        yield f"the file changed though it was said: {done.said!r}"
    if (unconfirmed or done.code == 0) and NOTE not in texts(store):
        yield "the change is not there though it was said to be"


def texts(store: Path) -> list[str | None]:
    return [change.why for change in open_store(str(store)).all()[0].history]


# -- real disks ------------------------------------------------------------------------------------


@contextmanager
def small_disk(folder: Path, size: str = "96k") -> Iterator[Path | None]:
    """A file system of that size in memory; None where nobody may mount one."""
    folder.mkdir()
    try:
        words = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        mounted = subprocess.run(words, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def full_disk(disk: Path) -> Outcome:
    """Write until the disk is full, then go on once there is room."""
    outcome = Outcome("a file system of 96 kB filled up by changes")
    store = disk / "milestones.json"
    open_store(str(store)).create([plain(1)])
    kept = whole = store.read_bytes()
    for number in range(200):
        said = _note(store, f"{number} {'x' * 900}")
        outcome.times += 1
        if said is None:
            outcome.acknowledged += 1
            kept = store.read_bytes()
            continue
        if "the disk is full" not in said or "Nothing was changed" not in said:
            outcome.wrong.append(said)
        if store.read_bytes() != kept:
            outcome.wrong.append("the file changed though it was refused")
        break
    else:
        outcome.wrong.append("the disk was never full")
    outcome.kept = len(texts(store)) - 1
    if list(disk.glob(".*.new")):
        outcome.wrong.append("a draft takes up room")
    outcome.seen.append(f"refused at {len(kept):,} bytes; read as before")
    store.write_bytes(whole)
    if _note(store, "room again") is not None:
        outcome.wrong.append("refused though there was room")
    return outcome


def read_only_disk(disk: Path) -> Outcome:
    """A change on a disk that was mounted read-only."""
    outcome = Outcome("a file system mounted read-only", 1)
    store = disk / "milestones.json"
    open_store(str(store)).create([plain(1)])
    whole = store.read_bytes()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    said = _note(store, "never")
    if not said or "the disk is read-only" not in said or "Nothing was changed" not in said:
        outcome.wrong.append(f"said {said}")
    if store.read_bytes() != whole:
        outcome.wrong.append("the file changed")
    outcome.seen.append("refused; read as before")
    return outcome


def cut_short(folder: Path) -> Outcome:
    """A real write that stops half-way: the system allows files of so many bytes and no more."""
    outcome = Outcome("a write stopped by the system half-way (RLIMIT_FSIZE)", 1)
    store = folder / "limited.json"
    open_store(str(store)).create([plain(id + 1) for id in range(20)])
    whole = store.read_bytes()
    limit = len(whole) // 2
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "--file", str(store), "note", "1", "never"],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        # `make coverage` would have it write its count, under the same limit.
        env={name: value for name, value in os.environ.items() if "COVERAGE" not in name}
        | {"PYTHONDONTWRITEBYTECODE": "1"},
    )
    if "Nothing was changed" not in done.stderr or "Traceback" in done.stderr:
        outcome.wrong.append(done.stderr)
    if store.read_bytes() != whole or list(folder.glob(".limited.json.new")):
        outcome.wrong.append("the file changed, or a draft is left")
    outcome.seen.append("refused; read as before")
    return outcome


def _note(store: Path, text: str) -> str | None:
    """Add a note; return what was said if it was refused."""
    from datetime import UTC, date, datetime

    from tracker.actions import ChangeContext, apply

    occasion = ChangeContext(lambda: datetime.now(UTC), date(2021, 5, 1))
    try:
        apply(open_store(str(store)), occasion, ["1"], lambda m, stamp: m.note(stamp, text))
    except StoreFailed as error:
        return error.message
    return None
