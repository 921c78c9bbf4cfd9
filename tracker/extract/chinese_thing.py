"""The thing that a Chinese clause speaks of where it has none of its own, as the words around it name it."""

from __future__ import annotations

import re

from tracker.extract.chinese_subject import AGENT, parted
from tracker.extract.chinese_words import (
    COMMAS,
    DATED,
    DOES,
    HEADS_A_GROUP,
    LEANS,
    QUOTES,
    SENTENCES,
    START,
)

_KIND_OF_DATE = re.compile(
    "工期|(?:期程|期限|时限|时间|日期|基准日|方面|如下|以下|包括|情况|措施|责任单位|主要|事项|实事|议案|公司|[租甲乙托人]方)$|针对|不少于|不低于"
    "|^第[一二三四五六七八九十]+(?:批|步|阶段|个问题)$|^(?:全长|批准面积|总?投资|预算|泊位|床位|建筑面积|利用|结合|审议|讨论|研究)|配合$"
)
_VAGUE = re.compile("^(?:资金|前期|保障|组织|制度|信息)|安排|要求|措施|目标|情况|机制$|建设$")
_BUILDS = re.compile(
    "(?:同意|拟|计划|将|年内)?(?:在(?P<where>.{2,12}?))?(?:新建|建设|新增|改造|修建|加装|购置|打造|扩建|设立|建立)(?P<what>.{2,30})$"
)
_CLAUSE = re.compile(
    "为期|期间|至于|如何|谁|正在|正与|仍在|尚未|考虑到|发出|审议通过|协助|要先|裁示|商讨|不大$|办理$|[了没是够吗呢]|(?<!还)有(?![所色线机限序])|不[能够会得宜足]|可以|不许|状况$|顾全"
)
_POINTS = re.compile(
    "[该此这那而但你您]|(?:有关|上述|上一|现)(?!场)|余下.{0,3}中$|.{1,2}[总工叔姐]$"
)
"""What names nothing, or a person who speaks."""
_SEGMENTS = re.compile("[^,，:：;；。！？!?\n]*[,，:：;；。！？!?\n]?")
_DONE = re.compile(
    r"已|完成了|没有|未|了$|晚了|^(?:按照|根据|为了|通过|经|鉴于|由于|因|如果|截至|目前|去年|据|与|比)"
)
_ASIDE = re.compile(
    r"^(?:配合|协助|对照|会同|同(?!意)|与|经|在|为|确保|争取)|表示|介绍|研究|强调|指出|要求|承诺|回应|提出|透露|获悉|感谢|告诉|[又则也]指$|[说称]$|^(?:项目)?(?:概算|估算)?总?(?:投资|额)|(?:建成|投用|通车|完工|结束|验收)后$|我|大家|这件|引以为戒|^保守|万元$|^总(?:长|建筑)"
)
DATE = re.compile(DATED + r"|(?<![0-9])[0-9０-９]{1,2}\s?[月日]|年[底内前]|季度|上半年|下半年")
_TOLD = re.compile(f"{DATE.pattern}|{_DONE.pattern}")
_YEARS = re.compile("(?:20[0-9]{2}年|今年|明年|本年|当年|去年|今|明|本|自|从|起)+$")
_COST = re.compile(
    "(?:全?长[约近]?[0-9.]+公里|(?:预算|投资|造价|经费|金额)[约为]?[0-9.,]+[万亿]?元)$"
)
_CAUSE = re.compile(r"(?<=..)因[\u4e00-\u9fff]{3,}$")
_SAYS = re.compile(
    "[:：].|如何|怎[么样]|[谁啥吗呢？?]|什么|至于|进入|获悉|记录|(?<=[\u4e00-\u9fff])[ 　](?=[\u4e00-\u9fff])"
)
"""What a heading asks or tells, and does not name."""
_LED = "\ue001"
_LED_BY = re.compile(_LED + "(?:统筹|牵头|负责|实施|承担|主责|组织|承建)+$")
"""What a thing is said to be by whom: 翻新工程由…统筹."""
_TAIL = re.compile(r"(?:的)?(?:工作|任务|目标)?$")


def thing_of(earlier: str, told: str = "", heading: str = "") -> str:
    """What a segment without an object speaks of: what was named before it, the item's head, its heading."""
    for part in reversed(COMMAS.split(earlier)[-5:]):
        if thing := _built(part) or _named(part):
            return thing
    sentences = [part for part in SENTENCES.split(told) if len(part.strip(QUOTES)) > 1]
    if sentences and (label := _label(sentences[0])):
        return label
    for sentence in reversed(sentences[-6:]):
        first, *others = COMMAS.split(sentence)
        if thing := _built(first) or _named(first, above=True) or _built("".join(others[:1])):
            return thing
    return _topic(heading) if heading else ""


def told_as_done(words: str) -> bool:
    """Whether a segment tells what was done, or says who said so."""
    return _DONE.search(words) is not None or _CLAUSE.search(words) is not None


def undated(words: str) -> str:
    """The segments that hold no date of their own."""
    return "".join(part for part in _SEGMENTS.findall(words) if DATED not in part)


def _named(part: str, *, above: bool = False) -> str:
    """The thing of which a segment speaks, or ""; `above`: it stands in a sentence before."""
    said, dated, _ = START.sub("", part.strip(QUOTES)).partition(DATED)
    if "已" in said and not dated:
        return ""
    who, said = parted(_LED_BY.sub("", AGENT.sub(_LED, said)).replace(_LED, ""))
    said = before_date(LEANS.sub("", said) if dated else _COST.sub("", said))
    if (
        not said
        or _POINTS.match(said)
        or _KIND_OF_DATE.search(said)
        or (not dated and _CLAUSE.search(said))
    ):
        return ""
    return "" if above and not dated and (who or len(said) > 22) else _noun(said)


def _label(sentence: str) -> str:
    """The short sentence with a number that begins an item: （二）闲置土地处置."""
    bare = START.sub("", sentence.strip(QUOTES)).rstrip("，,、")
    named = bare if len(bare) < len(sentence.strip(QUOTES)) and len(bare) <= 16 else ""
    words = re.sub("^(?:关于|做好|推进|实施|开展)|[“”]|(?:的|等)?(?:问题|工作|事项)$", "", named)
    return "" if _TOLD.search(words) or _CLAUSE.search(words) or _VAGUE.search(words) else words


def _built(part: str) -> str:
    """What a segment tells to be built: 在粮站旧址建设停车场 is 粮站旧址停车场."""
    bare = START.sub("", part.strip(QUOTES).lstrip(DATED))
    found = _BUILDS.match(bare) or _BUILDS.match(parted(bare)[1])
    return (
        _noun((found["where"] or "") + found["what"])
        if found and not _ASIDE.search(part) and DATED not in bare
        else ""
    )


def last_said(told: str) -> str:
    """The sentence before a date that stands alone says what (更换水表1.5万只。年底前)."""
    said = [part for part in SENTENCES.split(told) if part.strip()]
    head = START.sub("", re.split("[,，]", said[-1])[0].strip(QUOTES)) if said else ""
    return "" if _DONE.search(head) else parted(head)[1]


def _topic(heading: str) -> str:
    """The words of a short heading that names what its items are about."""
    words = re.sub(r"[（(][^（）()]*[）)]|[《》：:]", "", START.sub("", heading.strip(QUOTES)))
    named = re.match(r"[\u4e00-\u9fff].{3,23}$", words) and not _SAYS.search(heading)
    return words if named and not (_TOLD.search(words) or HEADS_A_GROUP.search(words)) else ""


def before_date(part: str) -> str:
    """The words of a segment that name a thing, as far as a date in it; "" where they do not."""
    dated = None if part.startswith(("对", "将", "把")) else DATE.search(part)
    if dated is not None:
        part = LEANS.sub("", _YEARS.sub("", part[: dated.start()])).removesuffix("已")
    part = _CAUSE.sub("", part)
    return part if len(part) > 1 and not _DONE.search(part) and not _ASIDE.search(part) else ""


def _noun(part: str) -> str:
    part = _COST.sub("", part)
    part = re.sub(r"[（(][^（）()]*[0-9][^（）()]*[）)]", "", part)
    bare = DOES.sub("", part)
    bare = re.sub(r"^(?:一|[0-9]+)?[座条个处所](?=[^0-9])|(?:为|达|是)[0-9.]+\s?[%％].*$", "", bare)
    return _TAIL.sub("", bare if len(bare) > 2 else part)[:40]
