"""A cluster that chooses its leader itself: three members under Patroni, three of etcd.

`python -m tests.faults.leaders` kills the leader amid the changes of 32 writers, its Patroni and
its PostgreSQL with -9, ten times over; nobody promotes anybody. The one that was
killed comes back as a follower before the next round.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from tests.faults.failover import PROCESSES, SHARED, THREADS, amid
from tests.faults.outcome import HEAD, Outcome
from tests.milestones import plain
from tests.postgres import program as of_postgres
from tests.postgres import unprivileged
from tests.programs import program
from tracker.store import open_store

MEMBERS = ("one", "two", "three")
PATIENCE = 180
"""Seconds in which all members should be there and follow one leader."""

_COMMON = Path(__file__).parents[2] / "deploy" / "patroni.yml"
_PASSWORD = "of-this-run"  # noqa: S105 - of a cluster that lives for one run
_LOOPBACK = "127.0.0.1"


class Cluster:
    """In a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._etcd = {name: (_free(), _free()) for name in MEMBERS}
        self._ports = {name: (_free(), _free()) for name in MEMBERS}
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def url(self) -> str:
        """The address that names all hosts."""
        hosts = ",".join(_LOOPBACK for _ in MEMBERS)
        ports = ",".join(str(self._ports[name][0]) for name in MEMBERS)
        return f"postgresql://postgres:{_PASSWORD}@/postgres?host={hosts}&port={ports}"

    def start(self) -> None:
        # Where the one who runs the servers can read it.
        shutil.copy(_COMMON, self.folder)
        for name in MEMBERS:
            self._start_etcd(name)
        for name in MEMBERS:
            self.start_member(name)

    def _start_etcd(self, name: str) -> None:
        client, peer = (f"http://{_LOOPBACK}:{port}" for port in self._etcd[name])
        peers = (f"{n}=http://{_LOOPBACK}:{ports[1]}" for n, ports in self._etcd.items())
        settings = {
            "ETCD_NAME": name,
            "ETCD_DATA_DIR": str(self.folder / f"etcd-{name}"),
            "ETCD_LISTEN_CLIENT_URLS": client,
            "ETCD_ADVERTISE_CLIENT_URLS": client,
            "ETCD_LISTEN_PEER_URLS": peer,
            "ETCD_INITIAL_ADVERTISE_PEER_URLS": peer,
            "ETCD_INITIAL_CLUSTER": ",".join(peers),
        }
        self._run(f"etcd-{name}", settings, program("etcd"))

    def start_member(self, name: str) -> None:
        port, rest = (f"{_LOOPBACK}:{port}" for port in self._ports[name])
        settings = {
            "PATRONI_NAME": name,
            "PATRONI_ETCD3_HOSTS": ",".join(f"{_LOOPBACK}:{c}" for c, _ in self._etcd.values()),
            "PATRONI_RESTAPI_LISTEN": rest,
            "PATRONI_RESTAPI_CONNECT_ADDRESS": rest,
            "PATRONI_POSTGRESQL_LISTEN": port,
            "PATRONI_POSTGRESQL_CONNECT_ADDRESS": port,
            "PATRONI_POSTGRESQL_DATA_DIR": str(self.folder / name),
            "PATRONI_POSTGRESQL_BIN_DIR": str(Path(of_postgres("postgres")).parent),
            "PATRONI_POSTGRESQL_PGPASS": str(self.folder / f"{name}.pgpass"),
            "PATRONI_SUPERUSER_USERNAME": "postgres",
            "PATRONI_SUPERUSER_PASSWORD": _PASSWORD,
            "PATRONI_REPLICATION_USERNAME": "replicator",
            "PATRONI_REPLICATION_PASSWORD": _PASSWORD,
        }
        self._run(name, settings, program("patroni"), str(self.folder / _COMMON.name))

    def _run(self, name: str, settings: Mapping[str, str], *words: str) -> None:
        kept = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(self.folder)}
        with (self.folder / f"{name}.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(
                words,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                user=unprivileged(),
                env={**kept, **settings},
            )

    def members(self) -> list[dict[str, Any]]:
        """What the first of them that answers says of all."""
        for _, rest in self._ports.values():
            with suppress(OSError):
                asked = f"http://{_LOOPBACK}:{rest}/cluster"
                with urllib.request.urlopen(asked, timeout=5) as answer:
                    return list(json.load(answer)["members"])
        return []

    def whole(self) -> str:
        """Wait until all follow one leader, at least one of them in step; return its name."""
        end = monotonic() + PATIENCE
        while monotonic() < end:
            found = {m["name"]: (m["role"], m["state"]) for m in self.members()}
            roles = sorted(role for role, _ in found.values())
            follow = [state in ("running", "streaming") for _, state in found.values()]
            if roles == ["leader", "replica", "sync_standby"] and all(follow):
                return str(next(name for name, (role, _) in found.items() if role == "leader"))
            sleep(0.5)
        raise RuntimeError(f"no whole cluster: {self.members()}")

    def kill(self, name: str) -> None:
        """Kill a member with -9, as lost power would: Patroni first, so that it mends nothing."""
        process = self._processes.pop(name)
        process.kill()
        process.wait()
        postmaster = int((self.folder / name / "postmaster.pid").read_text().split()[0])
        for pid in (postmaster, *_children(postmaster)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def end(self) -> None:
        # The members first, which stop their PostgreSQL by themselves.
        for process in reversed(self._processes.values()):
            process.terminate()
            process.wait()


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A cluster that is whole, and all of it gone afterwards."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="patroni"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        if user := unprivileged():
            shutil.chown(folder, user)
        made = Cluster(folder)
        stack.callback(made.end)
        made.start()
        made.whole()
        yield made


def run(rounds: int, times: int) -> Outcome:
    outcome = Outcome(
        f"{PROCESSES * THREADS} writers on a cluster of three under Patroni, the leader killed "
        "with -9, another promoted by Patroni"
    )
    pauses = []
    with cluster() as made:
        open_store(made.url).create([plain(id) for id in range(1, SHARED + 1)])
        for number in range(rounds):
            leader = made.whole()
            lose = partial(made.kill, leader)
            pauses.append(amid(outcome, made.url, f"r{number}", times, lose))
            made.start_member(leader)
        made.whole()
    outcome.seen.append(f"{min(pauses):.1f} to {max(pauses):.1f} s without a change")
    return outcome


def _children(parent: int) -> list[int]:
    """The processes that were started by that one."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # After the name, which may hold anything: the state, and whose child it is.
            if int(path.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(path.parent.name))
    return found


def _free() -> int:
    with socket.socket() as free:
        free.bind((_LOOPBACK, 0))
        return int(free.getsockname()[1])


def main() -> None:
    outcome = run(10, 60)
    print(HEAD, outcome.row(), *outcome.wrong, sep="\n")  # noqa: T201  # its purpose
    sys.exit(bool(outcome.wrong) or outcome.kept != outcome.acknowledged)


if __name__ == "__main__":
    main()
