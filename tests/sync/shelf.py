"""A collection in memory, as strict as a CalDAV server, and what a tasks program does to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count

from tracker.errors import ServerRefused


class Shelf:
    """Resources by href with their etags. `locked` are those that it refuses to change."""

    folder = "/me/tasks/"

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, bytes]] = {}
        self.locked: set[str] = set()
        self.writes = 0
        self._numbers = count(1)

    def etags(self) -> dict[str, str]:
        return {href: etag for href, (etag, _) in self.kept.items()}

    def contents(self, hrefs: Iterable[str]) -> Iterator[tuple[str, str, bytes]]:
        return iter([(href, *self.kept[href]) for href in hrefs if href in self.kept])

    def put(self, href: str, data: bytes, etag: str | None) -> str | None:
        if not self._stands(href, etag):
            return None
        self.writes += 1
        made = f'"{next(self._numbers)}"'
        self.kept[href] = (made, data)
        return made

    def delete(self, href: str, etag: str) -> bool:
        if not self._stands(href, etag):
            return False
        del self.kept[href]
        return True

    def _stands(self, href: str, etag: str | None) -> bool:
        if href in self.locked:
            raise ServerRefused("The task is locked.")
        found = self.kept.get(href)
        return (None if found is None else found[0]) == etag

    def href(self, uid: str) -> str:
        """The resource of a milestone with that uid."""
        return next(href for href, (_, data) in self.kept.items() if uid.encode() in data)

    def text(self, uid: str) -> str:
        return self.kept[self.href(uid)][1].decode().replace("\r\n ", "").replace("\r\n", "\n")

    def edit(self, uid: str, *changes: tuple[str, str]) -> None:
        """Replace lines that match, whole with their ends; what is not there is put before URL."""
        text, href = self.text(uid), self.href(uid)
        for pattern, lines in changes:
            text = re.sub(rf"(?m)^(?:{pattern})\n", "", text)
            text = text.replace("\nUID:", f"\n{lines}UID:", 1)
        self.kept[href] = (f'"{next(self._numbers)}"', text.replace("\n", "\r\n").encode())
