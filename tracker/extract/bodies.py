"""Whether a noun phrase names somebody who can do something: a body, an office, a group of people."""

from __future__ import annotations

import re

_BODY_EN = re.compile(
    r"\b(?:departments?|ministr(?:y|ies)|ministers?|councils?|councillors?|agenc(?:y|ies)|authorit(?:y|ies)|offices?|boards?|committees?|commissions?|commissioners?"
    r"|bureaus?|services?|compan(?:y|ies)|corporation|secretar(?:y|iat)|directors?|governments?|banks?|universit(?:y|ies)|institutes?|teams?|municipalit(?:y|ies)|firms?|operators?|contractors?|firms?"
    r"|providers?|suppliers?|trust|foundation|association|federation|union|parliament|assembly|congress|senate|court|police|faculty|school|hospitals?|members?|states?|parties|party|respondents?"
    r"|officers?|manager|head|chair(?:man|woman|person)?|president|governor|mayor|administrator|chief|engineer|treasurer|clerk|registrar|ombudsman|regulator|inspectorate|group|society|institution"
    r"|partners?|utilities|utility|airlines?|employers?|landlords?|owners?|water|rail|railways?|holdings|plc|ltd|inc|limited|task force|working group|taskforce|directorate|division|unit|estates|operations|procurement|finance|bodies|body|districts|boroughs?"
    r"|county|city|staff|librarian|dean|builders?|consultants?|developers?|tenants?|subsidiar(?:y|ies)|cabinet|panel|coalition|network|alliance|embass(?:y|ies)|management|leadership|cio|ceo|cfo|coo|cto|nations|countries|committee)\b",
    re.IGNORECASE,
)
_THING_HEAD = re.compile(
    r"\b(?:projects?|plans?|programmes?|programs?|bridges?|lines?|acts?|bills?|reports?|phases?|roads?|stations?|buildings?|works?|schemes?|routes?|reviews?|systems?|strateg(?:y|ies)|sites?|process|websites?|meetings?|charters?|centres?|centers?"
    r"|platforms?|tools?|results?|accounts?|data|budgets?|trains?|fleets?|prices?|fees?|decisions?|contracts?|deadlines?|targets?|applications?|consultations?|legislation|rules?|regulations?|guidance|portal|database|content|activities|requests?|version|support|updates?|drafts?|rate|levels?|emissions|homes|plant|prototype)$",
    re.IGNORECASE,
)
_PEOPLE_EN = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Dr|Prof|Sir|Lord|Lady|Cllr|Capt|Councillor)\.?\s)?[A-Z][\w’'-]+(?:\s(?:[A-Z]\.|[A-Z][\w’'-]+)){0,2}$"
)
_ACRONYM = re.compile(r"^(?:the\s)?(?=[A-Z&]{2,6}$|[A-Za-z]{3,12}$)[A-Z]+[a-z]*[A-Z&][A-Za-z&]*$")
_PRONOUN = re.compile(r"^(?:we|it|they|he|she|i|you)$", re.IGNORECASE)
_OF = re.compile(r"\s(?:of|for|in|at|on|with|under|to|from|without|having|who|that|responsible)\s")


def is_body(words: str) -> bool:
    """Whether an English noun phrase names a body or a person."""
    words = words.strip(" ,:*_“”\"'")
    if not words or len(words) > 160 or _PRONOUN.match(words):
        return bool(_PRONOUN.match(words))
    if re.match(r"(?:this|these|that|there)\b", words, re.IGNORECASE):
        return False
    head = _OF.split(words, maxsplit=1)[0]
    if _ACRONYM.match(words):
        return True
    if _THING_HEAD.search(head) or re.search(r"\bservices$", head):
        return False
    if _BODY_EN.search(head):
        return True
    return head == words and _PEOPLE_EN.match(words) is not None and " " in words


_SMALL = frozenset(["of", "for", "the", "and", "in", "on", "to", "at", "de", "la", "&"])


_BY = re.compile(
    r"^[^.]{0,60}\b(?:reviewed|issued|published|prepared|written|statement)\b[^.]{0,24}\sby (?:the )?([A-Z][^,.;:]{4,60})$"
)


def named_alone(line: str) -> str | None:
    """The body that a line of its own names, as a letterhead or the heading of a section does."""
    words = " ".join(re.sub(r"<br\s?/?>|[#*_]", " ", line).split())
    by = _BY.search(words)
    words = by[1] if by else words
    words = re.sub(r"^(?:From|FROM):\s|^(?:[\dA-Z]{1,3}[.)]\s)+", "", words).strip(" :")
    if not 2 < len(words) <= 70 or re.search(
        r"[.;,:!?|(){}<>\d]|^(?:Mr|Ms|Mrs|Dr|Dear|Cc|To)\b", words
    ):
        return None
    proper = all(word[0].isupper() or word in _SMALL or word[0] == "&" for word in words.split())
    return words if proper and _BODY_EN.search(words) and is_body(words) else None
