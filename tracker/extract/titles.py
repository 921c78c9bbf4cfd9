"""A short title for a candidate: its clause without the due phrase, its modal words and its subject."""

from __future__ import annotations

import re

MAX = 60
_EDGE = " \t\r\n　,，.。;；:：、!！?？*_|~“"
_START = re.compile(
    r"^(?:[\s*_#>|,，、:：•·-]+|\d{1,3}[.、．)）]\s?|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、"
    r"|[一二三四五六七八九十]是|第[一二三四五六七八九十][,，、]|(?:我们|全力|将要|将|拟|计划|力争|争取|努力|确保|预计|有望|必须|应当?|须|需要?|务必|要|并|请|在|于|到|届时)(?!求|用|急|点|素))+"
)
_SUBJECT_EN = re.compile(
    r"^.{0,160}?\b(?:will have|will|shall|must|should(?: also)?|(?:plans|aims|expects|intends|hopes|agreed|is expected|are expected|is|are|need|needs) to|requires? \w+ to)\s+(?:should\s+|also\s+)?",
    re.DOTALL | re.IGNORECASE,
)
_MARKUP = re.compile(
    r"</?(?:s|b|del|strike|i|em|strong|br)\s?/?>|[*_~]{2,}|~~|&#\d+;|\[([^\]]{0,80})\]\([^)]{0,200}\)",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"[（(〔\[][^（(〔）)〕\]]{0,120}(?:牵头|责任|负责|配合)[^（(〔）)〕\]]{0,120}[）)〕\]]"
)


def title_of(before: str, after: str, *, english: bool) -> str:
    """The title from the clause's words before and after its due phrase; at most `MAX` characters."""
    after, before = _plain(after[:240]), _plain(before[-240:])
    words = _english(before, after) if english else _chinese(before, after)
    return words or "—"


def cell_title(cell: str) -> str:
    """The title from a table's task cell."""
    return _short(_plain(cell[:240]).strip(_EDGE), " ") or "—"


def _chinese(before: str, after: str) -> str:
    said = _START.sub("", after).strip(_EDGE)
    if len(said) < 2:
        said = _START.sub("", before).strip(_EDGE)
    title = said
    while len(title) > 40:
        cut = max(title.rfind(mark) for mark in (",", "，", ";", "；", "、", ":", "："))
        if cut < 6:
            break
        title = title[:cut]
    return _short(title, "")


def _english(before: str, after: str) -> str:
    said = after.strip(_EDGE)
    subject = _SUBJECT_EN.match(said)
    if not subject:
        earlier = before.strip(_EDGE)
        led = _SUBJECT_EN.match(earlier)
        said = earlier[led.end() :] if led else earlier or said
    else:
        said = said[subject.end() :]
    said = re.sub(r"^(?:to|and)\s+", "", said)
    said = re.split(r"\s\(|\.\s", said, maxsplit=1)[0].strip(_EDGE)
    return _short(said[:1].upper() + said[1:], " ")


def _short(text: str, joint: str) -> str:
    if len(text) <= MAX:
        return text
    cut = text[: MAX - 1]
    if joint and joint in cut[20:]:
        cut = cut[: cut.rindex(joint)]
    return cut.rstrip(_EDGE) + "…"


def _plain(text: str) -> str:
    text = _OWNER.sub("", _MARKUP.sub(r"\1", text))
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())
