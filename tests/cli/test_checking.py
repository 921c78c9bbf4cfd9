"""`tracker check` on a database that SQL changed past the commands: named, with what mends it."""

from __future__ import annotations

import json
import re
import shlex
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.conftest import Run
from tests.faults.altering import alterations
from tests.postgres import Server
from tests.store.database import sql
from tracker.coherence import faults
from tracker.errors import StoreCorrupt
from tracker.store import open_store
from tracker.store.postgres.tables import COLUMNS

# How each column that repeats the document may be changed, and what is said of it.
CHANGES = {
    "uid": ("'other'", "uid is other, not "),
    "uid_start": ("'other'", "uid_start is 'other', not '"),
    "removed": ("NOT removed", "removed is True, not False"),
    "owed": ("NOT owed", "owed is False, not True"),
    "status": ("'completed'", "status is completed, not not-started"),
    "due": ("'infinity'", "due is infinity, not 2021-06-30"),
    "last_on": ("'2021-09-30'", "last_on is 2021-09-30, not 2021-03-10"),
    "recorded_at": ("'infinity'", "recorded_at is infinity, not 20"),
    "title": ("'new'", "title is "),
    "owner": ("NULL", "owner is empty, not '"),
    "owners": ("NULL", "owners is empty, not '"),
    "sources": ("'new'", "sources is another text"),
    "texts": ("'new'", "texts is another text"),
    "tags": ("'new'", "tags is 'new', not empty"),
}


@pytest.fixture
def url(run: Run, postgres: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    url = postgres.new_url()
    monkeypatch.setenv("TRACKER_FILE", url)
    assert run("init", "--seed", "shandong-2021").code == 0
    return url


def mend(url: str, said: str) -> None:
    """Type what a fault says to type."""
    sql(url, said.partition("Type in psql: ")[2])


def test_every_column_that_repeats_the_document_is_tried() -> None:
    assert CHANGES.keys() == COLUMNS.keys() - {"id", "version", "document"}


@pytest.mark.parametrize("column", CHANGES)
def test_a_column_changed_beside_its_document_is_named_and_mended(
    run: Run, url: str, column: str
) -> None:
    value, said = CHANGES[column]
    sql(url, f"UPDATE tracker_milestones SET {column} = {value} WHERE id = 3")  # noqa: S608  # ours
    ran = run("check")
    assert (ran.code, len(ran.out.splitlines())) == (16, 1)
    assert f"milestone 3 has columns that were changed beside its document: {said}" in ran.out
    (told,) = run("check", "--format", "json").json["faults"]
    assert (told["id"], said in told["what"]) == (3, True)
    mend(url, ran.out)
    assert run("check").code == 0


def test_a_removed_row_that_sql_brought_back_is_mended_too(run: Run, url: str) -> None:
    run("remove", "3")
    sql(url, "UPDATE tracker_milestones SET removed = false WHERE id = 3")
    ran = run("check")
    assert "removed is False, not True" in ran.out
    mend(url, ran.out)
    assert run("check").code == 0


def test_rows_deleted_past_the_count_are_named_and_the_count_is_mended(run: Run, url: str) -> None:
    sql(url, "DELETE FROM tracker_milestones WHERE id IN (3, 5)")
    ran = run("check")
    assert (ran.code, len(ran.out.splitlines())) == (16, 2)
    assert "the store counts 14 milestones that are not removed, and has 12." in ran.out
    mend(url, ran.out.splitlines()[0])
    (told,) = run("check", "--format", "json").json["faults"]
    assert "is not the record that was written last" in told["what"]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM tracker_milestones WHERE id = 3",
        "UPDATE tracker_milestones SET document = (SELECT document FROM earlier) WHERE id = 3",
        "UPDATE tracker_counts SET seal = seal + 1 WHERE shard = 0",
    ],
)
def test_a_row_deleted_or_set_back_leaves_another_record(
    run: Run, url: str, statement: str
) -> None:
    sql(url, "CREATE TABLE earlier AS SELECT document FROM tracker_milestones WHERE id = 3")
    run("remove", "3")
    assert run("check").code == 0
    sql(url, statement)
    assert "the store is not the record that was written last" in run("check").out


def test_whatever_is_altered_in_a_document_is_named(run: Run, url: str) -> None:
    run("postpone", "3", "2027-01-31", "-m", "tender")
    store = open_store(url)
    ((document,),) = sql(url, "SELECT document FROM tracker_milestones WHERE id = 3")
    tried, named = list(alterations(document)), list[str]()
    for what, altered in tried:
        sql(url, "UPDATE tracker_milestones SET document = %s WHERE id = 3", json.dumps(altered))
        try:
            assert faults(store.all()) or store.faults(), what
        except StoreCorrupt as error:
            named += [error.message]
    assert len(tried) > 50
    assert all(re.search("(milestone|row) 3 ", said) for said in named)


_READ = [column for column in COLUMNS if column != "version"]
_TAKEN = (
    "UPDATE tracker_milestones SET ({0}) = (SELECT {0} FROM {1} WHERE id = {{other}})"
    " WHERE id = {{one}}"
)
_STATEMENTS = [
    *(_TAKEN.format(f"{column}", "kept_milestones") for column in _READ),
    *(_TAKEN.format(f"{column}", "earlier").replace("{other}", "{one}") for column in _READ),
    _TAKEN.format(", ".join(_READ), "earlier").replace("{other}", "{one}"),
    "INSERT INTO tracker_milestones SELECT * FROM earlier WHERE id = 99",
    "DELETE FROM tracker_milestones WHERE id = {one}",
    "UPDATE tracker_counts SET standing = standing + 1 WHERE shard = {one}",
    "UPDATE tracker_counts SET seal = seal # 1 WHERE shard = {one}",
    "DELETE FROM tracker_counts WHERE standing <> 0 OR seal <> 0",
]
"""What SQL may do to a record; `version` and what else only writers count by is none of it."""


def test_whatever_sql_does_to_the_record_is_named(run: Run, url: str) -> None:
    sql(url, "CREATE TABLE earlier AS TABLE tracker_milestones")
    sql(url, "UPDATE earlier SET id = 99, uid = 'another' WHERE id = 16")
    for words in ("postpone 3 2027-01-31", "done 5", "remove 4", "undo", "note 2 seen"):
        assert run(*words.split()).code == 0
    for table in ("milestones", "counts"):
        sql(url, f"CREATE TABLE kept_{table} AS TABLE tracker_{table}")
    store = open_store(url)

    @given(st.sampled_from(_STATEMENTS), st.sampled_from([2, 3, 4, 5]), st.sampled_from([3, 5, 6]))
    def tamper(statement: str, one: int, other: int) -> None:
        with suppress(psycopg.errors.IntegrityError):
            sql(url, statement.format(one=one, other=other))
        try:
            is_named = bool(faults(store.all()) or store.faults())
        except StoreCorrupt:
            is_named = True
        differs = False
        for table in ("milestones", "counts"):
            there, kept = f"tracker_{table}", f"kept_{table}"
            differs |= bool(sql(url, f"TABLE {there} EXCEPT TABLE {kept}"))
            differs |= bool(sql(url, f"TABLE {kept} EXCEPT TABLE {there}"))
            sql(url, f"TRUNCATE {there}")
            sql(url, f"INSERT INTO {there} TABLE {kept}")
        assert is_named == differs

    tamper()
    assert run("check").code == 0


def test_a_document_laid_out_otherwise_is_no_fault(run: Run, url: str) -> None:
    sql(url, "UPDATE tracker_milestones SET document = document::jsonb::text")
    assert run("check").code == 0


def test_what_is_advised_of_a_link_mends_it(run: Run) -> None:
    run("init", "--seed", "shandong-2021")
    path = Path("milestones.json")
    rows = json.loads(path.read_bytes())
    there = rows["milestones"]
    for id, field, to in (("3", "parent", "gone"), ("4", "duplicate_of", there["4"]["uid"])):
        there[id][field] = to
    path.write_text(json.dumps(rows))
    advised = re.findall(r"or none: `tracker (.*)`", run("check").out)
    assert len(advised) == 2
    for command in advised:
        assert run(*shlex.split(command)).code == 0
    assert "or none" not in run("check").out
