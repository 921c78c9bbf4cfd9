"""The names of bodies and people in a text, by how they are written, and how the text uses each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from tracker.extract.chinese_bodies import SUFFIX, WHOLE

_JOINT = (
    r"(?:of\s(?:the\s)?|for\s(?:the\s)?|and\s(?:the\s)?|&\s|on\s(?!(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*day"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)|de\s)?"
)
_WORD = r"[A-Z](?:[\w’'&-]|\.(?=[A-Z]{2}))*"
_ENGLISH = re.compile(
    rf"(?<![\w’'.]){_WORD}(?:[ \t]{_JOINT}{_WORD}){{0,6}}(?:,\s(?:Inc|LLC|Ltd|LLP|plc)\b)?"
)
_FIRST, _JOINED, _OWN = re.compile(r"[ ’'-]"), re.compile(_JOINT), re.compile(r"[’']s?$")
_OPENING = """
    the a an by in on at from to we it this that these those if when for and but our its all each every no as
    they he she you i my his her their there then so once after before until since with under while where what
    who how why not both some any most such unless because however also yes mr mrs ms dr sir dame
    january february march april may june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday christmas easter spring summer autumn winter
"""
_OPENERS = frozenset(_OPENING.split())
_HAN = (
    r"(?:(?![将把被并已了的由在向给让按请到是其但对从经时就据会])[\u4e00-\u9fff]|对(?=外)|从(?=化)|经(?=[济信开营贸发协理])|时(?=代)"
    r"|就(?=业)|(?<=数)据|(?<=[社协商学工事员])会|会(?=[保计展长]))"
)
_UNIT = r"(?:支队|大队|总队|分局|中心|办公室|处|科|署|党组|党委|常委会|董事会|召回部)"
_CHINESE = re.compile(
    rf"(?=\w{{2,20}}?有限)(?:(?![局厅委署]|政府){_HAN}){{2,20}}?有限(?:责任)?公司(?:{_HAN}{{0,4}}?{_UNIT})?"
    rf"|{WHOLE}|{_HAN}{{1,15}}?{SUFFIX}(?:(?!会同|负责|牵头|配合|联合|组织|要|和|与)(?:{_HAN}{{0,2}}?{SUFFIX}|{_HAN}{{2,4}}{_UNIT})){{0,2}}"
    r"(?:[（(](?!以下|牵头|盖章)[^（）()]{1,8}[)）])?"
)
_BOOK = re.compile("《[^《》]{1,60}》")
_LEAD = re.compile(
    r"^.*(?:代表|同意|授权|鼓励|指定|成立|委托|通过|消息|召开|约谈|督促|责成|责令|提交|提问和|视为|作为|主体为|禁止|表示|日前|[日月年底]|之?前报?|邮寄至|登录|覆盖|设立|建成|建立"
    r"|指导|协调|支持|推动|组织|根据|按照|会同|配合|以及|报(?![社业告刊警])送?|移交|移送|回复|反馈|倡议|要求|形成|关于|呼吁|希望|到的是|更名为|身为|征收|持有|增持|提请|收回|[万亿]元"
    r"|审议|列入|列为|授予|赴|期望|正待|亦获|荣获|开展|确保|完善|实现|坚持以|引导|加快|加强|构建|打通|引入|推出|发放|落实|征求|提述|联系)(?=..)|^(?:[一二三四五六七八九]是|和|与|及|经(?!济)|对|同(?=[市省县区])|即|于|原|号|家|个|所|前|内(?!政|务)|年|月|日)+"
)
_ACTS = re.compile(
    r"\s(?:will|shall|must|is to|are to|has (?:agreed|undertaken|committed|promised|asked|told|until)|have (?:agreed|undertaken|promised)"
    r"|agreed|promised|pledged|plans|intends|expects|aims|undertakes|said|says)\b"
    r"|(?:将|要|应|须|负责|牵头|承诺|表示|会同|拟|计划)"
)


def acts_after(text: str, at: int) -> bool:
    """Whether a word of doing stands there: the Council | will."""
    return _ACTS.match(text, at) is not None


_NOBODY = re.compile(
    "[我本该其此贵你您某每没若如因为非另再先也又他她它这那不](?![溪色])|有(?!关|色|限)|各带|例如|全部|更换|新建|关于|一[层楼]|座谈|[城集]镇$"
)
"""What begins no name: a body is not called so, it is pointed at or spoken of."""


class Name(Struct, frozen=True):
    """A name where it stands; `key` is it in lower case without its article."""

    text: str
    start: int
    end: int

    @property
    def key(self) -> str:
        return key_of(self.text)


@lru_cache(maxsize=4096)
def key_of(name: str) -> str:
    return _ARTICLE.sub("", name.strip().lower())


_ARTICLE = re.compile(r"^(?:the|our|my|a|an)\s")


def names_in(text: str, *, english: bool) -> Iterator[Name]:
    """The names in order: runs of capitals, or what ends as the names of Chinese bodies do."""
    if not english:
        for found in _CHINESE.finditer(_BOOK.sub(lambda book: " " * len(book[0]), text)):
            name = _LEAD.sub("", found[0])
            if len(name) > 1 and not _NOBODY.match(name):
                yield Name(name, found.end() - len(name), found.end())
        return
    for found in _ENGLISH.finditer(text):
        start, words = found.start(), found[0].replace("\n", " ")
        while words and _FIRST.split(words, maxsplit=1)[0].lower() in _OPENERS:
            first, _, words = words.partition(" ")
            joint = _JOINED.match(words)
            skip = joint.end() if joint else 0
            start, words = start + len(first) + 1 + skip, words[skip:]
        words = _OWN.sub("", words)
        if len(words) > 1 and not words.isdigit():
            yield Name(words, start, start + len(words))


class NameUse(Struct, frozen=True):
    """How a document uses a name: the facts in words, and the more of them the greater its weight."""

    name: str
    weight: float
    facts: tuple[str, ...]


def known_of(text: str, title: str, *, most: int) -> list[NameUse]:
    """The names that a Chinese document uses most like somebody who acts."""
    times: Counter[str] = Counter()
    acts: Counter[str] = Counter()
    first: dict[str, str] = {}
    places: dict[str, set[str]] = {}
    head, foot = _head(text), max(0, len(text.rstrip()) - 260)
    titled = title.lower()
    for name in names_in(text[:40_000], english=False):
        key = name.key
        times[key] += 1
        first.setdefault(key, name.text)
        acts[key] += _ACTS.match(text, name.end) is not None
        where = places.setdefault(key, set())
        if name.start < head:
            where.add("in the head")
        if name.end > foot:
            where.add("in the foot")
    found = []
    for key, written in first.items():
        facts = places[key]
        if key in titled:
            facts.add("in the title")
        facts.add("a body by its words")
        if (
            text.startswith(written)
            or f"\n{written}\n" in text[:head]
            or text.rstrip().endswith(written)
        ):
            facts.add("on a line of its own")
        often, doing = times[key], acts[key]
        weight = min(often, 6) + 2 * min(doing, 4) + 2 * len(facts)
        facts.add("acts often" if doing > 1 else "acts" if doing else "does not act")
        facts.add("named often" if often > 3 else "named again" if often > 1 else "named once")
        found.append(NameUse(written, weight, tuple(sorted(facts))))
    ranked = sorted(found, key=lambda known: known.weight, reverse=True)[:most]
    return [
        replace(known, facts=(*known.facts, _RANKS[min(rank, 3)]))
        for rank, known in enumerate(ranked)
    ]


_RANKS = ("the foremost", "of the foremost", "of the foremost", "of the others")


def _head(text: str) -> int:
    """Where the first lines of a document end."""
    at = 0
    for _ in range(9):
        at = text.find("\n", at) + 1 or len(text)
    return min(max(at, 200), 700)
