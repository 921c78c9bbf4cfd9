"""The words shown for a milestone, in the language asked for where there is a translation."""

from __future__ import annotations

from typing import NamedTuple

from tracker.locale import Language
from tracker.model import Milestone
from tracker.render.text import clean


class Words(NamedTuple):
    """Title and responsible body, safe for a terminal."""

    title: str
    owner: str | None


def wording(milestone: Milestone, lang: Language) -> Words:
    """Choose title and owner in the language, or as first written."""
    title, owner = milestone.title, milestone.owner
    found = lang.translation(milestone.translations)
    if found is not None:
        title, owner = found.title or title, found.owner or owner
    return Words(clean(title), None if owner is None else clean(owner))
