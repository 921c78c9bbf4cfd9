"""Two works under one date: Complete the works at Kapiri, and share the data; 新建公厕一座、安装公平秤4台."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from tracker.extract.act import shortened
from tracker.extract.candidate import Candidate, Text
from tracker.extract.chinese import begins_with_a_verb
from tracker.extract.english_verbs import is_base
from tracker.extract.english_wording import capital

_ENGLISH = re.compile(
    r"(?P<verb>[A-Za-z-]+) .{8,}?,\s+and\s+(?:(?:also|then|to|will)\s+)*(?P<two>(?P<other>[a-z-]+)\s+(?!(?:it|them|so|this|that|to)\b)\w.{3,})"
)
_CHINESE = re.compile(
    "(?P<one>(?!完成|实现|开展|实施|做好|推进|组织|加强|启动)[^、，]{4,40}?)[、，](?P<two>[^、，]{5,40})"
)


def works_of(found: Candidate) -> Iterator[Candidate]:
    """The candidate, or one for each of two works that its title names; a clause of its own tells the second."""
    second = _second(found.title)
    at = found.clause.text.find(second) if second else -1
    if at <= 0:
        yield found
        return
    start, end = found.clause.start + at, found.clause.end
    first = found.title[: found.title.lower().rindex(second.lower())]
    first = re.sub(r"[\s,，、]+(?:and(?:\s(?:also|then|to|will))*)?\s*$", "", first)
    act = found.act
    yield replace(found, title=first, act=act and replace(act, what=first))
    title = shortened(capital(second))
    clause = Text(start, end, found.clause.text[at:])
    yield replace(found, title=title, clause=clause, act=act and replace(act, what=title))


def _second(title: str) -> str:
    """The words of a second work, or ""."""
    found = _ENGLISH.fullmatch(title)
    if found is not None:
        return found["two"] if is_base(found["verb"]) and is_base(found["other"]) else ""
    found = _CHINESE.fullmatch(title)
    both = found is not None and all(begins_with_a_verb(found[n][:2]) for n in ("one", "two"))
    return found["two"] if found is not None and both else ""
