"""What stands at which address, the same for `serve` and `publish`: feeds, pages, lists.

A `Site` is what one set of readers may see, and lives on from change to change. An `Edition` of it
is what stands there as long as nothing changes; each address of it is made when it is first asked
for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cached_property, partial

from msgspec import Struct

from tracker import __version__
from tracker.ics.profile import NAME, FeedKind
from tracker.locale import ENGLISH, Language, all_languages
from tracker.model import Head, Milestone, record_head
from tracker.query import as_recorded
from tracker.settings import Settings
from tracker.subscribe.departures import view
from tracker.subscribe.feeds import FeedWriter, feed_at, feed_path
from tracker.subscribe.front_page import FRONT, Front
from tracker.subscribe.lists import LISTS, list_recipe
from tracker.subscribe.news import News
from tracker.subscribe.overviews import Overviews
from tracker.subscribe.page_frame import Surroundings
from tracker.subscribe.parts import Part, PartGroup, whole_part
from tracker.subscribe.pieces import Bundle, Content, Key, PieceCache, Recipe, key_of
from tracker.subscribe.places import SitePlace, place_at
from tracker.subscribe.promises import KINDS, Promises
from tracker.subscribe.release import FOLDER, release_of, release_type
from tracker.subscribe.source_documents import Find, Originals
from tracker.subscribe.stock import Stock

PAGE = "index.html"
"""What a web server gives at `/`."""
ROBOTS = "robots.txt"

# Google reads no feed of a site that does not let robots in.
_ROBOTS_TEXT = b"User-agent: *\nDisallow:\n"


class SiteDocument(Struct, frozen=True):
    """What an address answers with; `modified` is no earlier than when it became so."""

    content: Content
    media_type: str
    modified: datetime
    is_gone: bool = False
    is_embedded: bool = False


class Site:
    """`address` is where readers find it, without a slash at the end; "" if nobody knows.

    A `private` one keeps its address out of feeds: it is a secret, and feeds are forwarded.
    `lang` is that of the page's words, and of titles where there is a translation; pages are there
    in the other languages too. `find` has the documents that quotes come from. One thread at a time
    may use a site and its editions.
    """

    def __init__(
        self,
        settings: Settings,
        address: str = "",
        *,
        private: bool = False,
        lang: Language = ENGLISH,
        find: Find = lambda _: None,
    ) -> None:
        self.settings = settings
        self.address = address
        self.private = private
        self.lang = lang
        self.find = find
        self.writer = FeedWriter(settings.feeds, "" if private else address, lang=lang)
        others = (each for each in all_languages() if each.called[0] != lang.called[0])
        self.languages = {"": lang} | {each.called[0]: each(each.called[0]) for each in others}
        """By what addresses begin with."""
        self.kept: dict[str, PieceCache] = {}
        """The pieces of large documents, by path."""
        self._dated: dict[str, tuple[str, datetime]] = {}

    def edition(self, milestones: Sequence[Milestone], as_of: date, since: datetime) -> Edition:
        """What stands there `as_of` a day, from the instant `since` on; tombstones are needed too.

        Raises BadDate and BadValue for a saved filter that means nothing on this day.
        """
        return Edition(self, milestones, as_of, since)

    @cached_property
    def key(self) -> Key:
        """What tells the documents of this site from those of another, and of another version."""
        asked = (lang.asked for lang in self.languages.values())
        return key_of(__version__, self.whole("/"), self.settings.feeds.name, *asked)

    def name(self, lang: Language) -> str:
        """What the site is called in a language."""
        name = self.settings.feeds.name
        return lang.text(name) if name == NAME else name

    def whole(self, path: str) -> str:
        """The whole address of a path below the root; "" where nobody may be told."""
        return f"{self.address}/{path}" if self.address and not self.private else ""

    def place(self, path: str) -> SitePlace | None:
        return place_at(path, tuple(self.languages))

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
        everything = as_recorded(milestones, as_of)
        retention = settings.feeds.retention
        known = list(view(everything, _is_public, as_of, retention))
        filters = {name: settings.saved(name, as_of) for name in settings.filters}
        self.site = site
        self.stock = Stock(known, as_of, filters, retention)
        self.since = since
        self._milestones = milestones
        self.originals = Originals(site.find)
        self.around = Surroundings(self)
        self.news = News(self)
        self._pages = Promises(self), Overviews(self)
        self._front = Front(self)
        self._made: dict[str, SiteDocument] = {}

    @cached_property
    def identity(self) -> str:
        """What the record is known by, whatever is added to it or shown of it: its first entry."""
        entries = (change for m in self._milestones for change in m.history[:1])
        return min(((change.at, change.digest) for change in entries), default=("", ""))[1]

    @cached_property
    def record(self) -> Head | None:
        """What it is made from; what is one reader's tells nothing of the rest, not even that."""
        return None if self.site.private else record_head(self._milestones)

    @cached_property
    def later(self) -> int:
        """Of how many milestones something is dated later."""
        day = self.stock.as_of
        return sum(m.is_dated_after(day) for m in self._milestones if _is_public(m))

    def bundles(self) -> Iterator[Bundle]:
        """Every address below the root with what it is made from, the page last: it leads on."""
        for path in (*self.calendars(), *self._release, *LISTS, ROBOTS):
            if (recipe := self.recipe(path)) is not None:
                yield Bundle(recipe.key, (path,))
        yield from self.news.bundles()
        for pages in self._pages:
            yield from pages.bundles()
        yield from self._front.bundles()

    def calendars(self) -> Iterator[str]:
        """The addresses of calendars that people follow, but for those of one promise."""
        for stem, part in self.stock.parts.items():
            if part.group.is_followed:
                yield from (feed_path(stem, kind) for kind in FeedKind)

    def documents(self) -> Iterator[tuple[str, SiteDocument]]:
        """Every address with what stands there."""
        for bundle in self.bundles():
            for path in bundle.paths:
                if (document := self.document(path)) is not None:
                    yield path, document

    def document(self, path: str) -> SiteDocument | None:
        """What stands at an address, and None where nothing does."""
        if path in self._made:
            return self._made[path]
        recipe = self.recipe(path)
        if recipe is None:
            return None
        content = recipe.content(self.site.kept.get(path, {}))
        modified = self.site.dated(path, content, self.since)
        document = SiteDocument(
            content, recipe.media_type, modified, recipe.is_gone, recipe.is_embedded
        )
        if len(recipe.pieces) > 1:  # what is small is made again
            self.site.kept[path] = content.pieces
            self._made[path] = document
        return document

    def recipe(self, path: str) -> Recipe | None:
        """How what stands at an address is made, and None where nothing does."""
        if path == ROBOTS:
            return Recipe.whole("text/plain; charset=utf-8", key_of(path), lambda: _ROBOTS_TEXT)
        if path in LISTS:
            return list_recipe(path, self.stock)
        if path.startswith(FOLDER) and (content := self._release.get(path)) is not None:
            return Recipe.whole(release_type(path), key_of(path, content), partial(bytes, content))
        if path.endswith(".ics") and not path.startswith(PartGroup.PROMISE):
            return self._calendar(path)
        place = self.site.place(path)
        return None if place is None else self._at(place)

    def _at(self, place: SitePlace) -> Recipe | None:
        if place.stem == FRONT and place.ext == "html" and not place.number:
            return self._front.recipe(place)
        promises, overviews = self._pages
        if place.stem.partition("/")[0] in KINDS:
            return promises.recipe(place)
        return self.news.recipe(place) or overviews.recipe(place)

    def _calendar(self, path: str) -> Recipe | None:
        if (named := feed_at(path)) is None:
            return None
        stem, kind = named
        # The feed of all is made first after a change, and needs no other part.
        part = self.stock.parts.get(stem) if stem else whole_part(self.stock.known)
        if part is None or not part.group.is_followed:
            return None
        return self.site.writer.recipe(path, part, kind, self.stock)

    @cached_property
    def _release(self) -> dict[str, bytes]:
        """The dataset, if it is offered; what is one reader's has none."""
        feeds = self.site.settings.feeds
        is_offered = feeds.dataset and not self.site.private
        return release_of(self._milestones, feeds, self.stock.as_of) if is_offered else {}

    def may_name(self, part: Part) -> bool:
        """A private page is told of a filter only if something in it is its reader's to see."""
        if part.group is not PartGroup.FILTER or not self.site.private:
            return True
        return any(m.removed_on is None for m in part.milestones)
