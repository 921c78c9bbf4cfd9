"""Who speaks, for which body, and which body is to do it.

A turn begins with a short line that ends in a colon and names a person, a host or a reporter.
A person's title and organisation are often given once, in the host's introduction
(省大数据局副局长廉凯), so they are collected from the whole text first.
"""

from __future__ import annotations

import re
from collections import Counter
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct

from tracker.extract.chinese_bodies import is_name


class SpeakerRole(StrEnum):
    SPEAKER = "speaker"
    HOST = "host"
    REPORTER = "reporter"


class Person(Struct, frozen=True):
    name: str
    title: str | None = None
    organisation: str | None = None


class Turn(Struct, frozen=True):
    """What one person says until the next begins; `ends_at_heading` for a turn inside an article."""

    role: SpeakerRole
    person: Person | None = None
    ends_at_heading: bool = False


class Owners(Struct, frozen=True):
    """The responsible body and those that support it."""

    owner: str | None = None
    supporting: tuple[str, ...] = ()


Introduced = dict[str, Person]

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛范彭郎鲁韦马苗方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝安常于傅齐康伍余顾孟黄穆萧尹姚邵汪祁毛狄米贝明臧计成戴宋庞熊纪舒屈项祝董梁"
    "杜阮蓝闵季贾路娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房解应宗丁宣邓洪包左石崔吉龚程邢裴陆荣翁"
    "甄曲封靳段巫焦谷车侯全班仇宫宁甘武符刘景詹龙叶白蒲池乔翟谭劳申冉桑桂牛边燕温庄晏柴阎慕连习艾向古易廖耿匡寇"
    "欧师聂关饶曾沙丰涂肖覃仲隋冀尚冷辛佟代木区初展佘滕鲍卓鞠甄麦池敖危邬谌蓝缪干解应支柯昝管卢莫经裘缪"
)
_COMPOUND = ("欧阳", "上官", "司马", "诸葛", "皇甫", "令狐", "慕容", "东方", "公孙", "尉迟")
_RANK = (
    r"(?:党(?:组|委|工委)(?:副?书记|成员|委员)|[副总]?(?:局|厅|部|省|市|县|区|州|处|科|司|署|院|校|所|行|厂|会|台|站|社|镇|乡|馆|队|秘书)长"
    r"|副?(?:主任|主席|书记|行长|关长|社长|经理|总经理|董事长|总裁|总监|专员|巡视员|调研员|参事|理事长|组长|总队长|支队长)"
    r"|[一二]级巡视员|[一二三四]级调研员|总(?:工程师|经济师|规划师|会计师|统计师|农艺师|监)|首席[\u4e00-\u9fff]{1,4}|新闻发言人|发言人|负责人|教授|研究员)"
)
_POST = re.compile(rf"[\u4e00-\u9fff]{{0,14}}{_RANK}")
_NAMED = re.compile(rf"{_RANK}[ \u3000]{{0,2}}([\u4e00-\u9fff]{{2,4}})")
_HAN = re.compile("[\u4e00-\u9fff]")
_RUN_BREAK = re.compile(r"[,，。;；:：“”\"'（(）)《》\s!！?？|【】\[\]]")
_PREFIX = re.compile(
    r"^(?:.*(?:先生|女士)[、和与及]|.*?(?:对话|邀请到了?|出席[^是有]{0,12}[是有]|他们是|分别是|下面|首先|现在|有请|请(?:到的?是)?|介绍|邀请|由|以及|还有|先生|女士))"
)
_GREETING = re.compile(r"朋友|各位|同志们|女士们|先生们|大家|来宾|媒体界|嘉宾们|你们")
_LABEL = re.compile(
    r"目标|任务|方案|措施|要求|安排|时间|地点|方法|内容|范围|单位|部门|时限|附件|说明|步骤|方向|重点|项目|标准|结果|情况|原则|文件"
    r"|包括|如下|电话|邮箱|地址|联系|要点|意见|通知|程序|成果|问题|注意|成效|期限|对象|条件|主题|来源|名单|阶段"
)
_TO_REPORTERS = re.compile(r"(?:告诉|对|向|接受|回答|答)[\u4e00-\u9fff]{0,8}记者")
_LINE = re.compile(r"[【\[*]{0,2}([^:：,，。;；!！?？…|]{1,40}?)[】\]*]{0,2}\s*[:：][*]{0,2}\s*")
_IN_BRACKETS = re.compile(r"[【\[](?P<who>[^】\]:：]{4,40})[】\]]\s*[:：]?\s*")
_ASIDE = re.compile(r"^【[^】]{1,8}】\s*")
_ENGLISH = re.compile(
    r"(?:[*]{0,2})(Q|A|[A-Z][A-Z.’' -]{2,40}|(?:Mr|Ms|Mrs|Dr)\.? [A-Z][a-z]+)(?:\s\([^)\n]{2,60}\))?(?:[*]{0,2}):(?:[*]{0,2})\s*"
)
_LABELLED_TURN = re.compile(
    r"^(?:[*]{2}|Q\d{1,3}\s+)?((?:(?:Sir|Dame|Dr|Mr|Ms|Mrs|Lord|Lady)\s)?[A-Z][a-z’'-]+\s(?:[A-Z][\w’'-]+\s?){1,2})(?:\s\([^)\n]{2,40}\))?:(?:[*]{2})?[ \t]+(?=\S)",
    re.MULTILINE,
)
_CALLED = re.compile(
    r"^[*]{0,2}([A-Z][A-Z.’' -]{2,40})(?:\s\([^)\n]{2,40}\))?[*]{0,2}:", re.MULTILINE
)
_TITLED = re.compile(
    r"(?:MR|MS|MRS|DR|SIR|DAME|LORD|LADY|HON|PRIME|MINISTER|SECRETARY|PRESIDENT|CHAIR|Mr|Ms|Mrs|Dr)\b"
)
_ROLE_EN = re.compile(r"^(?:Q|QUESTION|REPORTER|JOURNALIST|PRESS|PRESENTER|INTERVIEWER)\b")
_NOT_SPEAKERS = re.compile(
    r"^(?:FROM|TO|SUBJECT|RE|CC|DATE|NOTE|AGENCY|ACTION|SUMMARY|ADDRESSES|DATES|CONTACT|BACKGROUND|MEMORANDUM.*|FOR .*)$"
)

_LEADS = r"(?:牵头|责任|主责|主办|承办|负责|实施|落实)(?:单位|部门|处室|科室|人|领导|主体)?"
_SUPPORTS = r"(?:配合|协办|参与|协同|协助|参加)(?:单位|部门|处室)?"
_BRACKET = re.compile(
    r"[（(〔\[【]([^（(〔\[【）)〕\]】\n]{2,200}(?:[（(][^（）()\n]{1,40}[）)][^（(〔\[【）)〕\]】\n]{0,120}){0,4})[）)〕\]】]"
    r"|(?<=[。；;\s])\*([\u4e00-\u9fff、：:]{2,40})\*"
)
_LED_AFTER = re.compile(
    r"[,，、]\s*由([^,，;；。、\n]{2,40}(?:、[^,，;；。、\n]{2,40}){0,4}?(?:牵头|负责)(?:[,，][^,，;；。\n]{2,60}?(?:配合|参与|协助))?)"
    r"(?=$|[;；。\n])",
    re.MULTILINE,
)
_LABELLED = re.compile(
    rf"({_LEADS}|{_SUPPORTS})\s*[:：]\s*([^;；。\n]+?)(?=[;；。\n]|,?\s*(?:{_SUPPORTS}|{_LEADS})\s*[:：]|$)"
)
_LED = re.compile(
    r"([^,，;；。:：]{2,80}?)(?:牵头|负责|按职责分工负责|按职责负责|共同负责|分工负责)(?:[,，]|$|、?)"
)
_HELPED = re.compile(r"[,，]?([^,，;；。:：]{2,80}?)(?:配合|参与|协助|协同)")
_TRAILER = re.compile(r"(?:等)?(?:按照?职责)?(?:分工|共同|等)*$")


def introductions(text: str) -> Introduced:
    """Everyone whose title stands before the name anywhere in the text, by every likely name.

    Of English names those that stand before a colon at the head of two lines or more.
    """
    labels = Counter(_LABELLED_TURN.findall(text)) + Counter(_CALLED.findall(text))
    known: Introduced = {name: Person(name) for name, times in labels.items() if times > 1}
    for match in _NAMED.finditer(text) if _HAN.search(text) else ():
        run = match[1]
        if run[0] not in _SURNAMES and not run.startswith(_COMPOUND):
            continue
        start = match.start()
        before = text[max(0, start - 40) : match.start(1)]
        person_of = _post(_RUN_BREAK.split(before.rstrip())[-1])
        for size in (2, 3, 4):
            named = known.get(run[:size])
            if len(run) >= size and (named is None or (not named.organisation and person_of[1])):
                known[run[:size]] = Person(run[:size], *person_of)
    return known


def _post(run: str) -> tuple[str | None, str | None]:
    """Title and organisation out of 省水利厅党组成员、副厅长."""
    run = re.sub("^[^、]{2,5}、(?=[省市县区])", "", _PREFIX.sub("", run).lstrip("、和与"))
    titles = list(re.finditer(rf"(?:常务)?{_RANK}", run))
    if not titles:
        return None, None
    first = titles[0]
    organisation = run[: first.start()]
    for earlier, later in pairwise(titles):
        between = run[earlier.end() : later.start()].strip("、兼")
        if between:
            first, organisation = later, between
    return run[first.start() :].strip("、 \u3000") or None, organisation.strip("、 \u3000") or None


def turn_of(line: str, introduced: Introduced, *, asked: bool = False) -> tuple[Turn, int] | None:
    """The turn that a line begins and how many of its last characters are spoken already.

    `asked`: a reporter spoke last, so that a bare title or a name not heard before is who answers.
    """
    titled = _IN_BRACKETS.match(line)
    if titled is not None and (turn := _chinese_turn(titled["who"], introduced, alone=False)):
        return turn, len(line) - titled.end()
    if not line or (":" not in line[:44] and "：" not in line[:44]):
        return None
    line = _ASIDE.sub("", line)
    named = _LABELLED_TURN.match(line)
    if named is not None and named[1] in introduced:
        return Turn(SpeakerRole.SPEAKER, introduced[named[1]]), len(line) - named.end()
    english = _ENGLISH.match(line)
    if english is not None:
        return _english_turn(english[1], len(line) - english.end(), introduced)
    match = _LINE.match(line)
    if match is None:
        return None
    who, said = match[1].strip(), len(line) - match.end()
    if _GREETING.search(who):
        return None
    turn = _chinese_turn(who, introduced, alone=said == 0)
    if turn is None and asked and (_is_name(who) or _POST.fullmatch(who)):
        turn = Turn(SpeakerRole.SPEAKER, Person(who) if _is_name(who) else None)
    return (turn, said) if turn is not None else None


def _english_turn(who: str, said: int, introduced: Introduced) -> tuple[Turn, int] | None:
    if _NOT_SPEAKERS.match(who):
        return None
    if _ROLE_EN.match(who):
        return Turn(SpeakerRole.REPORTER), said
    if who == "A":
        return Turn(SpeakerRole.SPEAKER), said
    known = who in introduced or _TITLED.match(who)
    return (Turn(SpeakerRole.SPEAKER, Person(who)), said) if known else None


def _chinese_turn(who: str, introduced: Introduced, *, alone: bool) -> Turn | None:
    if _TO_REPORTERS.search(who):
        return None
    if (
        who.endswith("记者")
        or (alone and ("记者" in who or "网友" in who))
        or who in ("问", "提问")
    ):
        return Turn(SpeakerRole.REPORTER)
    if who.startswith("主持人"):
        return Turn(SpeakerRole.HOST)
    if who == "答":
        return Turn(SpeakerRole.SPEAKER)
    name = re.split(r"[ \u3000]", who)[-1]
    named = _NAMED.search(who)
    if named is not None and who.endswith(named[1]) and _is_name(named[1]):
        title, organisation = _post(who[: named.start(1)].strip())
        known = introduced.get(named[1], Person(named[1]))
        return Turn(
            SpeakerRole.SPEAKER,
            Person(named[1], title or known.title, organisation or known.organisation),
        )
    if name in introduced and who == name:
        return Turn(SpeakerRole.SPEAKER, introduced[name])
    if alone and introduced and who == name and _is_name(name) and not _LABEL.search(name):
        return Turn(SpeakerRole.SPEAKER, Person(name))
    return None


def _is_name(name: str) -> bool:
    return (2 <= len(name) <= 3 and name[0] in _SURNAMES) or (
        3 <= len(name) <= 4 and name.startswith(_COMPOUND)
    )


is_person = _is_name


def owners_in(text: str) -> list[tuple[int, int, Owners]]:
    """What names responsible bodies behind a work, in brackets or as 由A牵头，B配合 at its end.

    Each with since where it speaks and where it ends, in order.
    """
    found: list[tuple[int, int, Owners]] = []
    for match in _BRACKET.finditer(text):
        words = match[1] or match[2]
        owners, since = owners_of(words), 0
        if owners is None and _is_alone(text, match, words):
            owners = Owners(words)
            since = 1 + max(text.rfind(mark, 0, match.start() - 1) for mark in "。\n")
        if owners is not None:
            found.append((since, match.end(), owners))
    for match in _LED_AFTER.finditer(text):
        owners = owners_of(match[1])
        if owners and all(map(is_name, (owners.owner or "").split("、"))):
            since = 1 + max(text.rfind(mark, 0, match.start()) for mark in ";；。\n")
            found.append((since, match.end(), owners))
    return sorted(found, key=lambda one: one[1])


def owners_named(heading: str) -> Owners | None:
    """The bodies that a heading names for what stands below it, in a bracket or before its colon."""
    inside = owners_in(heading)
    if inside:
        return inside[-1][2]
    opens = heading.rstrip().endswith((":", "："))
    return owners_of(_ORDINAL.sub("", heading.rstrip(" :："))) if opens else None


_ORDINAL = re.compile(
    r"^[\s#*]*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])?由?"
)


def _is_alone(text: str, bracket: re.Match[str], words: str) -> bool:
    """Whether a bracket at the end of an item holds nothing but names of bodies: （教务处）, *区卫健局*."""
    return is_name(words) and text[bracket.end() : bracket.end() + 1] in ("", *"\n。；;.")


def owners_of(text: str) -> Owners | None:
    """The bodies in 牵头单位：A；配合单位：B、C, or in A牵头，B配合; None when it names none."""
    lead: str | None = None
    helpers: list[str] = []
    for match in _LABELLED.finditer(text):
        names = _names(match[2])
        if names and re.match(_SUPPORTS, match[1]):
            helpers.extend(names)
        elif names and lead is None:
            lead = "、".join(names)
    if lead is not None or helpers:
        return Owners(lead, tuple(helpers))
    led = _LED.search(text)
    if led is None:
        return None
    names = _names(_TRAILER.sub("", led[1]))
    helped = _HELPED.match(text, led.end())
    return Owners("、".join(names), tuple(_names(helped[1]) if helped else ())) if names else None


def _names(text: str) -> list[str]:
    parts = re.split(r"[、,，/;；\s]+(?![^（(]*[）)])", text.strip())
    return [
        p for p in (part.strip(" 。.") for part in parts) if p and p not in ("-", "—", "/", "无")
    ]


_SAID = re.compile(
    rf"{_RANK}[ \u3000]{{0,2}}([\u4e00-\u9fff]{{2,4}}?)(?:在[^,，。]{{0,20}})?(?:介绍|表示|说|透露|指出|称|告诉)"
)


def said_by(text: str) -> Person | None:
    """The one person whom a paragraph quotes: 市轨道交通集团总经理高远介绍."""
    found = _SAID.search(text)
    if found is None or not _is_name(found[1]):
        return None
    before = text[max(0, found.start() - 40) : found.start(1)]
    return Person(found[1], *_post(_RUN_BREAK.split(before.rstrip())[-1]))
