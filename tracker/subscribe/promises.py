"""What belongs to each promise: its pages, fragment, card and badge, its calendar and its feeds.

It is one bundle: it changes when the promise does, or what it names.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import cache, cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING

from tracker.ics.profile import FeedKind
from tracker.message import Message
from tracker.model import Milestone
from tracker.subscribe.departures import has_left
from tracker.subscribe.parts import Part, PartGroup
from tracker.subscribe.pieces import HTML, Bundle, Key, Recipe, key_of
from tracker.subscribe.places import SitePlace, promise_name, promise_page
from tracker.subscribe.slugs import slug

if TYPE_CHECKING:
    from tracker.render.page.dossier import Dossier
    from tracker.subscribe.site import Edition

SVG = "image/svg+xml"
PNG = "image/png"

RELATED = {
    "depends_on": (Message("depends on"), Message("needed by")),
    "parent": (Message("part of"), Message("its parts")),
    "superseded_by": (Message("replaced by"), Message("replaces")),
    "duplicate_of": (Message("duplicate of"), Message("duplicated by")),
    "follows": (Message("follows"), Message("followed by")),
}
"""What a promise that another's field leads to is to it, and it to that one."""

KINDS = ("promise", "embed", "card", "badge")
"""What the addresses of a promise begin with, below the language."""


@cache
def has_raster() -> bool:
    """Whether cards can be made of pixels too."""
    return find_spec("resvg_py") is not None


class Promises:
    """Those of one edition."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._stock = edition.stock
        self._site = edition.site
        self._around = edition.around
        self._told: tuple[tuple[str, str], Dossier] | None = None

    @cached_property
    def _patterns(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The paths of a promise, `*` for its name: of one that stands, and of one that is gone.

        What is gone keeps what people follow.
        """
        page, pictures = "promise/*.html", ("embed/*.html", "card/*.svg", "badge/*.svg")
        followed = tuple(f"promise/*.{ext}" for ext in ("ics", "atom", "json"))
        starts = [f"{lang}/" if lang else "" for lang in self._site.languages]
        raster = ("card/*.png",) if has_raster() else ()
        # By language, since what is told in one is put together once.
        shown = (start + path for start in starts for path in (page, *pictures))
        return (*shown, *raster, *followed), (*(start + page for start in starts), *followed)

    def bundles(self) -> Iterator[Bundle]:
        for name, m in self._stock.named.items():
            yield Bundle(self._key(m), self._patterns[m.removed_on is not None], name)

    def recipe(self, place: SitePlace) -> Recipe | None:
        """How what stands at an address of a promise is made; None where nothing does."""
        name = place.stem.partition("/")[2]
        m = self._stock.named.get(name)
        if m is None:
            return None
        paths = (p.replace("*", name) for p in self._patterns[m.removed_on is not None])
        return self._at(m, place) if place.path in paths else None

    def _key(self, m: Milestone) -> Key:
        return key_of(self._around.key + self._stock.row(m), self._tied(m))

    def _tied(self, m: Milestone) -> str:
        """What tells all that is said of other promises on its page."""
        stock = self._stock
        if m.removed_on is not None:
            # Calendars tell for so many days that it is gone.
            return str(stock.as_of - m.recorded_at.date() <= timedelta(days=stock.retention))
        at_hand = self._edition.originals.content(m.source) is not None
        if m.uid not in self._bound and not at_hand:
            return ""
        there = [*(other for _, other in self._related(m)), *stock.mentioned.get(m.uid, ())]
        others = [stock.row(other).hex() for other in there]
        wait, whole = stock.waits.get(m.uid), stock.wholes.get(m.uid)
        danger = stock.dangers.get(m.uid)
        # A day that is today, since what is owed is overdue, is told of no page.
        until = wait and (None if wait.until == stock.as_of else wait.until)
        last = wait and wait.last and wait.last.id
        waits = wait and ([each.id for each in wait.owed], wait.is_endangered, until, last)
        parts = whole and (whole.percent, whole.unknown, len(whole.parts))
        return repr((others, waits, parts, danger, at_hand))

    @cached_property
    def _bound(self) -> frozenset[str]:
        """The uids of all that belong with others."""
        stock = self._stock
        return frozenset().union(
            stock.linked,
            stock.pointing,
            stock.mentioned,
            stock.waits,
            stock.wholes,
            stock.dangers,
        )

    def _related(self, m: Milestone) -> list[tuple[Message, Milestone]]:
        """The promises that belong with one, each with what it is to it."""
        stock = self._stock
        there = [(RELATED[field][0], other) for field, other in stock.linked.get(m.uid, ())]
        return there + [
            (RELATED[field][1], other) for field, other in stock.pointing.get(m.uid, ())
        ]

    def _at(self, m: Milestone, place: SitePlace) -> Recipe:
        if place.ext == "ics":
            part = Part(PartGroup.PROMISE, m.title, True, lambda: [m])
            return self._site.writer.recipe(place.path, part, FeedKind.EVENTS, self._stock)
        if place.ext in ("atom", "json"):
            return self._edition.news.of_promise(m, place)
        if m.removed_on is not None:
            return self._gone(m, place)
        media_type, write = {
            "promise": (HTML, self._promise),
            "embed": (HTML, self._embed),
            "card": (PNG if place.ext == "png" else SVG, self._card),
            "badge": (SVG, self._badge),
        }[place.stem.partition("/")[0]]
        recipe = Recipe.whole(media_type, self._key(m), lambda: write(m, place))
        return recipe._replace(is_embedded=place.stem.startswith("embed/"))

    def _gone(self, m: Milestone, place: SitePlace) -> Recipe:
        from tracker.render.page.leaf import gone_leaf

        def make() -> bytes:
            return gone_leaf(m, self._around.frame(place, ()), left=has_left(m)).encode()

        return Recipe.whole(HTML, self._key(m), make)._replace(is_gone=True)

    def _dossier(self, m: Milestone, place: SitePlace) -> Dossier:
        from tracker.render.page.dossier import dossier
        from tracker.render.page.entry import ties

        asked = place.lang, m.uid  # its page, card and badge are written in a row
        if self._told is None or self._told[0] != asked:
            stock = self._stock
            told = dossier(
                m,
                stock.as_of,
                lang := self._site.languages[place.lang],
                lambda group, name: f"{'../' * place.stem.count('/')}{_page_of(group, name)}",
                self._related(m),
                ties(stock.waits.get(m.uid), stock.wholes.get(m.uid), stock.as_of, lang),
                self._edition.originals.passage(m.source),
                stock.mentioned.get(m.uid, ()),
            )
            self._told = asked, told
        return self._told[1]

    def _promise(self, m: Milestone, place: SitePlace) -> bytes:
        from tracker.render.page.leaf import PromisePictures, promise_leaf

        name, prefix = promise_name(m.uid), f"{place.lang}/".removeprefix("/")
        pictured = PromisePictures(
            f"card/{name}.png" if has_raster() else f"{prefix}card/{name}.svg",
            f"{prefix}badge/{name}.svg",
            f"{prefix}embed/{name}.html",
        )
        frame = self._around.frame(place, self._around.feeds(place, f"promise/{name}"))
        return promise_leaf(self._dossier(m, place), frame, pictured).encode()

    def _embed(self, m: Milestone, place: SitePlace) -> bytes:
        from tracker.render.page.leaf import embed_leaf

        frame = self._around.frame(place, ())
        page = frame.root + promise_page(m.uid)
        return embed_leaf(self._dossier(m, place), frame, page).encode()

    def _card(self, m: Milestone, place: SitePlace) -> bytes:
        from tracker.render.page.pictures import card, png

        lang = self._site.languages[place.lang]
        picture = card(self._dossier(m, place), self._site.name(lang), lang)
        return png(picture) if place.ext == "png" else picture

    def _badge(self, m: Milestone, place: SitePlace) -> bytes:
        from tracker.render.page.pictures import badge

        return badge(self._dossier(m, place), self._site.languages[place.lang])


def _page_of(group: str, name: str) -> str:
    return promise_page(name) if group == "promise" else f"{group}/{slug(name)}.html"
