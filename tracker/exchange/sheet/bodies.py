"""Several bodies in one cell: who is responsible, and who supports."""

from __future__ import annotations

import re

from tracker.exchange.sheet.grid import simplified

_BETWEEN = re.compile(
    r"\s*(?:;#(?:[0-9]+(?:;#)?)?|[、,，;；\n/|]|\s[+＋]\s)+\s*|\s{2,}|(?:(?<=\S)|^)会同(?=\S)|\s(?:(?:supported|assisted) by|with support from|(?:working |in partnership |in consultation )?with|alongside)\s"
)
_INSIDE = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")
_ROLE = re.compile(
    r"(?P<lead>牵头|主办|承办|主责|责任|负责|\b(?:lead|owner|responsible)\b)(?:单位|部门)?|(?P<help>配合|协办|参与|协助|协同|参加|\bsupport(?:ing)?\b)(?:单位|部门)?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    rf"(?:^|[;；,，。\n\s])\s*[(（]?(?:{_ROLE.pattern})\s*[)）]?\s*[:：]\s*", re.IGNORECASE
)
_AFTER = re.compile(
    r"(?P<who>[^;；。\n]+?)(?:按(?:各自)?职责(?:分工)?|按分工|分别|共同)?(?P<role>牵头(?:负责)?|主办|承办|负责|配合|协办|参与|协助)"
    r"(?:落实|实施|办理|推进)?(?=[,，;；。\n\s]|$)[,，;；。\s]*"
)
_TRAILER = re.compile(r"(?:等(?:有关|相关|各)?(?:部门|单位)?|按职责分工负责|按职责负责)$")
_MARKED = re.compile(
    r"^(?P<who>.+?)\s*[(（](?P<role>牵头|主办|主责|负责|lead|配合|协办|协助|参与|support)(?:单位|部门)?[)）]$",
    re.IGNORECASE,
)
# Department for Levelling Up, Housing and Communities is one body: what follows goes on with "of".
_ONE_NAME = re.compile(
    r"^(?:(?!,)[^;\n/、，])+? (?:for|of) [^,;\n/、，]+(?:, (?:(?! of | for )[^,;\n/、，])+)* (?:and|&) (?:(?! of | for )[^,;\n/、，])+$",
    re.IGNORECASE,
)
_ROLES = (
    r"(?:matron|manager|head|director|officer|lead|nurse|consultant|clerk|coordinator|chair"
    r"|secretary|engineer|dean|registrar|warden|inspector|commissioner|minister|president"
    r"|principal|bursar|treasurer|c[eofti]o)"
)
_ROLE_OF = re.compile(
    rf"^(?:(?:deputy|assistant|senior|associate|acting|executive|managing|clinical|general|vice)[ -])*{_ROLES}, "
    rf"(?!.*\b{_ROLES}\b)(?!.*\b(?:team|council|ltd)\b)[A-Z][\w &'-]+$",
    re.IGNORECASE,
)
"""A role with what it is of: Matron, Urgent Care."""

_INITIALLED = re.compile(r"^[A-Z][\w'’-]+, [A-Z]\.?(?: ?[A-Z]\.)?$")
_BODY = re.compile("[局委办厅部院科处室心司府道镇乡区县会队所站校组]$")
_UNITS = re.compile(
    r"\[[0-9.]+%\]|[\s,，;；](?:责任人|负责人|联系人)\s?[:：]\s?\S+|\s*\([0-9]+\)$|\s*<[^<>\s]+@[^<>\s]+>|(?:^|(?<=[\s、,，;；]))[@★☆*](?=\w)|^由(?=\S+(?:牵头|负责|主办))"
    r"|\s*[(（]?(?<![0-9])(?:1[0-9]{10}|0[0-9]{2,3}-?[0-9]{7,8})(?![0-9])[)）]?"
)
"""What is none of a name: a share of the work, an address, a sign before it, a telephone number."""

_CIRCLED = re.compile("[\u2460-\u2473]")
_GLUED = re.compile(r"([(（](?:牵头|主办|主责|负责|配合|协办)[)）])(?=\w)")
"""A name that nothing parts from the role of the one before: 县住建局（牵头）县发改局."""

_NUMBERED = re.compile(r"(^|\s)[(（]?[1-9][.、．)）]\s?(?=[^\W\d])")
_PEOPLE = re.compile(r"[\u4e00-\u9fff]{2,3}(?: [\u4e00-\u9fff]{2,3})+")
_SHORTENED = re.compile(r"\b[A-Z][a-z]{1,4}\.\s*$")
"""A name that ends in an abbreviation: Housing Dept."""

_LISTED = re.compile(r"^\[[^\[\]]*\]$")
_NOBODY = re.compile(
    "[-—–/?？]*|[(（]?(?:暂?无|空)[)）]?|(?:尚?未|待)(?:定|明确|分配|指定|落实|确定)|n/?a|none|tb[cda]|unassigned|nobody"
    "|(?:to be|not yet) (?:appointed|assigned|confirmed|agreed)|vacan(?:t|cy)(?: post)?(?: ?\\(.*\\))?|同上"
)


def bodies(cell: str) -> tuple[str | None, tuple[str, ...]]:
    """Return the responsible body and those that support it.

    What stands after 牵头单位： or before 牵头 leads, after 配合单位： or before 配合 supports; where
    nothing says it, the first leads.
    """
    cell = _CIRCLED.sub("、", cell).strip("、")
    text = _GLUED.sub(r"\1、", _UNITS.sub("", _NUMBERED.sub(r"\1", cell))).strip()
    if _LISTED.match(text):
        text = text[1:-1]
    leads, helpers = _labelled(text) or _said_after(text) or ([], [])
    if not leads and not helpers:
        for name in split(text):
            marked = _MARKED.match(name)
            bare = marked["who"] if marked else name
            helps = marked and _ROLE.search(marked["role"]).group("help")  # type: ignore[union-attr]  # it has one of these words
            leading = marked and not helps
            leads.insert(0, bare) if leading else (helpers if helps else leads).append(bare)
    owner = leads[0] if leads else None
    return owner, tuple(name for name in dict.fromkeys([*leads[1:], *helpers]) if name != owner)


def is_body(name: str) -> bool:
    """Whether a name ends as those of Chinese bodies do."""
    return bool(len(name) < 40 and _BODY.search(simplified(name)))


def split(text: str) -> list[str]:
    """The names in a list, each once; commas within brackets part nothing."""
    if _NOBODY.fullmatch(text.strip().lower()):
        return []
    if any(form.match(text.strip()) for form in (_ONE_NAME, _ROLE_OF, _INITIALLED)):
        return [" ".join(text.split())]
    held: list[str] = []

    def hold(inside: re.Match[str]) -> str:
        held.append(inside[0])
        return f"\x00{len(held) - 1}\x00"

    if all(_BODY.search(part) for part in text.split()) or _PEOPLE.fullmatch(text):
        text = "、".join(text.split())
    names = []
    for part in _BETWEEN.split(_INSIDE.sub(hold, text)):
        name = re.sub("\x00([0-9]+)\x00", lambda m: held[int(m[1])], part)
        name = name.strip(" 。\t") if _SHORTENED.search(name) else name.strip(" 。.\t")
        name = name.rstrip(")）") if not re.search("[(（]", name) else name
        name = "" if name == "单位" else _TRAILER.sub("", name)
        if not _NOBODY.fullmatch(name.lower()):
            names.append(" ".join(name.split()))
    return list(dict.fromkeys(names))


def _labelled(text: str) -> tuple[list[str], list[str]] | None:
    labels = list(_LABEL.finditer(text))
    if not labels:
        return None
    sides: tuple[list[str], list[str]] = ([], [])
    if before := text[: labels[0].start()]:
        sides[0].extend(split(before))
    ends = [label.start() for label in labels[1:]] + [len(text)]
    for label, end in zip(labels, ends, strict=True):
        sides[bool(label["help"])].extend(split(text[label.end() : end]))
    return sides


def _said_after(text: str) -> tuple[list[str], list[str]] | None:
    found = list(_AFTER.finditer(_unbracketed(text)))
    if not found:
        return None
    sides: tuple[list[str], list[str]] = ([], [])
    end = 0
    for part in found:
        sides[0].extend(split(text[end : part.start()]))
        helps = part["role"] in ("配合", "协办", "参与", "协助")
        sides[helps].extend(split(part["who"]))
        end = part.end()
    sides[bool(sides[0])].extend(split(_unbracketed(text)[end:]))
    return sides


def _unbracketed(text: str) -> str:
    """市发改委（牵头） is read by what is marked, and not as a clause."""
    return "" if _MARKED.search(re.split(r"[、\n,，]", text, maxsplit=1)[0]) else text
