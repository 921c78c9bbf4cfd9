"""Names of columns, groups and kinds as a screen shows them, for those that programs know.

An option takes both, in whatever language one reads: `--sort 责任单位` is `--sort owner`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import click

from tracker.locale import ENGLISH, Language, all_languages
from tracker.model import Modality
from tracker.query import Group, Sort
from tracker.query.ordering import listed_words
from tracker.texts import folded

Says = Callable[[str, Language], str]


def original_name(word: str, names: Iterable[str], says: Says) -> str:
    """The name that a language shows as this word; the word itself if none does."""
    names = tuple(names)
    if word in names:
        return word
    meant = folded(word)
    languages = [speaks(speaks.called[0]) for speaks in all_languages()]
    return next(
        (name for lang in languages for name in names if folded(says(name, lang)) == meant), word
    )


def original_names(words: str, names: Iterable[str], says: Says) -> str:
    """The same of words between commas, any of which may have a sign: `owner,-due`."""
    names, told = tuple(names), []
    for word in listed_words(words):
        bare = word.strip("+-")
        told.append(word.replace(bare, original_name(bare, names, says)))
    return ",".join(told)


class NamedChoice(click.Choice[str]):
    """One of some names, each also as a language shows it."""

    def __init__(self, names: Iterable[str], says: Says) -> None:
        super().__init__(list(names))
        self._says = says

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return super().convert(original_name(value, self.choices, self._says), param, ctx)

    def words(self, lang: Language) -> tuple[str, ...]:
        """The names as a language shows them; as they are, in English."""
        is_english = lang.tag == ENGLISH.tag
        return tuple(name if is_english else self._says(name, lang) for name in self.choices)

    def shown(self, lang: Language) -> str:
        """What stands for it in a usage line."""
        return f"[{'|'.join(self.words(lang))}]"


def column(name: str, lang: Language) -> str:
    """What heads a column of a list."""
    from tracker.render.chosen import column_head

    return column_head(name, lang)


def sort(name: str, lang: Language) -> str:
    """What heads the column that a list is ordered by."""
    return column("recorded_at" if name == Sort.CHANGED else name, lang)


def group(name: str, lang: Language) -> str:
    """What a list is grouped by."""
    if name == Group.QUARTER:
        return lang.word("precision", name)
    return lang.label("tags") if name == Group.TAG else column(name, lang)


def modality(name: str, lang: Language) -> str:
    """How firmly something is promised."""
    return lang.modality(Modality(name))
