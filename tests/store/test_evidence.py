"""Kept evidence: once, there before an entry names it, gone only when none does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from tests.cli.conftest import full_disk
from tests.milestones import AT, plain, stamp
from tests.postgres import Server
from tests.store.memory import MemoryStore
from tracker.errors import AmbiguousId, StoreFailed
from tracker.evidence.pieces import Condition, EvidenceHoldings
from tracker.model import Exhibit
from tracker.store import Store, Transaction, open_store
from tracker.store.evidence import carry_evidence, digest_of, named_digests

ROOT = Path(__file__).parent.parent.parent


def exhibit(content: bytes, name: str = "report.txt") -> Exhibit:
    return Exhibit(digest_of(content), len(content), name, "text/plain", name, AT)


def show(store: Store, content: bytes, id: int = 1) -> None:
    """Note it with this evidence, in one change."""

    def work(transaction: Transaction) -> None:
        m = transaction.get(id)
        assert m is not None
        transaction.keep(content)
        transaction.put(m.note(stamp(), "seen", exhibit(content)))

    store.change(work)


def collected(store: Store) -> dict[str, int]:
    def work(transaction: Transaction) -> dict[str, int]:
        found = transaction.unnamed()
        transaction.drop(found)
        return found

    return store.change(work)


def test_what_an_entry_names_is_kept_once_and_given_back(store: Store) -> None:
    store.create([plain(1), plain(2)])
    assert (store.exhibits(), store.exhibit("ab" * 32)) == ({}, None)
    content = bytes(range(256)) * 5000
    show(store, content)
    show(store, content, id=2)
    assert store.exhibits() == {digest_of(content): len(content)}
    assert store.exhibit(digest_of(content)) == content
    assert store.all()[0].history[-1].exhibit == exhibit(content)
    assert store.all()[0].evidence[-1].evidence == "report.txt"


def test_what_nothing_names_goes_only_when_it_is_collected(store: Store) -> None:
    store.create([plain(1)])
    show(store, b"named")
    undone = store.all()[0].revert(store.all()[0].history[-1], "undo", stamp().at, None)
    store.change(lambda t: t.put(undone))
    store.change(lambda t: t.keep(b"left over"))
    assert store.exhibits().keys() == {digest_of(b"named"), digest_of(b"left over")}
    assert collected(store) == {digest_of(b"left over"): 9}
    assert store.exhibits().keys() == {digest_of(b"named")}, "what was undone names it still"
    assert collected(store) == {}


def test_a_beginning_of_two_copies_names_neither_and_an_address_has_none() -> None:
    store = MemoryStore()
    store.create([plain(1)])
    for content in (b"one", b"two"):
        show(store, content)
    evidence = EvidenceHoldings(store)
    with pytest.raises(AmbiguousId, match="Give more of it"):
        evidence.of([""], [])
    assert evidence.condition(None) is Condition.LINK


def test_a_change_that_fails_keeps_nothing(store: Store) -> None:
    store.create([plain(1)])

    def work(transaction: Transaction) -> None:
        transaction.keep(b"never")
        raise KeyError

    with pytest.raises(KeyError):
        store.change(work)
    assert store.exhibits() == {}


def test_what_another_store_lacks_is_carried_there(store: Store) -> None:
    source = MemoryStore()
    source.create([plain(1)])
    for content in (b"one", b"two"):
        show(source, content)
    store.create(source.all())
    store.change(lambda t: t.keep(b"one"))
    lacking = {*named_digests(source.all()), digest_of(b"nowhere")}
    assert carry_evidence([source], store, lacking) == 1
    assert store.exhibits().keys() == source.exhibits().keys()
    assert store.exhibit(digest_of(b"two")) == b"two"


@pytest.fixture
def filed(tmp_path: Path) -> Store:
    store = open_store(str(tmp_path / "m.json"))
    store.create([plain(1)])
    return store


def at(folder: Path, content: bytes) -> Path:
    digest = digest_of(content)
    return folder / "evidence" / "sha256" / digest[:2] / digest


def test_it_lies_beside_the_file_with_the_rights_of_it(filed: Store, tmp_path: Path) -> None:
    (tmp_path / "m.json").chmod(0o640)
    show(filed, b"seen")
    path = at(tmp_path, b"seen")
    assert path.read_bytes() == b"seen"
    modes = [p.stat().st_mode & 0o777 for p in (path, path.parent, tmp_path / "evidence")]
    assert modes == [0o640, 0o750, 0o750]


def test_a_link_to_the_store_leads_to_the_same_evidence(filed: Store, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.json"
    link.symlink_to("../m.json")
    show(open_store(str(link)), b"seen")
    assert at(tmp_path, b"seen").exists()
    assert not (tmp_path / "elsewhere" / "evidence").exists()


def test_a_link_that_is_laid_to_another_store_leads_to_the_evidence_of_that(
    filed: Store, tmp_path: Path
) -> None:
    there, link = tmp_path / "there", tmp_path / "link.json"
    there.mkdir()
    open_store(str(there / "m.json")).create([plain(1)])
    link.symlink_to(tmp_path / "m.json")
    store = open_store(str(link))
    show(store, b"here")
    link.unlink()
    link.symlink_to(there / "m.json")
    show(store, b"there")
    assert (at(tmp_path, b"here").exists(), at(there, b"there").exists()) == (True, True)
    assert store.exhibits().keys() == {digest_of(b"there")}


def test_what_was_altered_is_mended_by_keeping_it_again(filed: Store, tmp_path: Path) -> None:
    show(filed, b"as it was")
    at(tmp_path, b"as it was").write_bytes(b"altered..")
    show(filed, b"as it was")
    assert filed.exhibit(digest_of(b"as it was")) == b"as it was"


@pytest.mark.parametrize("level", ["evidence", "evidence/sha256"])
def test_no_link_leads_it_out_of_the_folder(filed: Store, tmp_path: Path, level: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / level).parent.mkdir(exist_ok=True)
    (tmp_path / level).symlink_to(outside)
    before = filed.all()
    with pytest.raises(StoreFailed, match="no folder"):
        show(filed, b"seen")
    assert (list(outside.iterdir()), filed.all()) == ([], before)


@pytest.mark.parametrize("name", ["../m.json", "..", "", "AB" * 32, "ab" * 32 + "\n"])
def test_no_digest_leads_it_out_of_the_folder(filed: Store, name: str) -> None:
    assert filed.exhibit(name) is None


def test_no_pipe_or_link_is_taken_for_evidence(filed: Store, tmp_path: Path) -> None:
    path = at(tmp_path, b"seen")
    path.parent.mkdir(parents=True)
    os.mkfifo(path)
    assert (filed.exhibits(), filed.exhibit(path.name)) == ({}, None)
    path.unlink()
    path.symlink_to(tmp_path / "m.json")
    assert (filed.exhibits(), filed.exhibit(path.name)) == ({}, None)
    show(filed, b"seen")
    assert path.read_bytes() == b"seen"
    assert not path.is_symlink()


def test_what_a_file_beside_names_is_not_collected(filed: Store, tmp_path: Path) -> None:
    other = open_store(str(tmp_path / "copy.json"))
    other.create([plain(1)])
    show(other, b"of the copy")
    (tmp_path / "all.jsonl").write_bytes(b"x" * (1 << 20) + digest_of(b"of an export").encode())
    for content in (b"of an export", b"of nobody"):
        filed.change(lambda t, kept=content: t.keep(kept))  # type: ignore[misc]  # a default
    assert collected(filed) == {digest_of(b"of nobody"): 9}
    assert other.exhibit(digest_of(b"of the copy")) == b"of the copy"


def test_a_full_disk_changes_nothing(filed: Store, tmp_path: Path) -> None:
    before = filed.all()
    with full_disk(), pytest.raises(StoreFailed, match="evidence cannot be written"):
        show(filed, b"too much")
    assert (filed.all(), filed.exhibits()) == (before, {})
    show(filed, b"too much")


KILLED = """
import os, sys
from tests.store.test_evidence import show
from tracker.store import durable, open_store
durable.DurableFile._replace = lambda *_: os.kill(os.getpid(), 9)
show(open_store(sys.argv[1]), b"orphan")
"""


def test_a_writer_killed_before_the_entry_leaves_none_that_names_it(
    filed: Store, tmp_path: Path
) -> None:
    before = filed.all()
    ran = subprocess.run([sys.executable, "-c", KILLED, filed.url], cwd=ROOT, check=False)
    assert ran.returncode == -signal.SIGKILL
    draft = at(tmp_path, b"orphan").with_suffix(".new")
    draft.write_bytes(b"half of it")
    assert filed.all() == before
    assert filed.exhibits() == {digest_of(b"orphan"): 6}
    assert collected(filed) == {digest_of(b"orphan"): 6}
    assert not [path for path in (tmp_path / "evidence").rglob("*") if path.is_file()]


def test_two_writers_of_the_same_content_keep_it_once(store: Store) -> None:
    store.create([plain(1), plain(2)])
    both = Barrier(2)

    def write(id: int) -> None:
        both.wait()
        show(store, b"the same", id)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, (1, 2)))
    assert store.exhibits() == {digest_of(b"the same"): 8}
    assert all(m.history[-1].exhibit for m in store.all())


def test_what_is_kept_again_meanwhile_is_not_collected(postgres: Server) -> None:
    store = open_store(postgres.new_url())
    store.create([plain(1)])
    store.change(lambda t: t.keep(b"found again"))

    def work(transaction: Transaction) -> None:
        found = transaction.unnamed()
        show(open_store(store.url), b"found again")
        transaction.drop(found)

    store.change(work)
    assert store.exhibit(digest_of(b"found again")) == b"found again"
