"""`import tracker`: the face for other programs, and the TinyDB that it gives out."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB, where
from tinydb.operations import delete  # TinyDB's own words
from tinydb.operations import set as set_
from tinydb.storages import Storage
from tinydb.table import Document

import tracker
from tests.milestones import plain
from tests.postgres import Server
from tests.store.noting import note
from tests.test_start import loaded
from tracker.actions import ChangeContext, undo
from tracker.coherence import faults
from tracker.errors import BadValue, OutOfOrder, StoreLocked, TrackerError
from tracker.store import Store, open_store

ROOT = Path(__file__).parent.parent


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(str(tmp_path / "milestones.json"))
    store.create([plain(1), plain(2), plain(7)])
    return store


def opened(store: Store) -> TinyDB:
    return tracker.open(store.url, by="Ann")


def test_it_is_a_tinydb_and_answers_as_one(store: Store) -> None:
    db = opened(store)
    assert isinstance(db, TinyDB)
    assert isinstance(db.storage, Storage)
    assert db.tables() == {"milestones"}
    assert db.search(where("title") == "Promise 1")[0].doc_id == 1
    with TinyDB(store.url, access_mode="r") as stock:
        assert db.all() == stock.table("milestones").all()
    assert db.milestones() == store.all()


def test_an_update_is_in_the_history_with_author_and_instant(store: Store) -> None:
    before = Path(store.url).read_bytes().split(b'\n"2": ')[1]
    table = opened(store).table("milestones")
    assert table.update({"next_step": "ask again"}, doc_ids=[1]) == [1]
    one = store.all()[0]
    assert one.next_step == "ask again"
    last = one.history[-1]
    assert (last.verb, last.by, last.now.values()) == ("edit", "Ann", {"next_step": "ask again"})
    assert faults(store.all()) == []
    assert Path(store.url).read_bytes().split(b'\n"2": ')[1] == before
    undo(store, ChangeContext(lambda: last.at, last.on))
    assert store.all()[0].next_step is None


def test_status_and_due_go_by_their_verbs(store: Store) -> None:
    db = opened(store)
    day = date.today()  # noqa: DTZ011  # what a change takes effect on
    db.update({"due": date(2031, 1, 1), "status": "in-progress"}, doc_ids=[1])
    one = store.all()[0]
    assert [c.verb for c in one.history[1:]] == ["status", "postpone"]
    assert (one.due, one.precision, one.due_phrase) == (date(2031, 1, 1), "day", None)
    assert one.baseline_due == plain(1).due
    db.update({"status": "completed", "completed_on": None}, where("id") == 1)
    assert (store.all()[0].status, store.all()[0].completed_on) == ("completed", None)
    db.update({"status": "completed"}, where("id") == 2)
    assert store.all()[1].completed_on in (day, date.today())  # noqa: DTZ011  # the same
    db.update({"status": "in-progress", "due": "2032-01-01"}, doc_ids=[2])
    assert [c.verb for c in store.all()[1].history[1:]] == ["status", "status", "postpone"]
    assert faults(store.all()) == []


def test_rows_are_added_and_removed_as_the_commands_do_it(store: Store) -> None:
    db = opened(store)
    last = max(m.id for m in store.all())
    assert db.insert({"title": "Open the bridge", "due": "2027-06-30"}) == last + 1
    assert db.insert_multiple([{"title": "a"}, {"title": "b"}]) == [last + 2, last + 3]
    added = store.all()[-3]
    assert (added.title, added.baseline_due, added.precision) == (
        "Open the bridge",
        date(2027, 6, 30),
        "day",
    )
    assert db.remove(doc_ids=[1]) == [1]
    gone = store.all()[0]
    assert gone.removed_on is not None
    assert gone.history[-1].verb == "remove"
    assert not db.contains(doc_id=1)
    assert db.upsert({"title": "c"}, where("title") == "a") == [last + 2]
    db.update(set_("tags", ["x"]), doc_ids=[2])
    db.update(delete("tags"), doc_ids=[2])
    assert store.all()[1].tags == ()
    assert faults(store.all()) == []


REFUSED = [
    ({"title": ""}, "The title is empty"),
    ({"percent": 101}, "not a percentage"),
    ({"status": "nearly"}, "Invalid enum value 'nearly'"),
    ({"due": "soon"}, "Invalid RFC"),
    ({"next_stp": "x"}, "Did you mean 'next_step'?"),
    ({"source": {"document": "A", "titel": "B"}}, "has no field 'source.titel'"),
    ({"source": {"document": "A", "phrase": {"start": 1, "end": 2, "x": 1}}}, "'source.phrase.x'"),
    ({"targets": [{"value": 5, "unitt": "km"}]}, "Did you mean 'targets.unit'?"),
    ({"translations": {"zh": {"titel": "B"}}}, "Did you mean 'translations.zh.title'?"),
    ({"history": []}, "history of milestone 2"),
    ({"uid": "x"}, "uid of milestone 2"),
    ({"id": 9}, "id of milestone 2"),
    ({"baseline_due": "2030-01-01"}, "baseline_due of milestone 2"),
    ({"removed_on": "2030-01-01"}, "removed_on of milestone 2"),
    ({"completed_on": "2030-01-01"}, "is not completed has no completion date"),
    ({"status": "completed", "completed_on": "2062-01-01"}, "completed on 2062-01-01, a day to"),
    ({"next_step": "x" * 200_000}, "100,000"),
    ({"parent": "nobody"}, "would link to nobody, which is not here"),
    ({"depends_on": [plain(2).uid]}, "come back to itself by depends on"),
]


@pytest.mark.parametrize(("fields", "reason"), REFUSED, ids=lambda one: str(one)[:40])
def test_what_would_break_the_record_is_refused_and_nothing_is_written(
    store: Store, fields: dict[str, object], reason: str
) -> None:
    before = Path(store.url).read_bytes()
    with pytest.raises(TrackerError) as refused:
        # The first row would take it; none is written unless all are.
        opened(store).update_multiple(
            [({"tags": ["x"]}, where("id") == 1), (fields, where("id") == 2)]
        )
    assert reason in str(refused.value)
    assert Path(store.url).read_bytes() == before


def test_what_was_promised_on_a_day_to_come_is_not_added(store: Store) -> None:
    with pytest.raises(OutOfOrder, match="promised on 2062-01-01, a day to come"):
        opened(store).insert({"title": "Bridge", "made_on": "2062-01-01"})
    assert len(store.all()) == 3


def test_what_was_completed_long_after_it_was_promised_was_owed_until_then(store: Store) -> None:
    told = {"status": "completed", "made_on": "2021-03-10", "completed_on": "2021-06-20"}
    id = opened(store).insert({"title": "Bridge", **told})
    one = store.get(id)
    assert one is not None
    assert [(c.verb, str(c.on)) for c in one.history] == [
        ("add", "2021-03-10"),
        ("status", "2021-06-20"),
    ]


ADDED: list[tuple[Mapping[str, object], str]] = [
    ({"title": "a", "uid": plain(1).uid}, "Another milestone has the uid"),
    ({"title": "a", "id": 77}, "An id is given by the program"),
    (Document({"title": "a"}, doc_id=7), "Milestone 7 was removed"),
]


@pytest.mark.parametrize(("row", "reason"), ADDED, ids=lambda one: str(one)[:40])
def test_what_is_another_or_was_one_is_not_added(
    store: Store, row: Mapping[str, object], reason: str
) -> None:
    db = tracker.open(Path(store.url))
    db.remove(doc_ids=[7])
    before = Path(store.url).read_bytes()
    with pytest.raises(BadValue, match=reason):
        db.insert(row)
    with pytest.raises(BadValue, match="Another milestone has the uid same"):
        db.insert_multiple([{"title": "a", "uid": "same"}, {"title": "b", "uid": "same"}])
    assert Path(store.url).read_bytes() == before
    db.insert({"title": "a", "parent": plain(1).uid})


def test_what_loses_rows_in_tinydb_is_refused(store: Store) -> None:
    db = opened(store)
    before = Path(store.url).read_bytes()
    for destroy in (db.drop_tables, lambda: db.drop_table("milestones"), lambda: db.table("other")):
        with pytest.raises(BadValue):
            destroy()
    assert Path(store.url).read_bytes() == before


_UPDATES = """
import sys, tracker
table = tracker.open(sys.argv[1], by=sys.argv[2], lock_timeout=120).table("milestones")
for number in range(int(sys.argv[3])):
    def count(row):
        row["percent"] = row.get("percent", 0) + 1
    table.update(count, doc_ids=[1])
"""


def counted(url: str, writers: int, times: int) -> None:
    """Let so many processes count up one row, and see that none of it is lost."""
    names = [f"w{n}" for n in range(writers)]
    started = [
        subprocess.Popen([sys.executable, "-c", _UPDATES, url, name, str(times)], cwd=ROOT)
        for name in names
    ]
    assert [process.wait() for process in started] == [0] * writers
    one = open_store(url).all()[0]
    assert one.percent == writers * times
    assert len(one.history) == writers * times + 1
    assert {c.by for c in one.history[1:]} == set(names)


def test_four_processes_keep_all_of_100_updates(store: Store) -> None:
    counted(store.url, 4, 25)


def test_a_database_keeps_all_updates_as_well(postgres: Server) -> None:
    url = postgres.new_url()
    open_store(url).create([plain(1)])
    counted(url, 3, 8)


def test_what_a_command_changed_meanwhile_in_a_database_is_not_overwritten(
    postgres: Server,
) -> None:
    url = postgres.new_url()
    open_store(url).create([plain(1)])

    def meddle(row: dict[str, Any]) -> None:
        note(open_store(url), "meanwhile")
        row["percent"] = 50

    with pytest.raises(StoreLocked, match=r"was changed by others meanwhile; nothing was changed"):
        tracker.open(url).update(meddle, doc_ids=[1])
    [one] = open_store(url).all()
    assert (one.percent, one.notes[-1].why) == (None, "meanwhile")


def test_a_database_is_opened_in_the_same_way(postgres: Server) -> None:
    url = postgres.new_url()
    open_store(url).create([plain(1), plain(2)])
    db = tracker.open(url, by="Ann")
    db.update({"owner": "Roads office"}, where("id") == 2)
    assert [row.doc_id for row in db.search(where("owner") == "Roads office")] == [2]
    assert open_store(url).all()[1].history[-1].by == "Ann"


def test_importing_it_loads_nothing_and_each_name_is_there() -> None:
    bare = loaded("import typing")
    assert loaded("import tracker") - bare == {"tracker", "__future__"}
    for name in tracker.__all__:
        assert getattr(tracker, name)
    with pytest.raises(AttributeError):
        _ = tracker.nothing


def test_the_page_names_each_and_its_examples_run(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    assert not [name for name in tracker.__all__ if f"`{name}" not in page]
    monkeypatch.chdir(Path(store.url).parent)
    examples = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(examples) >= 2
    said: dict[str, object] = {}
    for example in examples:
        exec(example, said)  # noqa: S102  # the page's own code
