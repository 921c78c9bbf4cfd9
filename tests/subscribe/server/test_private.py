"""Feeds for those who have a token: what they see, and that nobody learns of a token."""

from __future__ import annotations

import json
import re
import socket
import subprocess
from pathlib import Path

import pytest

from tracker.subscribe.server.gate import masked

from .serving import PROGRAM, environment, serving, until

OWNER = "Shandong Provincial Big Data Bureau"


def token(store: Path, name: str, *options: str) -> str:
    done = subprocess.run(
        [*PROGRAM, "--file", str(store), "token", "add", name, *options],
        env=environment(store.parent),
        capture_output=True,
        text=True,
        check=True,
    )
    (secret,) = set(re.findall(r"/t/([\w-]{43})/", done.stdout))
    return str(secret)


def uids(body: bytes) -> set[bytes]:
    return set(re.findall(rb"\r\nUID:(.*?)\r\n", body))


def test_a_token_lets_in_and_nothing_else_does(store: Path) -> None:
    everything, owners = token(store, "all"), token(store, "data", "--owner", OWNER)
    with serving(store, "--port", "0", "--access-log") as server:
        for path in ("/", "/feed.ics", "/tasks.ics", "/all.json", "/t/", "/t/x/feed.ics"):
            assert server.get(path).status == 404
        assert server.get("/robots.txt").status == server.get("/health").status == 200
        feed, some = (server.get(f"/t/{secret}/feed.ics") for secret in (everything, owners))
        assert uids(some.body) < uids(feed.body)
        assert len(uids(feed.body)) == 14
        for answer in (feed, some):
            assert answer.headers["x-robots-tag"] == "noindex"
            assert answer.headers["cache-control"] == "private, no-cache"
            assert everything.encode() not in answer.body
            assert owners.encode() not in answer.body
        page = server.get(f"/t/{owners}/")
        assert f"/t/{owners}/feed.ics".encode() in page.body
        assert page.headers["referrer-policy"] == "no-referrer"
        assert server.get(f"/t/{owners}").headers["location"] == f"{owners}/"
        assert server.get(f"/t/{owners}/feed.ics", "PUT").status == 405
        wrong = server.get(f"/t/{owners[:-1]}x/feed.ics")
        unknown = server.get(f"/t/{owners}/owner/nobody.ics")
        never = server.get("/nothing")
        for answer in (unknown, never):
            assert (answer.status, answer.body) == (wrong.status, wrong.body)
            assert answer.headers | {"date": ""} == wrong.headers | {"date": ""}

        server.tracker("token", "revoke", "data")
        until(lambda: server.get(f"/t/{owners}/feed.ics"), lambda a: a.status == 404)
        assert server.get(f"/t/{owners}/").status == server.get(f"/t/{owners}").status == 404
        assert server.get(f"/t/{everything}/feed.ics").status == 200
        later = token(store, "later")
        until(lambda: server.get(f"/t/{later}/feed.ics"), lambda a: a.status == 200)

        # Damaged, it lets in whom it let in.
        (store.parent / ".milestones.json.tokens").write_bytes(b"{")
        until(lambda: server.get("/health"), lambda a: a.status == 503)
        assert server.get(f"/t/{later}/feed.ics").status == 200
        assert json.loads(server.get("/health").body)["trouble"]["tokens"]["error"] == "bad-input"

        # Gone, nobody is let in: the root stays closed.
        (store.parent / ".milestones.json.tokens").unlink()
        until(lambda: server.get(f"/t/{later}/feed.ics"), lambda a: a.status == 404)
        assert server.get("/feed.ics").status == 404

        assert server.end() == 0
        log = server.said + server.noted
        assert "Only readers with a token get in" in log
        for secret in (everything, owners, later, owners[:-1]):
            assert secret not in log
        assert "127.0.0.1 GET /t/***/feed.ics 200" in log
        assert "127.0.0.1 GET /health 503" in log


def test_a_log_has_uids_and_nothing_that_may_be_a_token() -> None:
    uid, secret = (
        "15c22ac6-a6f7-5e47-95c3-bdc12fafe684",
        "hjDZqk1i1jeFRNoAdeqwzGolf_eGFyoF69aMsV39P7E",
    )
    assert masked(f"/zh/promise/{uid}.html") == f"/zh/promise/{uid}.html"
    assert masked(f"/t/{secret}/promise/{uid}.ics") == f"/t/***/promise/{uid}.ics"
    for odd in (secret, secret[:-1], f"{uid}-{secret}", f"{uid}x", f"a{uid}", secret.lower()):
        assert masked(f"/{odd}/feed.ics") == "/***/feed.ics", odd


def test_public_and_tokens_go_together(store: Path) -> None:
    secret = token(store, "all")
    with serving(store, "--public", "--port", "0") as server:
        assert server.get("/feed.ics").status == 200
        assert server.get(f"/t/{secret}/feed.ics").status == 200


def test_what_was_closed_for_a_token_stays_closed_without_any(store: Path) -> None:
    token(store, "only")
    with serving(store) as server:
        server.tracker("token", "revoke", "only")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    behind = ("--port", port, "--base-url", f"http://feeds.example.org:{port}")
    for options in (("--port", "0"), behind):
        with serving(store, *options) as server:
            for path in ("/", "/feed.ics", "/all.json"):
                assert server.get(path).status == 404
            assert server.get("/health").status == 200


def test_who_asks_by_a_proxys_word_acts_on_no_terminal(store: Path) -> None:
    with serving(store, "--port", "0", "--access-log") as server:
        server.get("/feed.ics", X_Forwarded_For="\x9b31mred")
        server.end()
        assert "GET /feed.ics 200" in server.said
        assert "\x9b" not in server.said


def test_a_tokens_page_names_no_filter_that_holds_nothing_for_its_reader(store: Path) -> None:
    (store.parent / "tracker.toml").write_text(
        '[filters.quiet]\nowner = "Nobody at all"\n[filters.data]\nowner = "Big Data"\n'
    )
    secret = token(store, "data", "--owner", OWNER)
    with serving(store) as server:
        page = server.get(f"/t/{secret}/").body
        assert b"filter/data" in page
        assert b"quiet" not in page


def test_a_token_made_while_it_runs_closes_the_root(store: Path) -> None:
    with serving(store) as server:
        assert server.get("/feed.ics").status == 200
        secret = token(store, "first")
        until(lambda: server.get("/feed.ics"), lambda a: a.status == 404)
        until(lambda: server.get(f"/t/{secret}/feed.ics"), lambda a: a.status == 200)
        later = token(store, "second")
        until(lambda: server.get(f"/t/{later}/feed.ics"), lambda a: a.status == 200)
        assert server.noted == (
            "tracker: There are tokens now, so addresses without one are closed. "
            "`tracker serve --public` opens them.\n"
        )


@pytest.mark.parametrize("host", ["0.0.0.0"])  # noqa: S104 - what is tried
def test_with_a_token_others_may_come(store: Path, host: str) -> None:
    token(store, "all")
    with serving(store, "--host", host, "--port", "0") as server:
        assert server.get("/feed.ics").status == 404
