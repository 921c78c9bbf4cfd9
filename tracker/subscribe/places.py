"""The addresses of pages and of what belongs to them, below the root of a site.

`[LANG/]STEM[.NUMBER].EXT`: another language than the site's, what it is of, and which page or part
of it where there are several. A stem has no dot, so that no two of these are the same.
"""

from __future__ import annotations

import re
from base64 import b32encode
from hashlib import sha256
from typing import NamedTuple

from tracker.subscribe.slugs import slug

ALL = "promises"
"""The stem of the list of all."""

_PATH = re.compile(
    r"(?:(?P<lang>[a-z]{2,3})/)?(?P<stem>(?:[a-z0-9_-]+/){0,2}[a-z0-9_-]+)"
    r"(?:\.(?P<number>[1-9][0-9]{0,6}))?\.(?P<ext>[a-z]+)",
    re.ASCII,
)


UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
"""What most uids are; a slug leaves it as it is."""


class SitePlace(NamedTuple):
    """An address in parts; `lang` is "" for the site's own language, `number` 0 for none."""

    lang: str
    stem: str
    number: int
    ext: str

    @property
    def path(self) -> str:
        number = f".{self.number}" if self.number else ""
        return f"{self.lang}/{self.stem}{number}.{self.ext}".removeprefix("/")

    @property
    def up(self) -> str:
        """What leads from it to the root."""
        return "../" * self.path.count("/")


def place_at(path: str, languages: tuple[str, ...]) -> SitePlace | None:
    """Take an address apart; None for what cannot be one. `languages` are the other ones."""
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    lang, stem = found["lang"] or "", found["stem"]
    if lang and lang not in languages:
        lang, stem = "", f"{lang}/{stem}"
    return (
        SitePlace(lang, stem, int(found["number"] or 0), found["ext"])
        if stem.count("/") < 3
        else None
    )


def promise_name(uid: str) -> str:
    """The part of an address that stands for a milestone, for ever: its uid, if that can be one.

    Unlike names of people, uids that differ in letter case alone are two.
    """
    if UUID.fullmatch(uid) or slug(uid) == uid:
        return uid
    return b32encode(sha256(uid.encode("utf-8", "surrogatepass")).digest()).decode().lower()[:16]


def promise_page(uid: str) -> str:
    """Where the page of a milestone is, below the root."""
    return f"promise/{promise_name(uid)}.html"
