"""What stands at which address, the same for `serve` and `publish`: feeds, the page, the lists.

A `Site` is what one set of readers may see, and lives on from change to change. An `Edition` of it
is what stands there as long as nothing changes; each address of it is made when it is first asked
for, and kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cached_property

from msgspec import Struct

from tracker.ics.danger import Dangers
from tracker.ics.profile import FeedKind
from tracker.locale import ENGLISH, Language
from tracker.model import Milestone, record_head
from tracker.query import recorded
from tracker.render.wording import wording
from tracker.settings import Settings
from tracker.subscribe.dangers import dangers
from tracker.subscribe.departures import has_left, view
from tracker.subscribe.feeds import Content, FeedWriter, feed_at, feed_path
from tracker.subscribe.parts import Part, PartGroup, parts, whole
from tracker.subscribe.release import FOLDER, release_of, release_type
from tracker.texts import folded

PAGE = "index.html"
"""What a web server gives at `/`."""
ROBOTS = "robots.txt"
CALENDAR = "text/calendar; charset=utf-8"

# Google reads no feed of a site that does not let robots in.
_ROBOTS_TEXT = b"User-agent: *\nDisallow:\n"
_LISTS = {
    "all.csv": ("CSV", "text/csv; charset=utf-8"),
    "all.json": ("JSON", "application/json"),
}
_REFRESH = 60
"""Seconds after which a page that is looked at asks for news."""


class SiteDocument(Struct, frozen=True):
    """What an address answers with; `modified` is no earlier than when it became so."""

    content: Content
    media_type: str
    modified: datetime


class Site:
    """`address` is where readers find it, without a slash at the end; "" if nobody knows.

    A `private` one keeps its address out of feeds: it is a secret, and feeds are forwarded.
    `lang` is that of the page's words, and of titles where there is a translation. One thread at a
    time may use a site and its editions.
    """

    def __init__(
        self,
        settings: Settings,
        address: str = "",
        *,
        private: bool = False,
        lang: Language = ENGLISH,
    ) -> None:
        self.settings = settings
        self.address = address
        self.private = private
        self.lang = lang
        self.writer = FeedWriter(settings.feeds, "" if private else address, lang=lang)
        self._dated: dict[str, tuple[str, datetime]] = {}

    def edition(self, milestones: Sequence[Milestone], as_of: date, since: datetime) -> Edition:
        """What stands there `as_of` a day, from the instant `since` on; tombstones are needed too.

        Raises BadDate and BadValue for a saved filter that means nothing on this day.
        """
        return Edition(self, milestones, as_of, since)

    def dated(self, path: str, content: Content, since: datetime) -> datetime:
        """When the bytes at `path` became these, as far as this site has seen it."""
        digest, then = self._dated.get(path, ("", since))
        if digest != content.digest:
            then = since
            self._dated[path] = (content.digest, then)
        return then


def _is_public(m: Milestone) -> bool:
    return not m.is_private


class Edition:
    """All that stands at the addresses of a site, until something changes or the day ends."""

    def __init__(
        self, site: Site, milestones: Sequence[Milestone], as_of: date, since: datetime
    ) -> None:
        settings = site.settings
        everything = recorded(milestones, as_of)
        known = list(view(everything, _is_public, as_of, settings.feeds.retention))
        filters = {name: settings.saved(name, as_of) for name in settings.filters}
        self.as_of = as_of
        self.since = since
        self._site = site
        self._known = known
        self._milestones = milestones
        self._filters = filters
        self._made: dict[str, SiteDocument] = {}

    @cached_property
    def parts(self) -> dict[str, Part]:
        retention = self._site.settings.feeds.retention
        return parts(self._known, self._filters, self.as_of, retention)

    def paths(self) -> Iterator[str]:
        """Every address below the root, the page last, since it leads to the others."""
        for stem in self.parts:
            yield from (feed_path(stem, kind) for kind in FeedKind)
        yield from (*self._release, *_LISTS, ROBOTS, PAGE)

    def documents(self) -> Iterator[tuple[str, SiteDocument]]:
        """Every address with what stands there."""
        for path in self.paths():
            if (document := self.document(path)) is not None:
                yield path, document

    def document(self, path: str) -> SiteDocument | None:
        """What stands at an address, and None where nothing does."""
        if path not in self._made:
            made = self._make(path)
            if made is None:
                return None
            content, media_type = made
            modified = self._site.dated(path, content, self.since)
            self._made[path] = SiteDocument(content, media_type, modified)
        return self._made[path]

    def _make(self, path: str) -> tuple[Content, str] | None:
        if path == PAGE:
            return Content.of(self._page().encode()), "text/html; charset=utf-8"
        if path == ROBOTS:
            return Content.of(_ROBOTS_TEXT), "text/plain; charset=utf-8"
        if path in _LISTS:
            return Content.of(self._list(path).encode()), _LISTS[path][1]
        if path.startswith(FOLDER) and path in self._release:
            return Content.of(self._release[path]), release_type(path)
        if (named := feed_at(path)) is None:
            return None
        stem, kind = named
        # The feed of all is made first after a change, and needs no other part.
        part = self.parts.get(stem) if stem else whole(self._known)
        return None if part is None else (self._feed(path, part, kind), CALENDAR)

    def _feed(self, path: str, part: Part, kind: FeedKind) -> Content:
        return self._site.writer.content(path, part, kind, self.as_of, self._dangers)

    @cached_property
    def _dangers(self) -> Dangers:
        return dangers([m for m in self._known if not has_left(m)], self.as_of)

    @cached_property
    def _release(self) -> dict[str, bytes]:
        """The dataset, if it is offered; what is one reader's has none."""
        feeds = self._site.settings.feeds
        is_offered = feeds.dataset and not self._site.private
        return release_of(self._milestones, feeds, self.as_of) if is_offered else {}

    @property
    def _standing(self) -> list[Milestone]:
        return [m for m in self._known if m.removed_on is None]

    def _page(self) -> str:
        from tracker.render.page import Download, Sheet, Subscription, page
        from tracker.report.dependencies import among, waits
        from tracker.report.wholes import Succession, wholes

        standing = self._standing
        known = among(standing)  # what is not this reader's to see is no matter
        name = self._site.settings.feeds.name
        feeds = tuple(Subscription(n, url) for n, url in self._calendars(name))
        return page(
            Sheet(
                standing,
                self.as_of,
                self._site.lang,
                name,
                feeds,
                tuple(Download(word, path) for path, (word, _) in _LISTS.items()),
                _REFRESH,
                # What is one reader's is told nothing of the rest, not even that it changed.
                record=None if self._site.private else record_head(self._milestones),
                later=sum(m.is_dated_after(self.as_of) for m in self._milestones if _is_public(m)),
                waits=waits(standing, known, self.as_of),
                wholes=wholes(standing, standing, known, self.as_of),
                succession=Succession(standing, known, self.as_of),
            )
        )

    def _calendars(self, name: str) -> Iterator[tuple[str, str]]:
        """What the page offers to follow: all, then owners and filters that stand for something."""
        address = self._site.address
        if not address:
            return
        for stem, part in self.parts.items():
            if part.current and part.group is not PartGroup.TAG and self._may_name(part):
                yield self._spoken(part) or name, f"{address}/{feed_path(stem, FeedKind.EVENTS)}"

    def _may_name(self, part: Part) -> bool:
        """A private page is told of a filter only if something in it is its reader's to see."""
        if part.group is not PartGroup.FILTER or not self._site.private:
            return True
        return any(m.removed_on is None for m in part.milestones)

    def _spoken(self, part: Part) -> str:
        """The name of a part, an owner's in the language of the site."""
        if part.group is PartGroup.OWNER:
            for m in part.milestones:
                if m.owner is not None and folded(m.owner) == folded(part.name):
                    return wording(m, self._site.lang).owner or part.name
        return part.name

    def _list(self, path: str) -> str:
        from tracker.exchange import csv, json

        if path.endswith(".json"):
            return json.dumps(self._standing) + "\n"
        # The mark in front tells a spreadsheet that this is UTF-8.
        return "\ufeff" + csv.dumps(self._standing) + "\r\n"
