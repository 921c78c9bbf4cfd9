"""Who is to do it: everybody whom a text offers for an act, ranked by a linear model over named features.

Those offered are the subject of the clause, a bracket, a column, the section's body, the speaker, the issuer,
and the names that stand near or that the document uses most. `make train` learns the weights from the
marked documents; below the least share nobody is named.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from msgspec import Struct

from tracker.extract.bodies import can_will, is_body, is_doer, is_organisation
from tracker.extract.english_cast import Cast
from tracker.extract.issuer import KIND as _KIND
from tracker.extract.names import NameUse, key_of
from tracker.extract.verdict import weights

START, LEAST, LEAST_ABOVE = "anybody", "the least share", "the least share, named above"
_LEAD = re.compile(
    r"^(?:(?:requests?|invites?|urges?|calls on|asks|from|dear|can|and|by|that|each|every|all|both|the|our|my|its|their|your|any|no)\s+)+",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"(?:we|us|i|it|they|he|she|you|who|which|each|there|this|that)$", re.IGNORECASE
)
_ADDRESSED = re.compile(r"(?:Mr|Madam|Mister) (?:Speaker|Chair\w*|President)\b", re.IGNORECASE)


_KINDS_ZH = {
    "several bodies": re.compile("、"),
    "of a kind": re.compile(
        "^(?:各|有关|相关|全体|全[市省县]|属地|市直|县直)|(?:单位|企业|部门|机构|主体|人|员|户|商|者|生|长|家|方)$|^(?:乡镇|街道|城镇|学校|医院|公司|集团|当局|政府|镇政府|业主|家长|教师)$"
    ),
    "a part": re.compile("(?:办公室|处|科|室|中心|组|班|队|党组|董事会|[^党]委员会|馆|站|所)$"),
    "a place": re.compile("[省市县区州镇乡村]$"),
    "a government": re.compile("[政]府$|党委$|[省市县区]委$"),
    "a firm": re.compile("(?:公司|集团|控股|厂)$"),
}
"""What a Chinese name is of, by how it ends."""


class OwnerCandidate(Struct, frozen=True):
    """A name and the features that speak for or against it."""

    name: str
    features: tuple[str, ...]


class OwnerCandidates:
    """All who are offered for one act; `said` is what its clause says of who does it.

    `told` is named beside it or by the clause itself as a name, and is the owner whatever the others weigh.
    """

    __slots__ = ("_found", "_names", "cast", "english", "said", "told")

    def __init__(self, said: tuple[str, ...], told: str | None, *, english: bool) -> None:
        self.said, self.told, self.english = said, told, english
        self._found: dict[str, set[str]] = {}
        self._names: dict[str, str] = {}
        self.cast: Cast | None = None

    def offer(self, name: str | None, *sources: str) -> None:
        if name and (proper := _proper(name)):
            key = key_of(proper)
            self._names.setdefault(key, proper)
            self._found.setdefault(key, set()).update(sources)

    def offer_doer(self, name: str, source: str) -> None:
        """Offer the subject of a clause that no body is known by: no bridge, no aim."""
        if name[:1].isupper() or is_body(name) or is_doer(name):
            self.offer(name, source)

    def know(self, known: Iterable[NameUse]) -> None:
        """Offer the names that the document uses most, with how it uses them."""
        for one in known:
            key = key_of(one.name)
            self._names.setdefault(key, one.name)
            self._found.setdefault(key, set()).update(one.facts)

    def of_cast(self, cast: Cast) -> None:
        """Offer all who appear in the document."""
        self.cast = cast
        for name in cast.names:
            self.offer(name)

    def suspects(self, table: dict[str, float] | None = None) -> list[OwnerCandidate]:
        """All with their features; `table` weighs whose document it is, else that of the package does."""
        return [
            OwnerCandidate(self._names[key], tuple(self._features(key, facts)))
            for key, facts in self._offered(table)
        ]

    def _offered(self, table: dict[str, float] | None = None) -> Iterator[tuple[str, set[str]]]:
        """Everybody with what is known of them; where the document is English, with whose it is."""
        places = self.cast.places(table) if self.cast else {}
        strange = _STRANGER if self.cast else ()
        for key, facts in self._found.items():
            yield key, facts.union(places.get(key, strange))

    def odds(self) -> Iterator[tuple[float, str]]:
        """The logarithm of the odds of everybody who is offered, and the name."""
        start = _table(english=self.english)[START]
        for key, facts in self._offered():
            name = self._names[key]
            weighed = chain.from_iterable(
                _weights_of(group, rest, self.english) for group, rest in self._groups(name, facts)
            )
            yield start + math.fsum(weighed), name

    def _features(self, key: str, facts: set[str]) -> Iterator[str]:
        for group in self._groups(self._names[key], facts):
            yield from _joined(*group)

    def _groups(self, name: str, facts: set[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The features, each beside those with which it makes another."""
        for fact in facts:
            yield fact, self.said
        here = tuple(fact for fact in _LOCAL if fact in facts)
        for kind in _kinds(name, english=self.english):
            yield kind, here


_STRANGER = ("none of the document",)
_LOCAL = (
    *("the subject", "the doer", "the thing", "the issuer", "the one named last"),
    *("in the sentence before", "in the heading", "in the sentence after"),
)


def _joined(fact: str, others: tuple[str, ...]) -> tuple[str, ...]:
    return fact, *(f"{fact}, {other}" for other in others)


@lru_cache(maxsize=8192)
def _weights_of(fact: str, others: tuple[str, ...], english: bool) -> tuple[float, ...]:
    """What a feature weighs, and those that it makes with others."""
    table = _table(english=english)
    return tuple(filter(None, map(table.get, _joined(fact, others))))


@lru_cache(maxsize=4096)
def _proper(name: str) -> str:
    """A name as it is offered; "" for a pronoun or a form of address."""
    name = _LEAD.sub("", " ".join(name.split()).strip(" ,.;:*_"))
    nobody = _PRONOUN.match(name) or _ADDRESSED.match(name)
    return name if 1 < len(name) < 100 and not nobody else ""


@lru_cache(maxsize=4096)
def _kinds(name: str, *, english: bool) -> tuple[str, ...]:
    if not english:
        return tuple(kind for kind, pattern in _KINDS_ZH.items() if pattern.search(name))
    found = ["a body" if is_organisation(name) else "somebody" if is_body(name) else "unknown"]
    if not can_will(name):
        found.append("a thing")
    if is_doer(name):
        found.append("one who does")
    if name[:1].isupper():
        found.append("a name")
    if name.isupper():
        found.append("in capitals")
    if _KIND.search(name):
        found.append("a kind of document")
    return tuple(found)


def ranked(case: OwnerCandidates) -> tuple[str, float] | None:
    """The likeliest, and its share among all who are offered; other forms of its name count for it."""
    found = list(case.odds())
    if not found:
        return None
    best, name = max(found, key=lambda one: one[0])
    shares = [(math.exp(odd - best), key_of(other)) for odd, other in found]
    own = sum(share for share, other in shares if other in key_of(name) or key_of(name) in other)
    return name, own / (sum(share for share, _ in shares) + math.exp(-best))  # or nobody


def owner_of(case: OwnerCandidates) -> str | None:
    """The likeliest, if likely enough; who stands in a bracket or a column beside it goes before."""
    if case.told:
        return case.told
    found = ranked(case)
    least = _table(english=case.english)[least_of(case)]
    return found[0] if found and found[1] >= least else None


def least_of(case: OwnerCandidates) -> str:
    """Which least share counts: in Chinese one of its own where a sentence before names who does it."""
    above = not case.english and case.said[0].startswith("named above")
    return LEAST_ABOVE if above else LEAST


def _table(*, english: bool) -> dict[str, float]:
    return weights()["en who" if english else "zh who"]
