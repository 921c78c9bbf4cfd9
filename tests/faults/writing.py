"""Real processes that change a store, and say so once a change is acknowledged."""

from __future__ import annotations

import multiprocessing
from datetime import UTC, date, datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from tracker.actions import ChangeContext, apply
from tracker.store import open_store

DAY = date(2021, 5, 1)


def write_on(path: str, name: str, times: int, said: Connection) -> None:
    """Add notes one after the other, and name each one when its change has been acknowledged."""
    store = open_store(path, lock_timeout=300)
    for number in range(times):
        text = f"{name}-{number}"
        occasion = ChangeContext(lambda: datetime.now(UTC), DAY, name)
        apply(store, occasion, ["1"], lambda m, stamp, text=text: m.note(stamp, text))  # type: ignore[misc]  # a default binds it
        said.send(text)
    said.close()


def start(path: Path | str, name: str, times: int) -> tuple[BaseProcess, Connection]:
    """Start a writer. It is forked from a clean process that has all imported: no time is lost."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    heard, said = context.Pipe(duplex=False)
    process = context.Process(target=write_on, args=(str(path), name, times, said), daemon=True)
    process.start()
    said.close()
    return process, heard


def everything(heard: Connection) -> list[str]:
    """Return what a writer said until its end, however it ended."""
    texts: list[str] = []
    try:
        while True:
            texts.append(heard.recv())
    except (EOFError, OSError):
        return texts


def notes(path: Path) -> list[str]:
    """The texts of the notes in the store, read as a reader would."""
    return [change.why or "" for change in open_store(str(path)).all()[0].notes]
