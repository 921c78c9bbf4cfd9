"""The pages of a site beside its first: one for each promise, and overviews that lead to all.

What belongs to one promise is one bundle: it changes when the promise does, or what it names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING

from tracker.ics.profile import FeedKind
from tracker.locale import Language
from tracker.message import Message
from tracker.model import Milestone, standing
from tracker.render.wording import wording
from tracker.subscribe.departures import has_left
from tracker.subscribe.overviews import PagedList, paging
from tracker.subscribe.parts import UNDATED, Part, PartGroup, whole
from tracker.subscribe.pieces import Bundle, Key, Recipe, key_of
from tracker.subscribe.places import ALL, SitePlace, promise_name, promise_page
from tracker.subscribe.slugs import slug
from tracker.texts import folded

if TYPE_CHECKING:
    from tracker.render.page.dossier import Dossier
    from tracker.render.page.leaf import Alternate, FeedLink, Frame, Overview
    from tracker.subscribe.site import Edition

HTML = "text/html; charset=utf-8"
SVG = "image/svg+xml"
PNG = "image/png"

BY_DUE = 1000
"""Promises that are listed by due date; of more, one that moves would move too many."""

_NAMES = {
    PartGroup.OWNER: ("owners", Message("Bodies")),
    PartGroup.TAG: ("tags", Message("Tags")),
    PartGroup.DOCUMENT: ("documents", Message("Documents")),
    PartGroup.QUARTER: ("quarters", Message("Quarters")),
    PartGroup.FILTER: ("filters", Message("Filters")),
}
"""Groups that have an overview of their own: its stem, and what it is called."""

_GROUPS = {stem: group for group, (stem, _) in _NAMES.items()}


class Pages:
    """Those of one edition."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._stock = edition.stock
        self._site = edition.site
        self._told: tuple[tuple[str, str], Dossier] | None = None

    def bundles(self) -> Iterator[Bundle]:
        """What belongs to each promise, then the overviews."""
        for m in self._stock.known:
            yield Bundle(self._key(m), self._paths(m), partial(self._of_promise, m))
        for stem in (ALL, *self._groups, *self._stock.parts):
            if (overview := self._overview(stem)) is not None:
                yield from self._overview_bundles(overview)

    def recipe(self, place: SitePlace) -> Recipe | None:
        """How what stands at an address is made; None where nothing does."""
        if place.stem.partition("/")[0] in ("promise", "embed", "card", "badge"):
            m = self._stock.named.get(place.stem.partition("/")[2])
            is_there = m is not None and place.path in self._paths(m)
            return self._of_promise(m, place.path) if m is not None and is_there else None
        overview = self._overview(place.stem) if place.ext == "html" else None
        if overview is None or place.number not in overview.numbers():
            return None
        return self._of_overview(overview, place)

    # -- a promise --------------------------------------------------------------------------------

    @cached_property
    def _patterns(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The paths of a promise, `*` for its name: of one that stands, and of one that is gone.

        What is gone keeps what people follow.
        """
        from tracker.render.page.pictures import has_raster

        page, followed = "promise/*.html", tuple(f"promise/*.{ext}" for ext in ("ics", "atom", "json"))
        shown = (page, "embed/*.html", "card/*.svg", "badge/*.svg")
        starts = [f"{lang}/" if lang else "" for lang in self._site.languages]
        raster = ("card/*.png",) if has_raster() else ()
        # By language, since what is told in one is put together once.
        stands = (start + path for start in starts for path in shown)
        return (*raster, *stands, *followed), (*(start + page for start in starts), *followed)

    def _paths(self, m: Milestone) -> tuple[str, ...]:
        """Every address that a promise has."""
        name = promise_name(m.uid)
        patterns = self._patterns[m.removed_on is not None]
        return tuple(pattern.replace("*", name) for pattern in patterns)

    def _key(self, m: Milestone) -> Key:
        stock = self._stock
        others = (other for _, other in self._related(m))
        wait, whole = stock.waits.get(m.uid), stock.wholes.get(m.uid)
        gone = None if m.removed_on is None else stock.as_of - m.recorded_at.date()
        return key_of(
            self._base,
            self._row_key(m),
            *map(self._row_key, others),
            repr(wait and ([each.id for each in wait.owed], wait.until)),
            repr(whole and (whole.percent, whole.unknown, len(whole.parts))),
            # Calendars tell for so many days that it is gone.
            str(gone is not None and gone <= timedelta(days=stock.retention)),
        )

    @cached_property
    def _base(self) -> Key:
        """What every page depends on."""
        site = self._site
        return key_of(site.key, *self._groups, *site.languages)

    def _row_key(self, m: Milestone) -> Key:
        return self._stock.fingerprint(m) + standing(m, self._stock.as_of).encode()

    def _related(self, m: Milestone) -> list[tuple[Message, Milestone]]:
        from tracker.render.page.dossier import related

        if m.removed_on is not None:
            return []
        return list(related(m, self._stock.by_uid.get, self._stock.pointing.get(m.uid, ())))

    def _of_promise(self, m: Milestone, path: str) -> Recipe:
        place = self._site.place(path)
        assert place is not None  # it is one of `_paths`  # noqa: S101
        if place.ext == "ics":
            part = Part(PartGroup.PROMISE, m.title, True, lambda: [m])
            return self._site.writer.recipe(path, part, FeedKind.EVENTS, self._stock)
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
            return gone_leaf(m, self.frame(place, ()), left=has_left(m)).encode()

        return Recipe.whole(HTML, self._key(m), make)._replace(is_gone=True)

    def _dossier(self, m: Milestone, place: SitePlace) -> Dossier:
        from tracker.render.page.dossier import dossier
        from tracker.render.page.entry import ties

        asked = place.lang, m.uid  # its page, card and badge are written in a row
        if self._told is None or self._told[0] != asked:
            told = dossier(
                m,
                self._stock.as_of,
                lang := self._site.languages[place.lang],
                lambda group, name: f"../{_page_of(group, name)}",
                self._related(m),
                ties(self._stock.waits.get(m.uid), self._stock.wholes.get(m.uid), lang),
            )
            self._told = asked, told
        return self._told[1]

    def _promise(self, m: Milestone, place: SitePlace) -> bytes:
        from tracker.render.page.leaf import Pictured, promise_leaf
        from tracker.render.page.pictures import has_raster

        name, prefix = promise_name(m.uid), f"{place.lang}/".removeprefix("/")
        pictured = Pictured(
            f"card/{name}.png" if has_raster() else f"{prefix}card/{name}.svg",
            f"{prefix}badge/{name}.svg",
            f"{prefix}embed/{name}.html",
        )
        frame = self.frame(place, self.feeds(place, f"promise/{name}"))
        return promise_leaf(self._dossier(m, place), frame, pictured).encode()

    def _embed(self, m: Milestone, place: SitePlace) -> bytes:
        from tracker.render.page.leaf import embed_leaf

        page = f"../{promise_page(m.uid)}"
        return embed_leaf(self._dossier(m, place), self.frame(place, ()), page).encode()

    def _card(self, m: Milestone, place: SitePlace) -> bytes:
        from tracker.render.page.pictures import card, png

        lang = self._site.languages[place.lang]
        picture = card(self._dossier(m, place), self._site.name(lang), lang)
        return png(picture) if place.ext == "png" else picture

    def _badge(self, m: Milestone, place: SitePlace) -> bytes:
        from tracker.render.page.pictures import badge

        return badge(self._dossier(m, place), self._site.languages[place.lang])

    # -- overviews --------------------------------------------------------------------------------

    @cached_property
    def _groups(self) -> tuple[str, ...]:
        """The stems of the groups that have anything in them."""
        found = {part.group for part in self._stock.parts.values()}
        return tuple(stem for group, (stem, _) in _NAMES.items() if group in found)

    def _overview(self, stem: str) -> PagedList | None:
        stock = self._stock
        if stem == ALL:
            return PagedList(stem, whole(stock.known), stock.standing)
        if stem in self._groups:
            parts = [
                (path, part)
                for path, part in stock.parts.items()
                if part.group is _GROUPS[stem] and part.current and self._edition.may_name(part)
            ]
            return PagedList(stem, Part(_GROUPS[stem], "", True, list), parts=parts)
        if not stem or (part := stock.parts.get(stem)) is None:
            return None
        members = [m for m in part.milestones if m.removed_on is None]
        if len(members) <= BY_DUE:
            members.sort(key=lambda m: (m.due or date.max, m.id))
        return PagedList(stem, part, members)

    def _overview_bundles(self, overview: PagedList) -> Iterator[Bundle]:
        for number in overview.numbers():
            places = [
                SitePlace(lang, overview.stem, number, "html") for lang in self._site.languages
            ]
            paths = tuple(place.path for place in places)
            recipe = partial(self._overview_at, overview)
            yield Bundle(self._overview_key(overview, number), paths, recipe)

    def _overview_at(self, overview: PagedList, path: str) -> Recipe:
        place = self._site.place(path)
        assert place is not None  # it is made of one  # noqa: S101
        return self._of_overview(overview, place)

    def _overview_key(self, overview: PagedList, number: int) -> Key:
        on = overview.on(number)
        return key_of(
            self._base,
            overview.stem,
            overview.part.name,
            f"{number} {overview.pages} {0 if number else overview.total}",
            *map(self._row_key, overview.members[on]),
            *(f"{stem} {part.name} {_count(part)}" for stem, part in overview.parts[on]),
        )

    def _of_overview(self, overview: PagedList, place: SitePlace) -> Recipe:
        from tracker.render.page.leaf import overview_leaf

        def make() -> bytes:
            frame = self.frame(place, self.feeds(place, overview.stem))
            return overview_leaf(self._told_overview(overview, place, frame), frame).encode()

        return Recipe.whole(HTML, self._overview_key(overview, place.number), make)

    def _told_overview(self, overview: PagedList, place: SitePlace, frame: Frame) -> Overview:
        from tracker.render.page.dossier import promise_link
        from tracker.render.page.entry import lang_text
        from tracker.render.page.leaf import Overview, PromiseRow

        lang, on = frame.lang, overview.on(place.number)
        rows = [
            PromiseRow(
                promise_link(m, self._stock.as_of, lang, f"{frame.root}{promise_page(m.uid)}"),
                m.id,
                lang_text(wording(m, lang).owner or lang.text("No responsible body"), lang),
                lang.text("no date") if m.due is None else lang.by(m.due, m.precision),
            )
            for m in overview.members[on]
        ]
        groups = [
            (
                lang_text(self.spoken(part, lang), lang),
                f"{frame.root}{stem}.html",
                lang.count(_count(part)),
            )
            for stem, part in overview.parts[on]
        ]
        is_first = not place.number and (overview.members or not overview.parts)
        about = lang.count(overview.total) if is_first else ""
        return Overview(
            self._title(overview, lang),
            about,
            tuple(rows),
            tuple(groups),
            tuple(paging(overview, place, lang)),
        )

    def _title(self, overview: PagedList, lang: Language) -> str:
        if overview.stem == ALL:
            return lang.text("All promises")
        if overview.stem in _GROUPS:
            return lang.text(_NAMES[_GROUPS[overview.stem]][1])
        return self.spoken(overview.part, lang)

    def spoken(self, part: Part, lang: Language) -> str:
        """What a part is called in a language."""
        if part.group is PartGroup.OWNER:
            for m in part.milestones:
                if m.owner is not None and folded(m.owner) == folded(part.name):
                    return wording(m, lang).owner or part.name
        if part.group is PartGroup.QUARTER:
            if part.name == UNDATED:
                return lang.text("no date")
            year, _, number = part.name.partition("-q")
            return lang.quarter(int(year), int(number))
        return part.name

    # -- what is around a page --------------------------------------------------------------------

    def frame(self, place: SitePlace, feeds: Sequence[FeedLink]) -> Frame:
        """What stands around the page at an address."""
        from tracker.render.page.leaf import Frame

        lang, root = self._site.languages[place.lang], "../" * place.stem.count("/")
        return Frame(
            lang,
            self._site.name(lang),
            "" if self._site.private else self._site.address,
            place.path,
            root,
            tuple((name, f"{root}{stem}.html") for stem, name in self.nav(lang)),
            tuple(self.alternates(place)),
            tuple(feeds),
        )

    def nav(self, lang: Language) -> Iterator[tuple[str, str]]:
        """The overviews that there are: their stems, and what they are called."""
        yield ALL, lang.text("All promises")
        for stem in self._groups:
            yield stem, lang.text(_NAMES[_GROUPS[stem]][1])

    def alternates(self, place: SitePlace) -> Iterator[Alternate]:
        """The same page in all languages, itself among them, as search engines want it."""
        from tracker.render.page.leaf import Alternate

        for prefix, lang in self._site.languages.items():
            path = place._replace(lang=prefix).path
            name = "" if prefix == place.lang else lang.own_name
            whole = self._site.whole(path)
            yield Alternate(lang.tag, name, place.up + path, whole or place.up + path)
            if not prefix:
                yield Alternate("x-default", "", place.up + path, whole or place.up + path)

    def feeds(self, place: SitePlace, stem: str) -> list[FeedLink]:
        """What is followed of a page, the calendar first."""
        from tracker.render.page.leaf import FeedLink

        lang, up = self._site.languages[place.lang], place.up
        if stem in (ALL, "index"):
            stem, calendar = "changes", "feed.ics"
        else:
            part = self._stock.parts.get(stem)
            if not stem.startswith("promise/") and not (part and part.group.is_followed):
                return []
            calendar = f"{stem}.ics"
        return [
            FeedLink(lang.text("Calendar (.ics)"), "text/calendar", up + calendar),
            FeedLink(lang.text("Changes (Atom)"), "application/atom+xml", f"{up}{stem}.atom"),
            FeedLink(lang.text("Changes (JSON Feed)"), "application/feed+json", f"{up}{stem}.json"),
        ]


def _count(part: Part) -> int:
    return sum(m.removed_on is None for m in part.milestones)


def _page_of(group: str, name: str) -> str:
    return promise_page(name) if group == "promise" else f"{group}/{slug(name)}.html"
