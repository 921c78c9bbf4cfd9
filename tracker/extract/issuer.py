"""The bodies that a document may be from: who "we" is, and who does what is said without a doer.

Each is told by its role: a sender, a label, the foot of an imprint, a letterhead, the title, a
signature, a definition (the “Company”), the reader to whom it is addressed. What a role is worth is learned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from tracker.extract.bodies import is_body, is_organisation, known_in
from tracker.extract.chinese_bodies import NAME, is_name
from tracker.extract.front_matter import front_matter
from tracker.extract.wording import any_of

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
_KINDS = any_of(
    "release notice report response statement minutes letter order decree plan manifesto answers questions conference call"
    " recall regulation resolution newsletter bulletin speech interview paper agenda programme roadmap update charter"
    " agreement undertakings conditions strategy briefing evidence transcript podcast election offer consultation advisory"
    " list licence policy participants members speakers attendees contents superior_court house_of court_of"
    " human_rights_council assembly"
)
KIND = re.compile(rf"\b{_KINDS}\b", re.IGNORECASE)
_ROLES = (
    (_LABELLED, "a label"),
    (_IMPRINT, "an imprint"),
    (_OWN, "the title"),
    (_ANSWER, "an answer"),
)
_PARTS = re.compile(r"\s[-–—|·•]+\s|\s{3,}|,\s|\s\(|:\s|\s<")
_LABEL = re.compile(r"\w[\w ]{1,30}:\s")
_FIRST_PERSON = re.compile(r"\b(?:[Ww]e|[Oo]ur)\b")
_TRIM = " \t#*_>|=-–—\"“”.,:'"
_HEAD, _FOOT = 9, 6


_TITLE_OF = re.compile(
    rf"(?:{KIND.pattern}|\b(?:manifesto|plan|evaluation)\b)\W{{0,3}}\s(?:of|by|from)\s(?:the\s)?(?P<who>[A-Z][\w’'&-]*(?:\s(?:of|for|and|the|[A-Z][\w’'&-]*))*)",
    re.IGNORECASE,
)
_HEADS_TITLE = re.compile(
    rf"^(?:The\s)?(?P<who>(?-i:[A-Z])[\w’'&-]*(?:\s(?:of|for|and|the|(?-i:[A-Z])[\w’'&-]*)){{0,6}}?)(?:,?\s(?:plc|Inc\.?|Ltd|AG))?"
    rf"(?:’s|'s)?(?:\s(?:public|draft|annual|delivery|business|sustainability|corrective|transition|20\d\d)){{0,2}}"
    rf"\s(?:{KIND.pattern}|strategy|manifesto)"
    r"|^(?P<all>(?-i:[A-Z])[\w’'&-]*(?:\s(?-i:[A-Z])[\w’'&-]*){0,4})\s?(?:[|:–—].*)?$",
    re.IGNORECASE,
)
_TO = re.compile(r"^\W{0,4}To:?\**:?\s+(?:the\s)?(?P<who>[A-Z][^\n,;(]{2,60})", re.MULTILINE)
_WE_ARE = re.compile(
    r"\b(?:[Aa]t|[Ww]e at|[Hh]ere at)\s(?P<who>[A-Z][\w’'&-]+(?:\s[A-Z][\w’'&-]+){0,3}),?\swe\b"
)
_RULES = re.compile(r"\b(?:[Aa]n?|[Tt]he)\s(?P<who>(?:[A-Z][\w-]+\s){1,3}[Gg]overnment)\swill\b")
_GOVERNS = re.compile(r"\b(?:[Tt]he|[Tt]his)\s(?P<who>Government)\b")
_MINISTER = re.compile(
    r"\b(?:Minister|Chancellor|Treasurer|Secretary of State|Premier|President)\b"
)


def principals(text: str, title: str, *, english: bool) -> Iterator[tuple[str, str]]:
    """The bodies that a document may be from, each with the role that it is told by."""
    if not english:
        yield from _chinese_principals(text, title)
        return
    front = front_matter(text)
    for key in ("organisation", "organization", "publisher", "owner", "author"):
        if front.get(key):
            yield front[key], "a label"
    head, foot = text[:1500], text[-1200:]
    for pattern, role in _ROLES:
        for found in (*pattern.finditer(head), *pattern.finditer(foot)):
            if name := _body_among(found["who"]):
                yield name, role
    yield from _on_lines(head, foot, text)
    yield from _heads_of(title, text)
    for pattern, words, role in (
        (_TITLE_OF, title, "the title"),
        (_TO, head, "the addressee"),
        (_WE_ARE, text, "where we are"),
        (_RULES, text, "a government"),
    ):
        yield from ((m["who"].strip(_TRIM), role) for m in [pattern.search(words)] if m)
    if _MINISTER.search(head) and (_GOVERNS.search(text) or "udget" in title.lower()):
        yield "Government", "the government"


def _heads_of(title: str, text: str) -> Iterator[tuple[str, str]]:
    """The names at the head of the title or after its colon: Brenner Foods Annual Report."""
    for words in (title, *title.split(": ")[1:]):
        found = _HEADS_TITLE.search(words)
        name = (found["who"] or found["all"]) if found else None
        if name and not KIND.search(name):
            again = "again" if name.title() in text or text.count(name) > 1 else "once"
            if again == "once" and " " not in name and not is_organisation(name):
                continue  # Written Answers, Consent Decree
            yield _written(name), f"the head of the title, {again}"


def _on_lines(head: str, foot: str, text: str) -> Iterator[tuple[str, str]]:
    """The names on lines of their own at the top and the bottom."""
    lines = [line.strip(_TRIM) for line in head.splitlines() if line.strip(_TRIM)][:_HEAD]
    feet = [line.strip(_TRIM) for line in foot.splitlines() if line.strip(_TRIM)][-_FOOT:]
    known = known_in(text)
    for role, those in (("a letterhead", lines), ("a signature", reversed(feet))):
        if name := next((name for line in those if (name := _letterhead(line, known))), None):
            yield name, role
    if len(list(islice(_FIRST_PERSON.finditer(text), 3))) > 2:
        names = (name for line in lines[:3] if (name := _heard_again(line, text)))
        yield from ((name, "heard again") for name in list(names)[:1])


_LABELLED_ZH = re.compile(
    r"(?:发[布文]机[构关]|发[布文]单位|制定机关|公司名称|招标人|采购人|发布人|主办单位|承诺单位|承诺人|列管机关|编制单位|发言人单位|甲方|(?P<source>维护|来源))"
    r"(?:[（(](?:盖章|公章|签章)[)）])?[*＊]*[:：为]\s*[*＊]*(?P<who>[\u4e00-\u9fff]{2,30}(?:[（(][\u4e00-\u9fffA-Z]{2,12}[）)][\u4e00-\u9fff]{0,12})?)"
)
_TITLED_ZH = re.compile(
    rf"^[\W_]*(?P<who>{NAME})(?=关于|文件|公告|通告|通报|新闻稿|简报|院务|召回|致|对[^\n]{0, 40}答复|令|承诺|答复|[（(]?20\d\d|[一二]〇|发布|\s*$)",
    re.MULTILINE,
)
_SELF_ZH = re.compile(
    r"(?P<who>[\u4e00-\u9fff（）()]{4,30})[（(](?:以下|下称|简称|「)[^（）()\n]{0,10}(?:本|我)?(?:公司|局|院|校|集团)[”」\"]?[）)]"
)
_FOR_ZH = re.compile(rf"我(?:谨)?代表(?!全)(?P<who>{NAME})")
_PLACE_ZH = re.compile(
    r"^[\W_]*(?:中共)?(?P<who>[\u4e00-\u9fff]{2,7}?(?:特别行政区|省|市|县|区|州|镇|乡))(?![\u4e00-\u9fff]{0,8}(?:局|委|厅|公司))[^\n]{0,60}(?:规划|方案|计划|要点|纲要|清单|行动|施政|白皮书|工作报告)"
)
_RANKED = re.compile(
    r"(?:党组|党委)?(?:副?书记|成员)?、?副?(?:[局厅部市县区处司署院校所行会]长|主任|主席|总经理|董事长).*$"
)
_REPORTS_ZH = re.compile(rf"^[\W_]*关于(?P<who>{NAME})(?=工作的报告)")
_SEALED_ZH = re.compile(r"[（(](?:盖章|印章|公章)[)）]")
_TO_ZH = re.compile(
    rf"^[\s　]*(?:致[:：])?(?P<who>{NAME})(?:[、，][^\n：:。]{{0,60}})?[:：]$|^[\s　]*致[:：]\s?(?P<to>{NAME})$",
    re.MULTILINE,
)


def _chinese_principals(text: str, title: str) -> Iterator[tuple[str, str]]:
    head = text[:1500]
    foot = [line for line in text[-400:].splitlines() if line.strip()][-5:]
    for pattern, words, role in (
        (_LABELLED_ZH, head, "a label"),
        (_LABELLED_ZH, "\n".join(foot), "a label"),
        (_REPORTS_ZH, title, "the title"),
        (_TITLED_ZH, title, "the title"),
        (_TITLED_ZH, head[:300], "a letterhead"),
        (_SELF_ZH, text[:4000], "a definition"),
        (_FOR_ZH, head, "a speech"),
        (_PLACE_ZH, title, "the place of the title"),
        (_TO_ZH, head, "the addressee"),
    ):
        if found := pattern.search(words):
            named = found.groupdict()
            told = "a source" if named.get("source") else role
            yield _RANKED.sub("", named["who"] or named["to"]), told
    for line in foot:
        for who in _SEALED_ZH.sub("", line).split():
            if len(who) > 2 and is_name(who):
                yield who, "a signature"


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
        and all(
            part[0].isupper() or part in ("of", "for", "and", "the", "&", "plc") for part in parts
        )
    )


def _written(name: str) -> str:
    return name.title() if name.isupper() and " " in name else name
