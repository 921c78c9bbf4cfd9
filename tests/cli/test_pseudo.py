"""A language made by a script: each sentence in brackets and longer, so that one left out shows."""

from __future__ import annotations

import gettext
import io
import re

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from tests.cli.conftest import Run
from tests.locale.messages import template
from tracker.locale.zh import Chinese
from tracker.seed import load

Typed = tuple[str, ...]

SCREENS: list[Typed] = [
    (),
    ("list", "--format", "table"),
    ("overdue", "--format", "table"),
    ("overdue", "--as-of", "2021-01-01", "--format", "table"),
    ("upcoming", "--format", "table"),
    ("timeline",),
    ("show", "3"),
    ("log", "3"),
    ("check",),
    ("when", "6月底前"),
    ("report", "scorecard", "--format", "table"),
    ("report", "slippage", "--format", "table"),
    ("report", "ontime", "--format", "table"),
    ("report", "changes", "--since", "2021-01-01", "--format", "table"),
    ("report", "source", "--format", "table"),
    ("report", "stale", "--format", "table"),
    ("report", "week"),
    ("digest",),
    ("done", "4", "--on", "2021-10-02"),
    ("postpone", "5", "2027-06-30"),
    ("note", "5", "来电"),
    ("undo",),
    ("redo",),
    ("remove", "6"),
    ("show", "999"),
    ("postpone", "1", "2020-01-01"),
    ("list", "--due-to", "31 June 2021"),
    ("token", "list"),
    ("--file", "nowhere.json", "list"),
]


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = Catalog(locale="zh_Hans")
    for message in template():
        if message.id:
            many = message.id[-1] if isinstance(message.id, tuple) else message.id
            said = f"⟦{many} ~~~⟧"
            told = (said,) if isinstance(message.id, tuple) else said
            catalogue.add(message.id, told, context=message.context)
    file = io.BytesIO()
    write_mo(file, catalogue)
    file.seek(0)
    monkeypatch.setattr(Chinese, "catalogue", gettext.GNUTranslations(file))


def left(text: str) -> list[str]:
    """What reads as English outside of brackets: two words of letters in a row."""
    said = re.compile(r"⟦[^⟦⟧]*⟧")
    while said.search(text):
        text = said.sub(" ", text)
    return re.findall(r"\b[a-z]{3,} [a-z]{3,}\b", re.sub(r"`[^`]*`|https?:\S+", "", text))


@pytest.mark.usefixtures("pseudo")
@pytest.mark.parametrize("words", SCREENS, ids=" ".join)
def test_no_sentence_of_a_screen_is_left_out(
    seeded: Run, words: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.setenv("COLUMNS", "400")  # so that no bracket is cut or on another line
    ran = seeded(*words)
    assert "⟦" in ran.out + ran.err
    told = ran.out + ran.err
    for m in load("shandong-2021"):
        data = (m.title, m.source and m.source.document, m.source and m.source.publisher)
        for text in (str(one) for one in data if one):
            told = told.replace(text, "")
    assert left(told) == []
