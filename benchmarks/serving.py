"""How fast feeds are answered: `tracker serve` beside nginx with the same bytes as static files.

Each server has one core, and `wrk` the other; they take turns. nginx is the floor: C, and nothing
to decide. What a change costs is measured while somebody goes on asking.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from getpass import getuser
from pathlib import Path
from statistics import median
from time import monotonic, perf_counter, sleep
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from benchmarks.programs import Tracker, environment, found
from benchmarks.table import Table

SECONDS = 3
CONNECTIONS = 16
_SERVER, _CLIENT = ["taskset", "-c", "0"], ["taskset", "-c", "1"]
_NGINX = """
daemon off; user {user}; worker_processes 1; error_log stderr crit; pid {home}/pid;
events {{ worker_connections 1024; }}
http {{ access_log off; gzip_static on; keepalive_requests 100000000; types {{ text/calendar ics; }}
  client_body_temp_path {home}/t; proxy_temp_path {home}/t; fastcgi_temp_path {home}/t;
  uwsgi_temp_path {home}/t; scgi_temp_path {home}/t;
  server {{ listen 127.0.0.1:{port}; root {home}; }} }}
"""
_TRACKER_PORT, _NGINX_PORT = 18765, 18766


def missing() -> list[str]:
    """The programs that this needs and that are not here."""
    return [name for name in ("nginx", "taskset", "wrk") if found(name) is None]


def answers(program: Tracker, rounds: int) -> Iterator[Table]:
    """Answers a second, and what a change costs."""
    ours = f"http://127.0.0.1:{_TRACKER_PORT}/feed.ics"
    theirs = f"http://127.0.0.1:{_NGINX_PORT}/feed.ics"
    serve = [program.path, "--file", str(program.store), "serve", "--port", str(_TRACKER_PORT)]
    with _running([*_SERVER, *serve], ours, program.environment):
        yield _beside_nginx(program, ours, theirs, rounds)
        yield _after_changes(program, ours, rounds)


def _beside_nginx(program: Tracker, ours: str, theirs: str, rounds: int) -> Table:
    table = Table("Answers a second on one core", ["what", "tracker", "nginx", "of nginx"])
    with _nginx(program.home / "nginx", ours) as words, _running(words, theirs):
        for what, headers in (
            ("unchanged (304)", "unchanged"),
            ("the whole feed, gzip", {"Accept-Encoding": "gzip"}),
        ):
            told: dict[str, list[float]] = {ours: [], theirs: []}
            for _ in range(rounds):
                for address, figures in told.items():
                    asked = (
                        {"If-None-Match": _tag(address)} if isinstance(headers, str) else headers
                    )
                    figures.append(_asked(address, asked))
            one, other = median(told[ours]), median(told[theirs])
            table.add(what, f"{one:,.0f}", f"{other:,.0f}", f"{one / other:.2f} ×")
    return table


def _after_changes(program: Tracker, address: str, rounds: int) -> Table:
    """While the store changes, every answer is timed until the new feed has come."""
    slowest, arrival = [], []
    for number in range(2_001, 2_001 + rounds):
        before = _tag(address)
        subprocess.run(
            program.done(number), env=program.environment, check=True, capture_output=True
        )
        changed, longest = perf_counter(), 0.0
        while True:
            start = perf_counter()
            now = _tag(address)
            longest = max(longest, perf_counter() - start)
            if now != before:
                break
            sleep(0.005)
        arrival.append(perf_counter() - changed)
        slowest.append(longest)
    table = Table("After a change", ["what", "median ms", "worst ms"])
    for what, times in (
        ("until the changed feed is answered", arrival),
        ("slowest answer meanwhile", slowest),
    ):
        table.add(what, f"{median(times) * 1e3:,.0f}", f"{max(times) * 1e3:,.0f}")
    return table


@contextmanager
def _nginx(home: Path, address: str) -> Iterator[list[str]]:
    """The words that start it, with the feed as its file, plain and compressed."""
    home.mkdir()
    home.chmod(0o755)
    for name, encoding in (("feed.ics", "identity"), ("feed.ics.gz", "gzip")):
        with urlopen(Request(address, headers={"Accept-Encoding": encoding})) as answer:
            (home / name).write_bytes(answer.read())
    settings = home / "nginx.conf"
    settings.write_text(_NGINX.format(home=home, port=_NGINX_PORT, user=getuser()))
    yield [*_SERVER, found("nginx") or "", "-c", str(settings), "-p", str(home), "-e", "stderr"]


@contextmanager
def _running(
    words: Sequence[str], address: str, given: Mapping[str, str] | None = None
) -> Iterator[None]:
    """A server, from when it answers until the end of the block."""
    given = given or environment(Path("/nonexistent"))
    with subprocess.Popen(
        words, env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            patience = monotonic() + 30
            while not _answers(address):
                if server.poll() is not None or monotonic() > patience:
                    raise RuntimeError(f"{words} does not answer")
                sleep(0.05)
            yield
        finally:
            server.terminate()


def _answers(address: str) -> bool:
    try:
        _tag(address)
    except (HTTPError, URLError, OSError):
        return False
    return True


def _tag(address: str) -> str:
    with urlopen(Request(address, method="HEAD")) as answer:
        return str(answer.headers["ETag"])


def _asked(address: str, headers: Mapping[str, str]) -> float:
    """Answers a second, as wrk counts them."""
    given = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    wrk = [
        *_CLIENT,
        "wrk",
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{SECONDS}s",
        "--timeout=30s",
        *given,
        address,
    ]
    told = subprocess.run(wrk, check=True, capture_output=True, text=True, env=dict(os.environ))
    rate = re.search(r"Requests/sec:\s*([\d.]+)", told.stdout)
    if rate is None or "Non-2xx or 3xx" in told.stdout:
        raise RuntimeError(told.stdout)
    return float(rate[1])
