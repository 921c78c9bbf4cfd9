"""A database host lost under load: killed with -9, its synchronous standby promoted, all goes on.

`python -m tests.faults.failover` runs the long form, several times over.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from multiprocessing.connection import Connection, wait
from random import Random
from threading import Lock, Thread
from time import monotonic, sleep

from tests.faults.outcome import HEAD, Outcome
from tests.milestones import plain
from tests.postgres import Server
from tracker.actions import ChangeContext, add, apply
from tracker.errors import TrackerError
from tracker.store import Store, open_store

PROCESSES = 4
THREADS = 8
SHARED = 24
"""Fewer milestones than writers, so that they meet."""


@contextmanager
def pair() -> Iterator[tuple[Server, Server]]:
    """A primary that confirms nothing before its standby has it, and that standby."""
    # What a killed server leaves of this kind of memory goes with its folder.
    primary = Server.begin({"dynamic_shared_memory_type": "mmap"})
    try:
        standby = primary.standby("second")
        try:
            # Only now, so that the standby does not wait for one of its own once it is promoted.
            primary.execute("ALTER SYSTEM SET synchronous_standby_names = 'second'")
            primary.execute("SELECT pg_reload_conf()")
            until(lambda: primary.execute(_SYNCHRONOUS) == [("sync",)])
            yield primary, standby
        finally:
            standby.end()
    finally:
        primary.end()


_SYNCHRONOUS = "SELECT sync_state FROM pg_stat_replication"


def run(rounds: int, times: int) -> Outcome:
    """Lose the primary amid the changes of 32 writers, each of which makes so many."""
    outcome = Outcome(
        f"{PROCESSES * THREADS} writers on PostgreSQL, the primary killed with -9, its synchronous "
        "standby promoted"
    )
    pauses = []
    for number in range(rounds):
        with pair() as (primary, standby):
            open_store(primary.url()).create([plain(id) for id in range(1, SHARED + 1)])

            def lose(primary: Server = primary, standby: Server = standby) -> None:
                primary.kill()
                standby.promote()

            pauses.append(amid(outcome, both(primary, standby), f"r{number}", times, lose))
    outcome.seen.append(f"{max(pauses):.1f} s without a change at the longest")
    return outcome


def amid(outcome: Outcome, url: str, name: str, times: int, lose: Callable[[], None]) -> float:
    """Lose a host amid the changes, each of which begins with that name.

    Returns the seconds without a change at the longest from then on.
    """
    url = f"{url}&target_session_attrs=read-write"
    total = PROCESSES * THREADS * times
    lose_at = Random(name).randrange(total // 4, total // 2)  # noqa: S311  # moments, not secrets
    heard = [_start(url, f"{name}-{n}", times) for n in range(PROCESSES)]
    acknowledged: list[str] = []
    refused: list[str] = []
    last = 0.0
    pause = 0.0
    while heard:
        for pipe in wait(heard):
            assert isinstance(pipe, Connection)
            try:
                text, said = pipe.recv()
            except EOFError:
                heard.remove(pipe)
                continue
            (refused if said else acknowledged).append(said or text)
            if last:
                pause, last = max(pause, monotonic() - last), monotonic()
        if len(acknowledged) >= lose_at and not last:
            last = monotonic()
            lose()
    outcome.times += 1
    outcome.acknowledged += len(acknowledged)
    outcome.wrong += refused
    times_kept = _kept(open_store(url))
    outcome.kept += sum(times_kept[text] > 0 for text in acknowledged)
    outcome.wrong += [f"{text} is there {n} times" for text, n in times_kept.items() if n > 1]
    if not last or len(acknowledged) + len(refused) != total:
        outcome.wrong.append(f"{len(acknowledged)} of {total} changes, {lose_at} before the kill")
    return pause


def both(primary: Server, standby: Server) -> str:
    """The address that names both hosts."""
    return primary.url().replace(
        f"host={primary.folder}", f"host={primary.folder},{standby.folder}"
    )


def _kept(store: Store) -> Counter[str]:
    """How often each change is there: notes by their text, additions by their title."""
    everything = store.all()
    notes = Counter(change.why or "" for m in everything for change in m.notes)
    return notes + Counter(m.title for m in everything[SHARED:])


def _start(url: str, name: str, times: int) -> Connection:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    heard, said = context.Pipe(duplex=False)
    context.Process(target=_write_on, args=(url, name, times, said), daemon=True).start()
    said.close()
    return heard


def _write_on(url: str, name: str, times: int, said: Connection) -> None:
    """Make changes in several threads, each over a connection of its own, and name each."""
    lock = Lock()

    def work(thread: int) -> None:
        store = open_store(url, lock_timeout=60)
        chance = Random(f"{name} {thread}")  # noqa: S311  # to meet others, not to hide
        for number in range(times):
            text = f"{name}-{thread}-{number}"
            try:
                _change(store, text, chance)
                told = ""
            except TrackerError as error:
                told = f"{text}: {error}"
            with lock:
                said.send((text, told))

    threads = [Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _change(store: Store, text: str, chance: Random) -> None:
    occasion = ChangeContext(lambda: datetime.now(UTC), date(2021, 5, 1))
    if chance.random() < 0.1:
        add(store, occasion, [{"title": text}])
    else:
        key = str(chance.randint(1, SHARED))
        apply(store, occasion, [key], lambda m, stamp: m.note(stamp, text))


def until(holds: Callable[[], bool]) -> None:
    end = monotonic() + 30
    while not holds():
        assert monotonic() < end
        sleep(0.05)


def main() -> None:
    outcome = run(10, 60)
    print(HEAD, outcome.row(), *outcome.wrong, sep="\n")  # noqa: T201  # its purpose
    sys.exit(bool(outcome.wrong) or outcome.kept != outcome.acknowledged)


if __name__ == "__main__":
    main()
