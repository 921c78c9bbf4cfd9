"""Several users and one store: nobody gains a right by another's change, and nobody loses one."""

from __future__ import annotations

import os
import struct
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.milestones import plain
from tests.store.noting import note
from tracker.errors import TrackerError
from tracker.store import open_store
from tracker.store.whole_file import write_file

ANN, BEN, OFFICE = 31_001, 31_002, 31_000

pytestmark = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can be several users"
)


@pytest.fixture
def folder() -> Iterator[Path]:
    """One that every user may enter, as pytest's own may not be."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def as_user(user: int, do: Callable[[], None], *, office: bool = True) -> str:
    """Do it in a process of that user, who has a group of their own; return what was refused."""
    note_once()
    heard, said = os.pipe()
    if not (child := os.fork()):
        refused = "no sentence at all"
        try:
            os.setgroups([OFFICE] if office else [])
            os.setgid(user)
            os.setuid(user)
            do()
            refused = ""
        except TrackerError as error:
            refused = str(error)
        finally:
            os.write(said, refused.encode())
            os._exit(0)
    os.close(said)
    os.waitpid(child, 0)
    with os.fdopen(heard) as answer:
        return answer.read()


@cache
def note_once() -> None:
    """Load all that a change needs, while the interpreter's own files may be read."""
    import grp  # noqa: F401 - for a sentence that names a group
    import pwd  # noqa: F401 - for one that names a user

    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"{folder}/m.json")
        store.create([plain(1)])
        note(store, "x")


def made(store: Path) -> Callable[[], None]:
    return lambda: open_store(str(store)).create([plain(1)])


def noted(store: Path) -> Callable[[], None]:
    return lambda: note(open_store(str(store)), "seen")


def shared(folder: Path, mode: int) -> Path:
    desk = folder / "desk"
    desk.mkdir()
    os.chown(desk, ANN, OFFICE)
    desk.chmod(mode)
    return desk


@pytest.mark.parametrize("mode", [0o770, 0o2770])
def test_two_of_a_group_write_by_turns_and_neither_is_locked_out(folder: Path, mode: int) -> None:
    desk = shared(folder, mode)
    store = desk / "m.json"
    assert as_user(ANN, made(desk / "m.json")) == ""
    os.chown(store, ANN, OFFICE)
    store.chmod(0o660)
    for user in (BEN, ANN, BEN, ANN):
        assert as_user(user, noted(store)) == ""
        found = store.stat()
        assert (found.st_uid, found.st_gid, found.st_mode & 0o7777) == (user, OFFICE, 0o660)


def test_who_may_not_write_the_file_is_told_how_and_does_not_replace_it(folder: Path) -> None:
    desk = shared(folder, 0o2770)
    assert as_user(ANN, made(desk / "m.json")) == ""
    before = (desk / "m.json").read_bytes()
    said = as_user(BEN, noted(desk / "m.json"))
    assert "its rights are 644" in said
    assert "`chmod g+w " in said
    assert (desk / "m.json").read_bytes() == before
    (desk / "m.json").chmod(0o664)
    assert as_user(BEN, noted(desk / "m.json")) == ""
    os.chown(desk / "m.json", ANN, ANN)
    said = as_user(BEN, noted(desk / "m.json"))
    assert "its rights are 664" in said
    assert "chgrp GROUP" in said


def test_a_group_that_cannot_be_kept_is_not_lost(folder: Path) -> None:
    desk = shared(folder, 0o777)
    assert as_user(ANN, made(desk / "m.json")) == ""
    os.chown(desk / "m.json", ANN, OFFICE)
    (desk / "m.json").chmod(0o666)
    said = as_user(BEN, noted(desk / "m.json"), office=False)
    assert "of which you are no member" in said
    assert (desk / "m.json").stat().st_gid == OFFICE


def test_root_gives_a_file_back_as_it_was(folder: Path) -> None:
    store = folder / "m.json"
    open_store(str(store)).create([plain(1)])
    os.chown(store, ANN, OFFICE)
    store.chmod(0o640)
    note(open_store(str(store)), "by root")
    found = store.stat()
    assert (found.st_uid, found.st_gid, found.st_mode & 0o7777) == (ANN, OFFICE, 0o640)


_LIST = "system.posix_acl_access"


def access_list(*named: tuple[int, int], owner: int = 6, group: int = 4, most: int = 6) -> bytes:
    """Of acl(5): what the owner, each named user and the group may, and the mask, and no others."""
    everybody = 0xFFFFFFFF
    entries = [(0x01, owner, everybody), *((0x02, may, user) for user, may in named)]
    entries += [(0x04, group, everybody), (0x10, most, everybody), (0x20, 0, everybody)]
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


@pytest.fixture
def listed(folder: Path) -> Path:
    store = folder / "m.json"
    open_store(str(store)).create([plain(1)])
    os.chown(store, ANN, OFFICE)
    try:
        os.setxattr(store, _LIST, access_list((BEN, 6)))
    except (AttributeError, OSError):
        pytest.skip("this file system keeps no access lists")
    return store


def test_an_access_list_is_kept(listed: Path) -> None:
    before = os.getxattr(listed, _LIST)
    note(open_store(str(listed)), "by root")
    assert os.getxattr(listed, _LIST) == before
    assert listed.stat().st_mode & 0o777 == 0o660
    os.chown(listed.parent, ANN, OFFICE)
    assert as_user(ANN, noted(listed)) == ""
    assert os.getxattr(listed, _LIST) == before


def test_who_writes_by_an_access_list_does_not_take_the_file_from_its_owner(listed: Path) -> None:
    before = listed.read_bytes()
    listed.parent.chmod(0o777)
    said = as_user(BEN, noted(listed))
    assert "who would lose rights to it" in said
    assert listed.read_bytes() == before


def test_a_list_that_the_folder_gives_new_files_is_not_laid_on_the_store(folder: Path) -> None:
    store = folder / "m.json"
    open_store(str(store)).create([plain(1)])
    try:
        os.setxattr(folder, "system.posix_acl_default", access_list((BEN, 6)))
    except (AttributeError, OSError):
        pytest.skip("this file system keeps no access lists")
    note(open_store(str(store)), "x")
    assert _LIST not in os.listxattr(store)
    assert store.stat().st_mode & 0o777 == 0o644


def evident(store: Path) -> Callable[[], None]:
    return lambda: open_store(str(store)).change(lambda t: t.keep(b"shown"))


def test_copies_of_evidence_let_those_in_who_may_read_the_store(listed: Path) -> None:
    evident(listed)()
    folder = listed.parent / "evidence"
    assert os.getxattr(folder, _LIST) == access_list((BEN, 7), owner=7, group=5, most=7)
    [copy] = (path for path in folder.rglob("*") if path.is_file())
    assert os.getxattr(copy, _LIST) == os.getxattr(listed, _LIST)
    assert {(p.stat().st_uid, p.stat().st_gid) for p in folder.rglob("*")} == {(ANN, OFFICE)}


def test_evidence_that_is_refused_leaves_nothing_that_locks_the_owner_out(folder: Path) -> None:
    desk = shared(folder, 0o2770)
    assert as_user(ANN, made(desk / "m.json")) == ""
    assert "who would lose rights to it" in as_user(BEN, evident(desk / "m.json"))
    assert not (desk / "evidence").exists()
    assert as_user(ANN, evident(desk / "m.json")) == ""


def test_what_a_command_writes_over_keeps_its_owner_group_and_access_list(listed: Path) -> None:
    before = os.getxattr(listed, _LIST)
    for mode in (None, 0o600):
        write_file(listed, b"other", "Give another.", mode)
        found = listed.stat()
        assert (found.st_uid, found.st_gid, listed.read_bytes()) == (ANN, OFFICE, b"other")
        assert os.getxattr(listed, _LIST) == before
    listed.parent.chmod(0o777)
    said = as_user(BEN, lambda: write_file(listed, b"mine", "Give another."))
    assert "who would lose rights to it" in said
    assert [path.name for path in listed.parent.iterdir()] == ["m.json"]
    assert listed.read_bytes() == b"other"
