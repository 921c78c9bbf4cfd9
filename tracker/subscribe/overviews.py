"""Lists that go on over as many pages as they need, and the links between these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tracker.locale import Language
from tracker.model import Milestone
from tracker.subscribe.parts import Part
from tracker.subscribe.places import SitePlace

if TYPE_CHECKING:
    from tracker.render.page.leaf import PageLink

ROWS = 100
"""Rows of a page of an overview."""


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
