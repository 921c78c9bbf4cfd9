"""A folder that was published to: whole files, ours alone, and nothing outside it."""

from __future__ import annotations

import gzip
import json
import resource
import signal
import subprocess
import sys
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from tests.milestones import plain
from tracker.errors import OutputFailed, TrackerError
from tracker.settings import Settings
from tracker.subscribe import publication
from tracker.subscribe.folder import Folder
from tracker.subscribe.listing import LISTED
from tracker.subscribe.pieces import Bundle, Recipe, key_of
from tracker.subscribe.site import Site

ROOT = Path(__file__).parent.parent.parent
TEXT = b"old" * 1000
OLD = {"feed.ics": TEXT, "owner/police.ics": TEXT, "tasks/owner/police.ics": TEXT}


class Done(NamedTuple):
    """What became of the addresses."""

    written: list[str]
    unchanged: list[str]
    withdrawn: list[str]


def publish(folder: Path, texts: dict[str, bytes], *, overwrite: bool = False) -> Done:
    with Folder(folder) as held:
        done = publication.publish(held, *site(texts), overwrite=overwrite)
    assert done.total == len(texts)
    return Done(done.written, done.unchanged, done.withdrawn)


def site(texts: dict[str, bytes]) -> tuple[list[Bundle], publication.Recipes]:
    """Each text as a bundle of its own, and how each is made."""
    bundles = [Bundle(key_of(text), (path,)) for path, text in texts.items()]
    return bundles, lambda path: Recipe.whole("text/plain", b"", partial(bytes, texts[path]))


def within(folder: Path) -> dict[str, bytes]:
    """Every file by its path, but for the list of ours."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != LISTED)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_each_file_has_its_packed_one_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "public"
    assert publish(folder, OLD) == Done(list(OLD), [], [])
    files = within(folder)
    assert files.keys() == {*OLD, *(f"{path}.gz" for path in OLD)}
    for path, text in OLD.items():
        assert files[path] == gzip.decompress(files[f"{path}.gz"]) == text
    listed = json.loads((folder / LISTED).read_bytes())
    assert listed["schema"] == "tracker.published/1"
    shapes = listed["shapes"]
    assert {name for shape, *_ in listed["entries"].values() for name in shapes[shape]} == {*files}


def test_what_did_not_change_is_not_touched(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    before = {path: _written(path) for path in tmp_path.rglob("*.*")}
    assert publish(tmp_path, OLD) == Done([], list(OLD), [])
    assert {path: _written(path) for path in tmp_path.rglob("*.*")} == before
    (tmp_path / "feed.ics").chmod(0o640)
    done = publish(tmp_path, {**OLD, "feed.ics": b"new" * 1000})
    assert done == Done(["feed.ics"], list(OLD)[1:], [])
    after = {path for path, was in before.items() if _written(path) != was}
    assert {path.name for path in after} == {"feed.ics", "feed.ics.gz", LISTED}
    assert (tmp_path / "feed.ics").stat().st_mode & 0o777 == 0o640


def _written(path: Path) -> tuple[int, int]:
    """Which file it is and when it was written; when it was read is no matter."""
    found = path.stat()
    return found.st_ino, found.st_mtime_ns


def test_a_missing_packed_file_comes_back(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    (tmp_path / "feed.ics.gz").unlink()
    assert publish(tmp_path, OLD).written == ["feed.ics"]
    assert (tmp_path / "feed.ics.gz").exists()


def test_what_is_no_address_any_more_goes_if_it_is_ours(tmp_path: Path) -> None:
    others = {"CNAME": b"example.org", "owner/by-hand.ics": b"mine", "tasks/notes.txt": b"mine"}
    (tmp_path / "owner").mkdir()
    (tmp_path / "tasks").mkdir()
    for name, text in others.items():
        (tmp_path / name).write_bytes(text)
    publish(tmp_path, OLD)
    done = publish(tmp_path, {"feed.ics": TEXT})
    assert done == Done([], ["feed.ics"], ["owner/police.ics", "tasks/owner/police.ics"])
    assert within(tmp_path).keys() == {"feed.ics", "feed.ics.gz", *others}


def test_a_file_of_others_is_replaced_only_when_told(tmp_path: Path) -> None:
    (tmp_path / "feed.ics").write_bytes(b"mine")
    with pytest.raises(OutputFailed, match="something else made it") as refused:
        publish(tmp_path, OLD)
    assert "--overwrite" in refused.value.hint
    assert within(tmp_path) == {"feed.ics": b"mine"}, "nothing was written"
    assert publish(tmp_path, OLD, overwrite=True).written == list(OLD)
    assert publish(tmp_path, {**OLD, "feed.ics": b"new"}).written == ["feed.ics"], "now it is ours"


def test_no_link_leads_out(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "victim").write_bytes(b"precious")
    folder = tmp_path / "public"
    folder.mkdir()
    (folder / "owner").symlink_to(outside)
    with pytest.raises(OutputFailed, match="owner is a link"):
        publish(folder, OLD, overwrite=True)
    (folder / "owner").unlink()
    publish(folder, OLD)
    for name in ("feed.ics", "feed.ics.gz", ".tracker-draft", LISTED):
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(outside / "victim")
    publish(folder, OLD, overwrite=True)
    assert within(outside) == {"victim": b"precious"}
    assert not (folder / "feed.ics").is_symlink()
    publish(folder, {"feed.ics": TEXT})
    (folder / "owner").rmdir()
    (folder / "owner").symlink_to(outside)
    (folder / LISTED).write_text(
        '{"schema": "tracker.published/1", "shapes": [["owner/victim.ics"]], '
        '"entries": {"owner/victim.ics": [0, "", "", 0, ""]}}'
    )
    (outside / "victim.ics").write_bytes(b"precious")
    with pytest.raises(OutputFailed, match="owner is a link"):
        publish(folder, {"feed.ics": TEXT})
    assert (outside / "victim.ics").exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "[" * 100_000,
        '{"schema": "tracker.published/3"}',
        '{"schema": "tracker.published/1", "shapes": [["../victim.ics"]]}',
        '{"schema": "tracker.published/1", "shapes": [["/etc/passwd"]]}',
        '{"schema": "tracker.published/1", "shapes": [["owner/../../victim.ics"]]}',
        '{"schema": "tracker.published/1", "shapes": [["victim.ics\\n"]]}',
        '{"schema": "tracker.published/1", "shapes": [["../*.ics"]]}',
        '{"schema": "tracker.published/1", "shapes": [["*.ics"]], "entries": '
        '{"a.ics": [0, "../victim", "", 0, ""]}}',
        '{"schema": "tracker.published/1", "entries": {"a.ics": [0, "a", "", 0, ""]}}',
    ],
)
def test_a_list_that_is_not_ours_deletes_nothing(tmp_path: Path, text: str) -> None:
    folder = tmp_path / "public"
    publish(folder, OLD)
    (tmp_path / "victim.ics").write_bytes(b"precious")
    (folder / LISTED).write_text(text)
    with pytest.raises(OutputFailed, match="is damaged"):
        publish(folder, {"feed.ics": TEXT})
    assert (tmp_path / "victim.ics").exists()
    assert len(within(folder)) == 2 * len(OLD)


NAMES = (
    "..", "../../etc/passwd", "/etc/passwd", "C:\\Windows", "con", "a/b", "a\0b", ".htaccess",
    "-rf", "*", "~root", "%2e%2e", "\u202e\u2066gpj", "长" * 2000, "İ", "ＰＯＬＩＣＥ", "police",
)  # fmt: skip


def test_whatever_a_body_is_called_its_file_stays_inside(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "public"
    folder.mkdir(parents=True)
    # Past the checks of the verbs: a store may have been written by others.
    milestones = [replace(plain(i), owner=name, tags=(name,)) for i, name in enumerate(NAMES, 1)]
    at = datetime(2021, 4, 1, tzinfo=UTC)
    edition = Site(Settings()).edition(milestones, at.date(), at)
    with Folder(folder) as held:
        publication.publish(held, edition.bundles(), edition.recipe)
    assert {path.name for path in tmp_path.rglob("*.ics")} == {
        path.name for path in folder.rglob("*.ics")
    }
    folders = {path.relative_to(folder).parent.as_posix() for path in folder.rglob("*.ics")}
    assert folders == {".", "owner", "tag", "tasks/owner", "tasks/tag", "promise"}
    assert len(list((folder / "owner").glob("*.ics"))) == len(NAMES) - 1, "two are one name"


def test_two_do_not_publish_at_once(tmp_path: Path) -> None:
    with Folder(tmp_path), pytest.raises(TrackerError, match="Another process"):
        publish(tmp_path, OLD)
    assert publish(tmp_path, OLD).written


@pytest.mark.parametrize(
    ("name", "reason"),
    [("file", "is not a folder"), ("missing/public", "no folder .*missing to")],
)
def test_a_folder_that_cannot_be_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OutputFailed, match=reason):
        publish(tmp_path / name, OLD)
    assert (tmp_path / "file").read_text() == "mine"


# -- processes that end in the midst ------------------------------------------------------------

DIE = """
import os, signal, sys
from pathlib import Path
from tracker.subscribe.folder import Folder
from tracker.subscribe.pieces import Bundle, Recipe, key_of
from tracker.subscribe.publication import publish

steps, folder, *texts = sys.argv[1:]
steps = int(steps)
new = dict(zip(texts[::2], texts[1::2]))
bundles = [Bundle(key_of(text), (path,)) for path, text in new.items()]

def dying(real):
    def call(*words, **more):
        global steps
        steps -= 1
        if steps < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*words, **more)
    return call

os.fsync, os.replace, os.unlink = map(dying, (os.fsync, os.replace, os.unlink))
with Folder(Path(folder)) as held:
    publish(held, bundles, lambda path: Recipe.whole("", b"", new[path].encode))
"""
NEW = {"feed.ics": b"new" * 30_000, "filter/late.ics": b"new", "owner/police.ics": TEXT}


def ended(folder: Path, steps: int) -> int:
    """How a process ends that publishes NEW, and is killed after so many steps of it."""
    texts = (word for path, text in NEW.items() for word in (path, text.decode()))
    words = [sys.executable, "-c", DIE, str(steps), str(folder), *texts]
    return subprocess.run(words, cwd=ROOT, capture_output=True, check=False).returncode


def test_whoever_is_killed_leaves_whole_files_and_the_next_one_goes_on(tmp_path: Path) -> None:
    publish(tmp_path / "old", OLD)
    publish(tmp_path / "new", NEW)
    old, new = within(tmp_path / "old"), within(tmp_path / "new")
    folder = tmp_path / "public"
    for steps in count(step=6):
        publish(folder, OLD)
        code = ended(folder, steps)
        files = within(folder)
        files = {name: text for name, text in files.items() if "draft" not in name}
        assert all(text in (old.get(name), new.get(name)) for name, text in files.items())
        if code == 0:
            break
        assert code == -signal.SIGKILL
        publish(folder, NEW)
        assert within(folder) == new
    assert steps > 10
    assert files == new


def test_a_disk_that_is_full_leaves_what_was_there(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    before = within(tmp_path)
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limit[1]))
    try:
        with pytest.raises(OutputFailed, match="cannot be written: file too large"):
            publish(tmp_path, NEW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert within(tmp_path) == before, "no draft is left"
    assert publish(tmp_path, NEW).written == ["feed.ics", "filter/late.ics"]


def test_what_was_made_until_a_kill_is_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.subscribe.folder.MANY", 2)
    texts = {f"owner/{name}.ics": name.encode() for name in "abcde"}

    bundles, recipes = site(texts)

    def stopping(path: str) -> Recipe | None:
        if path == "owner/e.ics":
            raise KeyboardInterrupt
        return recipes(path)

    with pytest.raises(KeyboardInterrupt), Folder(tmp_path) as held:
        publication.publish(held, bundles, stopping)
    assert len(within(tmp_path)) == 4
    made = list[str]()

    def noting(path: str) -> Recipe | None:
        made.append(path)
        return recipes(path)

    with Folder(tmp_path) as held:
        publication.publish(held, bundles, noting)
    assert {*made} == {"owner/c.ics", "owner/d.ics", "owner/e.ics"}, "c and d were not listed yet"
    assert within(tmp_path) == texts


def test_what_was_altered_in_its_place_is_found_when_there_is_nothing_else_to_do(
    tmp_path: Path,
) -> None:
    publish(tmp_path, OLD)
    (tmp_path / "owner" / "police.ics").write_bytes(b"altered")
    new = {**OLD, "feed.ics": b"new"}
    assert publish(tmp_path, new).written == ["feed.ics"], "the folder of the other is calm"
    assert publish(tmp_path, new).written == ["owner/police.ics"]
    (tmp_path / "owner" / "police.ics").unlink()
    assert publish(tmp_path, OLD).written == ["feed.ics", "owner/police.ics"]
