"""The words shown for a milestone, in the language asked for where there is a translation."""

from __future__ import annotations

from typing import NamedTuple

from tracker.locale import Language
from tracker.model import Milestone
from tracker.render.text import clean
from tracker.texts import folded


class MilestoneWords(NamedTuple):
    """Title and responsible body, safe for a terminal."""

    title: str
    owner: str | None


def wording(milestone: Milestone, lang: Language) -> MilestoneWords:
    """Choose title and owner in the language, or as first written."""
    title, owner = milestone.title, milestone.owner
    found = lang.translation(milestone.translations)
    if found is not None:
        title, owner = found.title or title, found.owner or owner
    return MilestoneWords(clean(title), None if owner is None else clean(owner))


def party(name: str, milestone: Milestone, lang: Language) -> str:
    """Who takes part in a milestone: its own body is called as it is in the language."""
    if milestone.owner is None or folded(name) != folded(milestone.owner):
        return name
    return wording(milestone, lang).owner or name
