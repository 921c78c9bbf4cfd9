"""What is followed, kept in one folder of the user's: an index, and a store for each record.

One is taken only if it is what its head says, and has all that was recorded when last pulled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from tracker.errors import (
    BadInput,
    BadValue,
    NotFollowed,
    RecordRewritten,
    StoreLocked,
    library_reason,
)
from tracker.following.record import fetch
from tracker.message import Message, PluralMessage
from tracker.model import SHORT, Milestone
from tracker.query import did_you_mean
from tracker.report.difference import Difference, difference
from tracker.store import file_content, open_store
from tracker.store.lock import held_file
from tracker.store.whole_file import held_for, whole_bytes, write_file

_NAME = re.compile(r"[\w-][\w.-]{0,59}")
_KEEP = Message("What was pulled before is kept. Make room in your data folder, and pull again.")


class FollowedRecord(Struct, frozen=True):
    """One record that is followed: where it is published, and what was pulled last, and when."""

    address: str
    head: str
    count: int
    version: str
    pulled_at: datetime
    title: str = ""
    licence: str = ""


class Index(Struct, frozen=True):
    """All of them by the names that the user gave."""

    followed: dict[str, FollowedRecord] = {}
    version: int = 1


class PullResult(Struct, frozen=True):
    """What came of a pull: what is new since the last one, if there was one."""

    name: str
    followed: FollowedRecord
    since: Difference


class FollowedFolder:
    """The folder that holds them: an index, and a store for each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "followed.json"

    def index(self) -> Index:
        """What is followed. Raises BadInput for an index that is not readable."""
        try:
            return msgspec.json.decode(whole_bytes(self._path), type=Index)
        except FileNotFoundError:
            return Index()
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
            raise BadInput(
                "{path} is not readable: {reason}.",
                "Delete it, and pull again what you follow.",
                path=self._path,
                reason=library_reason(error),
            ) from None

    def one(self, name: str) -> FollowedRecord:
        """The one of that name. Raises NotFollowed with the nearest."""
        followed = self.index().followed
        if name not in followed:
            raise NotFollowed(
                Message("Nothing is followed by the name {name!r}.", name=name),
                did_you_mean(name, followed) or Message("`tracker pull --list` shows what is."),
            )
        return followed[name]

    def store_path(self, name: str) -> Path:
        return self._folder / f"{name}.json"

    def pull(
        self, name: str, address: str, clock: Callable[[], datetime], *, accept: bool
    ) -> PullResult:
        """Fetch a record, and put it in the place of what was pulled before, whole or not at all.

        Raises RecordRewritten if something that was recorded then is gone, unless that is accepted.
        """
        if not _NAME.fullmatch(name):
            raise BadValue(
                "{name!r} cannot name what is followed.",
                "Use letters, digits, - and _, and dots within: --name NAME.",
                name=name[:60],
            )
        found = fetch(address)
        with self._held():
            index = self.index()
            self._refuse_other(index, name, address)
            before = self._before(index, name)
            since = difference(before, found.milestones)
            if not since.is_extension and not accept:
                raise _rewritten(name, index.followed[name], since)
            write_file(self.store_path(name), file_content(found.milestones), _KEEP)
            known = FollowedRecord(
                *(address, found.head, len(found.milestones), found.version, clock()),
                *(found.title, found.licence),
            )
            self._keep(index.followed | {name: known})
        return PullResult(name, known, since)

    def forget(self, name: str) -> None:
        """Follow it no more. Raises NotFollowed."""
        self.one(name)
        with self._held():
            kept = {other: f for other, f in self.index().followed.items() if other != name}
            self._keep(kept)
            self.store_path(name).unlink(missing_ok=True)

    def _before(self, index: Index, name: str) -> list[Milestone]:
        """What was pulled last; nothing, if it is new or was lost."""
        there = name in index.followed and self.store_path(name).exists()
        return open_store(str(self.store_path(name))).all() if there else []

    def _refuse_other(self, index: Index, name: str, address: str) -> None:
        other = index.followed.get(name)
        if other is not None and other.address != address:
            raise BadValue(
                "{name} is the name of {address} already.",
                "Give another with --name, or `tracker pull --forget {name}` first.",
                name=name,
                address=other.address,
            )

    def _keep(self, followed: dict[str, FollowedRecord]) -> None:
        content = msgspec.json.format(msgspec.json.encode(Index(followed)), indent=1)
        write_file(self._path, content + b"\n", _KEEP, mode=0o600)

    @contextmanager
    def _held(self) -> Iterator[None]:
        busy = StoreLocked("Another `tracker pull` is at work.", "Try again when it is done.")
        lock = held_file(self._folder / ".lock", timeout=10)
        with held_for(self._path, lock, busy, _KEEP):
            yield


def _rewritten(name: str, followed: FollowedRecord, since: Difference) -> RecordRewritten:
    gone = tuple(m.title for m in since.gone[:3])
    lost = tuple(each.before.title for each in since.altered if each.lost)[:3]
    number = len(since.gone) + sum(bool(each.lost) for each in since.altered)
    return RecordRewritten(
        Message(
            "{name} is not what it was: {milestones} with something missing that stood there on "
            "{day} (head {head}): {titles}.",
            name=name,
            milestones=PluralMessage("{n} milestone", "{n} milestones", number),
            day=followed.pulled_at.date(),
            head=followed.head[:SHORT],
            titles=gone + lost,
        ),
        "A record only grows, so it was rewritten, or something was withdrawn. What was pulled "
        "before is kept; --accept takes the new one.",
    )


def pull_json(one: PullResult) -> dict[str, Any]:
    """What came of a pull, for programs."""
    since = one.since
    return {"name": one.name, **msgspec.structs.asdict(one.followed)} | {
        "new": len(since.new),
        "changed": len(since.altered),
        "gone": len(since.gone),
        "rewritten": sum(bool(each.lost) for each in since.altered),
    }
