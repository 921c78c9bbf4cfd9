"""Where the documents of a site lead: every link of pages, feeds and calendars, as a path."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import fromstring

from tracker.subscribe.site import Edition

_LEADS = {"href", "src"}
_ATOM = "{http://www.w3.org/2005/Atom}"


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.found += [value for name, value in attrs if name in _LEADS and value]
        if tag == "meta" and (named.get("property") or "").startswith(("og:url", "og:image")):
            content = named.get("content") or ""
            self.found += [content] if content.startswith("http") else []


def links_of(path: str, text: str) -> list[str]:
    """The addresses that a document names, as they stand in it."""
    match path.rpartition(".")[2]:
        case "html":
            parser = _Links()
            parser.feed(text)
            return parser.found
        case "atom":
            return [str(link.get("href")) for link in fromstring(text).iter(f"{_ATOM}link")]
        case "ics":
            return re.findall(r"^URL:(\S+)", text.replace("\r\n ", ""), re.MULTILINE)
        case "json" if path != "all.json":
            feed = json.loads(text)
            own = [feed.get(name) for name in ("home_page_url", "feed_url", "next_url")]
            return [url for url in (*own, *(item.get("url") for item in feed["items"])) if url]
        case _:
            return []


def dead(edition: Edition, address: str, unread: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield each link of a site to a path of it at which nothing stands, and where it is.

    What belongs to the uids that are `unread` is a place to lead to, and is not looked into.
    """
    paths = [path for bundle in edition.bundles() for path in bundle.paths]
    there = {f"{urlsplit(address).path}/{path}" for path in paths}
    for path in paths:
        if not any(uid in path for uid in unread) and not path.endswith(
            (".png", ".svg", ".csv", ".txt")
        ):
            recipe = edition.recipe(path)
            assert recipe is not None, path
            text = b"".join(piece.make() for piece in recipe.pieces).decode()
            for link in links_of(path, text):
                to = urlsplit(urljoin(f"{address}/{path}", link.replace("webcal:", "https:", 1)))
                is_ours = to.netloc == urlsplit(address).netloc and to.scheme.startswith("http")
                if is_ours and unquote(to.path) not in there:
                    yield path, link
