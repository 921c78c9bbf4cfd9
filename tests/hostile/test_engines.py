"""Hostile texts in a database: stored, found and shown as the file has them, to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.hostile.test_files import ITEMS
from tests.hostile.test_matrix import by_json, harmless
from tests.hostile.texts import TEXTS
from tests.postgres import Server
from tracker.store import open_store

FILTERS = ("--owner", "--tag", "--text", "--source")
ASKED = ("sql", "template", "escapes", "json", "override", "wide", "zalgo")
"""Of the texts, those that a database could take for more than text, or fold in its own way."""


def test_every_text_in_every_field_is_data_and_no_statement(
    run: Run, home: Path, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgres.new_url()
    for store in ("milestones.json", url):
        monkeypatch.setenv("TRACKER_FILE", store)
        assert run("init").code == 0
        by_json(run, home)
    file, database = open_store("milestones.json"), open_store(url)
    assert len(database.all()) == len(file.all()) >= len(TEXTS)
    for one, same in zip(file.all(), database.all(), strict=True):
        for field in ("title", "owner", "speaker", "source", "tags", "supporting", "targets"):
            assert getattr(one, field) == getattr(same, field)
    for text in map(TEXTS.__getitem__, ASKED):
        for words in [*(("list", name, text) for name in FILTERS), ("show", text), ("log", text)]:
            said = []
            for store in ("milestones.json", url):
                monkeypatch.setenv("TRACKER_FILE", store)
                told = run(*words, "--format", "plain") if words[0] == "list" else run(*words)
                harmless(told, words)
                said.append((told.code, told.out, told.err))
            assert said[0] == said[1], words


@pytest.mark.parametrize("name", ["field of ten megabytes", "deep", "lone surrogate"])
def test_what_is_refused_leaves_the_database_as_it_was(
    run: Run, home: Path, postgres: Server, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    url = postgres.new_url()
    monkeypatch.setenv("TRACKER_FILE", url)
    run("init", "--seed", "shandong-2021")
    before = open_store(url).all()
    (home / "in.json").write_text(ITEMS[name], encoding="utf-8")
    assert run("import", "json", "in.json").code == 14
    assert open_store(url).all() == before
