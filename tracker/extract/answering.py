"""Whom "we", "it" and nothing stand for as a document goes on: who answers for what it promises."""

from __future__ import annotations

import re

from msgspec import Struct

from tracker.extract import chinese_issuer, issuer
from tracker.extract.bodies import is_organisation
from tracker.extract.candidate import Candidate
from tracker.extract.front import front_matter
from tracker.extract.people import Owners, Person

_TELLER = re.compile(
    r"(?P<who>(?:Mr|Ms|Mrs|Dr)?\.?\s?[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,3})(?:,\s(?P<of>[^,\"“”]{2,80}),)?\s(?:said|says|told|added|promised)\b"
    r"|\b(?:said|says|added)\s(?P<after>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){1,3})(?:,\s(?P<then>[^,\"“”.]{2,80}))?"
)
_OF_BODY = re.compile(
    r"\b(?:of|at|for|with)\s(?:the\s)?(?P<body>[A-Z][\w’'&-]+(?:\s[A-Z&][\w’'&-]*){0,4})$"
)
_ALIAS = re.compile(
    r"^[ \t\u3000]{0,6}(?P<party>[甲乙丙]方)[:：]\s{0,3}(?P<full>[\u4e00-\u9fff（）]{3,30})"
    r"|(?P<long>[\u4e00-\u9fff]{4,30})[（(](?:以下|下称|简称)[^“”（）]{0,6}[“\"](?P<short>[^”\"]{2,12})[”\"]",
    re.MULTILINE,
)
_PARTY = re.compile(
    r"[\s#*]*(?:第[一二三四五六七八九十]{1,3}[条章]|[一二三四五六七八九十]{1,3}、)?\s*(?P<who>[甲乙丙]方|[\u4e00-\u9fff]{2,12}?[局厅委办])(?:的)?(?:工作任务|主要任务|责任|职责|承诺|义务|任务)"
)
_TITLE = re.compile(r"(?:Mr|Ms|Mrs|Dr|Dame|Sir)\.?\s(?P<name>[A-Z].*)")
_ADDRESSED = re.compile(
    r"^[^\w\n]{0,6}(?:grantee|applicant|licensee|permittee|contractor|borrower|supplier|operator|recipient)\W{1,6}(?P<who>[A-Z][^\n|*]{2,70})$",
    re.MULTILINE | re.IGNORECASE,
)
_NUMBER = re.compile(r"^(?:[\dA-Z]{1,3}[.)]\s+)+")


class Answer(Struct, frozen=True):
    """Who is to do it; not `sure` where the text names nobody and the issuer is taken."""

    owner: str | None
    supporting: tuple[str, ...] = ()
    sure: bool = False


class Answerable:
    """The bodies known so far: the issuer, that of the section, the one named last."""

    def __init__(self, text: str, *, english: bool) -> None:
        self._issuer = (
            issuer.issuer_of(text, front_matter(text))
            if english
            else chinese_issuer.issuer_of(text)
        )
        self._text = text[:20_000]
        addressed = _ADDRESSED.search(text[:1500]) if english else None
        self._addressee = addressed["who"].strip() if addressed else None
        self._english = english
        self._section: Owners | None = None
        self._level = 0
        self._named: str | None = None
        self._aliases = {
            m["party"] or m["short"]: m["full"] or m["long"] for m in _ALIAS.finditer(text[:4000])
        }

    def heading(self, words: str) -> None:
        """A heading: it may name the body of what stands below, and ends what one above it named."""
        party = _PARTY.match(words)
        if party is not None:
            self._section = Owners(self._aliases.get(party["who"], party["who"]))
            return
        level = len(words) - len(words.lstrip("#"))
        if level <= self._level or not level:
            self._section, self._level, self._named = None, 0, None
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
        self._section = owners

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

    def of(self, candidate: Candidate, person: Person | None, said: str, at: int) -> Answer:
        """Who answers for a candidate of a paragraph, `said`, in which its date stands at `at`."""
        who = candidate.owner
        quoted = _quoted(said, at)
        if who == "it":
            return Answer(self._named, sure=True)
        if who not in ("we", None):
            self._named = who = self._aliases.get(who) or self._full(who)
            return Answer(who, candidate.supporting, sure=True)
        if quoted is not None:
            return Answer(quoted or None, sure=who == "we")
        if self._section is not None:
            return Answer(self._section.owner, self._section.supporting, sure=True)
        if person is not None and person.organisation:
            return Answer(person.organisation, sure=True)
        if who is None and person is not None:
            return Answer(None)  # one of several who speak, and the issuer is none of them
        if who is None and self._addressee:
            return Answer(self._addressee, sure=True)
        return Answer(self._issuer, sure=who == "we")

    def one_voice(self, answers: list[Answer]) -> bool:
        """Whether what nobody is named for is the issuer's: no more is said of others than of itself."""
        own = sum(a.sure and a.owner == self._issuer for a in answers)
        others = sum(a.sure and a.owner != self._issuer for a in answers)
        return own > others or (not self._english and others < len(answers) / 3)


def _quoted(said: str, at: int) -> str | None:
    """Who says what is quoted in English around `at`; "" where nobody is named, None outside quotation marks."""
    before = said[:at]
    opened = max(before.rfind("“"), before.rfind('"') if before.count('"') % 2 else -1)
    if opened < 0 or "”" in before[opened:]:
        return None
    for found in (
        *reversed(list(_TELLER.finditer(said, 0, opened + 1))),
        *_TELLER.finditer(said, at),
    ):
        of = found["of"] or found["then"] or ""
        body = _OF_BODY.search(of)
        return body["body"] if body else (found["who"] or found["after"]).strip(" .")
    return ""
