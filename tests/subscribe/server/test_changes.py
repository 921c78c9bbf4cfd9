"""What is served while the store changes, breaks, vanishes and comes back, and at the end."""

from __future__ import annotations

import json
import signal
import socket
import threading
from pathlib import Path

import pytest

from tests.milestones import plain
from tracker.errors import StoreCorrupt, StoreMissing
from tracker.store import open_store

from .serving import Server, serving, until


def health(server: Server) -> tuple[int, dict[str, str]]:
    answer = server.get("/health")
    trouble = json.loads(answer.body)["trouble"]
    return answer.status, {what: told["error"] for what, told in trouble.items()}


def test_a_change_is_served_and_others_feeds_stay_as_they_are(store: Path) -> None:
    with serving(store) as server:
        server.tracker("add", "Open the ring road", "--due", "2031-06-30", "--owner", "Roads")
        feed = until(lambda: server.get("/feed.ics"), lambda a: b"ring road" in a.body)
        owner = server.get("/owner/roads.ics")
        assert b"ring road" in owner.body
        server.tracker("add", "Plant trees", "--due", "2031-06-30", "--owner", "Parks")
        assert until(lambda: server.get("/owner/parks.ics"), lambda a: a.status == 200).status
        same = server.get("/owner/roads.ics", If_None_Match=owner.headers["etag"])
        assert same.status == 304
        changed = server.get("/feed.ics", If_None_Match=feed.headers["etag"])
        assert changed.status == 200
        # Dated once the second is over in which it came: then a date tells it from the others.
        dated = until(lambda: server.get("/feed.ics"), lambda a: "last-modified" in a.headers)
        since = dated.headers["last-modified"]
        assert server.get("/feed.ics", If_Modified_Since=since).status == 304


@pytest.mark.parametrize("damage", [b"", b'{"milestones": {"1":'], ids=["empty", "half"])
def test_the_last_good_feed_is_served_while_the_store_is_damaged(
    store: Path, damage: bytes
) -> None:
    with serving(store) as server:
        good = server.get("/feed.ics")
        whole = store.read_bytes()
        # In place, as an editor or a copy writes it.
        store.write_bytes(damage)
        until(lambda: health(server), lambda h: h == (503, {"store": StoreCorrupt.code}))
        assert server.get("/feed.ics").body == good.body
        # Also what nobody had asked for before.
        assert server.get("/tasks.ics").status == server.get("/").status == 200
        store.unlink()
        until(lambda: health(server), lambda h: h == (503, {"store": StoreMissing.code}))
        assert server.get("/feed.ics").body == good.body
        store.write_bytes(whole)
        until(lambda: health(server), lambda h: h == (200, {}))
        server.tracker("note", "1", "back")
        until(lambda: server.get("/feed.ics"), lambda a: a.body != good.body)
        assert server.end() == 0
        assert "Traceback" not in server.noted
        assert str(store) in server.noted
        assert "The store can be read again." in server.noted


def test_every_poll_finds_a_whole_feed_while_milestones_change(store: Path) -> None:
    with serving(store) as server:
        seen: list[tuple[int, bytes]] = []
        done = threading.Event()

        def poll() -> None:
            tag = ""
            while not done.is_set():
                answer = server.get("/feed.ics", If_None_Match=tag)
                tag = answer.headers.get("etag", "")
                seen.append((answer.status, answer.body))

        pollers = [threading.Thread(target=poll) for _ in range(4)]
        for poller in pollers:
            poller.start()
        kept = open_store(str(store))
        for id in range(100, 115):
            kept.change(lambda t, id=id: t.put(plain(id)))  # type: ignore[misc]  # bound at once
            server.get("/health")
        until(lambda: server.get("/feed.ics").body.count(b"BEGIN:VEVENT"), lambda n: n == 29)
        done.set()
        for poller in pollers:
            poller.join()
        assert {status for status, _ in seen} == {200, 304}
        bodies = {body for status, body in seen if status == 200}
        assert all(b.startswith(b"BEGIN:VC") and b.endswith(b"END:VCALENDAR\r\n") for b in bodies)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_an_answer_under_way_is_finished_before_it_stops(tmp_path: Path, how: int) -> None:
    store = tmp_path / "milestones.json"
    open_store(str(store)).create([plain(id) for id in range(1, 8_001)])
    with serving(store) as server, socket.socket() as slow:
        whole = server.get("/feed.ics").body
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.connect(("127.0.0.1", server.port))
        slow.sendall(b"GET /feed.ics HTTP/1.1\r\nHost: x\r\n\r\n")
        begun = slow.recv(100)
        server.process.send_signal(how)
        # It listens no more, while it is still answering.
        until(lambda: _listens(server.port), lambda listens: not listens)
        answer = begun + b"".join(iter(lambda: slow.recv(65536), b""))
        assert answer.endswith(whole)
        assert (server.end(0), server.noted) == (0, "")


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def test_slow_connections_are_in_nobodys_way(store: Path) -> None:
    with serving(store) as server:
        slow = []
        try:
            for _ in range(400):
                slow.append(socket.create_connection(("127.0.0.1", server.port)))
                slow[-1].sendall(b"GET /feed.ics HTTP/1.1\r\nHost:")
            assert server.get("/feed.ics").status == 200
            assert server.end() == 0
        finally:
            for one in slow:
                one.close()


def test_a_restart_loses_no_request(store: Path) -> None:
    ask = b"GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n"
    with socket.create_server(("127.0.0.1", 0)) as at:
        with serving(store, at=at) as server, socket.create_connection(at.getsockname()) as kept:
            assert server.port == at.getsockname()[1]
            kept.sendall(ask)
            assert b"200 OK" in kept.recv(1000)
            server.process.send_signal(signal.SIGTERM)
            # On its way when the server is asked to stop.
            kept.sendall(ask)
            assert b"200 OK" in b"".join(iter(lambda: kept.recv(1000), b""))
            assert server.end(0) == 0
        with socket.create_connection(at.getsockname()) as between:
            between.sendall(ask)
            with serving(store, at=at):
                assert b"200 OK" in between.recv(1000)
