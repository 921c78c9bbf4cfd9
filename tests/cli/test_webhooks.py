"""`notify --changes` against real servers that take it, fail, hang, lead elsewhere, or end it."""

from __future__ import annotations

import hmac
import json
import os
import signal
import ssl
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import sleep
from typing import Any

import jsonschema
import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.null import Keyring as NoKeyring

import tracker
from tests.answering import answering
from tests.cli.conftest import Run

SECRET = "a-secret-of-many-characters"  # noqa: S105  # of the tests
SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "webhook-schema.json").read_text())


class Receiver:
    """Keeps what it is posted, and answers by `status`, `leads` and `delay`; `stops` a process."""

    def __init__(self) -> None:
        self.status, self.leads, self.delay, self.stops = 200, "", 0.0, 0
        self.taken: list[tuple[dict[str, str], bytes]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if receiver.stops and receiver.taken:
                    os.kill(receiver.stops, signal.SIGKILL)
                    return
                status = receiver.status
                if receiver.leads and self.path == "/hook":
                    status = 307
                receiver.taken.append(({k.lower(): v for k, v in self.headers.items()}, body))
                sleep(receiver.delay)
                self.send_response(status)
                if status == 307:
                    self.send_header("Location", receiver.leads)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/hook"

    def bodies(self) -> list[Any]:
        return [json.loads(body) for _, body in self.taken]

    def kinds(self) -> list[list[tuple[int, str]]]:
        return [[(c["id"], c["kind"]) for c in body["changes"]] for body in self.bodies()]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    with answering(receiver.server):
        yield receiver


@pytest.fixture
def moved(seeded: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("TRACKER_WEBHOOK_SECRET", SECRET)
    assert seeded("postpone", "5", "2027-12-31", "--by", "Li").code == 0
    return seeded


def test_changes_are_signed_and_told_once(moved: Run, receiver: Receiver) -> None:
    ran = moved("notify", "--changes", "--to", receiver.url)
    assert (ran.code, ran.out) == (0, "1 (http://***): 15 changes.\n")
    [(headers, body)] = receiver.taken
    jsonschema.validate(json.loads(body), SCHEMA)
    told = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = b64encode(hmac.digest(SECRET.encode(), told, "sha256")).decode()
    assert headers["webhook-signature"] == f"v1,{wanted}"
    assert (5, "moved") in receiver.kinds()[0]
    assert moved("notify", "--changes", "--to", receiver.url).out == "1 (http://***): 0 changes.\n"
    moved("note", "5", "as told")
    moved("edit", "6", "--tag", "private")
    moved("notify", "--changes", "--to", receiver.url)
    assert receiver.kinds()[1:] == [[(5, "noted")]]
    moved("notify", "--changes", "--to", receiver.url, "--since", "2026-01-01")
    assert (5, "moved") in receiver.kinds()[-1]


def test_what_fails_is_sent_by_the_next_run(moved: Run, receiver: Receiver) -> None:
    receiver.status = 503
    ran = moved("notify", "--changes", "--to", receiver.url)
    assert ran.code == 54
    assert "1 (http://***): it answers 503" in ran.err
    receiver.status, receiver.delay = 200, 3
    ran = moved("notify", "--changes", "--to", receiver.url, "--timeout", "1")
    assert ran.code == 54
    assert ran.err.count("within 1 s") + ran.err.count("timed out") == 1
    receiver.delay = 0
    assert moved("notify", "--changes", "--to", receiver.url).code == 0
    ids = [headers["webhook-id"] for headers, _ in receiver.taken]
    assert len(ids) == 3
    assert len(set(ids)) == 1


def test_a_redirect_is_followed_on_the_same_host_alone(moved: Run, receiver: Receiver) -> None:
    receiver.leads = receiver.url.replace("127.0.0.1", "localhost")
    ran = moved("notify", "--changes", "--to", receiver.url)
    assert ran.code == 54
    assert "it leads to another host, localhost" in ran.err
    assert len(receiver.taken) == 1
    receiver.leads = "/elsewhere"
    assert moved("notify", "--changes", "--to", receiver.url).code == 0
    assert [body for _, body in receiver.taken][1:] == [receiver.taken[0][1]] * 2


def test_a_certificate_that_nobody_vouches_for_is_refused(
    moved: Run, receiver: Receiver, tmp_path: Path
) -> None:
    made = tmp_path / "both.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-keyout", str(made), "-out", str(tmp_path / "c.pem"), "-subj", "/CN=x"),
        ],
        check=True,
        capture_output=True,
    )
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(tmp_path / "c.pem", made)
    receiver.server.socket = own.wrap_socket(receiver.server.socket, server_side=True)
    ran = moved("notify", "--changes", "--to", receiver.url.replace("http:", "https:"))
    assert ran.code == 54
    assert "certificate verify failed" in ran.err
    assert receiver.taken == []


def test_killed_between_two_batches_it_goes_on_with_the_second(
    moved: Run, receiver: Receiver, home: Path
) -> None:
    moved("notify", "--changes", "--to", receiver.url)
    receiver.taken.clear()
    table = tracker.open("milestones.json")
    table.insert_multiple({"title": f"n{n}"} for n in range(150))
    with subprocess.Popen(
        [sys.executable, "-m", "tracker", "notify", "--changes", "--to", receiver.url]
    ) as process:
        receiver.stops = process.pid
        assert process.wait(30) == -signal.SIGKILL
    receiver.stops = 0
    assert moved("notify", "--changes", "--to", receiver.url).code == 0
    first, second = receiver.bodies()
    assert (len(first["changes"]), first["more"]) == (100, True)
    assert (len(second["changes"]), second["more"]) == (50, False)
    told = {c["change"]["digest"] for body in (first, second) for c in body["changes"]}
    assert len(told) == 150


@pytest.mark.parametrize(
    ("words", "secret", "said"),
    [
        (("--changes",), SECRET, "no address to post changes to"),
        (("--changes", "--to", "http://example.org/x"), SECRET, "none to post to"),
        (("--changes", "--to", "https://u:p@example.org/"), SECRET, "none to post to"),
        (("--changes", "--to", "file:///etc/passwd"), SECRET, "none to post to"),
        (("--changes", "--to", "https://example.org"), "short", "too short"),
        (("--changes", "--to", "https://example.org"), "whsec_%%%", "too short"),
    ],
)
def test_what_cannot_be_posted_is_refused(
    seeded: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], secret: str, said: str
) -> None:
    monkeypatch.setenv("TRACKER_WEBHOOK_SECRET", secret)
    ran = seeded("notify", *words)
    assert ran.code == 6
    assert said in ran.err


def test_options_of_digests_do_not_go_with_changes(seeded: Run) -> None:
    assert seeded("notify", "--to", "https://example.org").code == 2
    assert seeded("notify", "--changes", "--again").code == 2


class _OneKey(KeyringBackend):
    """A keyring with one entry."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        return SECRET if (service, username) == ("tracker:webhook", "127.0.0.1") else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError


def test_the_secret_may_be_in_the_keyring_or_is_asked_for(seeded: Run, receiver: Receiver) -> None:
    before = keyring.get_keyring()
    try:
        keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]  # the library's
        ran = seeded("notify", "--changes", "--to", receiver.url)
        assert (ran.code, receiver.taken) == (6, [])
        assert "keyring set tracker:webhook HOST" in ran.err
        keyring.set_keyring(_OneKey())  # type: ignore[no-untyped-call]  # the library's
        assert seeded("notify", "--changes", "--to", receiver.url).code == 0
    finally:
        keyring.set_keyring(before)
    assert len(receiver.taken) == 1


def test_the_secret_and_the_addresses_may_stand_in_the_settings(
    seeded: Run, receiver: Receiver, home: Path
) -> None:
    (home / "tracker.toml").write_text(
        f'[notify]\nchanges-to = ["{receiver.url}"]\nsecret = "{SECRET}"\n'
    )
    seeded("note", "5", "told")
    assert seeded("notify", "--changes", "--dry-run").code == 0
    assert receiver.taken == []
    assert seeded("notify", "--changes", "-q").out == ""
    assert (5, "noted") in receiver.kinds()[0]
