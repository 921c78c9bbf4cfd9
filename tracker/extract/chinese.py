"""Telling a commitment from a date: cue words, and the verdict on one due phrase.

Finding dates is easy; most dates in a document are no promise. A phrase is refused for what stands
around it (截至, 已, 比2020年, a question, a condition, a rule in force, a quoted target), or for being
past. What is left is a deadline (6月底前, by 2030), which is a promise by its form; a point in time
(9月, on 5 May), which needs a word of promising beside it; or a period (今年, “十四五”期间, over the
next five years), which is only a horizon. Each list says what kind of saying it recognises.
"""

from __future__ import annotations

import re
from datetime import date

from tracker.extract import english
from tracker.extract.scene import Scene, Shape, Tier
from tracker.model import Modality, Precision

_LIMIT_ZH = re.compile(r"(?:前|底|末|内|终|止|年底|岁末)$|^(?:到|至|不晚于|不迟于|最晚|最迟)")
_PERIOD_ZH = re.compile(
    r"[春夏秋冬](?:季|天)?(?:[之以]?前)?$|(?:期间|时期|未来|今后|全年|以来|期)$|^(?:未来|今后|全年)"
)
_LIMIT_EN = re.compile(
    r"^(?:by|before|no later than|not later than|on or before|prior to|due|within|(?:the )?end\b|close of)\b|\b(?:from|of|after) (?:the )?(?:date|publication|issuance|issue|signing)|year-end|^eo[ymq]",
    re.IGNORECASE,
)
_PERIOD_EN = re.compile(
    r"\b(?:spring|summer|autumn|fall|winter)\b|^(?:through|until|till|during|over|for)\b",
    re.IGNORECASE,
)

# -- sayings that are no promise (Chinese) -----------------------------------------------------

_LEAD_NO = re.compile(
    r"(?:截至|截止|截止到|截至到)$"  # as of
    r"|(?<![占百配])比[^,，。]{0,8}$|较$|(?:高于|低于|多于|少于|优于|(?<!不)超过了?|同比|相比)$"  # compared with
    r"|(?:由|从|自)$"  # from … to, since
    r"|(?<!实)已(?!经?(?:确定|明确|列入|计划))|曾|去年|前年|上年|此前|之前|原计划|原定|原本|传闻|消息称"  # past, or once said
    r"|建议[的在于]?$|(?:不必|无需|不用|不会|未能|没有|未)[等按在]{0,2}$"  # what is only proposed, or was not kept
    r"|(?:盼|期待|憧憬)[着望能]{0,3}$"  # what somebody wishes
    r"|如果|假如|倘若|倘|一旦|除非|若(?!干)|凡"  # conditions
    r"|(?:圆满|超额|提前|顺利|全面|如期|胜利)?(?:完成|实现|达到|兑现)了?(?:了|[^,，。]{0,2}确定的?)?$"  # quoted targets
    r"|关于"  # the title of a document
    r"|(?:[与同跟]|参照|对照|根据|依据)$"  # set beside, or resting on, what is of that date
    r"|有效期|试行期|任期|保质期|过渡期|(?:政策|执行|实施|优惠|存续|使用)期限$"  # validity
    r"|每(?:半?年|季|月|周|个|届|批|次)[^,，]{0,6}$|每$|逐年$|当年$|次年$|翌年$|同年$|当月$|次月$|历年$"  # recurring, other years
    r"|据.{0,12}(?:预测|测算|估算)|预测[,，]?$|(?:机构|专家|分析师|券商|业内人士|学者)[^,，。]{0,6}(?:预计|预测|认为|估计)"  # somebody else's forecast
    r"|[〔\[（(]$(?<=[〔\[])"
)
_BEFORE_NO = re.compile(
    r"(?:机构|专家|分析师|券商|业内人士|学者)[^,，。]{0,6}(?:预计|预测|认为|估计)|如果|假如|倘若|一旦|若(?=[\u4e00-\u9fff]{0,8}$)|(?:据|根据)[\u4e00-\u9fffA-Za-z]{0,12}(?:预测|测算|估算)|传闻|消息称|曾(?:表示|承诺|提出|列入|明确|计划|要求|规定)"
)
_ONCE_ZH = re.compile(r"原计划|原定|当初|当时")
_NOW_ZH = re.compile(r"现|改[为到]|(?:提前|推迟|延[期长]|调整|顺延)[至到为]?$")
_REST_NO = re.compile(
    r"^[^。;；]{0,24}(?:次月|次季|次年|翌年)"  # what recurs
    r"|^(?:[^,，。;；]{0,8}|[,，])(?:暂|尚|仍)?(?:不具备|不予|不再|不宜|不会|难以|没法)"
    r"|^(?:以?来|起(?![^,，。;；]{0,14}(?:启用|开通|投用|上线|开放|运行))|至今|[之以]?后(?!续)|当[天日]|(?:提前|早)[一二两三半\d]|是(?![^,，。;；]{0,6}(?:节点|期限|时限|底线))|为(?:界|基准|准)|的?[近约]?[\d.一二三四五六七八九十两]+多?倍|的[\u4e00-\u9fff]{0,4}(?:水平|基础)|这[一几]|度?的?同期)"  # since, of the year
    r"|^[^,，。;；]{0,10}[,，]?(?:(?:仍|还|尚|一直)(?:未|没有)|没有|没能|不能|无法"
    r"|未(?:能|按|完成|缴|报|办|整改|达|落实|提交|开工|建|取得|注册|登记|年检|履行|开展))"  # whoever has not … by
    r"|^[^,，。;；]{0,12}?(?<!实)(?:已(?!经?(?:计划|列入|确定|明确|知|有|成为)|[^,，。;；]{0,16}的)|曾(?!经?计划))"  # done
    r"|^[^,，。;；]{0,40}(?:起|起正式|后)?(?:施行|生效|废止|失效)"  # rules in force
    r"|^(?:上午|下午|晚上|凌晨|中午|晚间)?\d{0,2}[:：时点]?\d{0,2}分?[,，]?[^。;；]{0,80}(?:召开了|举行了|获悉|了解到|印发了|发布了)"
    r"|^的?\s?(?:[\d.]{0,5}版|届(?!时)|\d{1,3}号(?![线楼井机桥地路])|号文|第[一二三四五六七八九十\d]{1,3}(?:届|期|号|次))"
    r"|^(?!(?:全面|全部|基本)?(?:完成|建成|实现|启动|推进|落实|修订|出台|印发|开展|组织|对)(?!的))[\u4e00-\u9fff]{0,8}?(?:印发|下发|出台|发布|制定|修订|实施|召开|举行|举办|签署|启动|开通|成立|建成|开工|完成|竣工|投产|取得|注册|登记|出生|入职|毕业|核发|发放|缴纳"
    r"|立项|备案|审批|获批|认定|出具|签发|签订|购买|生产|制造|建造|出厂|上牌|出生|购置|配备|投保|参保)的"  # names a thing of that date
)
_OVER_ZH = re.compile(
    r"^[^。;；]{2,40}[,，](?:(?:但|却|而)?(?:至今|到目前|截至目前|实际|仍有|仍未|尚未|结果|恐怕)"
    r"|[^,，。;；]{0,6}(?:提前|超额|已全部|均已)(?:完成|建成|达到|实现))"
)
"""What a later part of the sentence says of the date: it was missed, or has been met."""
_CHAINED = re.compile(r"[月季年旬日](?:底|末|[之以]?前)(?![^。;；]*(?:了|已|曾))")
_COMPARED = re.compile(r"^[^,，。;；]{0,20}(?:同比|相比|环比|相较)")
_MEETING = re.compile(r"^[,，]?[^,，。;；]{0,20}(?:召开|举行|举办)[^。;；]{0,40}(?:会|论坛|仪式)")
_DONE = re.compile(r"(?<![为除得到对罢])了(?!解|然|却|不|得|如指)")
_ZH_QUESTION = re.compile(r"请问|想问|想了解|是否|有没有|吗[？?]?$|什么|怎么|如何.{0,10}[？?]?$")
_RULE_EVENT = re.compile(
    r"后|收到|受理|接到|之日|办结|压缩|缩短|控制在|时限|不超过|超过|满|届满|连续|近|过去|每|申请|补正|答复|的一律"
)
_ISSUED = re.compile(r"(?:发布|公布|印发|下发|签发|颁布|发文|施行|实施)(?:之日)?(?:起|后|之后)")
_DURATION_ZH = re.compile(
    r"^(?:自|从|在|到)?(?:[\d一二三四五六七八九十两半几]+)\s?(?:个)?(?:工作日|自然日|日|天|周|星期|个?月|年|季度)(?:之|以)?内$|个月内$|半年内$"
)

_MOVED = re.compile(r"(?:延期|推迟|延长|调整|顺延|提前)(?:至|到|为)?$")

# -- words of promising (Chinese) ---------------------------------------------------------------

_STRETCH = re.compile(
    r"力争|争取|努力|力求|争创|\b(?:aims?|aiming|strives?|hopes?|seeks?|ambition|aspires?)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"(?<![年动作专资金训产五])计划(?!的|书|单列)|(?<![虚模])拟(?!定|合|人)|打算|规划(?:建设|到)"
    r"|\b(?:plans? (?:to|on)|plann(?:ed|ing)|intend(?:s|ed)?|scheduled|proposes? to|targets? (?=\d|a\b|the\b)|targeting|goal)\b",
    re.IGNORECASE,
)
_FORECAST = re.compile(
    r"预计|有望|预期(?!寿命|性|目标)|预测|\b(?:expect(?:s|ed|ing)?|anticipate[sd]?|forecasts?|projected|likely|estimates?)\b",
    re.IGNORECASE,
)
_FIRM_ZH = re.compile(
    r"将(?!近)|(?<![重主需必提只简概纲摘])要(?![求点素闻])|必须|确保|务必|务求|须|应(?!用|急|对|届)|需(?!求)|请|保证|届时|下一步|即将|全力|一定|再(?=[建发新采改开打培增])|(?<![社大委机协议晚])会(?=在|于|尽|继续|陆续|分|把|$)"
)
_VERBS_ZH = (
    r"(?:全面|全部|基本|创建|实施|提升|加快|正式|陆续|率先|逐步|集中|组织|启动|推动|实现|完成|建成|建立|建设|开工|竣工|投用|投入|投产|上线|开通|通车|出台|印发|发布|公布"
    r"|交付|达到|具备|验收|完工|封顶|贯通|合龙|并网|投运|蓄水|下闸|通水|通航|运营|供水|供电|供气|下达|拨付|兑付|发放|评审|公示|公告|部署"
    r"|招标|开园|招生|落成|揭牌|试点|推广|覆盖|归集|接入|汇聚|退还|办结|清理|拆除|关停|关闭|淘汰|整合|组建|培训|开展|形成|打造|推出|试运行|运行|开放|落地|销号|清零|报送|上报|提交|制定|编制|新建|新增|改造|整改|更换|培育|引进|设立|成立|召开|举办|推进|启用|搬迁|签订|审议|营业|对外"
    r"|遴选|评选|评估|审核|核定|授牌|挂牌|签约|健全|完善|修订|起草|摸排|排查|检查|督查|对接|筹备|筹建|扩建|增设|压减|取消|下放"
    r"|优化|升级|更新|移交|配备|安装|铺设|敷设|种植|栽植|补植|入驻|下线|首飞|量产|达产|试产|发行|归档|颁发|结算|审计|公开|通报|反馈"
    r"|立项|报批|进场|复工|续建|转段|切换|割接|并轨|迁移|清欠|腾退|安置|回迁|入住|演练|招聘|深化|拓展|扩大|提高|改善|打通|引入)"
)
_ASKED_OF = re.compile(r"在$|(?:要求|责成|限)[\u4e00-\u9fff]{1,10}$")
_NEXT_ZH = re.compile(r"下(?!半)|明[天日年]|后[天年]")
_SET_FOR = re.compile(r"(?:将|会|拟|计划|预计|有望|力争|争取|确保|定)[在于]?$")
_VERB_AT = re.compile(rf"^[,，、\s“\"*_）)]*[\u4e00-\u9fff\w]{{0,12}}?{_VERBS_ZH}")
_FINISH_AT = re.compile(
    r"^[,，、\s“\"*_）)]*[\u4e00-\u9fff\w]{0,10}?(?:完成|建成|实现|竣工|完工|封顶|贯通|合龙|并网|投运|投用|投产|投入|上线|开通|通车|达到|具备|交付|出台|下达|开工|下闸|启用|开园|落成"
    r"|准时|如期|按时|按期|全面|全部|试产|达产|试运行|销号|清零|关闭|淘汰|拆除)"
)
_YEAR_ZH = re.compile(r"[\d〇零一二三四五六七八九]{4}年$|明年$|后年$")
_BY_ZH = re.compile(r"前$|^(?:不晚于|不迟于|最晚|最迟)")
_LONG_ROUND = 240
_LAST_YEAR_ZH = re.compile(r"去年|上年|前年")
_AT_ONCE = re.compile(
    r"^[,，]?(?:[\u4e00-\u9fff]{0,3}?)(?:完成|建成|竣工|投用|投产|投入使用|上线|开通|通车|交付|开工|启用|实现|达到|全面|覆盖|推广|消除)"
)


def shape_of(scene: Scene, precision: Precision) -> Shape:
    """Whether the phrase itself names a deadline, a point in time or a period."""
    phrase = scene.phrase
    if scene.english:
        if _PERIOD_EN.search(phrase):
            return Shape.PERIOD
        if _LIMIT_EN.search(phrase):
            return Shape.DEADLINE
    elif _LIMIT_ZH.search(phrase) and not _PERIOD_ZH.search(phrase):
        return Shape.DEADLINE
    elif _PERIOD_ZH.search(phrase):
        return Shape.PERIOD
    wide = precision in (Precision.YEAR, Precision.FISCAL_YEAR, Precision.FIVE_YEAR, Precision.NONE)
    return Shape.PERIOD if wide else Shape.POINT


def tier_of(scene: Scene, shape: Shape, due: date | None, *, assumed: bool) -> Tier | None:
    """The tier of a phrase, or None when it is no commitment."""
    if due is not None and scene.made_on is not None and due < scene.made_on:
        return None
    if scene.english:
        return english.tier_of(scene, shape, due)
    return _chinese(scene, shape, due, assumed=assumed)


def _chinese(scene: Scene, shape: Shape, due: date | None, *, assumed: bool) -> Tier | None:
    if (
        scene.phrase.startswith("截")
        or _LEAD_NO.search(scene.lead)
        or _BEFORE_NO.search(scene.before[-60:])
        or (_ONCE_ZH.search(scene.before[-60:]) and not _NOW_ZH.search(scene.lead))
    ):
        return None
    rest = scene.rest.lstrip()
    if shape is not Shape.DEADLINE and _COMPARED.search(rest):
        return None
    if (
        _REST_NO.search(rest[:120])
        or _OVER_ZH.search(rest[:80])
        or _asks(scene)
        or _DONE.search(first_words(rest))
    ):
        return None
    if not _says_something(scene):
        return None
    if _DURATION_ZH.search(scene.phrase) and not _ISSUED.search(scene.lead + scene.phrase):
        said = scene.before[-20:] + scene.lead + first_words(rest)[:20]
        if _RULE_EVENT.search(said) or (
            not _ASKED_OF.search(scene.lead) and "日内" in scene.phrase and not promises(scene)
        ):
            return None
    if shape is Shape.PERIOD:
        return Tier.EXPLICIT if _is_done_in(scene, due, rest) else Tier.HORIZON
    if assumed and scene.phrase[0] in "到至" and _LAST_YEAR_ZH.search(scene.before):
        return None
    if _is_long_round(scene, due, assumed=assumed) and not (
        _BY_ZH.search(scene.phrase) and promises(scene)
    ):
        return None
    if shape is Shape.DEADLINE or _MOVED.search(scene.lead):
        return Tier.EXPLICIT
    if due == scene.made_on or (not (scene.plan or scene.under) and _MEETING.search(rest)):
        return None
    return Tier.EXPLICIT if _is_promised(scene, due, assumed=assumed) else None


def _is_done_in(scene: Scene, due: date | None, rest: str) -> bool:
    """Whether a later year is when one thing is to be done: 2023年建成."""
    if due is None or scene.made_on is None or due.year <= scene.made_on.year:
        return False
    begun = _AT_ONCE.match(rest) or (_VERB_AT.match(rest) if scene.plan else None)
    return begun is not None and _YEAR_ZH.search(scene.phrase) is not None


def _is_promised(scene: Scene, due: date | None, *, assumed: bool) -> bool:
    """Whether a point in time is when something is to be done: 将在9月…, 6月完成…."""
    rest = scene.rest.lstrip()
    rolled = (
        assumed and due is not None and scene.made_on is not None and due.year > scene.made_on.year
    )
    if _SET_FOR.search(scene.lead) and len(first_words(rest)) > 2:
        return True
    if _NEXT_ZH.match(scene.phrase) and _VERB_AT.match(first_words(rest)):
        return True
    if (promises(scene) or scene.plan) and _VERB_AT.match(first_words(rest)):
        return True
    if rolled:
        return False
    if (scene.under or _CHAINED.search(scene.carried)) and _VERB_AT.match(first_words(rest)):
        return True  # 5月底前完成摸排,6月中旬公布; 下一步:…9月召开现场会
    finished = _FINISH_AT.match(rest) is not None and not (assumed and scene.made_on is None)
    return rest.startswith("是") or finished


def _is_long_round(scene: Scene, due: date | None, *, assumed: bool) -> bool:
    """Whether a date without a year is rather the one just past: 5月底 said in June."""
    if not assumed or due is None or scene.made_on is None:
        return False
    return due.year > scene.made_on.year and (due - scene.made_on).days > _LONG_ROUND


def promises(scene: Scene) -> bool:
    """Whether a word of promising stands with the phrase: 将, 计划, 力争, 确保, 请."""
    near = scene.before[-40:] + "|" + scene.lead[-30:] + "|" + first_words(scene.rest)
    return any(cue.search(near) for cue in (_FIRM_ZH, _STRETCH, _PLANNED, _FORECAST))


def modality_of(lead: str, rest: str, *, english: bool) -> Modality:
    """How firmly it is meant: from the words before the phrase, or else the first after it."""
    near = lead[-120:] + " " + (rest[:160] if english else first_words(rest))
    for cue, modality in (
        (_STRETCH, Modality.STRETCH),
        (_FORECAST, Modality.FORECAST),
        (_PLANNED, Modality.PLANNED),
    ):
        if cue.search(near):
            return modality
    return Modality.FIRM


def is_stretch(words: str) -> bool:
    return _STRETCH.search(words) is not None


def is_done(words: str) -> bool:
    """Whether a clause tells what has been done already."""
    return (
        _LEAD_NO.search(words[:12]) is not None
        or _DONE.search(words) is not None
        or words.startswith(("目前", "截至"))
    )


def begins_with_a_verb(words: str) -> bool:
    return _VERB_AT.match(words) is not None


def first_words(rest: str) -> str:
    """The first comma segment that says something."""
    for part in re.split(r"[,，:：;；。]", rest[:160], maxsplit=3):
        if part.strip(' *_“”"）)'):
            return part
    return ""


def _asks(scene: Scene) -> bool:
    return (
        scene.stop in ("?", "？")
        or _ZH_QUESTION.search(scene.before[-80:] + scene.lead) is not None
    )


def _says_something(scene: Scene) -> bool:
    return len(re.findall(r"\w", scene.lead[-20:] + scene.rest[:20])) >= 2
