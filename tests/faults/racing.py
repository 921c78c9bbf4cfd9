"""Names that move under a writer: git, an editor or a person renames while it writes.

The first writer is held up by strace where it writes (Linux). Meanwhile a name is moved, and a
second writer makes its change where the name leads then. Both say that their change is made, so
both must be there in the end, under the name that both were given.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.faults.outcome import Outcome
from tests.milestones import plain
from tests.programs import program
from tests.store.noting import note, notes
from tracker.store import open_store

FIRST, SECOND, EDITED = "first", "second", "edited"
_HELD_UP = 300_000
"""Microseconds for which the first writer is held up."""


def _delete_hidden(store: Path) -> None:
    for path in store.parent.glob(".*"):
        path.unlink()


def _point_elsewhere(store: Path) -> None:
    other = store.parent / "other.json"
    shutil.copyfile(store, other)
    (store.parent / "link").symlink_to(other)
    (store.parent / "link").rename(store)


def _point_folder_elsewhere(store: Path) -> None:
    folder, other = store.parent, store.parent.with_name("other")
    shutil.copytree(folder, other)
    folder.with_name("link").symlink_to(other)
    folder.with_name("link").rename(folder)


def _make_folder_anew(store: Path) -> None:
    away = store.parent.with_name("away")
    store.parent.rename(away)
    store.parent.mkdir()
    shutil.copyfile(away / store.name, store)


def _put_in_its_place(store: Path) -> None:
    _edited(store).rename(store)


def _write_in_place(store: Path) -> None:
    store.write_bytes(_edited(store).read_bytes())


def _edited(store: Path) -> Path:
    """A copy with a change, elsewhere: what git checks out, or an editor saves."""
    copy = store.parent.with_name(f"edited-{store.name}")
    shutil.copyfile(store, copy)
    note(open_store(str(copy)), EDITED)
    return copy


def _nothing(store: Path) -> None:
    pass


MOVES: dict[str, tuple[str, Callable[[Path], None]]] = {
    "two writers at once": ("renameat", _nothing),
    "all hidden files beside it deleted": ("renameat", _delete_hidden),
    "a symbolic link laid to a copy": ("fsync", _point_elsewhere),
    "its folder's symbolic link laid to a copy": ("fsync", _point_folder_elsewhere),
    "its folder renamed and made anew": ("fsync", _make_folder_anew),
    "another file put in its place": ("fsync", _put_in_its_place),
    "the file written in place": ("fsync", _write_in_place),
}
"""What happens to the first writer's file, and the call in which it is held up meanwhile."""


def run(folder: Path, move: str, times: int) -> Outcome:
    outcome = Outcome(f"while a change is written: {move}", times)
    call, moved = MOVES[move]
    for number in range(times):
        store = folder / f"{number}-{len(move)}" / "kept" / "milestones.json"
        store.parent.mkdir(parents=True)
        open_store(str(store)).create([plain(1)])
        if moved is _point_elsewhere:
            store.rename(store.with_name("real.json"))
            store.symlink_to("real.json")
        if moved is _point_folder_elsewhere:
            store.parent.rename(store.parent.with_name("real"))
            store.parent.symlink_to("real")
        first = _note(store, FIRST, f"{call}:delay_enter={_HELD_UP}:when=1")
        _until_drafted(store.resolve())
        moved(store)
        second = _note(store, SECOND)
        for writer in (second, first):
            said = writer.communicate()[1]
            outcome.acknowledged += writer.returncode == 0
            if writer.returncode:
                outcome.wrong.append(said)
        kept = notes(open_store(str(store)))
        outcome.kept += len({FIRST, SECOND} & set(kept))
        if moved in (_put_in_its_place, _write_in_place) and EDITED not in kept:
            outcome.wrong.append("the file that was put there is lost")
    outcome.seen.append("both writers acknowledged, both changes kept")
    return outcome


def _note(store: Path, text: str, *inject: str) -> subprocess.Popen[str]:
    slow = [program("strace"), "-f", "-o", os.devnull, *(f"--inject={one}" for one in inject)]
    command = [sys.executable, "-m", "tracker", "--file", str(store), "note", "1", text]
    return subprocess.Popen(
        [*(slow if inject else ()), *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )


def _until_drafted(store: Path) -> None:
    draft = store.with_name(f".{store.name}.new")
    end = time.monotonic() + 20
    while not (draft.exists() and draft.stat().st_size):
        assert time.monotonic() < end, "no draft was written"
        time.sleep(0.001)
