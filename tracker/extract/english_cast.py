"""Who appears in an English document: each body and person once, by all its names, and whose document it is.

A short name (the Council, Halvorsen, NSS, Ms Menmuir) is one with the full name that ends or begins with it, or has its
capitals. How the document speaks of each tells who answers where a clause names nobody.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec import Struct

from tracker.extract.aliases import Aliases
from tracker.extract.bodies import is_body, is_organisation
from tracker.extract.english_predicate import PREDICATE
from tracker.extract.english_verbs import base_of, is_base, particle
from tracker.extract.issuer import KIND
from tracker.extract.names import Name, acts_after, key_of, names_in
from tracker.extract.verdict import weights
from tracker.extract.wording import any_of

_MOST = 14
_READ = 40_000
_COMMON = re.compile(
    r"\b(?:[Tt]he|[Oo]ur|[Tt]his)\s(?P<who>(?:(?!of|for|and|in|to|at|by|on|the)[a-z-]{3,}\s)?"
    + any_of(
        "council company department ministry agency board committee commission authority government bank school university"
        " trust hospital union firm club charity bureau operator contractor supplier developer landlord trustees police"
    )
    + r")\b(?!\s(?:tax|house|members?|meeting|of directors|staff|officers?))"
)
"""A body that is called by its kind alone."""
_OURS = re.compile(r"\b(?:[Ww]e|[Oo]ur|us)\b")
_SENTENCE = re.compile(r"[.!?:;\n]\W*$|^\W*$")
_KINDS = {
    "a council": "council|city|county|borough|parish|town|shire|municipality",
    "a department": "department|ministry|office|treasury|secretariat|government|directorate|bureau|division|administration",
    "an agency": "agency|authority|commission|regulator|inspectorate|service|services|board of \\w+|bank|corporation",
    "a committee": "committee|panel|group|taskforce|task force|board|assembly|parliament|court|tribunal|cabinet|trustees",
    "a firm": "ltd|limited|plc|inc|llc|llp|company|co|group|holdings|ag|gmbh|asa|partners|homes|energy|foods|bank",
    "a society": "university|college|school|academy|trust|foundation|association|club|society|union|federation|institute|network|charity|church",
    "a post": "minister|secretary|director|officer|manager|chair|chairman|president|mayor|clerk|chief|head|commissioner|councillor|lead|treasurer",
}
_KIND = tuple(
    (kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in _KINDS.items()
)
_SORTS = {
    "minutes": "minutes|meeting notes|notes of (?:the )?meeting|apologies|present:",
    "a contract": "agreement|contract|decree|undertaking|licen[cs]e|order|conditions|treaty|notice",
    "a hearing": "evidence|transcript|conference|hansard|questions?|interview|speech|address|q&a",
    "a release": "press release|news release|media release|for immediate|announce\\w*|recall",
    "a letter": "dear|letter|newsletter|yours",
    "a plan": "plan|strategy|roadmap|programme|report|response|framework|update",
}
_SORT = tuple(
    (sort, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for sort, words in _SORTS.items()
)
_PLACES = ("the first", "the second", "the third", "another")
_SHARES = (
    ("surely", 0.7),
    ("likely", 0.5),
    ("perhaps", 0.3),
    ("possibly", 0.15),
    ("hardly", 0.05),
    ("not", 0.0),
)
_DOCUMENT = re.compile(rf"{KIND.pattern}$", re.IGNORECASE)
_GAP = re.compile(r"(?:,?\s)?")
_WITHIN = re.compile(
    r"\b(?:of|in|at|on|by|to|for|from|with|between|around|across|near|and)\s(?:the\s)?$"
)
_WORD = re.compile(r"[A-Za-z][\w’'-]*")
_LEAD = re.compile(r"\b([Aa]t|[Bb]y|[Ii]n|[Ff]rom|[Tt]he|[Oo]ur|[Ww]ith)\s(?:the\s)?$")
_SAYS = re.compile(r",?\s(?:said|says|added|told)\b")
_ADDRESSED = re.compile(r"\b(?:Speaker|Dear)\b")
_HONORIFIC = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Lord|Lady|Cllr)\.?\s")
_JOINTS = frozenset(("of", "for", "and", "the", "&", "on", "de"))


class Member(Struct):
    """Somebody who appears: the fullest name, and how it is used."""

    name: str
    times: int = 0
    acts: int = 0
    ours: int = 0
    facts: set[str] = set()


class Cast:
    """All who appear in a document."""

    def __init__(
        self, text: str, title: str, principals: Iterable[tuple[str, str]], aliases: Aliases
    ) -> None:
        self._aliases = aliases
        self._by_name: dict[str, Member] = {}
        self._ends: dict[str, list[Member]] = defaultdict(list)
        text = text[:_READ]
        self.sort = next(
            (sort for sort, words in _SORT if words.search(f"{title}\n{text[:400]}")), "no sort"
        )
        principals = list(principals)
        used, self._words = uses(text), frozenset(_WORD.findall(text))
        times = Counter(aliases.full(use.text) for use in used)
        for name, _ in principals:
            times[aliases.full(name)] += 2
        for name, _ in sorted(
            times.items(), key=lambda one: (-len(one[0].split()), -one[1], one[0])
        ):
            self._join(name, times[name])
        self._count(text, title, used)
        for name, role in principals:
            if member := self._by_name.get(_key(aliases.full(name))):
                member.facts |= {role if role == "the addressee" else "the issuer", f"by {role}"}
        members = {id(m): m for m in self._by_name.values()}.values()
        ranked = sorted(
            members, key=lambda m: m.times + 2 * m.acts + m.ours + 4 * len(m.facts), reverse=True
        )
        self.names = [m.name for m in ranked[:_MOST]]
        self._facts = [frozenset(self._facts_of(m, ranked)) for m in ranked[:_MOST]]
        self.answers: Counter[str] = Counter()
        self._places: dict[str, tuple[str, ...]] = {}

    @property
    def facts(self) -> list[frozenset[str]]:
        """How each is spoken of, and for how much each answers outright."""
        most = max(self.answers.values(), default=0)
        found = []
        for name, facts in zip(self.names, self._facts, strict=True):
            own = self.answers[name]
            how = "for nothing" if not own else "for most" if own == most else "for something"
            found.append(facts | {f"answers {how}", f"answers {how} in {self.sort}"})
        return found

    def places(self, table: dict[str, float] | None = None) -> dict[str, tuple[str, ...]]:
        """At which place each is among those whose document it may be, and how surely, by name."""
        if table is None and self._places:
            return self._places
        told = weights()["en from"] if table is None else table
        odds = [
            math.fsum((told["anybody"], *(told.get(f, 0.0) for f in facts))) for facts in self.facts
        ]
        order = sorted(range(len(odds)), key=lambda at: -odds[at])
        whole = 1 + sum(map(math.exp, odds))
        found = {}
        for place, at in enumerate(order):
            share = math.exp(odds[at]) / whole
            how = next(word for word, least in _SHARES if share >= least)
            nth = f"{_PLACES[min(place, 3)]} of the document"
            kinds = (
                fact for fact in self._facts[at] if fact.startswith("is ") and " in " not in fact
            )
            found[key_of(self.names[at])] = (nth, f"{how} of the document", f"{nth}, {how}", *kinds)
        if table is None:
            self._places = found
        return found

    def full(self, name: str) -> str:
        """The fullest name of whom a name means here."""
        member = self._by_name.get(_key(self._aliases.full(name)))
        return member.name if member else self._aliases.full(name)

    def is_kind(self, name: str) -> bool:
        """Whether a plural only says of what kind somebody is, with a capital at the head of a sentence: Officers."""
        return " " not in name and name.endswith("s") and name.lower() in self._words

    def knows(self, name: str) -> bool:
        return _key(self._aliases.full(name)) in self._by_name

    def _join(self, name: str, times: int) -> None:
        """Put a name to the one that it is a part of, or to the others as a new one."""
        key = _key(name)
        if key in self._by_name:
            return
        bare = _key(_HONORIFIC.sub("", name))
        longer = self._ends.get(bare, [])
        most = max(longer, key=lambda m: m.times, default=None)
        if most and all(m is most or m.times * 2 <= most.times for m in longer):
            self._by_name[key] = most
            most.times += times
            return
        if _is_noise(name, self._words):
            return
        member = self._by_name[key] = Member(name, times)
        for end in _ends_of(name):
            self._ends[end].append(member)

    def _count(self, text: str, title: str, used: Iterable[Name]) -> None:
        head, foot = min(700, len(text)), max(0, len(text.rstrip()) - 300)
        titled = title.lower()
        for use in used:
            member = self._by_name.get(_key(self._aliases.full(use.text)))
            if member is None:
                continue
            member.acts += acts_after(text, use.end)
            member.ours += _OURS.search(text, max(0, use.start - 60), use.end + 60) is not None
            before, after = text[max(0, use.start - 8) : use.start], text[use.end : use.end + 10]
            if lead := _LEAD.search(before):
                member.facts.add(f"after {lead[1].lower()}")
            if _SAYS.match(after):
                member.facts.add("says something")
            if use.start < head:
                member.facts.add("in the head")
            if use.end > foot:
                member.facts.add("in the foot")
            if use.text.lower() in titled:
                member.facts.add("in the title")
            if not _SENTENCE.search(before):
                member.facts.add("within sentences")
            elif after[:1] in ("\n", ""):
                member.facts.add("on a line of its own")
            if after[:2] in ("'s", "’s"):
                member.facts.add("has something")

    def _facts_of(self, member: Member, ranked: list[Member]) -> Iterator[str]:
        yield from member.facts
        kinds = _kinds_of(member.name)
        for kind in kinds:
            yield f"is {kind}"
            yield f"is {kind} in {self.sort}"
        for what, count in (("named", "times"), ("acting", "acts"), ("beside we", "ours")):
            own = getattr(member, count)
            above = sum(getattr(other, count) > own for other in ranked)
            place = (
                "never" if not own else ("most", "second", "third")[above] if above < 3 else "less"
            )
            yield f"{what} {place}"
        for fact in member.facts:
            if fact.startswith(("by ", "the issuer", "on a line")):
                yield f"{fact} in {self.sort}"
                yield f"{fact}, {kinds[0]}"
        words = len(member.name.split())
        yield "one word" if words == 1 else "two words" if words == 2 else "several words"


def _kinds_of(name: str) -> list[str]:
    """What a name is of by its words, at most two; else whether it is like that of a body or a person."""
    if kinds := [kind for kind, words in _KIND if words.search(name)][:2]:
        return kinds
    if is_organisation(name):
        return ["a body"]
    return ["a man" if is_body(name) else "of no kind"]


def doing(words: str, name: Name, *, leads: bool) -> str:
    """What a sentence says that a name does: something, or that something is done to it.

    `leads` is whether the sentence goes on to its date, so that the last predicate is the one that counts.
    """
    gap = _GAP.match(words, name.end)
    predicate = PREDICATE.match(words, gap.end() if gap else name.end)
    if predicate is None or _WITHIN.search(words, max(0, name.start - 12), name.start):
        return ""
    said = words[predicate.end() :].lstrip()
    verb, _, rest = re.sub("[,;.]", " ", said[:60]).partition(" ")
    own = not (PREDICATE.search(said) if leads else PREDICATE.search(words[: name.start]))
    where = "" if own else " elsewhere in its sentence"
    if verb in ("be", "get", "receive", "benefit"):
        return f"undergoes something{where}"
    does = is_base(base_of(verb) or verb) and not particle(rest.split(" ", 1)[0])
    return f"does something{where}" if does else f"goes on{where}"


@lru_cache(maxsize=64)
def uses(text: str) -> tuple[Name, ...]:
    """The names and the bodies that are called by their kind."""
    common = (Name(m["who"], m.start("who"), m.end("who")) for m in _COMMON.finditer(text))
    return (*(part for name in names_in(text, english=True) for part in _parted(name)), *common)


def _parted(name: Name) -> Iterator[Name]:
    """The two bodies of the Company and the Union, else the name."""
    both = re.match(r"(?P<one>.+?)\s(?:and|AND|&)\s(?P<the>the\s)?(?P<two>.+)$", name.text)
    if both and is_organisation(both["two"]) and (both["the"] or is_organisation(both["one"])):
        yield Name(both["one"], name.start, name.start + both.end("one"))
        yield from _parted(Name(both["two"], name.start + both.start("two"), name.end))
    else:
        yield name


def _is_noise(name: str, words: frozenset[str]) -> bool:
    """Whether it is no name: a kind of document, or a word that is also written small or only in capitals."""
    if _DOCUMENT.search(name) or _ADDRESSED.search(name):
        return True
    if KIND.search(name) and not is_organisation(name):
        return True
    if name.isupper() and " " not in name and len(name) > 6:
        return name.title() not in words
    if " " in name or is_body(name):
        return False
    if name.isupper():
        return len(name) > 4 and name.title() not in words
    return name.lower() in words and not name.islower()


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    """The name in lower case without article, bracket and possessive."""
    return re.sub(r"(?:\s\([^()]*\))?(?:[’']s?)?$", "", key_of(name))


def _ends_of(name: str) -> set[str]:
    """The short forms of a name: its last words, its first ones, the last before of, its capitals."""
    bare = re.sub(r"\s\(.*\)$", "", name)
    words = key_of(bare).split()
    cuts = range(1, len(words))
    ends = {" ".join(words[:at]) for at in cuts if words[at - 1] not in _JOINTS}
    head = next((at for at, word in enumerate(words) if word in ("of", "for")), len(words))
    for last in {head, len(words)}:
        ends |= {
            " ".join(words[at:last])
            for at in range(1, last)
            if not _JOINTS & {*words[at - 1 : at + 1]}
        }
    capitals = "".join(re.findall(r"\b[A-Z]", bare)).lower()
    return ends | ({capitals} if len(capitals) > 1 else set())
