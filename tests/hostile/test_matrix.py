"""Every hostile text through every way in, and every way out harmless."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path
from typing import Any

import icalendar
import msgspec
import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Ran, Run
from tests.hostile.texts import TEXTS, acts_on_terminal, formulas
from tests.milestones import full, plain
from tracker.model import Milestone
from tracker.store import file_content, open_store

WORDS = ("speaker", "speaker_title", "next_step", "due_phrase", "parent", "superseded_by")


def fields(text: str) -> dict[str, Any]:
    """A value in every field that takes any text."""
    source = dict.fromkeys(("document", "publisher", "url", "sha256", "quote", "file"), text)
    return {
        **dict.fromkeys(WORDS, text),
        "source": source,
        "supporting": [text],
        "tags": [text],
        "depends_on": [text],
        "targets": [{"value": text, "unit": text, "op": text, "actual": text}],
        "translations": {
            lang: dict.fromkeys(("title", "owner", "document", "speaker_title"), text)
            for lang in ("zh", text)
        },
    }


def harmless(told: Ran, words: tuple[str, ...], *, styled: bool = False) -> None:
    found = acts_on_terminal(told.out + told.err, styled=styled)[:3]
    assert found == [], words[:2]


def by_json(run: Run, home: Path) -> None:
    """The text in every field, and in the title and owner where those take it."""
    items = []
    for name, text in TEXTS.items():
        items.append({"title": name, "due": "2021-06-30", "percent": 5, **fields(text)})
    (home / "in.json").write_text(json.dumps(items), encoding="utf-8")
    told = run("import", "json", "in.json")
    assert told.code == 0, told.err
    for text in TEXTS.values():
        (home / "one.json").write_text(json.dumps([{"title": text, "owner": text}]))
        told = run("import", "json", "one.json")
        assert told.code in (0, 14), told.err
        harmless(told, ())


def by_csv(run: Run, home: Path) -> None:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["title", "due", "speaker", "next_step", "tags", "supporting", "parent"])
    for name, text in TEXTS.items():
        if "\0" not in text:
            rows.writerow([name, "2021-06-30", text, text, text, text, text])
    (home / "in.csv").write_text(out.getvalue(), encoding="utf-8", newline="")
    told = run("import", "csv", "in.csv")
    assert told.code == 0, told.err


def by_ics(run: Run, home: Path) -> None:
    calendar = icalendar.Calendar()
    for number, text in enumerate(TEXTS.values()):
        event = icalendar.Event()
        event.add("uid", f"{number}-uid")
        event.add("dtstart", date(2021, 6, 30))
        for name in ("summary", "description", "location", "comment", "categories"):
            event.add(name, text)
        calendar.add_component(event)
    (home / "in.ics").write_bytes(calendar.to_ical())
    told = run("import", "ics", "in.ics", "--from", "2021-01-01")
    harmless(told, ())
    assert told.code == 0, told.err


def by_options(run: Run, home: Path) -> None:
    for name, text in TEXTS.items():
        if "\0" in text:
            continue
        given = ("--speaker", text, "--next-step", text, "--source", text, "--source-url", text)
        people = ("--supporting", text, "--title-in", "zh", text, "--by", text)
        told = run("add", name, "--due", "2021-06-30", *given, *people)
        assert told.code == 0, told.err
        id = told.out.split()[0]
        assert run("note", "--evidence", text, "--by", text, "--", id, text).code == 0
        assert run("postpone", id, "2021-07-31", "--reason", text).code == 0
        for words in (
            ("add", text),
            ("edit", id, "--owner", text),
            ("edit", id, "--tag", text),
            ("edit", id, "--target", text),
            ("edit", id, "--actual", text),
            ("edit", id, "--parent", text),
            ("postpone", id, text),
            ("status", id, text),
            ("show", text),
            ("list", "--owner", text, "--format", "table"),
            ("list", "--text", text, "--format", "plain"),
            ("when", text),
            (text,),
        ):
            told = run(*words)
            assert told.code < 100, words
            harmless(told, words)


def by_store(run: Run, home: Path) -> None:
    """A file that somebody else wrote: nothing in it went through our verbs."""
    milestones = [full()]
    for number, (name, text) in enumerate(TEXTS.items(), 10):
        one = msgspec.convert({**msgspec.to_builtins(plain(1)), **fields(text)}, Milestone)
        change = msgspec.structs.replace(one.history[0], by=text, why=text, evidence=text)
        again = msgspec.structs.replace(
            change, at=change.at.replace(hour=9), verb=text, now=msgspec.structs.replace(change.now)
        )
        milestones.append(
            msgspec.structs.replace(
                one, id=number, uid=f"{number}-uid", title=name, history=(change, again)
            )
        )
    (home / "milestones.json").write_bytes(file_content(milestones))


def by_document(run: Run, home: Path) -> None:
    for number, text in enumerate(TEXTS.values()):
        document = home / f"{number}.txt"
        words = f"{text}\n2021年3月10日\n省大数据局：{text}，6月底前，建成{text}平台。\n{text}"
        document.write_text(words, encoding="utf-8", newline="")
        told = run("extract", document.name, "--add")
        assert told.code in (0, 1, 14), told.err
        harmless(told, ())


WAYS_IN = [by_json, by_csv, by_ics, by_options, by_store, by_document]
ON_A_TERMINAL = [
    ("list", "--format", "table"),
    ("list", "--format", "plain"),
    ("overdue", "--format", "table", "--as-of", "2022-01-01"),
    ("timeline", "--as-of", "2021-07-01"),
    ("log",),
    ("check",),
    (),
    *(
        ("report", *words.split(), "--format", "table")
        for words in ("scorecard", "slippage", "ontime", "changes --since 1900-01-01", "source")
    ),
    ("report", "stale", "--days", "0", "--format", "table"),
    ("digest", "--since", "1900-01-01"),
]


@pytest.mark.parametrize("way_in", WAYS_IN, ids=lambda way: way.__name__)
def test_every_way_out_is_harmless(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, way_in: Any
) -> None:
    assert run("init").code == 0
    way_in(run, home)
    milestones = open_store("milestones.json").all()
    assert milestones
    ids = [str(m.id) for m in milestones if m.removed_on is None]
    for lang in ((), ("--lang", "zh")):
        for words in [*ON_A_TERMINAL, ("show", *ids)]:
            told = run(*lang, *words)
            assert told.code in (0, 16), told.err
            harmless(told, words)
    monkeypatch.setenv("FORCE_COLOR", "1")
    for words in [*ON_A_TERMINAL, ("show", *ids)]:
        told = run(*words)
        harmless(told, words, styled=True)
    monkeypatch.delenv("FORCE_COLOR")
    for words in (("list", "--format", "csv"), ("export", "csv"), ("export", "ledger")):
        assert formulas(run(*words).out) == [], words
    assert run("export", "ledger", "-o", "ledger.xlsx").code == 0
    [sheet] = load_workbook("ledger.xlsx").worksheets
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    mail = run("digest", "--since", "1900-01-01", "--format", "html").out
    assert "<script" not in mail
    assert acts_on_terminal(mail) == []
    markdown = run("export", "md").out
    assert acts_on_terminal(markdown) == []
    assert len(markdown.splitlines()) == sum(m.removed_on is None for m in milestones) + 2
    assert "<script" not in markdown.replace("\\<", "")
    for words in (("list", "--format", "json"), ("log", "--format", "json"), ("export", "json")):
        assert run(*words).json
    calendar(run("export", "ics").out, milestones)
    drawn = ET.fromstring(run("export", "svg").out)
    tags = {element.tag.split("}")[1] for element in drawn.iter()}
    assert not tags & {"script", "foreignObject", "image"}
    names = {name for element in drawn.iter() for name in element.attrib}
    assert not [name for name in names if name.startswith("on")]


def calendar(text: str, milestones: list[Milestone]) -> None:
    dated = [m for m in milestones if m.due is not None and m.removed_on is None]
    lines = text.removesuffix("\r\n").split("\r\n")
    assert lines.count("BEGIN:VEVENT") == len(dated)
    assert [line for line in lines if not 0 < len(line.encode()) <= 75] == []
    bare = text.replace("\r\n", "").count("\n")
    assert bare == 0
    read = icalendar.Calendar.from_ical(text)
    assert len(read.walk("VEVENT")) == len(dated)
    kinds = {component.name for component in read.walk()}
    assert kinds <= {"VCALENDAR", "VEVENT", "VALARM"}
    for component in read.walk("VALARM"):
        assert component["ACTION"] in ("DISPLAY", "EMAIL")


def test_what_came_back_from_csv_and_json_is_the_text_itself(run: Run, home: Path) -> None:
    assert run("init").code == 0
    by_json(run, home)
    before = open_store("milestones.json").all()
    for kind in ("json", "csv"):
        assert run("export", kind, "-o", f"out.{kind}").code == 0
        assert run("--file", f"{kind}.json", "init").code == 0
        told = run("--file", f"{kind}.json", "import", kind, f"out.{kind}")
        assert told.code == 0, told.err
        assert open_store(f"{kind}.json").all() == before
    assert {m.speaker for m in before} >= set(TEXTS.values())
