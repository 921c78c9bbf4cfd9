"""Who is to do what, in Chinese: the clause of a date, its subject and its object.

The subject stands at the head of the date's own segment (市教育局将于4月底前…), of one before it in the
sentence (省工信厅牵头，…，2025年底前…), or of a sentence before it in the item. What is said of a thing that
stands before (对老旧小区，…，6月底前完工) is named with that thing.
"""

from __future__ import annotations

import re

from tracker.extract.act import Act, plain, shortened
from tracker.extract.chinese_bodies import NAME, NAMES, is_name

_BODY = NAMES
_MODAL = r"(?:也|还|均|都|正在|正|已|将要|将|会|拟|计划|力争|争取|努力|确保|预计|有望|必须|应当|应|须|需要|需|要|务必|承诺|答应|宣布|授权|重申|愿|同意|决定|可|能够|能|请|继续|抓紧|尽快|要求|表示|称|说|提出|介绍|负责|牵头|为责任主体|主动|全力|加快)"
_VERB = r"(?:监督|提请|提交|提出|报送|审议|另行|修复|修缮|支付|提供|退还|答复|组织|协调|指导|督促|会同|配合|统筹|推进|推动|实施|开展|制定|完成|建设|启动|落实|新建|改造|建立|形成|举办|召开|印发|出台|发布|公布|聘请|做好|加强|申报|编制|建成|开通|开放|追缴|处理|整合|排查|修订|起草|研究|探索|深化|优化|强化|健全|提升|扩大|拓展|筹备|筹集|筹建|安装|更换|拆除|治理|清理|收购|采购|招聘|培训|选派|拨付|发放|安排|下达|上报|提交|审批|核发|办理|受理|验收|评估|检查|督查|通报|推出|打通|投入|出资|承担|成立|设立|搭建|升级|更新|消除|解决|化解|关停|淘汰|搬迁|征收|供应|储备|保障|确定|明确|公开|征求|签订|签署|引导|鼓励|培育|创建|申请|争创|举行|承办|主持|接受|对|按|在|于|从|把|自|今|明|本|下|年|上|每|与|向|以|[0-9０-９一二三四五六七八九十“])"
_POST = (
    r"(?:(?:有关|相关|主要|党组)?副?(?:局长|厅长|主任|总经理|董事长|总工程师|处长|科长|部长|书记|市长|县长|区长|院长|校长|主席|负责人|发言人|新闻发言人)[\u4e00-\u9fff]{0,4}?"
    r"(?:表示|介绍|说|称|透露|指出|回应))"
)
_WHO = re.compile(rf"^(?P<who>{_BODY})(?=$|[,，:：]|{_POST}|{_MODAL}|(?!一期|二期|三期){_VERB})")
_EACH = re.compile(
    r"^(?P<who>各[^，,。]{0,8}?(?:[）)]|局|部门|单位|公司|企业|方|国|乡镇|街道|县区|市县|地区|级|财政)|双方|中方|甲方|乙方|东道国)(?=[\u4e00-\u9fff])"
)
_NAME_ENDS = re.compile(rf"$|[^\u4e00-\u9fff]|{_MODAL}|{_VERB}|[先全集分共和及等与]|联合|各自|首次")
_PLACE = re.compile(r"(?:中心|医院|学校|小学|中学|大学|馆|站|厂|所|院)$")
_WORKS = re.compile("改造|建设|扩建|新建|工程|项目|整治|维修|搬迁|二期|一期")
_AGENT = re.compile(
    rf"(?:将|拟|会|应|须)?(?:由|指定|责成|授权|委托|责令|(?<![提申聘邀])请)(?P<who>{_BODY})(?:负责|牵头)?(?=$|[,，]|在|于|{_MODAL}|{_VERB})"
)
"""Whom a passive names: 由市政府提请审议."""
_WITHIN = re.compile(
    rf"^[\u4e00-\u9fff]{{1,4}}?(?:部|办|办公室|科|处|室|局)(?=$|[,，:：、]|{_POST}|{_MODAL}|{_VERB})"
)
"""A part of the body named before: 省委|组织部."""
_OURS = re.compile(
    r"^(?:我们|(?:我|本)(?:机关|分局|行政区|法院|基金|会|署|县政府|市政府|所|乡|社|厂|人|局|厅|委|部|办|院|省|市|县|区|集团|公司|校|行|单位|中心|处|镇|街道|州|支队|大队|队|司|馆|站))"
)
_HELPS = re.compile(r"^(?:配合|协助|协同|参与)")
_START = re.compile(
    r"^(?:[\s*_#>|,，、:：;；。•·▶▪●■◆①-⑩—-]+|\d{1,2}(?:\.\d{1,2})+\s|\d{1,3}[.、．)）]\s?|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、"
    r"|[一二三四五六七八九十]是(?:要)?|第[一二三四五六七八九十]{1,2}[,，、]|(?:同时|另外|此外|并且|并|且|即|其中|接下来|下一步|届时|目前)[,，]?)+"
)
_LEANS = re.compile(
    rf"(?:{_MODAL}|在|于|到|至|约|不晚于|原则上|定|订|最迟|最晚|从|自|由|原计划|目标是|用|以|截至|提前|分别|全部于)+$"
)
_FRONT = re.compile(
    r"^(?:前|起(?![草诉飞])|使|之前|以前|[,，:：;；\s）)]|将要|将|会|拟|计划|力争|争取|努力|确保|预计|有望|必须|应当|应|须|需要|需|务必|要(?!求)|请(?!示)|就|可|能|一定|实现(?=[^0-9]{1,8}(?:通车|投用|开工|竣工|完工|启用)))+"
)
_THING_LESS = re.compile(
    r"^(?:全面|全部|全线|基本|正式|陆续|主体|一期|二期|整体|如期|均|都|一律)?(?:完工|竣工|建成|开工|通车|通水|投产|投用|投入|启用|封顶|达产|上线|开放|开业|开诊|开学|运营|试运行|恢复|淘汰|退出|清零|完成$|到位|落成|交付|交工|验收|贯通|运行|发布$|公布$|办结|整改|出台$|启动$|实施$|施行|竣|达到|提高|提升|增加|降至|降低|下降|突破|超过|不低于|不少于|控制在|稳定|实现全覆盖|全覆盖|覆盖|形成$|印发$|下线|具备|开始|关停|搬迁|入驻|移交|落地|见效|动工|并网|全数|收尾|归零|挂牌|投运|入园|招生|建档|报送|报|通过)"
)
_DOES = re.compile(
    r"^(?:继续|加快|抓紧|积极|深入|大力|全面|统筹|推进|推动|实施|启动|组织|开展|新建|扩建|改建|改造|建设|打造|建立|加强|做好|对于|对|将|把|关于|针对|围绕|就|整合|排查|编制|完善|支持|引进|盘活|持续|牵头|负责|制定)+"
)
_WHOLE = re.compile(r"(?:全部|全面|均|一律|逐[个户村项])")
_LED_UP = re.compile(
    r"^(?:实现|(?P<verb>[建完新改打整清发推][\u4e00-\u9fff]))?[^、，。]{1,20}(?:、[^、，。]{1,20}){1,12}?等(?=[0-9]+[\u4e00-\u9fff])"
)
"""The examples before what they are of: 出生证、身份证等|34类证照."""
_COMMAS = re.compile(r"[,，:：;；。！？!?\n]")
_DONE = re.compile(
    r"已|完成了|没有|未|了$|晚了|^(?:按照|根据|为了|通过|经|鉴于|由于|因|如果|截至|目前|去年|据|与|比)"
)
_ASIDE = re.compile(
    r"^(?:配合|协助|会同|同|与|经|在|为|确保|争取)|表示|介绍|研究|强调|指出|要求|承诺|回应|提出|[说称]$|^总?投资|我|大家|这件|引以为戒|^保守|万元$|^总(?:长|建筑)"
)
_DATE = re.compile(r"[0-9０-９]{1,4}\s?[年月日]|年底|年内|季度|上半年|下半年")
_TOLD = re.compile(f"{_DATE.pattern}|{_DONE.pattern}")
_YEARS = re.compile("(?:今年|明年|本年|当年|去年|今|明|本|自|从|起)+$")
_CAUSE = re.compile(r"(?<=[\u4e00-\u9fff]{2})因[\u4e00-\u9fff]{3,}$")
_GROUP = re.compile(
    "任务|要求|安排|措施|目标|保障|工作$|建设$|管理$|服务$|方案|计划|规划|总体|其他|附则|事项|问题|说明|情况|重点|行动|承诺|公告|通知|通告|报告|答复|纪要|规定"
)
_NEXT_DATE = re.compile(r"、(?=[今明次]?年|[0-9]{1,4}\s?[年月])")
_SENTENCES = re.compile(r"[。；;！？!?\n]")
_OWNER = re.compile(r"[（(]([^（）()]{2,40}?)(?:负责|牵头)?[）)]")
_QUOTES = " “”\"'\u3000"
_TAIL = re.compile(r"(?:的)?(?:工作|任务|目标)?$")


def act(
    earlier: str, lead: str, rest: str, told: str = "", opening: str = "", heading: str = ""
) -> Act:
    """The act whose date stands between `lead` and `rest` in its segment.

    `earlier` is the sentence up to that segment, `told` what the item said before the sentence,
    `opening` the line that introduces the list, `heading` the one that it stands under.
    """
    earlier, lead, rest, told, opening = map(plain, (earlier, lead, rest, told, opening))
    lead, rest = _START.sub("", lead), _OWNER.sub(_unowned, rest)
    if _DATE.search(lead):
        lead = _before_date(lead)
    what = _first(rest)
    who, lead, what = _agent(lead, what)
    ours = _OURS.match(lead)
    if who is None:
        who, thing = _parted(lead)
        if who and _PLACE.search(who) and _THING_LESS.match(what) and thing in ("", "将", "要"):
            who, thing = None, lead  # what is built is no builder
        who = who or _above(earlier) or _above(told) or _above(opening)
    else:
        thing = _parted(lead)[1]
    thing = _LEANS.sub("", thing).strip(" ,，“”\"'")
    if thing and _DOES.match(thing) and len(thing) > 20:
        thing = ""
    if len(what) < 2:
        return Act(shortened(thing or _thing(earlier, told) or _last(told)), who)
    if what.startswith("的"):
        return Act(shortened(_START.sub("", lead) + what[1:]), who)
    if not thing and _WHOLE.match(what):
        thing = _thing(earlier, "")
    if not thing and (len(what) <= 6 or _THING_LESS.match(what)):
        thing = _thing(earlier, told) or (_topic(heading) if len(what) <= 4 else "")
    elif thing and len(thing) <= 3 and _THING_LESS.match(what):
        thing = _thing(earlier, "") + thing if "、" not in thing else thing
    said = _LED_UP.sub(r"\g<verb>", _joined(thing, what))
    return Act(shortened(said), who, doer=ours[0] if ours else "")


def ends_there(words: str, at: int) -> bool:
    """Whether a name ends there, and no longer word goes on: 县人民医院|新院区."""
    return _NAME_ENDS.match(words, at) is not None


def _unowned(bracket: re.Match[str]) -> str:
    """A bracket that only names who is to do it is no part of what."""
    return "" if is_name(bracket[1]) else bracket[0]


def _agent(lead: str, what: str) -> tuple[str | None, str, str]:
    """The body that 由 names, and the words before and after the date without it."""
    for at, words in enumerate((what, lead)):
        found = _AGENT.search(words)
        if found is not None and is_name(found["who"]):
            bare = words[: found.start()] + words[found.end() :]
            return _listed(found["who"]), *((lead, bare) if at == 0 else (bare, what))
    return None, lead, what


def _joined(thing: str, what: str) -> str:
    thing = (
        re.sub(r"^(?:对于|对|将|把|就|关于|由)", "", thing)
        if not re.match(r"就.*(?:提交|举行)", thing + what)
        else thing
    )
    return thing + what


def _parted(lead: str) -> tuple[str | None, str]:
    """The body at the head of a segment, and the rest of the segment."""
    ours = _OURS.match(lead)
    if ours is not None:
        return "we", re.sub(rf"^{_MODAL}+", "", lead[ours.end() :])
    bare = _LEANS.sub("", lead)
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
    if _HELPS.match(after) or (_PLACE.search(who) and _WORKS.match(after)):
        return None, lead if _WORKS.match(after) else after
    return _listed(who), re.sub(rf"^(?:{_POST}|{_MODAL})+", "", after)


def _listed(who: str) -> str:
    return re.split("会同", who, maxsplit=1)[0].strip("（）()")


def _above(words: str) -> str | None:
    """The body that the nearest segment before names at its head."""
    for part in reversed(_COMMAS.split(words)[-12:]):
        told = _AGENT.search(part)
        if told is not None and is_name(told["who"]):
            return _listed(told["who"])
        who, rest = _parted(_START.sub("", part.strip(_QUOTES)).removeprefix("由"))
        if who is not None and not _HELPS.match(rest):
            return who
    return None


def _first(rest: str) -> str:
    """The first segment after the date that says something."""
    rest = _NEXT_DATE.split(rest, maxsplit=1)[0]
    parts = (
        _START.sub("", _FRONT.sub("", part.strip(_QUOTES + "（）()*_")))
        for part in _COMMAS.split(rest)[:4]
    )
    return next((said for said in parts if len(said) > 1), "")


def _thing(earlier: str, told: str) -> str:
    """What a segment without an object speaks of: the thing named before it, or at the item's head."""
    for part in reversed(_COMMAS.split(earlier)[-4:]):
        if thing := _before_date(_parted(_START.sub("", part.strip(_QUOTES)))[1]):
            return _noun(thing)
    sentences = [part for part in _SENTENCES.split(told) if part.strip()]
    for sentence in reversed(sentences[-6:]):
        head = _START.sub("", re.split(r"[,，]", sentence)[0].strip(_QUOTES))
        if 2 < len(head) <= 22 and _parted(head)[0] is None and not _TOLD.search(head):
            return _noun(head)
    return ""


def _last(told: str) -> str:
    """The sentence before a date that stands alone says what (更换水表1.5万只。年底前)."""
    said = [part for part in _SENTENCES.split(told) if part.strip()]
    head = _START.sub("", re.split("[,，]", said[-1])[0].strip(_QUOTES)) if said else ""
    return "" if _DONE.search(head) else _parted(head)[1]


def _topic(heading: str) -> str:
    """The words of a short heading that names what its items are about."""
    words = re.sub(r"[（(][^（）()]*[）)]|[《》：:]", "", _START.sub("", heading.strip(_QUOTES)))
    named = re.match(r"[\u4e00-\u9fff].{3,23}$", words)
    return words if named and not (_TOLD.search(words) or _GROUP.search(words)) else ""


def _before_date(part: str) -> str:
    """The words of a segment that name a thing, as far as a date in it; "" where they do not."""
    dated = None if part.startswith(("对", "将", "把")) else _DATE.search(part)
    if dated is not None:
        part = _LEANS.sub("", _YEARS.sub("", part[: dated.start()])).removesuffix("已")
    part = _CAUSE.sub("", part)
    return part if len(part) > 1 and not _DONE.search(part) and not _ASIDE.search(part) else ""


def _noun(part: str) -> str:
    bare = _DOES.sub("", part)
    bare = re.sub(r"^(?:一|[0-9]+)?[座条个处所](?=[^0-9])|(?:为|达|是)[0-9.]+\s?[%％].*$", "", bare)
    return _TAIL.sub("", bare if len(bare) > 2 else part)[:40]
