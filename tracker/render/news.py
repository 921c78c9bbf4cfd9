"""What changed, as feeds that readers of news follow: Atom (RFC 4287, 5005) and JSON Feed 1.1."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

import msgspec
from markupsafe import escape
from msgspec import Struct

from tracker.locale import Language
from tracker.model import Change, Milestone
from tracker.render.digest.letter import ChangesSince, LetterItem, changed_item, letter
from tracker.render.text import legible
from tracker.report.digest import Digest
from tracker.report.since import ChangeKind, classified

_ATOM = "http://www.w3.org/2005/Atom"
_HISTORY = "http://purl.org/syndication/history/1.0"
_MOST = 50
"""Items that a part of a day's digest names."""


class NewsItem(Struct, frozen=True):
    """One entry. `id` is its own for ever; `updated` is when last it came to say something else."""

    id: str
    title: str
    html: str
    published: datetime
    updated: datetime
    url: str = ""
    by: str = ""
    kind: str = ""


class NewsLinks(Struct, frozen=True):
    """Where a feed and its neighbours are; "" where there is none, or nobody may be told.

    `older` and `newer` are archives, `current` is what an archive belongs to.
    """

    page: str = ""
    own: str = ""
    older: str = ""
    newer: str = ""
    current: str = ""


class NewsFeed(Struct, frozen=True):
    """A document of a feed: its items with the newest first."""

    id: str
    title: str
    site: str
    links: NewsLinks
    items: Sequence[NewsItem]
    lang: Language
    is_archive: bool = False


def urn(*names: str) -> str:
    """An id that is the same wherever it is made, and that no address is part of."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, ':'.join(('urn:x-milestone', *names)))}"


def change_item(
    m: Milestone, change: Change, undone: Change | None, lang: Language, url: str, *, left: bool
) -> NewsItem:
    """Tell of a change as its milestone was then; one that was `undone` later says so."""
    then = m.as_recorded(change.at)
    row = classified(then, change)
    if change.corrects:
        row = msgspec.structs.replace(row, kind=ChangeKind.CORRECTED)
    elif change.undoes:
        row = msgspec.structs.replace(row, kind=ChangeKind.TAKEN_BACK)
    told = changed_item(row, lang)
    lead = lang.text("no longer shown here") if left else told.lead
    facts = [*told.facts, *([lang.text("undone since")] if undone else [])]
    return NewsItem(
        urn("change", change.digest or f"{m.uid}:{change.parents}"),
        lang.text("{title}: {what}", title=told.title, what=lead),
        _html([told._replace(facts=facts, lead=lead)]),
        change.at,
        change.at if undone is None else undone.at,
        url,
        legible(change.by or ""),
        lead,
    )


def digest_item(digest: Digest, lang: Language, name: str, record: str, url: str) -> NewsItem:
    """Tell of a day when it is over: what was overdue and due soon, and what had changed.

    `record` is what the record is known by.
    """
    day = digest.as_of
    told = letter(digest, (ChangesSince.DAY, day), lang, _MOST, name)
    over = datetime.combine(day + timedelta(days=1), time(tzinfo=UTC))
    parts = [
        f"<h3>{escape(part.heading)}</h3>{_html(part.items, part.more)}" for part in told.parts
    ]
    return NewsItem(
        urn("digest", record, day.isoformat()),
        lang.text("{day}: {counts}", day=lang.day(day), counts=told.counts),
        "".join(parts),
        over,
        max([over, *(row.change.at for row in digest.changes)]),
        url,
    )


def _html(items: Iterable[LetterItem], more: str = "") -> str:
    """Items as a list, every text of them escaped."""
    rest = f"<li>… {escape(more)}</li>" if more else ""
    return f"<ul>{''.join(map(_li, items))}{rest}</ul>"


def _li(item: LetterItem) -> str:
    told = [f"<b>{escape(item.title)}</b> – {escape(item.lead)}", *map(escape, item.facts)]
    if item.evidence is not None:
        text, href = escape(item.evidence.text), escape(item.evidence.href or "")
        told.append(f'<a href="{href}">{text}</a>' if href else text)
    return f"<li>{' · '.join(told)}</li>"


def atom(feed: NewsFeed) -> bytes:
    """The feed as Atom."""
    register_namespace("", _ATOM)
    register_namespace("fh", _HISTORY)
    root = Element(
        f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": feed.lang.tag}
    )
    _put(root, "id", feed.id)
    _put(root, "title", feed.title)
    _put(root, "updated", _stamp(_updated(feed)))
    _put(_put(root, "author"), "name", feed.site)
    _put(root, "generator", "tracker")
    links = feed.links
    for rel, href in (
        ("self", links.own),
        ("alternate", links.page),
        ("current", links.current),
        ("prev-archive", links.older),
        ("next-archive", links.newer),
    ):
        if href:
            _put(root, "link", rel=rel, href=href)
    if feed.is_archive:
        SubElement(root, f"{{{_HISTORY}}}archive")
    for item in feed.items:
        _entry(root, item)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}'.encode()


def _entry(root: Element, item: NewsItem) -> None:
    entry = _put(root, "entry")
    _put(entry, "id", item.id)
    _put(entry, "title", item.title)
    _put(entry, "published", _stamp(item.published))
    _put(entry, "updated", _stamp(item.updated))
    if item.by:
        _put(_put(entry, "author"), "name", item.by)
    if item.kind:
        _put(entry, "category", term=item.kind)
    if item.url:
        _put(entry, "link", rel="alternate", type="text/html", href=item.url)
    _put(entry, "content", item.html, type="html")


def _put(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    element = SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = None if text is None else legible(text)
    return element


def json_feed(feed: NewsFeed) -> bytes:
    """The feed as JSON Feed."""
    links = feed.links
    told: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": links.page,
        "feed_url": links.own,
        "next_url": links.older,
        "language": feed.lang.tag,
        "authors": [{"name": feed.site}],
        "items": [_item(item) for item in feed.items],
    }
    return msgspec.json.encode({name: value for name, value in told.items() if value != ""})


def _item(item: NewsItem) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_html": item.html,
        "date_published": _stamp(item.published),
        "date_modified": _stamp(item.updated),
        "authors": [{"name": item.by}] if item.by else "",
        "tags": [item.kind] if item.kind else "",
    }
    return {name: value for name, value in told.items() if value != ""}


def _updated(feed: NewsFeed) -> datetime:
    return max((item.updated for item in feed.items), default=datetime(1970, 1, 1, tzinfo=UTC))


def _stamp(then: datetime) -> str:
    """An instant as RFC 3339 has it, in UTC."""
    return then.astimezone(UTC).isoformat().replace("+00:00", "Z")
