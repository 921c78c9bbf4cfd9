"""The body that a Chinese document is from, by its role."""

from __future__ import annotations

import re

from tracker.extract.chinese_bodies import NAME, is_name

_LABELLED = re.compile(
    r"(?:公司名[称稱]|发文(?:机关|单位)|承诺(?:人|单位)|采购人|主办单位|填报单位)[:：]\s{0,2}(?P<who>[\u4e00-\u9fff（）()]{3,30})"
)
_TITLED = re.compile(
    rf"^[#*\s]{{0,4}}(?P<who>{NAME})(?:办公室)?(?:关于|印发|[12][0-9]{{3}}[—-]?|[\u4e00-\u9fff]{{0,14}}(?:方案|计划|公告|通知|通报|声明|承诺书|答复|公开信|建设方案))"
)
_CHIEF = re.compile(
    r"^(?P<who>[\u4e00-\u9fff]{1,12}?(?:人民)?政府)(?:代)?(?:省|市|县|区|州|镇|乡)长\s"
)
_ANSWERED = re.compile(
    r"和(?P<who>[\u4e00-\u9fff]{2,14}?(?:局|署|部|司))(?:局|署|部|司)?[长長]的(?:书面|書面)?(?:答复|答覆)"
)
_FROM = re.compile(
    r"^(?P<who>[\u4e00-\u9fff（）]{4,24}?)(?:[\u4e00-\u9fff]{1,4}部)?发布$|本[\u4e00-\u9fff]{1,6}由(?P<by>[\u4e00-\u9fff]{3,16}?)(?:整理|编制|负责解释)"
)
_STATE = re.compile(
    r"^[#*\s]{0,4}(?P<who>[\u4e00-\u9fff]{2,6}?[省市县区州])(?!委|政府|教|场|民|域|块)[\u4e00-\u9fff“”]{2,30}(?:方案|计划|纲要|清单|意见)"
)


def issuer_of(text: str) -> str | None:
    """The body of the imprint, the signature or the title; None where none of them names one."""
    head = [line.strip(" \u3000#*") for line in text[:700].splitlines() if line.strip()][:8]
    foot = [line.strip(" \u3000*（()）") for line in text[-400:].splitlines() if line.strip()][-6:]
    for line in (*head, *foot):
        for pattern in (_LABELLED, _CHIEF, _ANSWERED, _FROM):
            found = pattern.search(line)
            if found and (who := found["who"] or found.groupdict().get("by")):
                return who.removesuffix("（盖章）")
    for line in foot:
        if 3 < len(line) <= 26 and is_name(line):
            return line
    for line in head[:4]:
        if is_name(line.removesuffix("文件")) and len(line) > 3:
            return line.removesuffix("文件")
        titled = _TITLED.match(line)
        if titled is not None and is_name(titled["who"]):
            return titled["who"]
    for line in head[:2]:
        if found := _STATE.match(line):
            return found["who"]
    return None
