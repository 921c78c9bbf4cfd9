"""A short title for a candidate: its clause without the due phrase, its modal words and its subject."""

from __future__ import annotations

import re

from tracker.extract.english import begins_with_a_verb

MAX = 60
_EDGE = " \t\r\n　,，.。;；:：、!！?？*_|~"
_NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})+[.、]?\s+")
_START = re.compile(
    r"^(?:[\s*_#>|,，、:：•·-]+|\d{1,2}(?:\.\d{1,2})+\s|\d{1,3}[.、．)）]\s?|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、"
    r"|[一二三四五六七八九十]是|第[一二三四五六七八九十][,，、]|(?:我们|全力|将要|将|拟|计划|力争|争取|努力|确保|预计|有望|必须|应当?|须|需要?|务必|要|并|请|在|于|到|届时)(?!求|用|急|点|素))+"
)
_SUBJECT_EN = re.compile(
    r"^(?P<subject>.{0,160}?)\b(?:will|shall|must|should|would|['’]ll|(?:is|are|am|['’](?:re|m|s)) going to"
    r"|(?:is|are)(?: (?:now|currently|also|still))? (?:expected|scheduled|due|set|planned|required|intended) to"
    r"|(?:plans?|aims?|expects?|intends?|hopes?|needs?|commits?|agreed|committed|promised|pledged|vowed|is|are) to"
    r"|(?:requires?|asked|asks|instruct(?:ed|s)|order(?:ed|s)|direct(?:ed|s)|urge[ds]|invite[ds]|request(?:ed|s)|calls? on|called on)\s[^,;]{3,60}?\sto)\s+"
    r"(?:should\s+|also\s+|now\s+|then\s+|instead\s+|therefore\s+|further\s+|only\s+)*",
    re.DOTALL | re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"^(?:.*\s)?(?:we|it|they|he|she|i|you|who|which|and|this)$|^$", re.IGNORECASE | re.DOTALL
)
_WHICH_EN = re.compile(r"((?:[\w’'-]+\s){0,3}[\w’'-]+),\s+which\s+[\w ]{1,20}$")
_WHO_EN = re.compile(r"((?:[\w’'-]+\s){0,2}[\w’'-]+),\s+(?:who|which)$")
_AGAIN_EN = re.compile(r"(?:\s[–—]|,\s+(?:and|but|so)(?:\s+that)?|\band that)\s+")
_OBJECT_EN = re.compile(r"(?:an?|the|its|their|our|all|each|every|any|\d[\d,]*)\s", re.IGNORECASE)
_MEANT_EN = re.compile(
    r"(?:^|[.;]\s+|,\s)((?:the|our|an?|this|each|(?-i:[A-Z])[\w’'-]+)(?:\s[\w’'-]+){0,5}?)\s"
    r"(?:was|were|is|are|has|have|had|will|would|opened|closed|began)\b",
    re.IGNORECASE,
)
"""The subject of a clause, which "it" in the next one means."""
_HEAD_EN = re.compile(r"(?:^|[.;:]\s+)([A-Z][^.;:,]{2,60}),[^.;:]*$")
_MARKUP = re.compile(
    r"</?(?:s|b|del|strike|i|em|strong|br)\s?/?>|[*_~]{2,}|~~|&#\d+;|\[([^\]]{0,80})\]\([^)]{0,200}\)",
    re.IGNORECASE,
)
_MODAL_ZH = re.compile(
    r"(?:将|要|拟|计划|力争|争取|努力|确保|预计|有望|必须|应当?|须|需要?|务必|请|在|于|到|至|约|不晚于)+$"
)
_MEASURE = re.compile(
    r"(?:达到?|提[高升][到至]|增[长加][到至]|上升[到至]|扩大[到至]|降[到至低]|下降|控制在|保持在|稳定在"
    r"|不[低少高]于|超过|突破|实现全覆盖|全覆盖)"
)
_PART_ZH = re.compile(
    r"(?:^|[,，。;；])(?:对|将|把)?((?!有的|其中|目前|但|也|还)[^,，。;；:：是了已]{2,24})[,，]$"
)
_BUILT = re.compile(r"(?:建成|完工|竣工|投用|通车|通水|开通|投产|交付|启用|封顶|贯通)\w{0,4}$")
_BUILDING = re.compile(
    r"(?:新建|改造|扩建|建设)(?:一[座条个处所])?([^,，。;；:：]{2,24})[,，]"
    r"|(?:^|[,，。;；:：])([^,，。;；:：]{2,16}(?:项目|工程|水库|隧道|大桥|中心))[,，]"
)
_BOOK = re.compile(r"《[^《》\n]{2,30}》[,，]?$")
_WHOLE = re.compile(r"(?:要|必须|须)?(?:全部|全面|均|一律|逐[个户村项])")
_SENT_ON = re.compile(r"形成|报|提交|提请|印发|出台|发布|公布|送审|颁布")
_RATE = re.compile(
    r"[\u4e00-\u9fff“”]{1,10}(?:率|比例|占比|比重|浓度|总量|数量|规模|面积|产量|能力|水平|收入)(?=[为达由从较是,，]|保持|提|增|上|$)"
)
_NO_SUBJECT = re.compile(
    r"[,，:：;；]|^(?:其中|同时|对|为|按照?|根据|经|通过|以|由|从|并|另|此外|目前)"
)
_NEEDS_SUBJECT = re.compile(
    r"(?:be|have|begin|start|open|launch|close|finish|come|go|arrive|appear|end|resume|reopen|run|follow|return|rise|fall)\b"
)
_HOUR_EN = re.compile(
    r"\s*\b(?:no later than|by|before|at)\s+(?:[0-9]{1,2}(?:[:.][0-9]{2})?\s?(?:[ap]\.?m\.?)?|noon|midday|close of business)$",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"[（(〔\[][^（(〔）)〕\]]{0,120}(?:牵头|责任|负责|配合)[^（(〔）)〕\]]{0,120}[）)〕\]]"
)


def title_of(before: str, after: str, *, english: bool, earlier: str = "") -> str:
    """The title from the clause's words before and after its due phrase; at most `MAX` characters.

    `earlier` is the sentence before the clause: what a bare 达到95% is said of stands there.
    """
    after, before = _plain(after[:240]), _plain(before[-240:])
    words = _english(before, after, earlier) if english else _chinese(before, after, earlier[-120:])
    return words or "—"


def cell_title(cell: str) -> str:
    """The title from a table's task cell."""
    return _short(_NUMBERED.sub("", _plain(cell[:240]).strip(_EDGE)), " ") or "—"


def _chinese(before: str, after: str, earlier: str) -> str:
    said = _START.sub("", after).strip(_EDGE)
    named = _BOOK.search(earlier)
    if named is not None and _SENT_ON.match(said):
        said = named[0].rstrip(",，") + said
    if _WHOLE.match(said) and (of := _PART_ZH.search(earlier)):
        said = of[1] + re.sub("^(?:要|必须|须)", "", said)
    lead = _MODAL_ZH.sub("", _START.sub("", before)).strip(_EDGE)
    if not lead and _BUILT.match(said) and (things := _BUILDING.findall(earlier)):
        said = "".join(things[-1]) + said
    if len(said) < 2:
        said = lead
    elif said.startswith("的"):
        said = _START.sub("", before) + said[1:]
    elif _MEASURE.match(said) and not lead:
        said = _measured(earlier) + said
    elif 2 <= len(lead) <= 20 and not _NO_SUBJECT.search(lead):
        said = lead + said
    title = said if said.count("(") + said.count("（") else said.rstrip(")）")
    while len(title) > 40:
        cut = max(title.rfind(mark) for mark in (",", "，", ";", "；", "、", ":", "："))
        if cut < 6:
            break
        title = title[:cut]
    return _short(title, "")


def _measured(before: str) -> str:
    """What a bare 达到95% is said of: the last rate or amount that was named before it."""
    named = _RATE.findall(before)
    return named[-1] if named else ""


def _english(before: str, after: str, context: str) -> str:
    """What is to be done: the words after will, shall or plans to, before the phrase or after it.

    What stands on both sides of the phrase is joined: submit, by 30 June, a report.
    """
    earlier, later = _HOUR_EN.sub("", _START.sub("", before).strip(_EDGE)), after.strip(_EDGE)
    earlier = _last_clause(earlier)
    parted = before.rstrip().endswith(",") and after.lstrip().startswith(",")
    led = _SUBJECT_EN.match(earlier)
    apart = (
        bool(earlier) and re.match(r"\s*(?:,|;|(?:and|to|so|but|or|when|if)\b)", after) is not None
    )
    found, words = (led, earlier) if led or apart else (_SUBJECT_EN.match(later), later)
    if found is None:
        said = earlier or later
        if earlier and later and parted:
            said = f"{earlier} {later}"
    else:
        said = re.sub(r"^(?:to|and)\s+", "", words[found.end() :])
        if led and len(said) < 3:
            said = later
        elif (
            led
            and later
            and len(said.split()) < 7
            and (parted or (" " not in said and _OBJECT_EN.match(later)))
        ):
            said = f"{said} {later}"
        which = _WHICH_EN.search(found["subject"]) if " " not in said else None
        if which is not None:
            said = f"{said} {which[1]}"
        elif _NEEDS_SUBJECT.match(said) or len(said.split()) < 3:
            subject = _subject(found["subject"])
            if not subject:
                told = found["subject"].strip(_EDGE)
                subject = _meant(f"{context} {told}") if told else _head(context)
            said = f"{subject} to {said}" if subject else said
        said = said.removeprefix("have ")
    said = re.split(r"\s\(|\.\s", said, maxsplit=1)[0].strip(_EDGE)
    if len(said) > MAX and begins_with_a_verb(last := said.rsplit(", and ", 1)[-1]):
        said = last
    return _short(said[:1].upper() + said[1:], " ")


def _last_clause(words: str) -> str:
    """The last of clauses joined by "and" that has a subject and a verb of its own."""
    for joint in reversed(list(_AGAIN_EN.finditer(words))):
        if _SUBJECT_EN.match(words[joint.end() :]):
            return words[joint.end() :]
    return words


def _meant(words: str) -> str:
    """What the pronoun at the end of these words stands for, as far as a clause before it tells."""
    if (who := _WHO_EN.search(words)) is not None:
        return who[1]
    if not re.search(r"\b(?:it|they|which)\W*$", words, re.IGNORECASE):
        return ""
    found = _MEANT_EN.findall(words)
    return re.split(r"\b(?:said|says|that)\s", found[-1])[-1] if found else ""


def _head(words: str) -> str:
    """What the sentence is about, when an aside parts it from its verb: The bridge, …, should open."""
    found = _HEAD_EN.search(words)
    return found[1] if found else ""


def _subject(words: str) -> str:
    """Who or what it is said of, without who says so; "" for a pronoun."""
    told = re.split(r"\b(?:said|says|that)\s|[;:]\s", words)[-1]
    if told.rstrip().endswith((" and", " but")):  # The old site was … and will close
        told = re.split(r"\s(?:was|were|is|are|has|have|had)\s", told)[0]
    parts = [part for piece in told.split(", ") if (part := piece.strip(_EDGE))]
    aside = words.rstrip().endswith(",")
    subject = re.sub(r"^and\s+", "", (parts[0] if aside else parts[-1]) if parts else "")
    return "" if _PRONOUN.match(subject) else subject.removeprefix("- ")


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
