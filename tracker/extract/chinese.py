"""Words of the clause: how firmly it is meant, whether it tells what was done, where a verb begins."""

from __future__ import annotations

import re

from tracker.model import Modality

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
_VERBS_ZH = (
    r"(?:全面|全部|基本|创建|实施|提升|加快|正式|陆续|率先|逐步|集中|组织|启动|推动|实现|完成|建成|建立|建设|开工|竣工|投用|投入|投产|上线|开通|通车|出台|印发|发布|公布"
    r"|交付|达到|具备|验收|完工|封顶|贯通|合龙|并网|投运|蓄水|下闸|通水|通航|运营|供水|供电|供气|下达|拨付|兑付|发放|评审|公示|公告|部署"
    r"|招标|开园|招生|落成|揭牌|试点|推广|覆盖|归集|接入|汇聚|退还|办结|清理|拆除|关停|关闭|淘汰|整合|组建|培训|开展|形成|打造|推出|试运行|运行|开放|落地|销号|清零|报送|上报|提交|制定|编制|新建|新增|改造|整改|更换|培育|引进|设立|成立|召开|举办|推进|启用|搬迁|签订|审议|营业|对外"
    r"|遴选|评选|评估|审核|核定|授牌|挂牌|签约|健全|完善|修订|起草|摸排|排查|检查|督查|对接|筹备|筹建|扩建|增设|压减|取消|下放"
    r"|优化|升级|更新|移交|配备|安装|铺设|敷设|种植|栽植|补植|入驻|下线|首飞|量产|达产|试产|发行|归档|颁发|结算|审计|公开|通报|反馈"
    r"|立项|报批|进场|复工|续建|转段|切换|割接|并轨|迁移|清欠|腾退|安置|回迁|入住|演练|招聘|深化|拓展|扩大|提高|改善|打通|引入)"
)
_VERB_AT = re.compile(rf"^[,，、\s“\"*_）)]*[\u4e00-\u9fff\w]{{0,12}}?{_VERBS_ZH}")
_DONE = re.compile(
    r"^.{0,11}(?:截至|截止|由|从|自|已|曾|去年|前年|上年|此前|之前|原定)|^目前|(?<![为除得到对罢])了(?!解|然|却|不|得|如指)"
)


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
    return _DONE.search(words) is not None


def begins_with_a_verb(words: str) -> bool:
    return _VERB_AT.match(words) is not None


def first_words(rest: str) -> str:
    """The first comma segment that says something."""
    for part in re.split(r"[,，:：;；。]", rest[:160], maxsplit=3):
        if part.strip(' *_“”"）)'):
            return part
    return ""
