"""Whom "we", "it" and nothing stand for as a document goes on: who answers for what it promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from tracker.extract.act import Act
from tracker.extract.bodies import is_organisation
from tracker.extract.candidate import Candidate
from tracker.extract.front import front_matter
from tracker.extract.issuer import issuer_of
from tracker.extract.names import Name, acts_after, known_of, names_in
from tracker.extract.people import Owners, Person
from tracker.extract.whose import Offers

_ALIAS = re.compile(
    r"^[ \t\u3000]{0,6}(?P<party>[甲乙丙]方)[:：]\s{0,3}(?P<full>[\u4e00-\u9fff（）]{3,30})"
    r"|(?P<long>[\u4e00-\u9fff]{4,30})[（(](?:以下|下称|简称)[^“”（）]{0,6}[“\"](?P<short>[^”\"]{2,12})[”\"]",
    re.MULTILINE,
)
_PARTY = re.compile(
    r"[\s#*]*(?:第[一二三四五六七八九十]{1,3}[条章]|[一二三四五六七八九十]{1,3}、)?\s*(?P<who>[甲乙丙]方|[\u4e00-\u9fff]{2,12}?[局厅委办])(?:的)?(?:工作任务|主要任务|责任|职责|承诺|义务|任务)"
)
_TITLE = re.compile(r"(?:Mr|Ms|Mrs|Dr|Dame|Sir)\.?\s(?P<name>[A-Z].*)")
_NUMBER = re.compile(r"^(?:[\dA-Z]{1,3}[.)]\s+)+")


_BESIDE = 8
_PREPOSITION = re.compile(
    r"\b(by|of|to|for|from|with|in|at|on|and|between|under|the)(?:\sthe)?$|([由请经向对和与在]$)",
    re.IGNORECASE,
)


@lru_cache(maxsize=64)
def _names(words: str, english: bool) -> tuple[Name, ...]:
    return tuple(names_in(words, english=english))


class Answerable:
    """The bodies known so far: the issuer, that of the section, the one named last."""

    def __init__(self, text: str, title: str, *, english: bool) -> None:
        self._issuer = issuer_of(text, front_matter(text)) if english else None
        self._text = text[:20_000]
        self._english = english
        self._section: Owners | None = None
        self._section_told = False
        self._level = 0
        self._named: str | None = None
        self._bodies: dict[str, str | None] = {}
        self._known = known_of(text, title, english=english, most=12)
        self._aliases = {
            m["party"] or m["short"]: m["full"] or m["long"] for m in _ALIAS.finditer(text[:4000])
        }

    def heading(self, words: str) -> None:
        """A heading: it may name the body of what stands below, and ends what one above it named."""
        party = _PARTY.match(words)
        if party is not None:
            self._section = Owners(self._aliases.get(party["who"], party["who"]))
            self._section_told = True
            return
        level = len(words) - len(words.lstrip("#"))
        if level <= self._level or not level:
            self._section, self._level, self._named = None, 0, None
            self._section_told = False
        name = _NUMBER.sub("", re.sub(r"[#*_]", " ", words).strip()).strip(" :")
        if (
            level
            and len(name) <= 70
            and not re.search(r"[.;,:!?|<>\d]", name)
            and is_organisation(name)
        ):
            self._section, self._level = Owners(name), level

    def below(self, owners: Owners) -> None:
        """A line under a heading that names the bodies for all the section."""
        self._section, self._section_told = owners, True

    def _body_of(self, person: str) -> str | None:
        """The body in the line that introduces a speaker: Zainab Idris, Chief Executive, NSS."""
        if person not in self._bodies:
            found = re.search(
                rf"{re.escape(person)}[,(:–—-]\s?([^\n]{{3,120}})", self._text, re.IGNORECASE
            )
            names = [x.text for x in names_in(found[1], english=self._english)] if found else []
            self._bodies[person] = next((x for x in reversed(names) if is_organisation(x)), None)
        return self._bodies[person]

    def _full(self, who: str) -> str:
        """The name as the text first has it: Ms Menmuir is Ailsa Menmuir."""
        title = _TITLE.match(who)
        if title is None or " " in title["name"]:
            return who
        found = re.search(
            rf"\b(?!Mr|Ms|Mrs|Dr|Dame|Sir)[A-Z][\w’-]+\s{re.escape(title['name'])}\b", self._text
        )
        self._aliases[who] = found[0] if found else who
        return self._aliases[who]

    def of(
        self, candidate: Candidate, person: Person | None, around: Nearby, owners: Owners | None
    ) -> Offers:
        """Everybody whom the text offers for a candidate; `owners` are those of its row or bracket."""
        act = candidate.act or Act("")
        told = owners.owner if owners else act.who if act.sure else None
        own = act.who == "we" or (act.who is None and self._section_told)
        if told is None and own and self._section:
            told = self._section.owner
        case = Offers(_said_of(act, told), told, english=self._english)
        case.know(self._known)
        case.offer(told, "told beside it")
        case.offer(self._named, "the one named last")
        if act.who not in ("we", "it", None):
            self._named = who = self._aliases.get(act.who) or self._full(act.who)
            how = _place_of(act.who, around.places[0][1], around.places[1][1])
            case.offer(who, "the subject", *how)
            if not self._english and how[0] == "beside its date":
                case.told = case.told or who
        case.offer(act.doer, "the doer")
        case.offer(act.thing, "the thing")
        case.offer(self._section.owner if self._section else None, "the section's")
        if person is not None:
            case.offer(person.organisation or self._body_of(person.name), "the speaker's body")
            case.offer(person.name, "the speaker")
        case.offer(self._issuer, "the issuer")
        for place, words in around.places:
            for name in _names(words, self._english):
                case.offer(name.text, place, *self._how(place, words, name))
        return case

    def _how(self, place: str, words: str, name: Name) -> Iterator[str]:
        """How a sentence uses a name: before a word of doing, after by, at its head."""
        if not place.startswith("in the sentence"):
            return
        if acts_after(words, name.end):
            yield "acts here"
        before = words[: name.start].rstrip()
        if not re.search(r"\w", before):
            yield "first in the sentence"
        if found := _PREPOSITION.search(before):
            yield f"after {found[0].split()[0].lower()}"


class Nearby(Struct, frozen=True):
    """The paragraph, where the date stands in it, and the words about it by place."""

    said: str
    at: int
    places: tuple[tuple[str, str], ...]


def _place_of(who: str, before: str, after: str) -> tuple[str, ...]:
    """Where in its sentence the subject stands."""
    head, found, gap = before.rpartition(who)
    if found:
        near = "beside its date" if len(gap) <= _BESIDE else "before its date"
        return (near, "at the head") if not re.search(r"\w", head) else (near,)
    return ("after its date",) if who in after else ("from above",)


def _said_of(act: Act, told: str | None) -> str:
    """What a clause says of who does it, in a word."""
    if told:
        return "told"
    if act.who in ("we", "it"):
        return str(act.who)
    return (
        "named" if act.who else "of a doer" if act.doer else "of a thing" if act.thing else "bare"
    )
