"""A sync with a real server, killed with -9 as it sends, waits or writes, and run again (Linux)."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.faults.outcome import Outcome
from tests.milestones import DUE, plain
from tests.programs import program
from tests.scripts import verb_of
from tests.sync.servers import PASSWORD, USER, Radicale, Server, running
from tracker.actions import ChangeContext, add, apply
from tracker.coherence import faults
from tracker.model import Milestone
from tracker.store import open_store

_CALLS = "sendto,recvfrom,fsync,rename,renameat,renameat2"
"""What is sent, what is awaited, and what is kept."""


def run(folder: Path, times: int) -> Outcome:
    """Each time something to send, to delete and to take back; both sides must settle as one."""
    outcome = Outcome("a sync killed with -9 at a call to its server or its disk, and run again")
    chance = random.Random(20210310)  # noqa: S311  # moments, not secrets
    folder.mkdir(exist_ok=True)
    with running(Radicale, folder / "server") as server:
        store = folder / "here" / "milestones.json"
        store.parent.mkdir()
        open_store(str(store)).create([plain(1), plain(2), plain(3)])
        _sync(store, server)
        calls = _calls(store, server)
        for number in range(times):
            at = number + 1 if times >= calls else chance.randint(1, calls)
            _change(store, server, number + 1)
            outcome.acknowledged += 1
            _sync(store, server, f"inject={_CALLS}:signal=KILL:when={at}")
            said = [_sync(store, server) for _ in range(2)]
            wrong = [*_apart(store, server), *(said[1:] if "are in step" not in said[1] else ())]
            outcome.wrong += [f"killed at call {at}: {one}" for one in wrong]
            outcome.kept += not wrong
            outcome.times += 1
    outcome.seen.append(f"{calls} such calls in a sync; each time in step, nothing lost or doubled")
    return outcome


def _calls(store: Path, server: Server) -> int:
    """How many of those calls one sync makes that has something to do."""
    _change(store, server, 0)
    log = store.parent / "strace.log"
    _sync(store, server, f"trace={_CALLS}", log=log)
    by_process = re.findall(r"^(\d+ +)?\w+\(", log.read_text(errors="replace"), re.MULTILINE)
    return max(map(by_process.count, set(by_process)))


def _change(store: Path, server: Server, number: int) -> None:
    """Something new, moved and removed here; something done or reopened there."""
    here, there = open_store(str(store)), _standing(store)
    occasion = ChangeContext(lambda: datetime.now(UTC), DUE)
    due = DUE + timedelta(days=number + 1)
    apply(here, occasion, ["1"], verb_of("postpone", due))
    if gone := [str(m.id) for m in there.values() if m.id > 3]:
        apply(here, occasion, gone, verb_of("remove", None))
    add(here, occasion, [{"title": f"New {number}", "due": due}])
    (third,) = (m for m in there.values() if m.id == 3)
    state = "NEEDS-ACTION" if third.completed_on else "COMPLETED\nCOMPLETED:20210501T080000Z"
    text = re.sub(r"(?m)^(COMPLETED|PERCENT-COMPLETE):.*\n", "", server.todo(third.uid))
    server.put(third.uid, re.sub(r"(?m)^STATUS:.*$", f"STATUS:{state}", text))


def _apart(store: Path, server: Server) -> list[str]:
    """What is not the same on both sides, or not sound here."""
    here, hrefs = _standing(store), server.hrefs()
    wrong = [f"it {fault.what}" for fault in faults(open_store(str(store)).all())]
    if len(hrefs) != len(here):
        wrong.append(f"{len(here)} here and {len(hrefs)} there")
    for m in here.values():
        text = server.todo(m.uid)
        due = "" if m.due is None else f"DUE;VALUE=DATE:{m.due:%Y%m%d}\n"
        if due not in text or f"STATUS:{m.status.task}\n" not in text:
            wrong.append(f"{m.title} is another there: {text}")
    return wrong


def _standing(store: Path) -> dict[str, Milestone]:
    return {m.uid: m for m in open_store(str(store)).all() if m.removed_on is None}


def _sync(store: Path, server: Server, trace: str = "", log: Path | None = None) -> str:
    """Sync, traced by strace where its words are given; what was said."""
    strace = [program("strace"), "-f", "-o", str(log or os.devnull), "-e", trace]
    words = [sys.executable, "-m", "tracker", "sync", server.url, "--file", str(store)]
    done = subprocess.run(
        [*(strace if trace else ()), *words],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ
        | {"TRACKER_CALDAV_USER": USER, "TRACKER_CALDAV_PASSWORD": PASSWORD, "TRACKER_LANG": "en"}
        | {"XDG_STATE_HOME": str(store.parent), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    return done.stdout + done.stderr
