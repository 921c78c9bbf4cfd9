"""Whether an English noun phrase names somebody who can do something, and whom a document knows."""

from __future__ import annotations

import re
from functools import lru_cache

from tracker.locale import MONTH_NAMES, WEEKDAY_NAMES

_SOMEBODY = """
    administration administrator adviser agency airline alliance ambassador applicant archive assembly
    association attorney auditor authority bank board body borough branch builder bureau cabinet captain
    carrier ceo cfo chair chairman chairperson chairwoman charity charterer chief church cio city clerk club
    coalition college commission commissioner committee community company congress consortium consultant
    contractor coo cooperative coroner corporation council councillor county courier court cto customer dean
    defendant department deputy developer developers director directorate district division editor embassy
    employer engineer enterprise estates executive faculty family farmer federation finance firm foundation
    government governor grantee group hall head holder holdings homeowner hospital household householder
    importer inc inspectorate installer institute institution insurer investor judge landlord lawyers leader
    leadership leaseholder librarian licensee limited llc llp ltd management manager manufacturer mayor member
    merchant minister ministry mission monitor municipality museum nation network office officer officers
    official ombudsman operations operator organisation organization owner panel parent parish parliament
    partner partners party passenger patient plc police president principal procurement producer professor
    prosecutor provider publisher pupil rail railway receiver recipient registrar registry regulator resident
    respondent retailer school secretariat secretary seller senate service services society speaker staff
    state states steward student subsidiary supervisor supplier surveyor taskforce teacher team tenant
    tenderer trader trainee treasurer treasury tribunal trust trustee undertaking union unit university user
    utility vendor veterinarian volunteer voter water worker workers workshop
"""
_BODIES = frozenset(_SOMEBODY.split())
"""Words, in the singular, of which one in the head of a noun phrase makes it a body."""
_NOTHING_BUT = """
    account act activity agreement application article audit bill bridge budget building center centre charter
    consultation content contract corridor data database deadline decision draft emission evaluation fee fleet
    fund guidance home house inquiry law legislation letter level licence license line list map meeting merger note
    order phase plan plant platform policy portal price process product program programme project proposal prototype
    rate record regulation report request result review road route rule scheme service site stage station
    strategy study support survey system target test timetable tool track train transaction trial update version visit
    website work works
"""
_THINGS = frozenset(_NOTHING_BUT.split())
"""Words, in the singular, at the end of the head of what is no body, whatever stands before them."""
_MEN = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Sir|Dame|Lord|Lady|Cllr|Capt|Councillor|Commissioner|Senator)\.?\s)?[A-Z][\w’'-]+(?:\s(?:[A-Z]\.|[A-Z][\w’'-]+)){0,2}$"
)
_TITLED = re.compile(r"(?:Mr|Mrs|Ms|Dr|Prof|Sir|Dame|Lord|Lady|Cllr|Capt)\.?\s[A-Z]")
_ACRONYM = re.compile(
    r"(?:[Tt]he\s)?(?=[A-Z&]{2,6}$|[A-Za-z-]{3,14}$)[A-Z]+[a-z]*[A-Z&][A-Za-z&-]*$"
)
_AGENT = re.compile(r"(?:er|or|ist|ian|ee|ant|ent|yst)s?$")
_PRONOUN = re.compile(r"(?:we|it|they|he|she|i)$", re.IGNORECASE)
_NOBODY = re.compile(r"(?:this|these|that|there|you|what|which|nobody|no one)\b", re.IGNORECASE)
_HEAD = re.compile(
    r"\s(?:of|for|in|at|on|with|under|to|from|without|having|who|that|responsible|listed|using|after)\s"
)
_CALENDAR = frozenset({*MONTH_NAMES, *WEEKDAY_NAMES, "Christmas", "Easter"})
_NAME = re.compile(r"(?=[A-Z])(?<=[a-z,] )[A-Z][\w’-]+")
_DOER = re.compile(
    r"(?=[A-Z])(?<![\w-])([A-Z][\w’-]+)(?: is going to| is to| will| has to| must| shall| has (?:agreed|undertaken|promised|confirmed|until|committed|asked|told)"
    r"| (?:says|said|told|agreed|promised|pledged|confirmed|writes|plans|intends|expects|wants|undertakes|accepts|notes|supports)\b)"
)
_LISTED = re.compile(
    r"^[^\w\n]{0,6}(?:present|attendees|attending|there|officers|participants|in attendance)[^\w\n]{1,6}(.{3,300})$",
    re.IGNORECASE | re.MULTILINE,
)


@lru_cache(maxsize=4096)
def is_body(words: str, known: frozenset[str] = frozenset()) -> bool:
    """Whether an English noun phrase names a body or a person; `known` are single names that do."""
    words = words.strip(" ,:*_“”\"'")
    called = words in known and _singular(words) not in _THINGS
    if called or _PRONOUN.match(words) or is_organisation(words):
        return True
    parts = words.split()
    capitals = any(part.isupper() and part.isalpha() and len(part) > 1 for part in parts)
    man = (
        len(parts) > 1
        and _MEN.match(words) is not None
        and not re.search(r"\d", words)
        and not _CALENDAR & set(parts)
        and not capitals
    )
    return (man or _TITLED.match(words) is not None) and _singular(words.split()[-1]) not in _THINGS


@lru_cache(maxsize=4096)
def is_organisation(words: str) -> bool:
    """Whether an English noun phrase names a body, and no single person."""
    words = words.strip(" ,:*_“”\"'")
    if not words or len(words) > 160 or _NOBODY.match(words):
        return False
    head = _HEAD.split(words, maxsplit=1)[0].split(" (")[0]
    if _ACRONYM.match(head):
        return True
    parts = head.replace(",", " ").split()
    if not parts:
        return False
    last = _singular(parts[-1])
    served = parts[-1] in ("Service", "Services") and all(part[0].isupper() for part in parts)
    if last in _THINGS and not (served and len(parts) > 1 + (parts[-1] == "Service")):
        return False
    return last in _BODIES or (
        len(parts) > 1 and last.isdigit() and _singular(parts[-2]) in _BODIES
    )


def is_doer(words: str) -> bool:
    """Whether a noun is of somebody by its end: an accountant, the builders."""
    return _AGENT.search(words.partition(" of ")[0].split(" appointed ")[0].lower()) is not None


def can_will(words: str) -> bool:
    """Whether what is said to want or to promise may be somebody: no plan, bill or road."""
    head = _HEAD.split(words.strip(), maxsplit=1)[0].split()
    return (
        bool(head)
        and len(words) < 80
        and not _NOBODY.match(words)
        and _singular(head[-1]) not in _THINGS
    )


def _singular(word: str) -> str:
    word = word.lower().removesuffix("’s").removesuffix("'s")
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=1)
def known_in(text: str) -> frozenset[str]:
    """The single names that the text uses of somebody who acts: Dele writes, Valdoria will."""
    names = set(_NAME.findall(text))
    for line in _LISTED.findall(text):
        names.update(re.findall(r"[A-Z][\w’-]+", line))
    return frozenset(names.intersection(_DOER.findall(text)) - _CALENDAR)
