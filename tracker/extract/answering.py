"""Whom "we", "it" and nothing stand for as a document goes on: who answers for what it promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from msgspec import Struct

from tracker.extract.act import POINTING, Act, plain
from tracker.extract.aliases import Aliases
from tracker.extract.bodies import is_organisation, known_in
from tracker.extract.candidate import Candidate
from tracker.extract.chinese_bodies import is_name
from tracker.extract.chinese_subject import ends_there
from tracker.extract.english_cast import Cast, doing, uses
from tracker.extract.english_speakers import body_of
from tracker.extract.english_subject import Prior, who_before
from tracker.extract.english_verbs import does_something
from tracker.extract.issuer import principals
from tracker.extract.names import Name, acts_after, known_of, names_in
from tracker.extract.owners import OwnerCandidates
from tracker.extract.people import Owners, Person, is_person, owners_named

_MUST = re.compile(
    r"\b[Ww]hat\s(?P<who>(?:the\s)?[A-Z][\w’'& -]{2,50}?|we|you)\s(?:must|will|shall|is to|are to|has to|have to|is doing|are doing|can expect)\b"
)
"""A heading that says whose acts stand below: What the Grantee must do."""
_PARTY = re.compile(
    r"[\s#*]*(?:第[一二三四五六七八九十]{1,3}[条章]|[一二三四五六七八九十]{1,3}、)?\s*(?P<who>[甲乙丙]方|[\u4e00-\u9fff]{2,12}?[局厅委办]|街道|学校|公司|医院|集团)(?:的)?(?:工作任务|主要任务|责任|职责|承诺|义务|任务)"
)
_NUMBER = re.compile(r"^(?:[\dA-Z]{1,3}[.)、]\s*|[（(]?[一二三四五六七八九十]{1,3}[)）、]|[■◆★▍])+")
_FIRST_PERSON = re.compile(
    r"\b(?:[Ww]e|[Oo]ur|I)\b|我们|[我本](?:局|厅|委|院|校|司|公司|部|市|县|区|集团|行|人)"
)


_YOURS = re.compile("[你贵](?:单位|公司|[行局院校司厅委部所社厂处省市县区镇])")
_POINTS = re.compile("[该你贵此]")
_SCHOOLS = ("小学", "中学", "学校", "大学", "学院", "幼儿园", "附中", "附小")
_KINDS = {
    "医院": ("医院",),
    "院方": ("医院",),
    "公司": ("公司",),
    "集团": ("集团", "集团有限公司", "集团公司"),
    "社区": ("社区居委会", "社区居民委员会"),
    "街道": ("街道办事处", "街道办"),
    "学校": _SCHOOLS,
    "校方": _SCHOOLS,
    "党组": ("党组",),
    "局党组": ("局党组",),
    "局方": ("局", "署"),
    "当局": ("局", "署"),
}
"""What a document calls the body that it is from by its kind alone."""
_BESIDE = 8
_NOBODY = re.compile("[我本你贵该此其]|$")
_REACH = 300
"""How many characters before a sentence are looked at for who does something there."""
_SPEAKS = ("we", "I")
_HEADINGS = re.compile(r"^#+[ \t]*(\S[^\n]{2,80})$", re.MULTILINE)
_PREPOSITION = re.compile(
    r"\b(by|of|to|for|from|with|in|at|on|and|between|under|the)(?:\sthe)?$|([由请经向对和与在]$)",
    re.IGNORECASE,
)


@lru_cache(maxsize=64)
def _names(words: str) -> tuple[Name, ...]:
    """The Chinese names in some words."""
    return tuple(names_in(words, english=False))


class KnownBodies:
    """The bodies known so far: the issuer, that of the section, the one named last."""

    def __init__(self, text: str, title: str, *, english: bool) -> None:
        self._principals = tuple(principals(text, title, english=english))
        issuers = {name for name, role in self._principals if role != "the addressee"}
        self._few = ("the only issuer",) if len(issuers) == 1 and not english else ()
        self._text = text[:20_000]
        self._english = english
        self._section: Owners | None = None
        self._section_told = False
        self._level = 0
        self._named: str | None = None
        self._named_in = ""
        self._yours = ("in a text to you",) if _YOURS.search(text) else ()
        self._bodies: dict[str, str | None] = {}
        self._known = [] if english else known_of(text, title, most=12)
        self._aliases = Aliases(text, [known.name for known in self._known], english=english)
        self._cast = Cast(text, title, self._principals, self._aliases) if english else None
        self._doers = known_in(text) if english else frozenset()
        headings = (
            heading for heading in _HEADINGS.findall(text) if is_organisation(plain(heading))
        )
        self._by_bodies = english and len(list(headings)) > 2
        self._ours = len(list(islice(_FIRST_PERSON.finditer(text), 3))) > 2

    def _full(self, name: str) -> str:
        return self._cast.full(name) if self._cast else self._aliases.full(name)

    def _shown(self, name: str) -> str:
        return self._cast.full(name) if self._cast else name

    def heading(self, words: str) -> None:
        """A heading: it may name the body of what stands below, and ends what one above it named."""
        party = _PARTY.match(words)
        if party is not None:
            kind = self._of_kind(_KINDS.get(party["who"], ()))
            self.below(Owners(kind or self._full(party["who"])))
            return
        if (must := _MUST.search(words)) is not None and must["who"] not in ("we", "you"):
            self.below(Owners(self._full(must["who"])))
            return
        if told := owners_named(words):
            self.below(told)
            return
        level = len(words) - len(words.lstrip("#"))
        if level <= self._level or not level:
            self._section, self._level, self._named = None, 0, None
            self._section_told = False
        name = _NUMBER.sub("", re.sub(r"[#*_]", " ", plain(words)).strip()).strip(" :")
        if (
            level
            and len(name) <= 70
            and not re.search(r"[.;,:!?|<>\d]", name)
            and is_organisation(name)
        ) or is_name(name):
            self._section, self._level = Owners(name), level

    def below(self, owners: Owners | None) -> None:
        """A line under a heading that names the bodies for all the section."""
        self._section, self._section_told = owners, owners is not None

    def _body_of(self, person: str) -> str | None:
        """The body in the line that introduces a speaker: Zainab Idris, Chief Executive, NSS."""
        if person not in self._bodies:
            self._bodies[person] = body_of(person, self._text) if self._english else None
        return self._bodies[person]

    def of(
        self,
        candidate: Candidate,
        person: Person | None,
        around: DateContext,
        owners: Owners | None,
    ) -> OwnerCandidates:
        """Everybody whom the text offers for a candidate; `owners` are those of its row or bracket."""
        act = candidate.act or Act("")
        prior = self._prior(act, around) if self._english else Prior()
        spoken = (person.organisation or self._body_of(person.name)) if person else None
        told = owners.owner if owners else act.who if act.sure else None
        told = told or self._answers_here(
            act, prior, spoken, dict(around.places)["in the opening line"]
        )
        case = OwnerCandidates(
            tuple(self._said(act, prior, told)),
            self._full(told) if told else None,
            english=self._english,
        )
        case.know(self._known)
        if self._cast:
            case.of_cast(self._cast)
        case.offer(case.told, "told beside it")
        if prior.who:
            case.offer(self._full(prior.who), "who acts before", f"acts {prior.where}")
        if self._named != self._full(act.who or ""):
            here = "in this paragraph" if self._named_in == around.said else "above"
            case.offer(self._named, "the one named last", f"named last {here}")
        self._offer_clause(case, act, around)
        if self._section and self._section.owner:
            case.offer(self._shown(self._section.owner), "the section's")
        if person is not None:
            case.offer(self._shown(spoken) if spoken else None, "the speaker's body")
            case.offer(self._shown(person.name), "the speaker")
        for name, role in self._principals:
            if role == "the addressee":
                case.offer(self._shown(name), role, *self._yours)
            else:
                case.offer(self._shown(name), "the issuer", f"by {role}", *self._few)
        self._offer_nearby(case, around)
        return case

    def _prior(self, act: Act, around: DateContext) -> Prior:
        sentence = around.places[0][1]
        earlier = around.said[: max(0, around.at - len(sentence))]
        return who_before(earlier[-_REACH:], sentence, act.doer or act.who or "", self._doers)

    def _answers_here(self, act: Act, prior: Prior, spoken: str | None, opening: str) -> str | None:
        """Whom we, or nothing, stands for by the section that it is said in or by who speaks."""
        unsaid = act.who is None or (act.above and act.who in opening)
        told = self._section_told or self._by_bodies
        own = told and (unsaid or act.who == "we")
        if self._section and (own or (act.who == "we" and not self._english)):
            return self._section.owner
        bare = act.who is None and not act.doer and prior.who in ("", *_SPEAKS)
        return spoken if self._english and (bare or act.who in _SPEAKS) else None

    def _said(self, act: Act, prior: Prior, told: str | None) -> Iterator[str]:
        """What the clause and those before it say of who does it."""
        said = _said_of(act, told)
        ours = self._ours and not said.startswith(("named", "told"))
        yield f"{said} in a text of we" if ours else said
        if not self._english and act.who is None and not told:
            yield from self._yours
        if self._english and not told:
            yield said
            if prior.who and prior.who not in POINTING:
                yield "after somebody"
                yield f"after somebody {prior.where}"
            else:
                yield f"after {prior.who or 'nobody'}"

    def _offer_clause(self, case: OwnerCandidates, act: Act, around: DateContext) -> None:
        """Whom the clause itself names, and what it is said of."""
        if act.who and act.who not in POINTING:
            last, self._named = self._named, self._full(act.who)
            if _POINTS.match(self._named):
                self._named = self._meant(act.who, last, around)
            elif act.who in _KINDS:
                self._named = self._of_kind(_KINDS[act.who]) or self._named
            self._named_in = around.said
            how = _place_of(act.who, around.places[0][1], around.places[1][1])
            case.offer(self._named, "the subject", f"the subject {how[0]}", *how)
            vague = self._aliases.is_unknown_role(act.who)
            vague = vague or (self._cast is not None and self._cast.is_kind(self._named or ""))
            if self._english and case.told is None and not vague and _is_firm(act, self._named):
                case.told = self._named
                if self._cast and self._named:
                    self._cast.answers[self._named] += 1
        if self._english:
            case.offer_doer(act.doer, "the doer")
        elif act.who != "we" and not _NOBODY.match(act.doer):
            kind = "a person" if is_person(act.doer) else f"ends with {act.doer[-1:]}"
            case.offer(act.doer, "the doer", f"the doer {act.how}", f"the doer {kind}")
        if act.who == "we" and act.doer and not self._english:
            for name, _ in self._principals:
                case.offer(name if name.endswith(act.doer[-1]) else None, "of the kind of we")
        if self._english:
            case.offer_doer(act.thing, "the thing")

    def _offer_nearby(self, case: OwnerCandidates, around: DateContext) -> None:
        """Who is named in the sentence, the paragraph, the heading."""
        acting = None
        for place, words in around.places:
            for name in uses(words) if self._cast else _names(words):
                if self._cast is None and not ends_there(words, name.end):
                    continue
                if self._cast and not self._cast.knows(name.text):
                    continue
                case.offer(self._full(name.text), place, *self._how(place, words, name))
                if place == "in the paragraph before" and acts_after(words, name.end):
                    acting = name.text
        case.offer(acting, "the last who acts before")

    def _of_kind(self, ends: tuple[str, ...]) -> str | None:
        """The one body of this kind that the document is from."""
        found = {n for n, role in self._principals if role != "the addressee" and n.endswith(ends)}
        return max(found, key=len) if found else None

    def _meant(self, who: str, last: str | None, around: DateContext) -> str | None:
        """Whom 你公司 and 该部 mean: the reader, or the one named last."""
        if who.startswith(("你", "贵")):
            return next((n for n, role in self._principals if role == "the addressee"), None)
        before = (name.text for _, words in around.places[:3] for name in _names(words))
        near = [name for name in before if name.endswith(who[-1])]
        return next(reversed(near), last if last and last.endswith(who[-1]) else None)

    def _how(self, place: str, words: str, name: Name) -> Iterator[str]:
        """How a sentence uses a name: before a word of doing, after by, at its head."""
        if not place.startswith("in the sentence"):
            return
        if acts_after(words, name.end):
            yield "acts here"
        if self._cast and (does := doing(words, name, leads=place == "in the sentence before")):
            yield does
        before = words[: name.start].rstrip()
        if not re.search(r"\w", before):
            yield "first in the sentence"
        if found := _PREPOSITION.search(before):
            yield f"after {found[0].split()[0].lower()}"


class DateContext(Struct, frozen=True):
    """The paragraph, where the date stands in it, and the words about it by place."""

    said: str
    at: int
    places: tuple[tuple[str, str], ...]


def _is_firm(act: Act, name: str | None) -> bool:
    """Whether the clause says that somebody with a name does it: the Harbour Board will."""
    is_doer = not act.doer or (act.doer == act.who and not act.thing)
    return is_doer and name is not None and name[:1].isupper() and not _PRONOUN.match(name)


_PRONOUN = re.compile(
    r"(?:we|us|i|it|they|he|she|you|who|which|each|there|this|that|these|those|its|his|her|their)\b",
    re.IGNORECASE,
)


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
    if act.who in POINTING:
        return str(act.who)
    if act.who:
        return f"named above{' of a thing' if act.thing else ''}" if act.above else "named"
    if act.doer and not act.how:
        return "of a doer of something" if does_something(act.what) else "of a doer"
    return "of a thing" if act.thing else "bare"
