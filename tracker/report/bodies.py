"""Responsible and supporting bodies: which spellings are one body, and how it is shown.

Names that are folded alike are one body, shown as most of its milestones spell it, of equals as the
first of them does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from tracker.model import Milestone
from tracker.texts import folded


class Body(Struct, frozen=True):
    """One body: its name as written, and in other languages where a milestone has it."""

    name: str
    translations: dict[str, str] = {}


def owned(milestones: Iterable[Milestone]) -> dict[str | None, list[Milestone]]:
    """Return what each body is responsible for, by its key; None for what nobody is."""
    found: dict[str | None, list[Milestone]] = {}
    for m in milestones:
        found.setdefault(m.owner and folded(m.owner), []).append(m)
    return found


def bodies(milestones: Iterable[Milestone]) -> dict[str, Body]:
    """Return every body that is responsible or supports, by its key."""
    spelt: dict[str, Counter[str]] = {}
    translated: dict[str, dict[str, str]] = {}
    for m in milestones:
        for name in (*filter(None, [m.owner]), *m.supporting):
            spelt.setdefault(folded(name), Counter())[name] += 1
        if m.owner is not None:
            known = translated.setdefault(folded(m.owner), {})
            for lang, words in m.translations.items():
                if words.owner:
                    known.setdefault(lang, words.owner)
    return {
        each: Body(names.most_common(1)[0][0], translated.get(each, {}))
        for each, names in spelt.items()
    }
