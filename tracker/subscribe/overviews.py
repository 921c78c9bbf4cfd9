"""Overviews that lead to every promise: lists that go on over as many pages as they need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from tracker.locale import Language
from tracker.model import Milestone
from tracker.render.wording import wording
from tracker.subscribe.page_frame import OVERVIEWS
from tracker.subscribe.parts import Part, whole_part
from tracker.subscribe.pieces import HTML, Bundle, Key, Recipe, key_of
from tracker.subscribe.places import ALL, SitePlace, promise_page

if TYPE_CHECKING:
    from tracker.render.page.leaf import Frame, Overview, PageLink
    from tracker.subscribe.site import Edition

ROWS = 100
"""Rows of a page of an overview."""

BY_DUE = 1000
"""Promises that are listed by due date; of more, one that moves would move too many."""


class PagedList:
    """A list that goes on over as many pages as it needs: of promises, or of parts."""

    def __init__(
        self,
        stem: str,
        part: Part,
        members: Sequence[Milestone] = (),
        parts: Sequence[tuple[str, Part]] = (),
    ) -> None:
        self.stem = stem
        self.part = part
        self.members = members
        self.parts = parts

    @property
    def total(self) -> int:
        return len(self.members) + len(self.parts)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // ROWS))

    def numbers(self) -> Iterator[int]:
        """The number of each page, as addresses have it: the first has none."""
        return (0 if page == 1 else page for page in range(1, self.pages + 1))

    def on(self, number: int) -> slice:
        start = (max(number, 1) - 1) * ROWS
        return slice(start, start + ROWS)


class Overviews:
    """Those of one edition."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._stock = edition.stock
        self._site = edition.site
        self._around = edition.around
        starts = (f"{lang}/" if lang else "" for lang in edition.site.languages)
        self._patterns = tuple(f"{start}*.html" for start in starts)
        self._overview = lru_cache(4)(self._made)  # its pages are asked for in a row

    def bundles(self) -> Iterator[Bundle]:
        for stem in (ALL, *self._around.groups, *self._stock.parts):
            if (overview := self._overview(stem)) is not None:
                yield from self._bundles_of(overview)

    def recipe(self, place: SitePlace) -> Recipe | None:
        """How the page of a list at an address is made; None where none is."""
        overview = self._overview(place.stem) if place.ext == "html" else None
        if overview is None or place.number not in overview.numbers():
            return None
        return self._of(overview, place)

    def _made(self, stem: str) -> PagedList | None:
        stock = self._stock
        if stem == ALL:
            return PagedList(stem, whole_part(stock.known), stock.standing)
        if stem in self._around.groups:
            parts = [
                (path, part)
                for path, part in stock.parts.items()
                if part.group is OVERVIEWS[stem][0]
                and part.current
                and self._edition.may_name(part)
            ]
            return PagedList(stem, Part(OVERVIEWS[stem][0], "", True, list), parts=parts)
        if not stem or (part := stock.parts.get(stem)) is None:
            return None
        members = [m for m in part.milestones if m.removed_on is None]
        if len(members) <= BY_DUE:
            members.sort(key=lambda m: (m.due or date.max, m.id))
        return PagedList(stem, part, members)

    def _bundles_of(self, overview: PagedList) -> Iterator[Bundle]:
        for number in overview.numbers():
            name = f"{overview.stem}.{number}" if number else overview.stem
            yield Bundle(self._key(overview, number), self._patterns, name)

    def _key(self, overview: PagedList, number: int) -> Key:
        on = overview.on(number)
        return key_of(
            self._around.key,
            overview.stem,
            f"{number} {overview.pages} {0 if number else overview.total}",
            b"".join(self._stock.row.all(overview.members[on])),
            *(self._title(overview, lang) for lang in self._site.languages.values()),
            *(f"{stem} {_count(part)}" for stem, part in overview.parts[on]),
            *(spoken for _, part in overview.parts[on] for spoken in self._spoken(part)),
        )

    def _spoken(self, part: Part) -> Iterator[str]:
        return (self._around.spoken(part, lang) for lang in self._site.languages.values())

    def _of(self, overview: PagedList, place: SitePlace) -> Recipe:
        from tracker.render.page.leaf import overview_leaf

        def make() -> bytes:
            frame = self._around.frame(place, self._around.feeds(place, overview.stem))
            return overview_leaf(self._told(overview, place, frame), frame).encode()

        return Recipe.whole(HTML, self._key(overview, place.number), make)

    def _told(self, overview: PagedList, place: SitePlace, frame: Frame) -> Overview:
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
                lang_text(self._around.spoken(part, lang), lang),
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
        if overview.stem in OVERVIEWS:
            return lang.text(OVERVIEWS[overview.stem][1])
        return self._around.spoken(overview.part, lang)


def _count(part: Part) -> int:
    return sum(m.removed_on is None for m in part.milestones)


def paging(overview: PagedList, place: SitePlace, lang: Language) -> Iterator[PageLink]:
    """The pages of a list: the first, those around this one, the last, and the two beside it."""
    from tracker.render.page.leaf import PageLink

    here, last = max(place.number, 1), overview.pages
    name = place.stem.rpartition("/")[2]

    def href(page: int) -> str:
        return f"{name}.html" if page == 1 else f"{name}.{page}.html"

    if here > 1:
        yield PageLink(lang.text("Previous"), href(here - 1), "prev")
    shown = sorted({1, *range(max(1, here - 2), min(last, here + 2) + 1), last})
    for before, page in zip((0, *shown), shown, strict=False):
        if page > before + 1:
            yield PageLink("…", None)
        is_here = page == here
        yield PageLink(str(page), None if is_here else href(page), "self" if is_here else "")
    if here < last:
        yield PageLink(lang.text("Next"), href(here + 1), "next")
