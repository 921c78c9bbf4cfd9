"""Addresses of databases typed in wrong places, in wrong ways: no password leaves the program."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tracker.store.masking import masked, without_passwords

HALVES = ("Hunt", "Er99")
"""Of each password: neither may be seen, nor what is read of it by somebody who cuts it in two."""

MARKS = ("", "#", "/", "?", "%", "@", ":", "&", "=", "[", "]", "'", '"', "\\", ",", "%2F", "*", "é")
SHAPES = (
    "postgresql://ann:{}@127.0.0.1:1/promises",
    "postgres://ann:{}@127.0.0.1:1,127.0.0.2:x/promises?sslmode=disable",
    "postgresql://:{}@127.0.0.1:1/promises",
    "PostgreSQL://ann:{}@127.0.0.1:1/promises",
    "postgresql:/ann:{}@127.0.0.1:1/promises",
    "postgresql:ann:{}@127.0.0.1:1/promises",
    "postgresql://ann:{}@[::1:1/promises",
    "postgresql://ann:{}@127.0.0.1:port/promises",
    "postgresql://ann:{}/promises",
    "postgressql://ann:{}@127.0.0.1:1/promises",
    "postgresql+psycopg://ann:{}@127.0.0.1:1/promises",
    "jdbc:postgresql://127.0.0.1:1/promises?user=ann&password={}",
    "postgresql//ann:{}@127.0.0.1:1/promises",
    "postgresql；//ann:{}@127.0.0.1:1/promises",
    "postgresql：//ann：{}@127.0.0.1:1/promises",
    "postgresql://ann;{}@127.0.0.1:1/promises",
    "postgresql://ann%3A{}@127.0.0.1:1/promises",
    "DATABASE_URL=postgresql://ann:{}@127.0.0.1:1/promises",
    "psotgresql://ann:{}@127.0.0.1:1/promises",
    "mysql://ann:{}@127.0.0.1:1/promises",
    "//ann:{}@127.0.0.1:1/promises",
    "ann:{}@127.0.0.1/promises",
    "postgresql://127.0.0.1:1/promises?password={}",
    "postgresql://127.0.0.1:1/promises?sslpassword={}",
    "postgresql://127.0.0.1:1/promises?pasword={}",
    "postgresql://127.0.0.1:1/promises?reads=any&passwort={}",
    "https:/ann:{}@127.0.0.1:1/feed",
    "https:ann:{}@127.0.0.1:1/feed",
    "https://127.0.0.1:1/feed?api_key={}",
    "tgram://{}/12345",
    "host=127.0.0.1 port=1 dbname=promises user=ann password={}",
    "host=127.0.0.1 port=1 password='{}' dbname=promises",
)
PLACES: tuple[tuple[str, ...], ...] = (
    ("--file", "{}", "list"),
    ("list", "--file", "{}"),
    ("{}",),
    ("lst", "{}"),
    ("list", "{}"),
    ("show", "{}"),
    ("export", "{}"),
    ("export", "json", "-o", "{}/out.json"),
    ("import", "json", "{}"),
    ("copy", "{}", "there.json"),
    ("copy", "milestones.json", "{}"),
    ("merge", "{}", "milestones.json", "{}"),
    ("postpone", "1", "{}"),
    ("list", "--status", "{}"),
    ("list", "--as-of", "{}"),
    ("list", "--filter", "{}"),
    ("list", "--{}"),
    ("list", "--lang", "{}"),
    ("--file", "{}", "--file", "other.json", "list"),
    ("sync", "{}"),
    ("extract", "{}"),
    ("check", "--ics", "{}"),
    ("token", "list", "--tokens", "{}"),
    ("list", "--format", "json", "{}"),
    ("serve", "--base-url", "{}"),
    ("publish", "public", "--base-url", "{}"),
    ("publish", "{}"),
    ("init", "--file", "{}"),
    ("token", "add", "press", "--tokens", "{}"),
    ("token", "add", "{}"),
    ("extract", "{}", "--format", "json"),
    ("list", "--columns", "{}"),
    ("copy", "milestones.json", "{}/there.json"),
    ("pull", "{}"),
    ("export", "csv", "--output={}"),
    ("list", "--file={}", "--format=json"),
    ("list", "--from", "{}"),
    ("evidence", "add", "1", "{}", "--fetch"),
    ("evidence", "stamp", "1", "--tsa", "{}"),
    ("mcp", "--http", "--base-url", "{}", "--port", "0", "--write"),
    ("serve", "--host", "{}", "--log-format", "json"),
    ("report", "week", "-o", "{}"),
    ("close", "1", "--on", "{}"),
    ("diff", "{}", "milestones.json"),
)
SETTINGS = (
    ("[serve]\ntokens = {}\n", ("token", "add", "press", "--format", "json")),
    ("[feeds]\nbase-url = {}\n", ("publish", "public")),
    ("[notify]\nurls = [{}]\n", ("notify", "--dry-run")),
    ("[maps]\noffice = [{}]\n", ("import", "ledger.csv", "--map", "office")),
    ("[filters.near]\ndue-to = {}\n", ("list", "--filter", "near")),
    ("lang = {}\n", ("list",)),
)
"""What may be settled, and a command that asks for it."""


def passwords() -> Iterator[str]:
    yield from (mark.join(HALVES) for mark in MARKS)
    yield " ".join(HALVES)


def addresses() -> Iterator[str]:
    for shape, password in itertools.product(SHAPES, passwords()):
        # With an @ and no other, what comes after it is a host.
        if "@" in shape or "@" not in password or "?" in shape:
            yield shape.format(password)


def test_no_place_shows_the_password_of_an_address(run: Run, home: Path) -> None:
    run("init", "--seed", "shandong-2021")
    tried = 0
    everything = list(addresses())
    for number, place in enumerate(PLACES):
        # Each place gets its share of the addresses, and each address several places.
        for address in everything[number % 23 :: 23]:
            words = [word.replace("{}", address) for word in place]
            told = run(*words)
            said = told.out + told.err
            assert not [half for half in HALVES if half in said], (words, said)
            assert "Traceback" not in said
            tried += 1
    assert tried > 300


def test_no_setting_and_no_variable_shows_one_either(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("init", "--seed", "shandong-2021")
    (home / "ledger.csv").write_text("title\n", encoding="utf-8")
    for number, address in enumerate(list(addresses())[::3]):
        settled, words = SETTINGS[number % len(SETTINGS)]
        (home / "tracker.toml").write_text(settled.format(json.dumps(address)), encoding="utf-8")
        told = [run(*words)]
        variable = ("TRACKER_FILE", "TRACKER_SETTINGS")[number % 2]
        monkeypatch.setenv(variable, address)
        told += [run("list", "--format", "json"), run("init")]
        monkeypatch.delenv(variable)
        said = "".join(one.out + one.err for one in told)
        assert not [half for half in HALVES if half in said], (settled, address, said)
    assert not [path for path in home.iterdir() if "ann" in path.name]


@pytest.mark.parametrize("address", list(addresses()), ids=str)
def test_a_sentence_loses_the_password_and_keeps_the_rest(address: str) -> None:
    said = without_passwords(f"{address} cannot be reached. Look at it.", [address])
    assert not [half for half in HALVES if half in said]
    assert said.endswith("Look at it.")


@pytest.mark.parametrize(
    "plain",
    [
        "postgresql://ann@db.example.org/promises has all of milestones.json now: 14 milestones",
        "postgresql://one:5432,two:5433/promises?reads=prefer-standby&sslmode=require",
        "postgresql:///promises?host=/run/postgresql",
        "postgresql://[::1]:5432/promises",
        "Give one such as https://promises.example.org:8080/a@b.",
        "There is no store at ./a=b/milestones.json.",
    ],
)
def test_what_is_no_password_stays(plain: str) -> None:
    assert without_passwords(plain, []) == plain
    if "://" in plain and " " not in plain:
        assert masked(plain) == plain


@pytest.mark.parametrize(
    "words",
    [
        ("export", "ics", "--base-url", "{}"),
        ("export", "ics", "--address", "{}"),
        ("export", "html", "--feed-url", "{}"),
        ("publish", "public", "--base-url", "{}"),
        ("token", "add", "press", "--base-url", "{}"),
        ("serve", "--port", "0", "--base-url", "{}"),
    ],
)
def test_no_password_is_given_out_in_the_address_of_a_feed(
    run: Run, home: Path, words: tuple[str, ...]
) -> None:
    run("init", "--seed", "shandong-2021")
    for password in ("HuntEr99", "Hunt/Er99", "Hunt#Er99", "Hunt@Er99"):
        address = f"https://ann:{password}@promises.example.org"
        told = run(*(word.replace("{}", address) for word in words))
        assert (told.code, told.out) == (6, ""), words
        assert not [half for half in HALVES if half in told.err]
    assert not (home / "public").exists()
