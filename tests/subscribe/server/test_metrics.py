"""What is measured, read by Prometheus' own parser, and logs as JSON without a secret."""

from __future__ import annotations

import http.client
import json
import re
import socket
from datetime import UTC, datetime
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from tracker.errors import StoreFailed
from tracker.message import Message
from tracker.subscribe.server import logs
from tracker.subscribe.server.metrics import route

from .serving import Server, serving, until
from .test_private import token

Values = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def asked(port: int, path: str = "/metrics", method: str = "GET") -> tuple[int, str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path)
    answer = connection.getresponse()
    told = answer.status, answer.getheader("content-type") or "", answer.read().decode()
    connection.close()
    return told


def measured(port: int) -> Values:
    _, _, text = asked(port)
    values: Values = {}
    for family in text_string_to_metric_families(text):
        assert family.documentation
        assert family.type in ("counter", "gauge")
        for sample in family.samples:
            key = sample.name, tuple(sorted(sample.labels.items()))
            assert key not in values
            values[key] = sample.value
    return values


def port_of(server: Server) -> int:
    found = re.search(
        r"What is measured is told at http://127\.0\.0\.1:(\d+)/metrics", server.noted
    )
    assert found, server.noted
    return int(found[1])


def test_a_request_for_no_host_is_bad_there_too(store: Path) -> None:
    with serving(store, "--port", "0", "--metrics-port", "0") as server:
        host = b"Host: a\r\n"
        for ask, status in ((b"", b"400"), (host * 2, b"400"), (host, b"200")):
            with socket.create_connection(("127.0.0.1", port_of(server)), timeout=10) as at:
                at.sendall(b"GET /metrics HTTP/1.1\r\n" + ask + b"\r\n")
                assert at.recv(12) == b"HTTP/1.1 " + status


def requests(values: Values, kind: str, status: int) -> float:
    key = ("tracker_http_requests_total", (("route", kind), ("status", str(status))))
    return values.get(key, 0)


def test_what_is_measured_is_read_by_prometheus_and_holds_no_secret(store: Path) -> None:
    secret = token(store, "all")
    options = ("--port", "0", "--public", "--metrics-port", "0", "--access-log")
    with serving(store, *options, "--log-format", "json") as server:
        port = port_of(server)
        for path in ("/", "/feed.ics", "/feed.ics", "/all.csv", "/none?token=hush", "/health"):
            server.get(path)
        server.get(f"/t/{secret}/feed.ics?key=hush")
        server.get(f"/t/{secret[:-1]}x/feed.ics")
        server.get("/postgresql://ann:hush@example.org/x")
        values = measured(port)
        kinds = {"page": 1, "feed": 2, "file": 1, "health": 1, "token": 1}
        assert {kind: requests(values, kind, 200) for kind in kinds} == kinds
        assert requests(values, "none", 404) == 3
        size = values["tracker_feed_bytes", (("feed", "feed.ics"),)]
        assert size == len(server.get("/feed.ics").body)
        assert values["tracker_milestones", ()] == 14
        assert 0 <= values["tracker_store_age_seconds", ()] < 10**9
        assert values["tracker_documents_bytes", ()] > size
        assert all(values["tracker_trouble", (("what", w),)] == 0 for w in ("store", "tokens"))

        store.write_text("{")
        store_errors = ("tracker_errors_total", (("what", "store"),))
        until(lambda: measured(port)[store_errors], bool)
        assert measured(port)["tracker_trouble", (("what", "store"),)] == 1

        assert asked(port, "/feed.ics")[0] == asked(port, method="POST")[0] == 404
        assert asked(port)[1].startswith("text/plain; version=0.0.4")
        assert server.get("/metrics").status == 404
        assert secret not in asked(port)[2]

        until(lambda: server.said, lambda said: said.count("\n{") > 9)
        start, *answers = map(json.loads, server.said.splitlines())
        told, report = map(json.loads, server.noted.splitlines())
        assert server.end() == 0
    assert (start["event"], start["milestones"], start["open"]) == ("start", 14, True)
    assert start["address"] == f"http://127.0.0.1:{server.port}/"
    assert (told["event"], told["level"]) == ("report", "info")
    assert (report["event"], report["level"]) == ("report", "error")
    assert report["code"] == "store-corrupt"
    assert {"time", "level", "event", "client", "method", "path"} < answers[0].keys()
    assert answers[1]["path"] == "/feed.ics"
    assert (answers[1]["route"], answers[1]["status"]) == ("feed", 200)
    assert answers[1]["size"] == size
    assert datetime.fromisoformat(answers[0]["time"]).tzinfo is not None
    everything = server.said + server.noted
    assert "hush" not in everything
    assert secret not in everything
    assert secret[:-1] not in everything


def test_an_object_is_one_line_whatever_it_tells() -> None:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    odd = logs.AccessEntry(at, "\x1b[31m", "GET", "/a\n\u202e\u2028b", "none", 404, 0, 0.5)
    told = logs.answered(odd)
    assert told.isprintable()
    assert json.loads(told)["path"] == "/a � b"
    error = StoreFailed("{url} is away.", url="postgresql://u:hush@h/x")
    said = logs.reported(at, Message("{said} What was read before is served on.", said=error))
    assert "hush" not in said
    assert json.loads(said)["code"] == "store-failed"
    assert json.loads(logs.reported(at, Message("All is well.")))["level"] == "info"


def test_what_is_asked_for_is_of_few_classes() -> None:
    there = {
        "/": "page",
        "/index.html": "page",
        "/owner/x.ics": "feed",
        "/all.json": "file",
        "/t/secret/feed.ics": "token",
        "/health": "health",
    }
    assert {path: route(path, 200) for path in there} == there
    assert {route(path, 404) for path in ("/x", "/t/x/feed.ics", "/owner/none.ics")} == {"none"}


def test_a_port_that_is_taken_is_said(store: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        server = Server(store, "--port", "0", "--metrics-port", port)
        assert server.process.wait(30) == 52
        assert f"Port {port} on 127.0.0.1 is taken" in server.noted
