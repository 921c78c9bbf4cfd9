"""The body that a document is from: who "we" is, and who does what is said without a doer.

It is told by its role: a sender, a label, the foot of an imprint, a letterhead, the genitive of a title,
a signature. A name in a letterhead counts when the text speaks of it again, or when it ends as names of
bodies do; the name of a kind of document (PRESS RELEASE) never does.
"""

from __future__ import annotations

import re

from tracker.extract.bodies import is_body, is_organisation, known_in

_LABELLED = re.compile(
    r"^[^\w\n]{0,3}(?:from|issued by|published by|author|funder|issuer|organi[sz]ation|company|submitted by|reporting entity|prepared by|responsible entity|licensee|undertaking given by)\W{0,3}[:：]\W{0,3}(?P<who>[^\n]{2,100})$",
    re.IGNORECASE | re.MULTILINE,
)
_IMPRINT = re.compile(
    r"(?:(?i:printed and published by|published by|issued by|written by|statement by|copyright|©)\s(?:the\s)?|\b(?i:on behalf of)\s(?:the\s)?)"
    r"(?P<who>[A-Z][\w’'&-]*(?:\s(?:of|for|the|and|&|[A-Z][\w’'&-]*)){0,7})"
)
_OWN = re.compile(
    r"^[^\w\n]{0,6}(?:The\s)?(?P<who>[A-Z][\w&-]*(?:\s[A-Z][\w&-]*){0,4}?)(?:s[’']|[’']s)\s(?:\w+\s){0,3}(?i:manifesto|response|plan|report|statement|reply|strategy|roadmap|policy)\b",
    re.MULTILINE,
)
_ANSWER = re.compile(
    r"^[^\w\n]{0,6}(?P<who>Government|[A-Z][\w ]{2,40}?)\s(?i:response|reply)\sto\s(?:the\s)?[A-Z]",
    re.MULTILINE,
)
KIND = re.compile(
    r"\b(?:release|notice|report|response|statement|minutes|letter|order|decree|plan|manifesto|answers|questions|conference|call|recall|regulation|resolution|newsletter|bulletin|speech|interview|paper|agenda|programme|roadmap|update|charter|agreement|undertakings|conditions|strategy|briefing|evidence|transcript|podcast|election|offer|consultation|advisory|list|licence|policy|participants|members|speakers|attendees|contents|superior court|house of|court of|human rights council|assembly)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s[-–—|·•]+\s|\s{3,}|,\s|\s\(|:\s|\s<")
_LABEL = re.compile(r"\w[\w ]{1,30}:\s")
_FIRST_PERSON = re.compile(r"\b(?:[Ww]e|[Oo]ur)\b")
_TRIM = " \t#*_>|=-–—\"“”.,:'"
_HEAD, _FOOT = 9, 6


def issuer_of(text: str, front: dict[str, str]) -> str | None:
    """The body that an English document is from, or None where it names none."""
    for key in ("organisation", "organization", "publisher", "owner", "author"):
        if front.get(key):
            return front[key]
    head, foot = text[:1500], text[-1200:]
    for pattern in (_LABELLED, _IMPRINT, _OWN, _ANSWER):
        for found in (*pattern.finditer(head), *pattern.finditer(foot)):
            if name := _body_among(found["who"]):
                return name
    lines = [line.strip(_TRIM) for line in head.splitlines() if line.strip(_TRIM)][:_HEAD]
    feet = [line.strip(_TRIM) for line in foot.splitlines() if line.strip(_TRIM)][-_FOOT:]
    known = known_in(text)
    for line in (*lines, *reversed(feet)):
        if name := _letterhead(line, known):
            return name
    if len(_FIRST_PERSON.findall(text)) < 3:
        return None
    return next((name for line in lines[:3] if (name := _heard_again(line, text))), None)


def _heard_again(line: str, text: str) -> str | None:
    """The name at the head of a line over a text of "we", where the text has it again."""
    for name in _names(line)[:1]:
        again = re.findall(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)
        short = re.search(rf"\b{re.escape(name.split()[0].title())}\s(?:is|has|was)\b", text)
        if 1 < len(name.split()) < 5 and (len(again) > 1 or short):
            return _written(name)
    return None


def _body_among(words: str) -> str | None:
    """The part of a sender's line that is a body (Chief Constable, Harrowshire Police), or its first name."""
    parts = [
        part
        for piece in _PARTS.split(words)
        if (part := re.sub(r"^[Tt]he ", "", piece.strip(_TRIM)))
    ]
    bodies = [part for part in parts if is_body(part) and not KIND.search(part)]
    return bodies[-1] if bodies else None


def _letterhead(line: str, known: frozenset[str]) -> str | None:
    for name in _names(line):
        words = name.split()
        called = len(words) > 1 and words[0].title() in known
        if called or (is_organisation(name) and (len(words) > 1 or name in known)):
            return _written(name)
    return None


def _names(line: str) -> list[str]:
    """What in a line of the head or the foot may be a name: capitals, no kind of document."""
    if len(line) > 110 or _LABEL.match(line) or line.endswith((".", "?", "!")):
        return []
    pieces = (
        re.sub(r"^(?:The|THE|Dear .*)\s", "", piece.strip(_TRIM))
        for piece in _PARTS.split(line)[:2]
    )
    return [piece for piece in pieces if piece and _is_name(piece)]


def _is_name(words: str) -> bool:
    parts = words.split()
    return (
        len(parts) <= 7
        and not KIND.search(words)
        and not re.search(r"[\d?!:;]", words)
        and all(part[0].isupper() or part in ("of", "for", "and", "the", "&") for part in parts)
    )


def _written(name: str) -> str:
    return name.title() if name.isupper() and " " in name else name
