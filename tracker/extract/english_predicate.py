"""The words by which an English sentence says that somebody is to do something, and the patterns made of them."""

from __future__ import annotations

import re

from tracker.extract.wording import any_of

_TOLD = any_of(
    "expected scheduled due set planned required intended going aiming working preparing hoping asked requested directed"
    " instructed ordered committed obliged planning ready booked on_track on_course on_schedule seeking looking contracted"
    " funded likely projected about confident determined bound bound_by_[\\w\\s]{3,20}"
)
_HAS = any_of(
    "agreed committed promised pledged undertaken vowed decided resolved contracted signed offered been_asked been_directed been_instructed"
    " been_told been_required been_given been_ordered been_contracted"
)
_WISHES = any_of(
    "plans? aims? expects? intends? hopes? needs? mean commits? agree[ds]? committed promise[ds]? pledge[ds]? vow(?:s|ed) undertakes?"
    " undertook seeks? wants? proposes? resolve[ds]? requested decide[ds]? accepts?"
)
_ORDERS = any_of(
    "requires? asks? asked instructs? instructed orders? ordered directs? directed urge[ds]? invite[ds]? requests? requested"
    " calls?_(?:up)?on called_(?:up)?on told obliges? commits? wants?"
)
_ALSO = any_of(
    "also now then all both each still only soon first next further therefore instead currently already together jointly"
    " again at_least at_last personally"
)
_ADVERB = rf"(?:\s+(?:{_ALSO}|(?!supply|apply|rely|family|only)[a-z]+ly)\b,?)*"
_BEGIN = any_of("aim seek need continue begin work look be_(?:required|expected|asked|able|ready)")
_BE = r"(?:\b(?:is|are|am|was|were|remains?|be|been)|['’](?:re|m|s))\b"

PREDICATE = re.compile(
    rf"(?:\b(?=[a-z'’])|(?=['’]))(?:(?:\b(?:will|shall|must|should|would)|['’]ll|['’]d)\b{_ADVERB}(?:\s+{_BEGIN}\s+to\b|\s+to\b)?"
    rf"|{_BE}{_ADVERB}\s+(?:(?:fully|firmly|strongly)\s+)?{_TOLD}{_ADVERB}\s+to\b"
    rf"|\b(?:has|have|had|['’]ve)\b{_ADVERB}\s+{_HAS}(?:,\s\w+,)?(?:\s+(?:itself|themselves|us|me|until\s+[^,;]{{3,30}}))?\s+to\b"
    rf"|\b{_WISHES}\b{_ADVERB}(?:\s+(?:itself|themselves|ourselves))?\s+to\b"
    rf"|(?:\b(?:is|are|am)|['’](?:re|m))\b{_ADVERB}(?:\s+(?:engaged\s+in|now))?(?=\s+(?:being\s+[a-z]+(?:ed|en|wn|lt|nt|id|ut)|(?!be|during|according|regard)[a-z]{{3,}}ing)\b)"
    r"|(?=\bgets?\s+(?:paid|done|built|sent|[a-z]{3,}ed)\b)"
    r"|(?:\bit\s+is\s+)?\b(?:my|our)\s+(?:intention|aim|plan|goal|ambition|hope)\s+(?:is\s+)?to\b"
    rf"|(?:\b(?:is|are|am)|['’](?:re|m))\s+to\b|\b(?:has|have)(?:\s+an?\s+(?:action|duty|obligation|mandate))?\s+to\b)",
    re.IGNORECASE,
)
WILLING = re.compile(
    rf"{_WISHES}\b|(?:agreed|committed|promised|pledged|undertaken|vowed|decided|resolved|offered|working|hoping|aiming|preparing|determined|confident)\b",
    re.IGNORECASE,
)
"""A predicate that can be said of somebody only: Library B intends to."""
ORDERED = re.compile(
    rf"\b{_ORDERS}\s+(?P<who>(?:the|all|each|its|our|every|my|your|[A-Z][\w’'-]*)(?:\s(?!that\b|to\b|it\b)[^\s,;]{{1,30}}){{0,9}})\s+to\s+(?=[a-z])",
)
DECREED = re.compile(
    r"\bthat\s+(?P<who>(?:the|an?|all|each|its|our|every)\s[^,;]{3,60}?|[A-Z][^,;]{2,60}?)\s+(?P<verb>[a-z-]{2,14})\s",
)
"""Resolved: that the Clerk write to the County."""
DECIDED = re.compile(
    r"\b(?=[a-z])(?:resolved|agreed|ordered|decide[ds]?|requires?|recommend(?:s|ed)?|directs?|requests?|instructs?|asked|determined)\b[^.;]{0,60}?"
    r"\bthat\s+(?P<who>[^,;]{3,90}?)\s+(?=be\s+(?:[a-z]+ly\s+)?[a-z]{2,}(?:ed|en|wn|lt|de|id)\b)",
    re.IGNORECASE,
)
"""Resolved: that 600 trees | be planted."""
TOLD = re.compile(
    r"\s(?:ha(?:s|ve)\s|['’]s\s)?(?:said|says?|tells?|told|informed|confirmed|confirms|assured|advised|announced|promised|accepted|insists?|report(?:s|ed))"
    r"(?:\s(?:me|us|them|my|the)(?:\s\w+){0,2})?\s(?:that\s)?(?=[\w’' ]{3,80}$)"
)
"""Who tells what is said of a thing: Estates tell us all nine cages will be done."""
GIVEN = re.compile(
    r"\b(?:has|have|had|was|were|is|are)\s+(?:been\s+)?(?:given|got|had)?\s*(?:until|till|time)?$"
)
TAIL = re.compile(
    r"[\s,(–—:-]+(?:"
    + any_of(
        "on or/no/not/on/by/in/at/before/until/till/from/starting/beginning/commencing with/with effect/within/during/between/around/about/of/to/for/the/and/or/later than"
        "/effective/commencing/due/than/later/a/end/as of/scheduled/expected/target(?:ed|ing)?/sometime/some time/early/late/midnight/noon/towards/ahead of/at the latest/for the first time/once"
    ).replace(" ", r"\s")
    + r"|(?:(?:at|by|before)\s)?\d{1,2}(?:[:.]\d\d(?:\s?[ap]\.?m\.?)?|\s?[ap]\.?m\.?))$",
    re.IGNORECASE,
)
_ASIDES = any_of(
    "which who where when while whilst although though because as so subject including following after unless if but to_be"
    " without pending making bringing enabling allowing helping giving leaving asking including"
)
_NEXT = r"(?:(?:the|its|our|their|all|a|we|it|they|I|[A-Z][\w’'-]*)\s+)(?:[\w’'-]+\s+){0,6}?(?:will|shall|must|should|plans?|aims?|expects?|intends?|is|are)\b"
STOP = re.compile(
    rf"(?=[;.!?,\s\"”])(?:;|(?<!\bSt)(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bNo)(?<!\bMrs)[.!?](?:[\s”\"’]|$)|,?\s[–—]\s|\.\.\.|,\s+{_ASIDES}\b"
    r"|,?[\"”]\s+(?=(?:he|she|it|they|the|[A-Z][\w’-]+)\s(?:\w+\s)?(?:said|says|told|added|assured|stated)\b)"
    r"|,\s+with\b(?!\s(?:at\sleast|an?|the|its|their)\s[^,;.]{3,50}(?:$|[,;.]))"
    rf"|,?\s+and\s+(?:that\s+)?(?={_NEXT})|,?\s+and\s+(?:also\s+|then\s+)?(?:will|shall|must|has|have|is|are)\b"
    r"|\s(?:before|after|once|so\s+that|because|unless|provided\s+that|whereas|when|with\s+a\s+view)\s)",
)
