"""Other forms of a name: what stands for it in brackets, its short form, a party to a contract."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from tracker.extract.parties import ROLES, parties_in

_CHINESE = re.compile(
    r"^[ \t\u3000]{0,6}(?:[\u4e00-\u9fff]{2,6}[（(])?(?P<party>[甲乙丙]方)[^:：\n]{0,8}[:：]\s{0,3}(?P<full>[\u4e00-\u9fff（）]{3,30})"
    r"|(?P<role>(?:采购|招标|发包|承包|出租|承租|委托|受托|申请|被申请)[人方]|(?:采购|建设|施工|设计|监理|承担|主持)单位|代理机构|课题负责人)"
    r"[（(]?[\u4e00-\u9fff]{0,6}[)）]?[:： ]\s{0,3}(?P<whole>[\u4e00-\u9fff（）]{3,30})"
    r"|(?P<long>[\u4e00-\u9fff]{4,30})[（(](?:以下|下称|简称|「)[^“”（）]{0,6}[“\"「]?(?P<short>[^”\"」（）]{2,12})[”\"」]?[）)]",
    re.MULTILINE,
)
_PERSON = re.compile(r"(?P<title>Mr|Ms|Mrs|Miss|Dr|Dame|Sir|Cllr|Prof)\.?\s(?P<name>[A-Z][\w’-]+)$")
_NAMED = re.compile(
    r"\b(?=[A-Z])(?!Mr|Ms|Mrs|Dr|Dame|Sir|Cllr)(?=(?P<title>)(?P<first>[A-Z][\w’-]+\s)(?P<last>[A-Z][\w’-]+))"
)
_LETTERED = re.compile(
    r"\b(?P<first>(?P<title>Mr|Ms|Mrs|Miss|Dr|Dame|Sir|Cllr|Prof)\.?\s(?:[A-Z]\.\s?){1,3})(?P<last>[A-Z][\w’-]+)"
)
_EDGE = re.compile(r"\b")
_INITIALS = re.compile("[A-Z]{2,3}$")
_OF = re.compile("[省市县区州镇乡]$")
_HEAD, _FOOT = 6000, 600


class Aliases:
    """The full names of what a document calls otherwise."""

    def __init__(self, text: str, names: Sequence[str], *, english: bool) -> None:
        self._text, self._names, self._english = text, names, english
        self._full: dict[str, str] = {}
        head = text[:_HEAD]
        if english:
            self._full |= parties_in(head)
        else:
            for found in _CHINESE.finditer(head + text[-_FOOT:] if len(text) > _HEAD else text):
                party, full = found["party"] or found["role"], found["full"] or found["whole"]
                named = f"{full}（{party}）" if party else found["long"]
                self._full.setdefault(party or found["short"], named)

    def full(self, who: str) -> str:
        """The name in full; as it is where the document has no other."""
        key = who.lower().removeprefix("the ")
        if key not in self._full:
            self._full[key] = (self._person(who) if self._english else self._longer(who)) or who
        return self._full[key]

    def is_unknown_role(self, who: str) -> bool:
        """Whether it is a party of which the document does not say who that is: the Licensee."""
        key = who.lower().removeprefix("the ")
        return key in ROLES and self._full.get(key, who) == who

    def _person(self, who: str) -> str | None:
        """Ms Menmuir is Ailsa Menmuir, Mr Delgado is Mr P. Delgado, PT one of those present."""
        if _INITIALS.match(who):
            return self._of_initials(who)
        title = _PERSON.match(who)
        if title is None:
            return None
        name = title["name"]
        return self._people.get(("", name)) or self._people.get((title["title"], name))

    @cached_property
    def _people(self) -> dict[tuple[str, str], str]:
        """Everybody by last name, beside "" with first names in full, beside a title with their letters."""
        found: dict[tuple[str, str], str] = {}
        for match in (*_NAMED.finditer(self._text), *_LETTERED.finditer(self._text)):
            for edge in _EDGE.finditer(match["last"]):
                last = match["last"][: edge.start()]
                found.setdefault((match["title"], last), match["first"] + last)
        return found

    def _of_initials(self, who: str) -> str | None:
        """The one person near the head of the text whose names begin with these letters."""
        letters = r"[a-z][\w’-]*\s(?:[A-Z]\.\s)?".join((who[0], who[-1]))
        found = {m[0] for m in re.finditer(rf"\b{letters}[a-z][\w’-]+\b", self._text[:_HEAD])}
        return found.pop() if len(found) == 1 else None

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
