"""Who does what a Chinese clause says: the body at its head, the agent of a passive, who was named above."""

from __future__ import annotations

import re
from functools import lru_cache

from tracker.extract.chinese_bodies import NAME, NAMES, is_name
from tracker.extract.chinese_words import (
    ACTS,
    COMMAS,
    DATED,
    LEANS,
    MODAL,
    POST,
    QUOTES,
    START,
    VERB,
)

_GOES_ON = rf"{ACTS}[\u4e00-\u9fff]{{0,6}}?(?:局|厅|委|署|办|室|处|中心|公司|集团|站|队)(?:$|[将要应须会在于,，、])"
"""A verb with which a longer name goes on: 市住房城乡|建设局."""
_WHO = re.compile(
    rf"^(?P<who>{NAMES})(?=$|[,，:：]|{POST}|{MODAL}|(?!一期|二期|三期|{_GOES_ON}){VERB})"
)
_EACH = re.compile(
    r"^(?P<who>各[^，,。]{0,8}?(?:[）)]|局|部门|单位|公司|企业|方|国|乡镇|街道|县区|市县|地区|级|财政)|双方|中方|甲方|乙方|东道国)(?=[\u4e00-\u9fff])"
)
_NAME_ENDS = re.compile(rf"$|[^\u4e00-\u9fff]|{MODAL}|{VERB}|[先全集分共和及等与]|联合|各自|首次")
PLACE = re.compile(r"(?:中心|医院|学校|小学|中学|大学|馆|站|厂|所|院|科)$")
_WORKS = re.compile("改造|建设|扩建|新建|工程|项目|整治|维修|搬迁|二期|一期|迁移")
AGENT = re.compile(
    rf"(?:将|拟|会|应|须)?(?:由|(?<!有)限|指定|责成|授权|委托|责令|(?<![提申聘邀])请)(?P<who>{NAMES})(?:负责|牵头)?(?=$|[,，]|在|于|{MODAL}|{VERB})"
)
"""Whom a passive names: 由市政府提请审议."""
_WITHIN = re.compile(
    rf"^[\u4e00-\u9fff]{{1,4}}?(?:部|办|办公室|科|处|室|局)(?=$|[,，:：、]|{POST}|{MODAL}|{VERB})"
)
"""A part of the body named before: 省委|组织部."""
OURS = re.compile(
    r"^(?:我们|(?:我|本)(?:机关|分局|行政区|法院|基金|会|署|县政府|市政府|所|乡|社|厂|人|局|厅|委|部|办|院|省|市|县|区|集团|公司|校|行|单位|中心|处|镇|街道|州|支队|大队|队|司|馆|站))"
)
_YOURS = re.compile(
    "^(?:你|贵)(?:们|单位|公司|集团|中心|机关|支队|大队|[省市县区局行院校司厅委部办所社厂站处镇乡村])"
)
_FACILITY = re.compile("(?:中心|医院|学校|馆|站|厂)$")
_HELPS = re.compile(r"^(?:配合|协助|协同|参与)")


def ends_there(words: str, at: int) -> bool:
    """Whether a name ends there, and no longer word goes on: 县人民医院|新院区."""
    return _NAME_ENDS.match(words, at) is not None


def agent(lead: str, what: str) -> tuple[str | None, str, str]:
    """The body that 由 names, and the words before and after the date without it."""
    for at, words in enumerate((what, lead)):
        found = AGENT.search(words)
        if found is not None and is_name(found["who"]):
            bare = words[: found.start()] + words[found.end() :]
            return _listed(found["who"]), *((lead, bare) if at == 0 else (bare, what))
    return None, lead, what


@lru_cache(maxsize=1024)
def parted(lead: str) -> tuple[str | None, str]:
    """The body at the head of a segment, and the rest of the segment."""
    ours = OURS.match(lead)
    if ours is not None:
        return "we", re.sub(rf"^{MODAL}+", "", lead[ours.end() :])
    if (yours := _YOURS.match(lead)) is not None:
        return yours[0], re.sub(rf"^{MODAL}+", "", lead[yours.end() :])
    bare = LEANS.sub("", lead)
    found = next(
        (
            m
            for m in (_WHO.match(lead), _WHO.match(bare), _EACH.match(lead))
            if m and is_name(m["who"])
        ),
        None,
    )
    if found is None:
        return None, lead
    who, after = found["who"], lead[found.end() :]
    within = _WITHIN.match(after) if who.endswith(("委", "政府", "局", "院")) else None
    if within is not None:
        who, after = who + within[0], after[within.end() :]
        if (more := re.match(rf"(?:、{NAME})+", after)) is not None:
            who, after = who + more[0], after[more.end() :]
    if _HELPS.match(after) or (PLACE.search(who) and _WORKS.match(after)):
        return None, lead if _WORKS.match(after) else after
    return _listed(who), re.sub(rf"^(?:{POST}|{MODAL})+", "", after)


_DOER = re.compile(
    r"^(?:请)?(?P<who>(?![对将把从自由在经按未不])[\u4e00-\u9fff、（）()A-Za-z]{2,16}?)"
    r"(?P<how>承诺|答应|保证|同意|表态|应当|(?<![响反供相适效])应|须|必须|请|负责|将|(?<![需主重])要|拟|(?<!原)计划|(?<![董事大员协工学社议])会|可(?!以)|(?=[在于]$)|$)"
)


def doer_of(*segments: str) -> tuple[str, str]:
    """What stands where a subject does in the nearest segment that has one, and the word that binds it."""
    for words in segments:
        found = _DOER.match(START.sub("", words.strip(QUOTES)))
        if found is not None and found["how"]:
            return found["who"], found["how"]
    return "", ""


def _listed(who: str) -> str:
    return re.split("会同", who, maxsplit=1)[0].strip()


def named_above(words: str) -> str | None:
    """The body that the nearest segment before names at its head."""
    for part in reversed(COMMAS.split(words)[-12:]):
        told = AGENT.search(part)
        if told is not None and is_name(told["who"]) and DATED not in part:
            return _listed(told["who"])
        who, rest = parted(START.sub("", part.strip(QUOTES)).removeprefix("由"))
        if who is not None and not _HELPS.match(rest) and (rest or not _FACILITY.search(who)):
            return who
    return None
