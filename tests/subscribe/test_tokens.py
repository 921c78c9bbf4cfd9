"""Tokens: what is kept of them, whom they let in, and what they may see."""

from __future__ import annotations

from codecs import BOM_UTF8
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from tests.milestones import plain
from tracker.errors import BadInput, BadValue, TokenExists, UnknownToken
from tracker.subscribe.tokens import Token, Tokens, digest, dumps, loads, new_secret, resolved, sees

AT = datetime(2026, 1, 1, tzinfo=UTC)


def token(name: str, secret: str = "s", *owners: str) -> Token:  # noqa: S107 - nobody's
    return Token(name, digest(secret), AT, owners)


def test_a_secret_lets_in_its_holder_alone_until_it_is_revoked() -> None:
    one, other = new_secret(), new_secret()
    tokens = Tokens().added(token("one", one)).added(token("other", other))
    assert len(one) == 43
    assert [t and t.name for t in map(tokens.holder, (one, other, "", one[:-1], "ü\ud800"))] == [
        *("one", "other"),
        *(None, None, None),
    ]
    assert tokens.without("ONE").holder(one) is None


def test_every_hash_is_compared_whoever_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []

    def counting(one: str, _: str) -> bool:
        compared.append(one)
        return one == digest("a")

    monkeypatch.setattr("tracker.subscribe.tokens.compare_digest", counting)
    tokens = Tokens().added(token("a", "a")).added(token("b", "b"))
    for secret in ("a", "b", "wrong"):
        compared.clear()
        tokens.holder(secret)
        assert compared == [digest("a"), digest("b")]


def test_the_file_keeps_no_secret_and_comes_back() -> None:
    secret = new_secret()
    tokens = Tokens().added(token("press", secret, "Police"))
    content = dumps(tokens)
    assert secret.encode() not in content
    assert loads(content, "tokens") == loads(BOM_UTF8 + content, "tokens") == tokens


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"[]", b'{"version": 2}', b'{"tokens": [{"name": "x"}]}', b'{"secrets": []}'),
        b'{"tokens": [{"name": "x", "made_at": "2026-01-01T00:00:00Z", "sha256": "\xc3\xbc"}]}',
        b'{"tokens": [{"name": "", "made_at": "2026-01-01T00:00:00Z", "sha256": "%s"}]}'
        % (b"0" * 64),
        *(b"\xff\xfe", b"[" * 100_000),
    ],
)
def test_a_file_of_something_else_is_refused(content: bytes) -> None:
    with pytest.raises(BadInput):
        loads(content, "tokens")


def test_names_are_told_apart_as_everywhere() -> None:
    tokens = Tokens().added(token("Press office"))
    with pytest.raises(TokenExists):
        tokens.added(token("press OFFICE"))
    with pytest.raises(UnknownToken, match="Did you mean 'Press office'"):
        tokens.without("Press ofice")
    for name in ("", " ", "a\nb", "\x1b[2J", "x" * 201):
        with pytest.raises(BadValue):
            token(name)


SOME = [
    replace(plain(1), owner="Police", supporting=("Fire brigade",)),
    replace(plain(2), owner="Police oversight board"),
    replace(plain(3), owner=None),
]


@pytest.mark.parametrize(
    ("owners", "seen"),
    [((), [1, 2, 3]), (("POLICE",), [1]), (("fire brigade",), [1]), (("Board",), [])],
)
def test_a_token_sees_whole_names_only(owners: tuple[str, ...], seen: list[int]) -> None:
    scope = token("x", "s", *owners).scope
    assert [m.id for m in SOME if sees(scope, m)] == seen


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("police", ["Police"]),
        ("over", ["Police oversight board"]),
        ("FIRE", ["Fire brigade"]),
        ("olice", None),
        ("Navy", None),
    ],
)
def test_owners_are_kept_in_full(said: str, expected: list[str] | None) -> None:
    if expected is None:
        with pytest.raises(BadValue):
            resolved([said], SOME)
    else:
        assert list(resolved([said, said], SOME)) == expected
