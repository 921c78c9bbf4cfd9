"""Other forms of a name: what stands for it in brackets, its short form, a party to a contract."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DEFINED = re.compile(
    r"(?P<long>[A-Z][\w’'&-]*(?:\s(?:of|for|and|the|&|[A-Z][\w’'&-]*)){0,9})\s?[(（](?:hereafter|hereinafter)?,?\s?(?:the\s)?"
    r"(?:[“\"‘](?:the\s)?(?P<called>[A-Z][\w& -]{1,24})[”\"’]|(?P<short>[A-Z][A-Za-z-]*[A-Z][A-Za-z]{0,4}))[)）]"
)
_ROLE = re.compile(
    r"^\W{0,4}(?:The\s)?(?P<called>Grantee|Licensee|Contractor|Beneficiary|Applicant|Developer|Supplier|Client|Landlord|Tenant|Company|Lessee|Entity|Funder|Provider|Operator|Authority)\W{0,4}:\W{0,4}(?P<long>[A-Z][^\n;(]{3,70})",
    re.MULTILINE,
)
_CHINESE = re.compile(
    r"^[ \t\u3000]{0,6}(?P<party>[甲乙丙]方)[^:：\n]{0,8}[:：]\s{0,3}(?P<full>[\u4e00-\u9fff（）]{3,30})"
    r"|(?P<long>[\u4e00-\u9fff]{4,30})[（(](?:以下|下称|简称|「)[^“”（）]{0,6}[“\"「]?(?P<short>[^”\"」（）]{2,12})[”\"」]?[）)]",
    re.MULTILINE,
)
_PERSON = re.compile(r"(?:Mr|Ms|Mrs|Dr|Dame|Sir)\.?\s(?P<name>[A-Z][\w’-]+)$")
_OF = re.compile("[省市县区州镇乡]$")
_HEAD = 6000


class Aliases:
    """The full names of what a document calls otherwise."""

    def __init__(self, text: str, names: Sequence[str], *, english: bool) -> None:
        self._text, self._names, self._english = text, names, english
        self._full: dict[str, str] = {}
        head = text[:_HEAD]
        if english:
            for found in (*_DEFINED.finditer(head), *_ROLE.finditer(head)):
                long, short = found["long"].strip(" *_."), found.groupdict().get("short")
                called = short or found["called"]
                role = f"{long} ({short or f'the {called}'})"
                self._full.setdefault(called.lower(), long if called in long else role)
        else:
            for found in _CHINESE.finditer(head):
                party = found["party"]
                named = f"{found['full']}（{party}）" if party else found["long"]
                self._full.setdefault(party or found["short"], named)

    def full(self, who: str) -> str:
        """The name in full; as it is where the document has no other."""
        key = who.lower().removeprefix("the ")
        if key not in self._full:
            self._full[key] = (self._person(who) if self._english else self._longer(who)) or who
        return self._full[key]

    def _person(self, who: str) -> str | None:
        """Ms Menmuir is Ailsa Menmuir."""
        title = _PERSON.match(who)
        if title is None:
            return None
        found = re.search(
            rf"\b(?!Mr|Ms|Mrs|Dr|Dame|Sir)[A-Z][\w’-]+\s{re.escape(title['name'])}\b", self._text
        )
        return found[0] if found else None

    def _longer(self, who: str) -> str | None:
        """应急局 is 市应急管理局, where one name alone has its signs in their order."""
        if not 2 < len(who) < 7 or "、" in who:
            return None
        signs = re.compile(".{0,9}?".join(map(re.escape, who)) + "$")
        longer = [name for name in self._names if len(name) > len(who) and signs.search(name)]
        longer = [n for n in longer if who not in n] or [
            n for n in longer if _OF.search(n[: -len(who)])
        ]
        longest = max(longer, key=len, default=None)
        fits = longest and all(set(name) <= set(longest) for name in longer)
        return longest if fits else None
