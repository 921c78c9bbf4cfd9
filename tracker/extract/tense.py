"""In which form the verbs of an English sentence stand: will, is to, opens, had opened.

Only forms are told apart, by their words and endings; which of them speaks for a promise is learned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tracker.extract.english_verbs import BASE

Form = tuple[int, str, str]
"""Where in the text a verb ends, its form and its words."""

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|[0-9]+|[.,;:()|*\"“”?!-]")
_FORMS = {
    "will": "will shall must won't",
    "would": "would could might may should can cannot",
    "is": "is are am it's we're they're i'm you're that's there's",
    "has": "has have",
    "was": "was were had did went came took gave made began held told found fell rose saw left won lost met said"
    " became got kept brought bought built cut put set",
}
_FORM = {word: form for form, words in _FORMS.items() for word in words.split()}
_ENDS = {"'ll": "will", "'d": "would", "'ve": "has"}
_HELPS = frozenset(
    ["be", "been", "being", "is", "are", "was", "were", "has", "have", "had", "will"]
)
_NAMES = frozenset(
    ["the", "a", "of", "its", "our", "their", "all", "these", "those", "two", "three", "four"]
)
_OPENS = frozenset(("", ".", ":", "-", "*", "(", ")", ",", "and", ";", "that"))
"""After what the plain form of a verb is an order: 1. Publish the map."""


@lru_cache(maxsize=256)
def verbs_in(text: str) -> tuple[Form, ...]:
    """The verbs of a text in order."""
    return tuple(_verbs(text.lower().replace("’", "'")))


def words_of(text: str) -> list[str]:
    """The words and marks of a text as they are counted here."""
    return _WORD.findall(text.lower().replace("’", "'"))


def _verbs(text: str) -> Iterator[Form]:
    found = [(match.end(), match[0]) for match in _WORD.finditer(text)]
    last = ""
    for index, (end, word) in enumerate(found):
        following = found[index + 1][1] if index + 1 < len(found) else ""
        if form := _form(last, word, following):
            yield end, form, word
        last = word


def _form(last: str, word: str, following: str) -> str:
    form = _FORM.get(word) or _ENDS.get(word[word.find("'") :] if "'" in word else "")
    if form == "is":
        if following == "to":
            return "is to"
        return "is doing" if following.endswith("ing") else "is"
    if form:
        return "has to" if form == "has" and following == "to" else form
    if word == "to":
        return "to do" if following in BASE else ""
    if word.endswith("ed") and len(word) > 4 and last not in _HELPS:
        return "did"
    if word.endswith("s") and last not in _NAMES and _is_present(word):
        return "does"
    return "do" if word in BASE and last in _OPENS else ""


def _is_present(word: str) -> bool:
    """Whether a word is a verb in the third person: opens, goes, carries."""
    return word[:-1] in BASE or word[:-2] in BASE or f"{word[:-3]}y" in BASE
