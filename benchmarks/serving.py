"""The server beside nginx with the same feed as a file: answers a second, and what each costs.

wrk asks through 32 connections, of one server at a time, in turn. The CPU time of an answer is the
server's own, which a busy machine changes less than how many are answered.
"""

from __future__ import annotations

import gzip
import http.client
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.programs import Tracker, found

SECONDS = 3
"""How long wrk asks at a time."""

CONNECTIONS = 32
PORT = 8799

_TICK = 1 / os.sysconf("SC_CLK_TCK")
_CONFIGURATION = """
{user}worker_processes 1; pid {folder}/pid; error_log {folder}/error.log; daemon off;
events {{ worker_connections 1024; }}
http {{
  access_log off; keepalive_requests 100000000; default_type text/calendar;
  server {{ listen 127.0.0.1:{port}; root {folder}/public; gzip_static on; }}
}}
"""


class Served(NamedTuple):
    """A server that is up: the process that answers, and its port."""

    pid: int
    port: int


class Rate(NamedTuple):
    """Answers a second, and seconds of the server's CPU for each."""

    answers: float
    cpu: float


@contextmanager
def tracker(ours: Tracker) -> Iterator[Served]:
    words = [ours.path, "--file", str(ours.store), "serve", "--port", str(PORT)]
    with subprocess.Popen(words, env=ours.environment, stdout=subprocess.DEVNULL) as process:
        try:
            _until_it_listens(PORT)
            yield Served(process.pid, PORT)
        finally:
            process.send_signal(signal.SIGTERM)


@contextmanager
def nginx(path: str, folder: Path, feed: bytes) -> Iterator[Served]:
    """With the feed as a file, and compressed beside it."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "public").mkdir(parents=True)
    (folder / "public" / "feed.ics").write_bytes(feed)
    (folder / "public" / "feed.ics.gz").write_bytes(gzip.compress(feed))
    settings = folder / "nginx.conf"
    # As root it would take another user, who may not read the folder.
    user = "user root; " if os.geteuid() == 0 else ""
    content = _CONFIGURATION.format(user=user, folder=folder, port=PORT + 1)
    settings.write_text(content, encoding="utf-8")
    with subprocess.Popen([path, "-c", str(settings), "-e", str(folder / "error.log")]) as process:
        try:
            _until_it_listens(PORT + 1)
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
            worker = children.read_text(encoding="ascii").split()[0]
            yield Served(int(worker), PORT + 1)
        finally:
            process.send_signal(signal.SIGTERM)


def rates(ours: Tracker, folder: Path, rounds: int) -> dict[str, dict[str, Rate]]:
    """For each kind of answer the rate of each server."""
    with ExitStack() as up:
        servers = {"tracker": up.enter_context(tracker(ours))}
        if path := found("nginx"):
            feed, _ = _get(PORT, {})
            servers["nginx"] = up.enter_context(nginx(path, folder, feed))
        kinds = ("unchanged (304)", "whole, gzip")
        measured: dict[str, dict[str, list[Rate]]] = {k: {s: [] for s in servers} for k in kinds}
        for _ in range(rounds):
            for name, server in servers.items():
                _, tag = _get(server.port, {"Accept-Encoding": "gzip"})
                for kind, headers in zip(kinds, ({"If-None-Match": tag}, {}), strict=True):
                    measured[kind][name].append(_rate(server, headers))
    return {
        kind: {name: Rate(*map(median, zip(*some, strict=True))) for name, some in by.items()}
        for kind, by in measured.items()
    }


def freshness(ours: Tracker, rounds: int) -> tuple[float, float]:
    """Seconds from a change on disk to the first answer with it, and those that answer took."""
    numbers = count(2_001)
    waits, answers = [], []
    with tracker(ours) as server:
        _, tag = _get(server.port, {})
        for _ in range(rounds):
            done = ours.done(next(numbers))
            subprocess.run(done, env=ours.environment, check=True, capture_output=True)
            changed = time.perf_counter()
            before, took = tag, 0.0
            while tag == before:
                asked = time.perf_counter()
                _, tag = _get(server.port, {"If-None-Match": before})
                took = time.perf_counter() - asked
            waits.append(time.perf_counter() - changed)
            answers.append(took)
    return median(waits), median(answers)


def _get(port: int, headers: Mapping[str, str]) -> tuple[bytes, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/feed.ics", headers=dict(headers))
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return body, answer.headers["etag"]


def _rate(server: Served, headers: Mapping[str, str]) -> Rate:
    given = [f"{name}: {value}" for name, value in {"Accept-Encoding": "gzip", **headers}.items()]
    words = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *_each("-H", given)]
    before = _cpu(server.pid)
    said = subprocess.run(
        [*words, f"http://127.0.0.1:{server.port}/feed.ics"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    used = _cpu(server.pid) - before
    answers = re.search(r"(\d+) requests in", said)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if answers is None or rate is None or "Non-2xx" in said:
        raise RuntimeError(said)
    return Rate(float(rate[1]), used / int(answers[1]))


def _each(option: str, values: Sequence[str]) -> Iterator[str]:
    for value in values:
        yield from (option, value)


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * _TICK


def _until_it_listens(port: int) -> None:
    for _ in range(200):
        try:
            _get(port, {})
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"nothing listens at port {port}")
