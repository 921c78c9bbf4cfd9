"""What stands around the pages of an edition: the way to the overviews, other languages, feeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from tracker.locale import Language
from tracker.message import Message
from tracker.render.text import legible
from tracker.render.wording import wording
from tracker.subscribe.parts import UNDATED, Part, PartGroup
from tracker.subscribe.pieces import Key, key_of
from tracker.subscribe.places import ALL, SitePlace
from tracker.texts import folded

if TYPE_CHECKING:
    from tracker.render.page.leaf import AlternatePage, FeedLink, Frame
    from tracker.subscribe.site import Edition

OVERVIEWS = {
    "owners": (PartGroup.OWNER, Message("Bodies")),
    "tags": (PartGroup.TAG, Message("Tags")),
    "documents": (PartGroup.DOCUMENT, Message("Documents")),
    "quarters": (PartGroup.QUARTER, Message("Quarters")),
    "filters": (PartGroup.FILTER, Message("Filters")),
}
"""The overviews of groups by their stems: the group, and what it is called."""


class Surroundings:
    """That of one edition."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._site = edition.site
        self._stock = edition.stock

    @cached_property
    def key(self) -> Key:
        """What every page depends on."""
        return key_of(self._site.key, self._edition.identity, *self.groups, *self._site.languages)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The stems of the groups that have anything in them."""
        found = {part.group for part in self._stock.parts.values()}
        return tuple(stem for stem, (group, _) in OVERVIEWS.items() if group in found)

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
        for stem in self.groups:
            yield stem, lang.text(OVERVIEWS[stem][1])

    def alternates(self, place: SitePlace) -> Iterator[AlternatePage]:
        """The same page in all languages, itself among them, as search engines want it."""
        from tracker.render.page.leaf import AlternatePage

        for prefix, lang in self._site.languages.items():
            path = place._replace(lang=prefix).path
            name = "" if prefix == place.lang else lang.own_name
            whole = self._site.whole(path)
            yield AlternatePage(lang.tag, name, place.up + path, whole or place.up + path)
            if not prefix:
                yield AlternatePage("x-default", "", place.up + path, whole or place.up + path)

    def feeds(self, place: SitePlace, stem: str) -> list[FeedLink]:
        """What is followed of a page, the calendar first."""
        from tracker.render.page.leaf import FeedLink

        lang, up = self._site.languages[place.lang], place.up
        part, calendar, days = self._stock.parts.get(stem), f"{stem}.ics", f"digest/{stem}"
        if stem in (ALL, "index"):
            stem, calendar, days = "changes", "feed.ics", "digest"
        elif stem.startswith("promise/"):
            days = ""
        elif not (part and part.group.is_followed):
            return []
        atom, json = "application/atom+xml", "application/feed+json"
        found = [
            FeedLink(lang.text("Calendar (.ics)"), "text/calendar", up + calendar),
            FeedLink(lang.text("Changes (Atom)"), atom, f"{up}{stem}.atom"),
            FeedLink(lang.text("Changes (JSON Feed)"), json, f"{up}{stem}.json"),
        ]
        if days:
            found += [
                FeedLink(lang.text("Day by day (Atom)"), atom, f"{up}{days}.atom"),
                FeedLink(lang.text("Day by day (JSON Feed)"), json, f"{up}{days}.json"),
            ]
        return found

    def spoken(self, part: Part, lang: Language) -> str:
        """What a part is called in a language."""
        if part.group is PartGroup.OWNER:
            for m in part.milestones:
                if m.owner is not None and folded(m.owner) == folded(part.name):
                    return legible(wording(m, lang).owner or part.name)
        if part.group is PartGroup.QUARTER:
            if part.name == UNDATED:
                return lang.text("no date")
            year, _, number = part.name.partition("-q")
            return lang.quarter(int(year), int(number))
        return legible(part.name)
