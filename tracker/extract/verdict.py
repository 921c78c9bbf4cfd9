"""How likely a date is that of a promise: a linear model over features with names.

`make train` writes the weights from the marked documents. The sum of a date's weights is the
logarithm of the odds; the features that it has are the reasons. Beside the kinds of words (`cues.py`) the English
words of a date's sentence count themselves.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

import msgspec
from msgspec import Struct

from tracker.extract.cues import cues_in
from tracker.extract.mention_context import MentionContext
from tracker.extract.tense import verbs_in, words_of

LIKELY, POSSIBLE = 0.6, 0.1
"""From which probability on a date is shown, and from which it is counted."""

Weights = dict[str, dict[str, float]]


class Argument(Struct, frozen=True):
    """What speaks for (a weight above 0) or against, and the words that say it."""

    feature: str
    words: str
    weight: float


@cache
def weights() -> Weights:
    """The weights of each language by feature; the start of the sum is called `START`."""
    data = (files("tracker.extract") / "weights.json").read_bytes()
    return msgspec.json.decode(data, type=Weights)


START = "any date"
_EDGE = " ,，、“\"'*_"
_VERBS = frozenset(
    (
        "will",
        "plan",
        "to do",
        "past",
        "done",
        "to be done",
        "doing",
        "would",
        "said",
        "not",
        "act",
        "if",
    )
)
_PROMISING = frozenset(("will", "plan", "to do"))


def features(scene: MentionContext) -> dict[str, str]:
    """The features of a date, each with the words that gave it."""
    found = dict.fromkeys(scene.facts, "")
    shape = scene.facts[0]
    seen: dict[str, str] = {}
    for kind, place, words in _cues(scene):
        found.setdefault(f"{kind} {place}", words)
        if place in ("before", "after"):
            found.setdefault(f"{kind} with a {shape}", words)
            if kind in _VERBS:
                seen[place] = kind if place == "before" else seen.get(place, kind)
    for place, kind in seen.items():
        found[f"{kind} is nearest {place}"] = ""
    if scene.english:
        found |= _of_verbs(scene)
        found |= _words_said(scene)
    else:
        found |= dict.fromkeys(_signs_beside(scene), "")
    if not _PROMISING & set(seen.values()):
        found[f"no word of promising with a {shape}"] = ""
        found[f"no word of promising in {scene.facts[1]}"] = ""
    return found


def _of_verbs(scene: MentionContext) -> dict[str, str]:
    """In which form the verbs stand that may govern the date, and with what that comes together."""
    shape, kind, _, when = scene.facts[:4]
    lead = next((fact for fact in scene.facts if fact.startswith("begins with")), "")
    before, after = verbs_in(scene.before), verbs_in(scene.after)
    segment = len(scene.before) - len(scene.segment)
    nearest = before[-1] if before else (0, "no verb", "")
    here = nearest if nearest[0] > segment else (0, "no verb", "")
    follows = after[0] if after else (0, "no verb", "")
    governs = f"“{nearest[1]}”" if before else f"“{follows[1]}” after it"
    words = nearest[2] or follows[2]
    return {
        f"“{nearest[1]}” is the verb before": nearest[2],
        f"“{here[1]}” is the verb of the segment": here[2],
        f"“{follows[1]}” is the verb after": follows[2],
        f"first verb “{before[0][1] if before else 'no verb'}”": before[0][2] if before else "",
        **{f"governed by {governs}, {fact}": words for fact in (shape, kind, when, lead)},
        f"{lead} in {kind}": "",
        f"{lead}, {when}": "",
    }


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    """A word without its ending, as it counts: published, publishes and publishing are one."""
    return f"“{_ENDING.sub('', word)}” is said"


_ENDING = re.compile(r"(?<=...)(?:ations?|ings?|ies|ied|ed|es|s|ly)$")


def _words_said(scene: MentionContext) -> dict[str, str]:
    """The words of the sentence, and how it and its segment begin."""
    before = words_of(scene.before)
    said = before + words_of(scene.after)
    found = {_stem(word): word for word in said if word.isalpha()}
    first = before[:2]
    begins = (
        f"begins “{' '.join(first[:1])}”",
        f"begins “{' '.join(first)}”",
        f"segment begins “{' '.join(words_of(scene.segment[:40])[:1])}”",
    )
    return found | dict.fromkeys(begins, "")


def _signs_beside(scene: MentionContext) -> Iterator[str]:
    """The Chinese signs before and after a date, one to three of them."""
    for size in (1, 2, 3):
        if size <= len(scene.segment):
            yield f"“{scene.segment[-size:]}” before"
        if size <= len(scene.near):
            yield f"“{scene.near[:size]}” after"


def _cues(scene: MentionContext) -> Iterator[tuple[str, str, str]]:
    english = scene.english
    segment = len(scene.before) - len(scene.segment)
    beside = len(scene.before.rstrip(_EDGE))
    for end, kind, words in cues_in(scene.before, english=english):
        yield kind, "before", words
        if end >= beside:
            yield kind, "just before", words
        if end > segment:
            yield kind, "in the segment before", words
    beside = len(scene.after) - len(scene.after.lstrip(_EDGE))
    for end, kind, words in cues_in(scene.after, english=english):
        yield kind, "after", words
        if end - len(words) <= beside:
            yield kind, "just after", words
        if end <= len(scene.near):
            yield kind, "in the segment after", words
    for place, text in (
        ("in the phrase", scene.phrase),
        ("in the next sentence", scene.following),
        ("in the heading", scene.heading),
        ("in the opening line", scene.opening),
    ):
        for _, kind, words in cues_in(text, english=english):
            yield kind, place, words


def likelihood(scene: MentionContext) -> float:
    """The probability that the date is that of a promise."""
    table = weights()["en" if scene.english else "zh"]
    return _odds(table[START] + sum(filter(None, map(table.get, features(scene)))))


def reasons(scene: MentionContext) -> list[Argument]:
    """What the verdict rests on, the weightiest first."""
    table = weights()["en" if scene.english else "zh"]
    found = [
        Argument(name, words, table[name])
        for name, words in features(scene).items()
        if table.get(name)
    ]
    return sorted(found, key=lambda reason: -abs(reason.weight))


def _odds(logarithm: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logarithm))))
