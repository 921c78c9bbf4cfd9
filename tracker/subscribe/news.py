"""Feeds of what changed: of all, of each part that is followed, of a promise, and of days.

The newest items are in the feed itself. What came before is in archives (RFC 5005 §4), numbered
from the oldest on, so that one that is full stays as it is; the last few of them are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from tracker.model import Change, Milestone
from tracker.query import Query
from tracker.render.text import legible
from tracker.subscribe.departures import has_left
from tracker.subscribe.parts import PartGroup
from tracker.subscribe.pieces import Bundle, Key, Recipe, key_of
from tracker.subscribe.places import ALL, SitePlace, promise_page
from tracker.subscribe.stock import OfEach

if TYPE_CHECKING:
    from tracker.render.news import NewsItem, NewsLinks
    from tracker.subscribe.site import Edition

TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}
CHANGES, DIGEST = "changes", "digest"
"""The stems of the feeds of all changes, and of the days."""

FULL = 50
"""Items of a full archive; the feed itself has as many at least, if there are so many."""

ARCHIVES = 10
"""Archives that are kept of a feed."""

DAYS = 7
"""Days that are told of."""

_SOON = timedelta(days=14)


class _NewsChange(NamedTuple):
    """A change that is told, its place among others, and what undid it later."""

    place: tuple[float, str, int]
    milestone: Milestone
    change: Change
    undone: Change | None

    @property
    def key(self) -> bytes:
        mark = self.change.digest or f"{self.milestone.uid}{self.change.at}"
        return f"{mark} {self.undone and self.undone.digest}".encode()


class _FeedDocument(NamedTuple):
    """A document of a feed: what it tells, and the numbers of those beside it, 0 for none."""

    told: Sequence[_NewsChange]
    older: int
    newer: int


def changes_to_tell(m: Milestone) -> list[_NewsChange]:
    """The changes to tell of a milestone; of one that is gone, that it is."""
    undone = {change.undoes: change for change in m.history if change.undoes}
    shown = m.history if m.removed_on is None else m.history[-1:]
    return [
        _NewsChange((c.at.timestamp(), c.digest, m.id), m, c, undone.get(c.digest))
        for c in shown
        if not c.is_of_record
    ]


def chapter(told: Sequence[_NewsChange], number: int) -> _FeedDocument | None:
    """The archive of a number, or with 0 the feed itself; None where there is none."""
    full = len(told) // FULL
    first = max(1, full - ARCHIVES)
    if number == 0:
        older = full - 1 if full > 1 else 0
        return _FeedDocument(told[max(0, full - 1) * FULL :], older, 0)
    if not first <= number < full:
        return None
    older = number - 1 if number > first else 0
    newer = number + 1 if number + 1 < full else 0
    return _FeedDocument(told[(number - 1) * FULL : number * FULL], older, newer)


class News:
    """The feeds of one edition."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._stock = edition.stock
        self._site = edition.site
        self._of_one = OfEach(changes_to_tell)
        self._sorted: dict[str, list[_NewsChange]] = {}
        self._told_last: tuple[object, list[NewsItem]] = None, []

    def bundles(self) -> Iterator[Bundle]:
        """Each document of a feed in both its forms; those of promises are bundled with them."""
        followed = (s for s, part in self._stock.parts.items() if s and part.group.is_followed)
        for stem in (CHANGES, *followed):
            told = self._told(stem)
            first = max(1, len(told) // FULL - ARCHIVES)
            for number in (0, *range(first, len(told) // FULL)):
                if (found := chapter(told, number)) is not None:
                    key = self._key(stem, found)
                    yield Bundle(key, _FORMS, _name(stem, number))
            days = DIGEST if stem == CHANGES else f"{DIGEST}/{stem}"
            yield Bundle(self._day_key(days), _FORMS, days)

    def recipe(self, place: SitePlace) -> Recipe | None:
        """How the feed at an address is made; None where none is."""
        if place.lang or place.ext not in TYPES:
            return None
        part = self._stock.parts.get(_part_of(place.stem))
        if part is None or not part.group.is_followed or not place.stem:
            return None
        if place.stem.partition("/")[0] == DIGEST:
            return None if place.number else self._of_days(place)
        found = chapter(self._told(place.stem), place.number)
        return None if found is None else self._of_chapter(place, found)

    def of_promise(self, m: Milestone, place: SitePlace) -> Recipe:
        """The feed of one promise: its whole history, which nobody wants in archives."""
        return self._of_chapter(
            place, _FeedDocument(sorted(changes_to_tell(m), key=itemgetter(0)), 0, 0)
        )

    def _told(self, stem: str) -> list[_NewsChange]:
        if stem not in self._sorted:
            told = self._of_one.all(self._stock.parts[_part_of(stem)].milestones)
            self._sorted[stem] = sorted(chain.from_iterable(told), key=itemgetter(0))
        return self._sorted[stem]

    def _key(self, stem: str, found: _FeedDocument) -> Key:
        beside = f"{found.older} {found.newer}"
        said = self._edition.identity, stem, beside, self._title(stem)
        return key_of(self._site.key, *said, *(told.key for told in found.told))

    def _of_chapter(self, place: SitePlace, found: _FeedDocument) -> Recipe:
        key = self._key(place.stem, found)

        def make() -> bytes:
            items = self._once(key, lambda: map(self._item, reversed(found.told)))
            return self._written(place, items, self._links(place, found))

        return Recipe.whole(TYPES[place.ext], key, make)

    def _item(self, told: _NewsChange) -> NewsItem:
        from tracker.render.news import change_item

        m, lang = told.milestone, self._site.lang
        url = self._site.whole(promise_page(m.uid))
        return change_item(m, told.change, told.undone, lang, url, left=has_left(m))

    def _once(self, key: Key, make: Callable[[], Iterable[NewsItem]]) -> list[NewsItem]:
        """What a feed tells; it is written in two forms in a row."""
        if self._told_last[0] != key:
            self._told_last = key, list(make())
        return self._told_last[1]

    def _links(self, place: SitePlace, found: _FeedDocument) -> NewsLinks:
        from tracker.render.news import NewsLinks

        def at(number: int) -> str:
            return self._site.whole(place._replace(number=number).path) if number else ""

        page = f"{ALL if place.stem == CHANGES else place.stem}.html"
        current = self._site.whole(place._replace(number=0).path) if place.number else ""
        own = self._site.whole(place.path)
        return NewsLinks(self._site.whole(page), own, at(found.older), at(found.newer), current)

    def _written(self, place: SitePlace, items: Sequence[NewsItem], links: NewsLinks) -> bytes:
        from tracker.render.news import NewsFeed, atom, json_feed, urn

        feed = NewsFeed(
            urn("feed", self._edition.identity, place.stem),
            self._title(place.stem),
            self._site.name(self._site.lang),
            links,
            items,
            self._site.lang,
            is_archive=place.number > 0,
        )
        return atom(feed) if place.ext == "atom" else json_feed(feed)

    def _title(self, stem: str) -> str:
        lang, name = self._site.lang, self._site.name(self._site.lang)
        group, _, rest = stem.partition("/")
        if group == PartGroup.PROMISE:
            return lang.text("{name}: changes", name=legible(self._stock.named[rest].title))
        if part := _part_of(stem):
            spoken = self._edition.around.spoken(self._stock.parts[part], lang)
            name = f"{name}{lang.colon}{spoken}"
        if group == DIGEST:
            return lang.text("{name}: day by day", name=name)
        return lang.text("{name}: changes", name=name)

    # -- days -------------------------------------------------------------------------------------

    def _day_key(self, stem: str) -> Key:
        """What the last days are told from: nothing that was dated since."""
        members, yesterday = self._stock.parts[_part_of(stem)].milestones, self._yesterday
        past = (c.digest for m in members for c in m.history if c.on <= yesterday)
        said = self._edition.identity, stem, self._title(stem), str(yesterday)
        return key_of(self._site.key, *said, "".join(past))

    @cached_property
    def _yesterday(self) -> date:
        return self._stock.as_of - timedelta(days=1)

    def _of_days(self, place: SitePlace) -> Recipe:
        key = self._day_key(place.stem)

        def make() -> bytes:
            from tracker.render.news import NewsLinks

            part = _part_of(place.stem)
            page = self._site.whole(f"{part or 'index'}.html")
            items = self._once(key, lambda: self._days(part, page))
            return self._written(place, items, NewsLinks(page, self._site.whole(place.path)))

        return Recipe.whole(TYPES[place.ext], key, make)

    def _days(self, part: str, page: str) -> Iterator[NewsItem]:
        """The days that are over, the last first; not those on which there was nothing to tell."""
        from tracker.render.news import digest_item
        from tracker.report.digest import digest, known_before

        members, lang = self._stock.parts[part].milestones, self._site.lang
        record = ":".join(filter(None, (self._edition.identity, part)))
        for back in range(1, DAYS + 1):
            day = date.fromordinal(max(1, self._stock.as_of.toordinal() - back))
            found = digest(members, Query(day), day + _SOON, known_before(day, day))
            if not found.is_empty:
                yield digest_item(found, lang, self._site.name(lang), record, page)


_FORMS = tuple(f"*.{ext}" for ext in TYPES)


def _name(stem: str, number: int) -> str:
    return f"{stem}.{number}" if number else stem


def _part_of(stem: str) -> str:
    """The part that a feed is of: "" for all."""
    group, _, rest = stem.partition("/")
    return rest if group == DIGEST else "" if stem == CHANGES else stem
