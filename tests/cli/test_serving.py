"""`tracker serve` as it is typed: what it refuses, and what it says when it begins."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.cli.conftest import Run, golden
from tracker.errors import BadInput, CannotListen, NotPublic, StoreCorrupt, StoreMissing
from tracker.locale import language
from tracker.render.table import Screen
from tracker.render.welcome import ServedSite, welcome

EVERYWHERE = "0.0.0.0"  # noqa: S104 - refused below


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--host", EVERYWHERE), NotPublic.exit_code),
        (("--host", "::", "--private"), NotPublic.exit_code),
        (("--base-url", "https://promises.example.org"), NotPublic.exit_code),
        (("--host", "no such host"), CannotListen.exit_code),
        (("--host", "192.0.2.1", "--public"), CannotListen.exit_code),
        (("--host", "no such host", "--public"), CannotListen.exit_code),
        (("--port", "65536"), 2),
        (("--colour", "mauve"), 6),
        (("--base-url", "ftp://x.org"), 6),
    ],
)
def test_what_cannot_be_served_is_said_in_a_sentence(
    seeded: Run, words: tuple[str, ...], code: int
) -> None:
    refused = seeded("serve", "--port", "0", *words)
    assert (refused.code, refused.out) == (code, "")
    assert len(refused.err.splitlines()) == 1


def test_a_port_that_is_taken_is_said_so(seeded: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = seeded("serve", "--port", str(port))
    assert refused.code == CannotListen.exit_code
    assert refused.err == (
        f"tracker: Port {port} on 127.0.0.1 is taken, perhaps by a tracker that is serving "
        "already. End that one, or give another with --port; 0 takes a free one.\n"
    )


def test_what_is_wrong_to_begin_with_ends_it(seeded: Run) -> None:
    tokens = Path(".milestones.json.tokens")
    tokens.write_bytes(b"{")
    assert seeded("serve", "--port", "0").code == BadInput.exit_code
    tokens.unlink()
    assert seeded("serve", "--port", "0", "--file", "none.json").code == StoreMissing.exit_code
    Path("milestones.json").write_bytes(b"{")
    assert seeded("serve", "--port", "0").code == StoreCorrupt.exit_code


LOCAL = ServedSite("Milestones", 14, "http://127.0.0.1:8765", is_open=True, is_local=True)
NETWORK = ServedSite("Milestones", 14, "http://192.168.1.20:8765", is_open=True, is_local=False)
WORLD = ServedSite("Milestones", 1, "https://promises.example.org", is_open=True, is_local=False)
CLOSED = ServedSite("Milestones", 0, "https://promises.example.org", is_open=False, is_local=False)


@pytest.mark.parametrize(
    ("name", "served", "screen"),
    [
        ("here", LOCAL, Screen(60, colour=False)),
        ("network", NETWORK, Screen(100, colour=False)),
        ("world-zh", WORLD, Screen(80, colour=True, lang=language("zh"))),
        ("narrow", WORLD, Screen(36, colour=False)),
        ("closed", CLOSED, Screen(60, colour=False)),
        ("closed-zh", CLOSED, Screen(60, colour=False, lang=language("zh"))),
    ],
)
def test_golden_welcome(name: str, served: ServedSite, screen: Screen) -> None:
    golden(f"serve-{name}", welcome(served, screen) + "\n")


def test_the_code_is_left_out_where_there_is_no_room_and_where_no_phone_could_go() -> None:
    assert "█" in welcome(WORLD, Screen(60, colour=False))
    assert "█" not in welcome(WORLD, Screen(36, colour=False))
    assert "█" not in welcome(LOCAL, Screen(200, colour=False))
    assert "█" not in welcome(CLOSED, Screen(200, colour=False))
