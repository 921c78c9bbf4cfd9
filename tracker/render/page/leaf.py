"""The pages of a site beside its first: of a promise, of a list of them, of what is gone.

Each is as closed as the first (`document.py`), and has no script at all.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from markupsafe import Markup
from msgspec import Struct

from tracker.locale import Language
from tracker.model import Milestone
from tracker.render.page.dossier import Dossier, PromiseLink
from tracker.render.page.entry import LangText, lang_text
from tracker.render.page.linked import linked_data
from tracker.render.page.templates import asset, policy, template
from tracker.render.text import fit, legible

_HEADLINE = 300
"""Cells of a heading: no title is longer that was meant as one."""


class AlternatePage(NamedTuple):
    """The same page in a language: `name` is "" where it is this very one, `href` leads there."""

    tag: str
    name: str
    href: str
    url: str


class FeedLink(NamedTuple):
    """A feed or a calendar of what a page is of."""

    name: str
    type: str
    href: str


class Frame(Struct, frozen=True):
    """What every page of a site has around it.

    `path` is that of the page below `address`, where the site is found; "" if nobody may be told.
    `root` leads from the page to the first one in its language, and `nav` to the overviews.
    """

    lang: Language
    site: str
    address: str
    path: str
    root: str
    nav: tuple[tuple[str, str], ...]
    alternates: tuple[AlternatePage, ...]
    feeds: tuple[FeedLink, ...] = ()

    def whole(self, path: str) -> str:
        """The whole address of a path below the root of the site; "" where that is not known."""
        return f"{self.address}/{path}" if self.address else ""


class PromisePictures(NamedTuple):
    """Where the pictures of a promise are, and the fragment for other pages, below the root."""

    card: str
    badge: str
    embed: str


class PageLink(NamedTuple):
    """A page of a list that goes on over several; None leads nowhere: it is this one, or a gap."""

    name: str
    href: str | None
    rel: str = ""


class PromiseRow(NamedTuple):
    """A promise in an overview."""

    link: PromiseLink
    id: int
    owner: LangText
    due: str


class Overview(Struct, frozen=True):
    """A page of a list: of promises, or of what has such lists, each with how many it has."""

    title: str
    about: str
    rows: tuple[PromiseRow, ...] = ()
    groups: tuple[tuple[LangText, str, str], ...] = ()
    pages: tuple[PageLink, ...] = ()


def promise_leaf(told: Dossier, frame: Frame, pictured: PromisePictures) -> str:
    """The page of a promise."""
    lang = frame.lang
    return _leaf(
        "promise",
        frame,
        fit(told.title, _HEADLINE),
        told=told,
        described=lang.join(
            filter(None, [told.stands, told.entry.due_words, told.entry.owner.text])
        ),
        pictured=pictured,
        data=_data(linked_data(told, frame.whole(frame.path), lang)),
        embedding=_embedding(told, frame, pictured),
    )


def _data(json: str) -> Markup:
    """JSON as it may stand within a script element, which no text in it can end."""
    escaped = json.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(escaped)  # noqa: S704 # nothing is left in it that HTML would read


def _embedding(told: Dossier, frame: Frame, pictured: PromisePictures) -> list[tuple[str, str]]:
    """What others paste into their pages: the fragment, and the badge in HTML and Markdown."""
    if not frame.address:
        return []
    page, badge = frame.whole(frame.path), frame.whole(pictured.badge)
    name = fit(told.title, 80)
    fragment = Markup(
        '<iframe src="{}" title="{}" width="100%" height="160" style="border:0" loading="lazy"'
        ' sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>'
    ).format(frame.whole(pictured.embed), name)
    image = Markup('<a href="{}"><img src="{}" alt="{}"></a>').format(page, badge, name)
    lang = frame.lang
    return [(lang.text("Fragment"), str(fragment)), (lang.text("Badge"), str(image))]


def gone_leaf(m: Milestone, frame: Frame, *, left: bool) -> str:
    """The page of a promise that was removed, or that is no longer shown here; and no more."""
    lang = frame.lang
    day = lang.day(m.history[-1].on if m.removed_on is None else m.removed_on)
    said = (
        lang.text("This promise is no longer shown here.")
        if left
        else lang.text("This promise was removed from the record on {day}.", day=day)
    )
    return _leaf("gone", frame, lang.text("Removed"), said=said)


def overview_leaf(overview: Overview, frame: Frame) -> str:
    """A page of a list."""
    title = fit(legible(overview.title), _HEADLINE)
    return _leaf("overview", frame, title, overview=overview)


def embed_leaf(told: Dossier, frame: Frame, page: str) -> str:
    """The fragment: a page so small that it stands within another's."""
    title = fit(told.title, _HEADLINE)
    return _leaf("embed", frame, title, asset("embed.css"), told=told, page=page)


def _leaf(name: str, frame: Frame, title: str, style: str = "", **said: object) -> str:
    style = style or _style()
    return template(name).render(
        frame=frame,
        lang=frame.lang,
        title=title,
        site=lang_text(frame.site, frame.lang),
        policy=policy(style),
        style=Markup(style),  # noqa: S704 # a file of this package
        lang_text=lambda text: lang_text(text, frame.lang),
        label=frame.lang.label,
        **said,
    )


@cache
def _style() -> str:
    return asset("base.css") + asset("leaf.css")
