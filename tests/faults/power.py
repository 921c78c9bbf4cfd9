"""Power lost between two system calls of a write: what a disk may hold then.

The calls of a real change are recorded. Then each beginning of them is replayed on a model of a
disk that keeps no more than POSIX promises: the data of a file is there for certain only after its
fsync, a name only after the fsync of its folder; before that, any part of either may be there. Each
state that the disk may be in is made as a real folder, and read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from tests.faults import tracing
from tests.faults.outcome import Outcome
from tests.milestones import plain
from tracker.errors import TrackerError
from tracker.store import open_store


@dataclass(frozen=True)
class Step:
    """One call that changes what is on disk: create, write, sync, rename, sync-folder."""

    what: str
    length: int = 0


def run(folder: Path) -> Outcome:
    """Record one change, and replay the loss of power after each of its calls."""
    old, new, steps = recorded(folder)
    outcome = Outcome("power lost after each call of a write, in every state a disk may then be in")
    outcome.acknowledged = 1
    outcome.times, outcome.wrong, certain = replayed(folder, old, new, steps)
    outcome.kept = int(certain == {"new"})
    outcome.seen.append(" → ".join(step.what for step in steps))
    return outcome


def recorded(folder: Path) -> tuple[bytes, bytes, list[Step]]:
    """Return the file before and after one change, and its steps in order."""
    store = folder / "power" / "milestones.json"
    store.parent.mkdir()
    open_store(str(store)).create([plain(1), plain(2)])
    old = store.read_bytes()
    calls = tracing.note(store, "a note").calls
    return old, store.read_bytes(), list(_steps(calls, store))


def _steps(calls: Sequence[tracing.Call], store: Path) -> Iterator[Step]:
    opened: dict[str, str] = {}
    for call in calls:
        first = call.arguments.split(",")[0]
        if call.result < 0:
            continue
        if call.name in ("openat", "open", "creat"):
            path = re.search(r'"([^"]*)"', call.arguments)
            opened[str(call.result)] = path[1] if path else ""
            if "O_CREAT" in call.arguments and opened[str(call.result)].endswith(".new"):
                yield Step("create")
        elif call.name in ("write", "pwrite64") and opened.get(first, "").endswith(".new"):
            yield Step("write", call.result)
        elif call.name in ("fsync", "fdatasync"):
            folder = opened.get(first, "") == str(store.parent)
            yield Step("sync folder" if folder else "sync")
        elif call.name in ("rename", "renameat", "renameat2"):
            yield Step("rename")
        elif call.name in ("ftruncate", "truncate", "link", "linkat"):
            yield Step(call.name)


@dataclass(frozen=True)
class Disk:
    """What is certain, and what may be there besides.

    `data` of the draft is certain up to `synced` bytes; `names` are the pending changes of names.
    """

    old: bytes
    data: bytes = b""
    synced: int = 0
    names: tuple[str, ...] = ()

    def states(self) -> Iterator[tuple[bytes, bytes | None]]:
        """Every (file, draft) that may be found; names may be any beginning of those pending."""
        cuts = {self.synced, (self.synced + len(self.data)) // 2, len(self.data)}
        for cut, count in product(sorted(cuts), range(len(self.names) + 1)):
            file, draft = self.old, None
            for name in self.names[:count]:
                if name == "create":
                    draft = self.data[:cut]
                else:
                    file, draft = self.data[:cut], None
            yield file, draft


def replayed(
    folder: Path, old: bytes, new: bytes, steps: Sequence[Step]
) -> tuple[int, list[str], set[str]]:
    """Return how many states were read, what was wrong, and what the last ones certainly hold."""
    disk, count, wrong = Disk(old), 0, []
    found: set[str] = set()
    for number, step in enumerate(steps, 1):
        disk = _after(disk, step, new)
        found = set()
        for place, (file, draft) in enumerate(disk.states()):
            count += 1
            there = _read(folder / f"after-{number}-{place}", file, draft, old, new)
            found.add(there)
            if there not in ("old", "new"):
                wrong.append(f"after {step.what}: {there}")
    return count, wrong, found


def _after(disk: Disk, step: Step, new: bytes) -> Disk:
    match step.what:
        case "create" | "rename":
            return replace(disk, names=(*disk.names, step.what))
        case "write":
            return replace(disk, data=new[: len(disk.data) + step.length])
        case "sync":
            return replace(disk, synced=len(disk.data))
        case "sync folder":
            file = disk.data if "rename" in disk.names else disk.old
            return Disk(file, disk.data, disk.synced)
    raise AssertionError(f"a call that the model does not know: {step.what}")


def _read(folder: Path, file: bytes, draft: bytes | None, old: bytes, new: bytes) -> str:
    folder.mkdir(parents=True)
    store = folder / "milestones.json"
    store.write_bytes(file)
    if draft is not None:
        store.with_name(f".{store.name}.new").write_bytes(draft)
    try:
        open_store(str(store)).all()
        open_store(str(store)).change(lambda t: t.put(plain(t.new_id())))
    except TrackerError as error:
        return error.message
    return "old" if file == old else "new" if file == new else "neither old nor new"
