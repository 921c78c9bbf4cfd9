"""The parties of an English document: whom it calls the Contractor, the Defendant, FitLoft.

They are defined in brackets (Norden Ferries (the “Company”)), named after a label (Applicant: …), over what they
are in a case (CALDMOOR QUARRIES LIMITED, Defendant) or in a definition (“Operator” means …).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.extract.bodies import can_will, is_organisation

_SAME = (
    ("applicant", "developer"),
    ("licensee", "licence holder", "license holder", "permit holder", "permittee"),
    ("grantee", "grant recipient", "recipient", "beneficiary", "awardee"),
    ("supplier", "provider", "service provider", "vendor"),
    ("defendant", "respondent", "first defendant", "first respondent"),
    ("claimant", "claimants", "plaintiff", "plaintiffs", "petitioner", "appellant"),
    ("client", "customer", "buyer", "purchaser"),
    ("funder", "grantor", "donor"),
    ("landlord", "lessor"),
    ("tenant", "lessee"),
)
"""Roles, each with what else the party may be called that has it."""
_ALONE = "company,entity,contractor,consultant,concessionaire,operator,employer,landowner,contracting authority"
_BODIES = "undertaking,borrower,issuer,seller,bank,trust,society,association"
ROLES = frozenset([*_ALONE.split(","), *(role for roles in _SAME for role in roles)])
_ANY = "|".join(sorted({*ROLES, *_BODIES.split(",")}, key=len, reverse=True))
_NAME = r"[A-Z][\w’'&.-]*(?:[ ](?:of(?:[ ]the)?|for|and|the|&|plc\b|\([A-Z][\w .-]{1,20}\)(?=[ ][A-Z])|[A-Z][\w’'&.-]*)){0,9}"
_BRACKET = re.compile(
    r"[(（](?:(?:here(?:in)?after|together|each|collectively|referred to|called|as|and|or|,)\s?){0,5}(?:the\s)?"
    r"(?:[“\"‘'](?:the\s)?(?P<called>[A-Z][\w& -]{1,28})[”\"’']|(?P<short>[A-Z][A-Za-z-]*[A-Z][A-Za-z]{0,4})"
    rf"|(?P<role>(?i:{_ANY})))[)）](?!\s(?:Limited|Ltd|plc|DAC|Inc|LLP|CIC|Pty)\b)"
)
_FROM = re.compile(
    r"\n\s*\n|\n(?=\s*(?:\(\d|\d{1,2}[.)]|[-*•]))|[;:]|[”\"’']\s?\)|\(\d\)"
    r"|\b(?:between|by|with|from|to|means|that)\s(?=(?:the\s)?[A-Z])"
)
"""After what the name of the party begins that a bracket defines."""
_LABEL = re.compile(
    rf"^[^\w\n]{{0,4}}(?:(?i:the|name of(?: the)?)\s)?(?P<called>(?i:{_ANY}))(?:\W{{0,4}}[:|]\W{{0,4}}|[ \t]{{2,}})(?P<long>{_NAME})(?=[ \t*_|]*(?:$|[,;(|]))",
    re.MULTILINE,
)
_SIDE = re.compile(
    rf"^\W*(?P<long>{_NAME})(?:,|[ \t*_-]{{2,60}}|[ \t*_-]{{0,60}}\n[ \t*_-]{{0,60}})\s?(?P<called>(?i:(?:first |second )?(?:defendant|claimant|respondent|appellant|petitioner|plaintiff)s?))\W*$",
    re.MULTILINE,
)
_MEANS = re.compile(
    rf"[“\"‘]?\b(?P<called>(?i:{_ANY}))[”\"’]?\*{{0,2}}\s(?:means|shall mean|refers to|is)\s(?:the\s)?(?P<long>{_NAME})"
)


def parties_in(head: str) -> dict[str, str]:
    """The full names by what the document calls each party, in lower case."""
    found: dict[str, str] = {}
    for called, name in _defined(head):
        long = re.sub(r"\s(?:and|of|for|the)$", "", name.strip(" *_.,"))
        if called.lower() != long.lower():
            named = long if called in long else f"{long} ({_article(called)})"
            found.setdefault(called.lower(), named)
    for roles in _SAME:
        if any(f"second {role}" in found for role in roles):
            continue  # which of two, their plain name does not say
        known = {role: found[role] for role in roles if role in found}
        if len(set(known.values())) == 1:
            [long] = set(known.values())
            found |= {role: long for role in roles if role not in found}
    return found


def _article(called: str) -> str:
    return called if called.isupper() or called.lower() not in _ROLE_WORDS else f"the {called}"


_ROLE_WORDS = frozenset(_ANY.split("|"))


def _spelt(name: str, short: str) -> str | None:
    """The end of a name whose capitals its short form has: not Statement by the … (ADRW)."""
    if short.lower() in name.lower() or short in _POSTS:
        return name
    letters = re.sub("[^A-Z]", "", short)
    words = name.split()
    for at in range(len(words)):
        if words[at] == "THE" or not words[at][0].isupper():
            continue
        initials = "".join(
            w[0] for w in words[at:] if w[0].isupper() and w not in ("AND", "OF", "THE", "FOR")
        )
        if initials == letters:
            return " ".join(words[at:])
    return None


_POSTS = ("CEO", "CFO", "COO", "CIO", "CTO")


def _defined(head: str) -> Iterator[tuple[str, str]]:
    for bracket in _BRACKET.finditer(head):
        before = _FROM.split(head[max(0, bracket.start() - 500) : bracket.start()])[-1]
        before = " ".join(before.split())
        names = re.findall(_NAME + ("$" if bracket["short"] else ""), before)
        several = [name for name in names if len(name.split()) > 1]
        long = next((name for name in several if is_organisation(name)), next(iter(several), None))
        name = long or (names[0] if names and not bracket["short"] else None)
        if name and bracket["short"]:
            name = _spelt(name, bracket["short"])
        called = bracket["called"] or ""
        if name and (not called or can_will(called) or name.endswith(called)):
            yield bracket["called"] or bracket["short"] or bracket["role"].title(), name
    for pattern in (_SIDE, _LABEL, _MEANS):
        for found in pattern.finditer(head):
            yield found["called"].title(), found["long"]
