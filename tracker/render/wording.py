"""The words shown for a milestone, in the language asked for where there is a translation."""

from __future__ import annotations

from typing import NamedTuple

from tracker.model import Milestone
from tracker.render.text import clean


class Words(NamedTuple):
    """Title and responsible body, safe for a terminal."""

    title: str
    owner: str | None


def wording(milestone: Milestone, lang: str | None) -> Words:
    """Choose title and owner in `lang` (`zh`, `zh-CN`), or as first written."""
    title, owner = milestone.title, milestone.owner
    if lang is not None:
        spoken = milestone.translations
        found = spoken.get(lang) or spoken.get(lang.partition("-")[0])
        if found is not None:
            title, owner = found.title or title, found.owner or owner
    return Words(clean(title), None if owner is None else clean(owner))
