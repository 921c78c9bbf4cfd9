"""The first page of a site, in pieces: its rows are many, and a change touches few of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from tracker.ics.profile import FeedKind
from tracker.locale import Language
from tracker.model import Milestone
from tracker.report.figures import Figures, figures
from tracker.subscribe.feeds import feed_path
from tracker.subscribe.lists import LISTS
from tracker.subscribe.parts import PartGroup
from tracker.subscribe.pieces import HTML, Bundle, DocumentPiece, Recipe, key_of
from tracker.subscribe.places import SitePlace, promise_page

if TYPE_CHECKING:
    from tracker.render.page import Sheet
    from tracker.render.page.entry import Fact
    from tracker.subscribe.site import Edition

FRONT = "index"
"""Its stem."""

_REFRESH = 60
"""Seconds after which a page that is looked at asks for news."""

_CALENDARS = (PartGroup.ALL, PartGroup.OWNER, PartGroup.FILTER)
"""What the page offers a calendar of."""


class Front:
    """That of one edition."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._stock = edition.stock
        self._site = edition.site

    def bundles(self) -> Iterator[Bundle]:
        """The page in each language, the site's own last; it is made only when it is wanted."""
        stock, edition = self._stock, self._edition
        everything = b"".join(stock.fingerprint.all(stock.known))
        day = f"{stock.as_of} {edition.record} {edition.later}"
        for lang in reversed(self._site.languages):
            place = SitePlace(lang, FRONT, 0, "html")
            key = key_of(self._site.key, lang, day, everything)
            yield Bundle(key, (place.path,))

    @cached_property
    def _shown(self) -> list[Milestone]:
        from tracker.render.page.document import shown

        return shown(self._stock.standing, self._stock.as_of)

    @cached_property
    def _figures(self) -> Figures:
        return figures(self._stock.standing, self._stock.as_of)

    def recipe(self, place: SitePlace) -> Recipe:
        """The page in the language of its place."""
        from tracker.render.page.document import around, tie_facts

        sheet = self._sheet(place)
        said = key_of(self._site.key, place.lang, str(self._stock.as_of))
        there = self._shown
        uids = {m.uid for m in there}
        rows = []
        for m in there:
            first = list(tie_facts(m, sheet, uids))
            key = key_of(said, self._stock.fingerprint(m), repr(first))
            rows.append(DocumentPiece(key, partial(_row, m, sheet, first)))
        before, after = around(sheet, there, self._figures, b"".join(piece.key for piece in rows))
        ends = [DocumentPiece(key_of(end), end.encode) for end in (before, after)]
        return Recipe(HTML, (ends[0], *rows, ends[1]))

    def _sheet(self, place: SitePlace) -> Sheet:
        from tracker.render.page import Download, Sheet, Subscription

        edition, stock = self._edition, self._stock
        lang = self._site.languages[place.lang]
        frame = edition.around.frame(place, edition.around.feeds(place, FRONT))
        return Sheet(
            stock.standing,
            stock.as_of,
            lang,
            self._site.settings.feeds.name,
            tuple(Subscription(name, url) for name, url in self._calendars(lang)),
            tuple(Download(word, place.up + path) for path, (word, _) in LISTS.items()),
            _REFRESH,
            record=edition.record,
            later=edition.later,
            waits=stock.waits,
            wholes=stock.wholes,
            succession=stock.succession,
            page_of=promise_page,
            frame=frame,
        )

    def _calendars(self, lang: Language) -> Iterator[tuple[str, str]]:
        """What the page offers to follow: all, then owners and filters that stand for something."""
        address = self._site.address
        if not address:
            return
        for stem, part in self._stock.parts.items():
            if part.current and part.group in _CALENDARS and self._edition.may_name(part):
                name = self._edition.around.spoken(part, lang) or self._site.settings.feeds.name
                yield name, f"{address}/{feed_path(stem, FeedKind.EVENTS)}"


def _row(m: Milestone, sheet: Sheet, first: Sequence[Fact]) -> bytes:
    from tracker.render.page.document import row

    return row(m, sheet, first).encode()
