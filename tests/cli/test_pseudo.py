"""A language made by a script: each sentence in brackets and longer, so that one left out shows.

It has a catalogue and nothing else, as any third language would begin.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from hatch_build import compiled
from tests.cli.conftest import Run
from tests.cli.test_serving import CLOSED, LOCAL, NETWORK, WORLD
from tests.locale.messages import chinese
from tracker.locale import language
from tracker.render.table import Screen
from tracker.render.text import width
from tracker.render.welcome import ServedSite, welcome
from tracker.seed import load

Typed = tuple[str, ...]

TABLES: list[Typed] = [
    ("list",),
    ("overdue",),
    ("overdue", "--as-of", "2021-01-01"),
    ("upcoming", "--as-of", "2021-05-01"),
    ("report", "scorecard"),
    ("report", "slippage"),
    ("report", "ontime"),
    ("report", "changes", "--since", "2021-01-01"),
    ("report", "changes", "--since", "2021-01-01", "--corrections"),
    ("report", "source"),
    ("report", "stale"),
]
SCREENS: list[Typed] = [
    (),
    *((*words, "--format", "table") for words in TABLES),
    *((*words, "--format", "md") for words in TABLES if words[0] == "report"),
    ("list", "--owner", "nobody at all", "--format", "table"),
    ("timeline",),
    ("timeline", "--as-of", "2021-07-01"),
    ("show", "3"),
    ("show", "4"),
    ("log",),
    ("log", "3"),
    ("check",),
    ("head",),
    ("when", "6月底前"),
    ("when", "TBD"),
    ("report", "week"),
    ("report", "month", "--as-of", "2021-06-30"),
    ("report", "week", "--format", "html"),
    ("digest",),
    ("digest", "--format", "md"),
    ("digest", "--format", "html"),
    ("export", "svg"),
    ("export", "html"),
    ("export", "ledger"),
    ("publish", "public"),
    ("done", "4", "--on", "2021-10-02"),
    ("postpone", "5", "2027-06-30", "--reason", "tender"),
    ("postpone", "5", "end of June 2027"),
    ("correct", "5", "--due", "2021-12-01", "-m", "typed wrongly"),
    ("edit", "5", "--percent", "60"),
    ("status", "6", "cancelled"),
    ("note", "5", "来电"),
    ("undo",),
    ("redo",),
    ("remove", "6"),
    ("token", "list"),
    ("token", "add", "Mei"),
    ("import", "ledger.csv", "--dry-run"),
    ("import", "ledger.csv"),
    ("import", "ics", "feed.ics"),
    ("import", "json", "ledger.csv"),
    ("check", "--ics", "feed.ics"),
    ("extract", "words.txt"),
    ("extract", "words.txt", "--made-on", "2021-03-10", "--why", "--others"),
    ("extract", "words.txt", "--made-on", "2021-03-10", "--add"),
    ("copy", "milestones.json", "other.json"),
    # -- what is refused: each family of errors
    ("show", "999"),
    ("show", "abc"),
    ("postpone", "1", "2020-01-01"),
    ("postpone", "1", "2022-02-31"),
    ("done", "1", "--on", "2999-01-01"),
    ("list", "--due-to", "31 June 2021"),
    ("list", "--filter", "soon"),
    ("list", "--limit", "0"),
    ("edit", "1", "--due", "2022"),
    ("edit", "1"),
    ("add",),
    ("add", ""),
    ("nonsense",),
    ("list", "--nonsense"),
    ("report",),
    ("report", "source", "no such"),
    ("import", "nowhere.csv"),
    ("extract", "nowhere.txt"),
    ("export", "ics", "-o", "no/such/folder.ics"),
    ("notify",),
    ("serve", "--port", "0", "--base-url", "https://promises.example.org"),
    ("token", "revoke", "Mei"),
    ("init",),
    ("copy", "milestones.json", "milestones.json"),
    ("merge", "a", "b", "c"),
    ("undo", "123456"),
    ("check", "--head", "abc"),
    ("--file", "nowhere.json", "list"),
    ("--file", "bad.json", "list"),
    ("--file", "twice.json", "list"),
    ("--file", ".", "list"),
    ("--lang", "xx", "list"),
]
MADE = {
    "ledger.csv": "序号,任务,责任单位,完成时限\n1,修路,交通局,2021年6月底\n2,,交通局,六月\n",
    "feed.ics": "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x, y\nDTSTART:2021\nEND:VEVENT\n",
    "words.txt": "2021年6月底前，建成数据平台。据专家预测，2022年将完成改造。\n",
    "bad.json": '{"milestones": {"1": {"id": 2}}}',
    "twice.json": "<<<<<<< ours\n",
}


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> str:
    catalogue = Catalog(locale="zh")
    for message in chinese():
        if message.id:
            many = message.id[-1] if isinstance(message.id, tuple) else message.id
            said = f"⟦{many} ~~~⟧"
            told = (said,) if isinstance(message.id, tuple) else said
            catalogue.add(message.id, told, message.locations, context=message.context)
    top = tmp_path_factory.mktemp("catalogues")
    folder = top / "qps" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    for part in ("tracker", "click"):
        content = compiled(catalogue, of_click=part == "click")
        (folder / f"{part}.mo").write_bytes(content)
    return f"{top}/"


@pytest.fixture
def pseudo(catalogues: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("tracker.locale", "tracker.locale.language"):
        # A function has the name of one of them too.
        monkeypatch.setattr(sys.modules[module], "FOLDER", catalogues)
    monkeypatch.setenv("LANG", "qps.UTF-8")


@pytest.fixture
def office(seeded: Run, home: Path) -> Run:
    for name, text in MADE.items():
        (home / name).write_text(text, encoding="utf-8")
    return seeded


def left(text: str) -> list[str]:
    """What reads as English outside of brackets: two words of letters in a row."""
    said = re.compile(r"⟦[^⟦⟧]*⟧")
    while said.search(text):
        text = said.sub(" ", text)
    plain = re.sub(r"<style.*?</style>|<script.*?</script>|<[^>]*>", " ", text, flags=re.DOTALL)
    return re.findall(
        r"\b(?=([a-z]{3,} [a-z]{3,})\b)", re.sub(r"`[^`]*`|https?:\S+|\w+…", "", plain)
    )


def seeds() -> Iterator[str]:
    for m in load("shandong-2021"):
        yield from (m.title, m.owner or "")
        if m.source:
            yield from (m.source.document, m.source.publisher or "")


@pytest.mark.usefixtures("pseudo")
@pytest.mark.parametrize("words", SCREENS, ids=" ".join)
def test_no_sentence_of_a_screen_is_left_out(
    office: Run, words: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")  # so that no bracket is cut or on another line
    ran = office(*words)
    told = ran.out + ran.err
    assert "⟦" in told or words == ("head",)
    assert [pair for pair in left(told) if pair not in set(left(" | ".join(seeds())))] == []


@pytest.mark.usefixtures("pseudo")
@pytest.mark.parametrize("columns", [60, 100, 200])
@pytest.mark.parametrize("words", TABLES, ids=" ".join)
def test_longer_words_break_no_column(
    office: Run, words: Typed, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = office(*words, "--format", "table").out.splitlines()
    assert [line for line in lines if width(line) > columns and "`" not in line] == []


@pytest.mark.usefixtures("pseudo")
@pytest.mark.parametrize("served", [LOCAL, NETWORK, WORLD, CLOSED])
def test_the_screen_of_a_server_leaves_nothing_out(served: ServedSite) -> None:
    told = welcome(served, Screen(400, colour=False, lang=language("qps")))
    assert "⟦" in told
    assert left(told) == []
