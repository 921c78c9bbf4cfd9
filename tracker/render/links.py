"""Addresses that may stand in a page as links: http and https, and nothing that could run."""

from __future__ import annotations

from urllib.parse import urlsplit

from msgspec import Struct

from tracker.render.text import legible


class Link(Struct, frozen=True):
    """What is shown, and where it leads: None where it is text only."""

    text: str
    href: str | None


class Download(Struct, frozen=True):
    """Where the whole list is found beside the page: a word such as CSV, and an address."""

    name: str
    href: str


def link(address: str) -> Link:
    """Make a link of a web address; a path, `javascript:` and all else stays text."""
    shown = legible(address)
    return Link(shown, shown if _is_web(shown) else None)


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if any(char.isspace() or char == "\ufffd" for char in address):
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
