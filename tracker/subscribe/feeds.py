"""The feeds there are, their addresses, and their bytes: the same for `serve` and `publish`.

A feed is a part of the milestones as events or as tasks. After a change only the pieces that
hold a changed milestone are written and compressed anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from itertools import chain

from tracker.ics.danger import Dangers
from tracker.ics.profile import Feed, FeedKind
from tracker.ics.write import TAIL, Written, entries, head
from tracker.locale import ENGLISH, Language
from tracker.model import Milestone
from tracker.settings import FeedSettings
from tracker.subscribe.departures import has_left
from tracker.subscribe.parts import Part, PartGroup
from tracker.subscribe.pieces import DocumentPiece, Recipe, key_of
from tracker.subscribe.places import promise_page
from tracker.subscribe.stock import Stock

CALENDAR = "text/calendar; charset=utf-8"


def feed_path(stem: str, kind: FeedKind) -> str:
    """The address of a feed below the root, such as `owner/police.ics`."""
    if not stem:
        return "feed.ics" if kind is FeedKind.EVENTS else "tasks.ics"
    return f"{stem}.ics" if kind is FeedKind.EVENTS else f"tasks/{stem}.ics"


def feed_at(path: str) -> tuple[str, FeedKind] | None:
    """The stem of the part and the kind of the feed that such an address is for, if it is one."""
    for kind in FeedKind:
        if path == feed_path("", kind):
            return "", kind
    stem, ics, rest = path.rpartition(".ics")
    if not stem or not ics or rest:
        return None
    kind = FeedKind.TASKS if stem.startswith("tasks/") else FeedKind.EVENTS
    return stem.removeprefix("tasks/"), kind


_Look = tuple[FeedKind, tuple[int, ...]]
"""In what one milestone may differ between the feeds of one writer: kind and alarms."""


def _look(options: Feed) -> _Look:
    return options.kind, options.alarms


class FeedWriter:
    """Writes the feeds of one set of readers; keeps what it wrote, for the next time.

    `address` is where feeds and page are found, without a slash at the end: feeds name it, and each
    milestone's place on the page. "" if it is not known or a secret. `lang` is that of titles.
    """

    def __init__(
        self, settings: FeedSettings, address: str = "", *, lang: Language = ENGLISH
    ) -> None:
        self._settings = settings
        self._address = address
        self._lang = lang
        self._kept: defaultdict[_Look, Written] = defaultdict(dict)
        self._room: defaultdict[_Look, int] = defaultdict(lambda: 1000)

    def recipe(self, path: str, part: Part, kind: FeedKind, stock: Stock) -> Recipe:
        """The feed at `path`, as of the day of the stock."""
        options = self._options(path, part, kind, stock)
        look = _look(options)
        self._forget(look)
        # What is soon or overdue, and what is told no more, follows from the day.
        said = repr((stock.as_of, options.kind, options.alarms, self._address, self._lang.asked))
        return Recipe(
            CALENDAR,
            (
                DocumentPiece(key_of("head", opening := head(options)), lambda: opening),
                *(
                    DocumentPiece(
                        key_of(said, repr(told), key),
                        partial(self._entries, members, options, told),
                    )
                    for members, key in stock.batches(part.milestones)
                    for told in (_dangers(members, stock),)
                ),
                DocumentPiece(key_of("tail"), lambda: TAIL),
            ),
            apart=True,
        )

    def _options(self, path: str, part: Part, kind: FeedKind, stock: Stock) -> Feed:
        settings = self._settings
        name = f"{settings.name}: {part.name}" if part.group is not PartGroup.ALL else settings.name
        return Feed.of(
            settings,
            as_of=stock.as_of,
            name=f"{name} (tasks)" if kind is FeedKind.TASKS else name,
            address=f"{self._address}/{path}" if self._address else "",
            page_of=self._page_of if self._address else None,
            kind=kind,
            lang=self._lang,
            **self._alarms(part),
        )

    def _page_of(self, uid: str) -> str:
        return f"{self._address}/{promise_page(uid)}"

    def _alarms(self, part: Part) -> dict[str, tuple[int, ...]]:
        """The alarms of a filter that has its own."""
        own = (
            self._settings.filter_alarms.get(part.name) if part.group is PartGroup.FILTER else None
        )
        return {} if own is None else {"alarms": tuple(sorted(own, reverse=True))}

    def _entries(self, members: Sequence[Milestone], options: Feed, told: Dangers) -> bytes:
        kept = self._kept[_look(options)]
        # One that left looks otherwise here than where it stays, under the same revision.
        each = (
            entries((m,), options, *(({}, {}) if has_left(m) else (kept, told))) for m in members
        )
        return b"".join(chain.from_iterable(each))

    def _forget(self, look: _Look) -> None:
        """Drop what was written for revisions that are past, whenever it has doubled."""
        kept = self._kept[look]
        if len(kept) > self._room[look]:
            latest: dict[str, tuple[str, datetime, int]] = {}
            for key in kept:
                latest[key[0]] = max(latest.get(key[0], key), key)
            self._kept[look] = {key: kept[key] for key in latest.values()}
            self._room[look] = 2 * len(latest) + 1000


def _dangers(members: Sequence[Milestone], stock: Stock) -> Dangers:
    """What endangers some of the milestones; nothing is told of those that left."""
    found = stock.dangers
    return {m.uid: found[m.uid] for m in members if m.uid in found and not has_left(m)}
