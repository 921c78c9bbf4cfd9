"""Feeds of what changed: of all, of each part that is followed, of a promise, and of days.

The newest items are in the feed itself. What came before is in archives (RFC 5005 §4), numbered
from the oldest on, so that one that is full stays as it is; the last few of them are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from tracker.model import Change, Milestone
from tracker.query import Query
from tracker.subscribe.departures import has_left
from tracker.subscribe.parts import PartGroup
from tracker.subscribe.pieces import Bundle, Key, Recipe, key_of
from tracker.subscribe.places import ALL, SitePlace, promise_page

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


class _Told(NamedTuple):
    """A change that is told, and what undid it later."""

    milestone: Milestone
    change: Change
    undone: Change | None

    @property
    def key(self) -> bytes:
        mark = self.change.digest or f"{self.milestone.uid}{self.change.at}"
        return f"{mark} {self.undone and self.undone.digest}".encode()


class _Chapter(NamedTuple):
    """A document of a feed: what it tells, and the numbers of those beside it, 0 for none."""

    told: Sequence[_Told]
    older: int
    newer: int


def told_of(milestones: Sequence[Milestone]) -> list[_Told]:
    """The changes to tell of milestones, the oldest first; of one that is gone, that it is."""
    told = [one for m in milestones for one in _told(m)]
    told.sort(key=lambda one: (one.change.at, one.change.digest, one.milestone.id))
    return told


def _told(m: Milestone) -> Iterator[_Told]:
    undone = {change.undoes: change for change in m.history if change.undoes}
    shown = m.history if m.removed_on is None else m.history[-1:]
    for change in shown:
        if not change.is_of_record:
            yield _Told(m, change, undone.get(change.digest))


def chapter(told: Sequence[_Told], number: int) -> _Chapter | None:
    """The archive of a number, or with 0 the feed itself; None where there is none."""
    full = len(told) // FULL
    first = max(1, full - ARCHIVES)
    if number == 0:
        older = full - 1 if full > 1 else 0
        return _Chapter(told[max(0, full - 1) * FULL :], older, 0)
    if not first <= number < full:
        return None
    older = number - 1 if number > first else 0
    newer = number + 1 if number + 1 < full else 0
    return _Chapter(told[(number - 1) * FULL : number * FULL], older, newer)


class News:
    """The feeds of one edition."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._stock = edition.stock
        self._site = edition.site
        self._sorted: dict[str, list[_Told]] = {}

    def bundles(self) -> Iterator[Bundle]:
        """Each document of a feed in both its forms; those of promises are bundled with them."""
        followed = (s for s, part in self._stock.parts.items() if s and part.group.is_followed)
        for stem in (CHANGES, *followed):
            told = self._told(stem)
            for number in range(len(told) // FULL + 1):
                if (found := chapter(told, number)) is not None:
                    recipe = partial(self._of_path, stem, found)
                    yield Bundle(self._key(stem, found), _paths(stem, number), recipe)
        yield Bundle(self._day_key, _paths(DIGEST, 0), self._of_days)

    def recipe(self, place: SitePlace) -> Recipe | None:
        """How the feed at an address is made; None where none is."""
        if place.lang or place.ext not in TYPES:
            return None
        if place.stem == DIGEST:
            return None if place.number else self._of_days(place.path)
        part = self._stock.parts.get("" if place.stem == CHANGES else place.stem)
        if part is None or not part.group.is_followed or not place.stem:
            return None
        found = chapter(self._told(place.stem), place.number)
        return None if found is None else self._of_chapter(place, found)

    def of_promise(self, m: Milestone, place: SitePlace) -> Recipe:
        """The feed of one promise: its whole history, which nobody wants in archives."""
        return self._of_chapter(place, _Chapter(told_of([m]), 0, 0))

    def _told(self, stem: str) -> list[_Told]:
        if stem not in self._sorted:
            part = self._stock.parts["" if stem == CHANGES else stem]
            self._sorted[stem] = told_of(part.milestones)
        return self._sorted[stem]

    def _key(self, stem: str, found: _Chapter) -> Key:
        beside = f"{found.older} {found.newer}"
        return key_of(self._site.key, stem, beside, self._title(stem), *(t.key for t in found.told))

    def _of_path(self, stem: str, found: _Chapter, path: str) -> Recipe:
        place = self._site.place(path)
        assert place is not None and place.stem == stem  # one of `_paths`  # noqa: S101, PT018
        return self._of_chapter(place, found)

    def _of_chapter(self, place: SitePlace, found: _Chapter) -> Recipe:
        def make() -> bytes:
            from tracker.render.news import change_item

            items = [
                change_item(
                    told.milestone,
                    told.change,
                    told.undone,
                    self._site.lang,
                    self._site.whole(promise_page(told.milestone.uid)),
                    left=has_left(told.milestone),
                )
                for told in reversed(found.told)
            ]
            return self._written(place, items, self._links(place, found))

        return Recipe.whole(TYPES[place.ext], self._key(place.stem, found), make)

    def _links(self, place: SitePlace, found: _Chapter) -> NewsLinks:
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
        if stem == DIGEST:
            return lang.text("{name}: day by day", name=name)
        if stem == CHANGES:
            return lang.text("{name}: changes", name=name)
        if group == PartGroup.PROMISE:
            return lang.text("{name}: changes", name=self._stock.named[rest].title)
        part = self._stock.parts[stem]
        return lang.text(
            "{name}: changes", name=f"{name}{lang.colon}{self._edition.pages.spoken(part, lang)}"
        )

    # -- days -------------------------------------------------------------------------------------

    @cached_property
    def _day_key(self) -> Key:
        """What the last days are told from: nothing that was dated since."""
        yesterday = self._stock.as_of - timedelta(days=1)
        entries = (c.digest for m in self._stock.known for c in m.history if c.on <= yesterday)
        return key_of(self._site.key, str(yesterday), "".join(entries))

    def _of_days(self, path: str) -> Recipe:
        place = self._site.place(path)
        assert place is not None  # it is one of `_paths`  # noqa: S101

        def make() -> bytes:
            from tracker.render.news import NewsLinks

            links = NewsLinks(self._site.whole("index.html"), self._site.whole(place.path))
            return self._written(place, list(self._days()), links)

        return Recipe.whole(TYPES[place.ext], self._day_key, make)

    def _days(self) -> Iterator[NewsItem]:
        """The days that are over, the last first; not those on which there was nothing to tell."""
        from tracker.render.news import digest_item
        from tracker.report.digest import digest, known_before

        page = self._site.whole("index.html")
        for back in range(1, DAYS + 1):
            day = date.fromordinal(max(1, self._stock.as_of.toordinal() - back))
            found = digest(self._stock.known, Query(day), day + _SOON, known_before(day, day))
            if not found.is_empty:
                name = self._site.name(self._site.lang)
                yield digest_item(found, self._site.lang, name, self._edition.identity, page)


def _paths(stem: str, number: int) -> tuple[str, ...]:
    return tuple(SitePlace("", stem, number, ext).path for ext in TYPES)
