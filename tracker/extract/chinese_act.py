"""Who is to do what, in Chinese: the clause of a date, its subject and its object.

The subject stands at the head of the date's own segment (市教育局将于4月底前…), of one before it in the
sentence (省工信厅牵头，…，2025年底前…), or of a sentence before it in the item. What is said of a thing that
stands before (对老旧小区，…，6月底前完工) is named with that thing.
"""

from __future__ import annotations

import re

from tracker.extract.act import Act, plain, shortened
from tracker.extract.chinese_bodies import NAMES, is_name
from tracker.extract.chinese_subject import AGENT, OURS, PLACE, agent, doer_of, named_above, parted
from tracker.extract.chinese_thing import (
    DATE,
    before_date,
    last_said,
    thing_of,
    told_as_done,
    undated,
)
from tracker.extract.chinese_words import (
    ACTS,
    COMMAS,
    DATED,
    DOES,
    ENDS,
    FRONT,
    LEANS,
    QUOTES,
    SENTENCES,
    START,
)

_IF = re.compile(
    "[\\s,，]*(?:如果|如遇|若|逾期|否则|特此|(?:到|至)?20[0-9]{2}年[^,，]{0,6}(?:前|底|末|内)$)"
)
_NO_THING = re.compile("是$|^[该这此]项?工作$|(?:之日起|[之以]后)、?$|^分[两三四0-9]批$")
_FIRMLY = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:必须|(?<!任)务必|一定要|一定会)")
_MOVED = re.compile("(?:调整|延期|推迟|顺延|延长|改|变更|延)(?:到|至|为)?$")
_PART = re.compile(
    r"(?:首[批艘台]|第[一二三四五六七八九十]+[批艘台](?!：)|其余|剩余|余下|剩下|该|此|全部$|全线$|项目$|工程$|标准$|[一二三四]期(?:工程|项目)?$|第[一二三四五]阶段|主体(?:工程)?$|[0-9]+[个所座条项处家台]$)"
)
"""What is part of a thing that was named before."""
_COUNTED = re.compile(r"[约超近共]?[0-9.]+[万亿]?余?[\u4e00-\u9fff]{1,3}$")
_ITS_OWN = re.compile(
    "[\u4e00-\u9fff]{0,12}(?:[0-9]|[一二两三四五六七八九十]+[个座处项条辆所台家名](?![月年]))"
)
"""What is built by number, as 建成蔬菜大棚1050亩, names itself."""
_WHOLE = re.compile(r"(?:全部|全面|均|一律|逐[个户村项])")
_LED_UP = re.compile(
    r"^(?:实现|(?P<verb>[建完新改打整清发推][\u4e00-\u9fff]))?[^、，。]{1,20}(?:、[^、，。]{1,20}){1,12}?等(?=[0-9]+[\u4e00-\u9fff])"
)
"""The examples before what they are of: 出生证、身份证等|34类证照."""
_OTHER_DATE = re.compile(
    "[、和](?:[今明]年)?[0-9一二三四五六七八九十]{1,4}[年月日号](?:[0-9]{1,2}日|[底末上中下旬初]{1,2})?前?(?!、)"
)
"""A second date of the same act: 3月|、5月|兑付."""
_NEXT_DATE = re.compile(r"[、 　](?=[今明次]?年|[0-9]{1,4}\s?[年月])")
_JOINED = re.compile(
    "[,，](?:并且|并)(?![网轨购列联入行在于])(?=[^,，:：;；。]{3,24}(?:[,，:：;；。]|$))"
)
_ENDED = re.compile(
    "(?:全部|全面|均|正式|基本|按期|如期)*(?:完成|实施|执行|落实|施行|办结|办完|到位|见效|[\u4e00-\u9fff]{2}(?:完毕|到位|完))$"
)
"""What only says that something is done: 11月底前完成."""
_ACTS = re.compile(ACTS)
_LEADS = re.compile(rf"由?(?P<who>{NAMES})(?:牵头|负责|主责|统筹|落实|组织实施|承办)+")
_DEED = re.compile(f"(?:{ACTS}|[将把给向]|对(?!于)|为(?![了此确]))[^、]{{3}}")
_BY = re.compile("^(?:对于|对(?![照标接外])|将|把|就|关于|由)")
_ABOUT = re.compile("就.*(?:提交|举行)")
_DOING = re.compile(f"{ACTS}|[到向给把将对在于与和]")
_LED = re.compile("[（(](?:牵头|责任|负责|配合|主办)[^）)]*[）)]?")
_OWNER = re.compile(r"[（(]([^（）()]{2,40}?)(?:负责|牵头)?[）)]")


def act(
    earlier: str, lead: str, rest: str, told: str = "", opening: str = "", heading: str = ""
) -> Act:
    """The act whose date stands between `lead` and `rest` in its segment.

    `earlier` is the sentence up to that segment, `told` what the item said before the sentence,
    `opening` the line that introduces the list, `heading` the one that it stands under.
    """
    earlier, lead, rest, told, opening = map(plain, (earlier, lead, rest, told, opening))
    lead, rest = START.sub("", lead), _OWNER.sub(_unowned, _LED.sub("", rest))
    moved = _moved(lead) if _MOVED.search(lead) else None
    lead, rest = moved or (before_date(lead) if DATE.search(lead) else lead, rest)
    ours = OURS.match(lead)
    who, lead, thing, what = _subject(lead, _first(rest))
    leads = None if who else _led_by(rest)
    who = who or leads or named_above(earlier)
    above = None if who else named_above(told) or named_above(SENTENCES.split(opening.strip())[-1])
    if _MOVED.search(lead):
        thing, what = _moved(earlier) or (thing, what)
    said = _said(lead, thing, what, earlier, told, heading)
    doer, how = (ours[0], "") if ours else ("", "")
    if not who:
        doer, how = doer_of(lead, *reversed(COMMAS.split(earlier)[-3:]))
    return Act(
        shortened(said),
        who or above,
        thing="" if _is_none(thing) else thing,
        doer=doer,
        how=how,
        sure=leads is not None,
        above=above is not None,
    )


def _subject(lead: str, what: str) -> tuple[str | None, str, str, str]:
    """The body of the segment, the words before the date, the thing among them, and what is done."""
    who, lead, what = agent(lead, what)
    named, thing = parted(lead)
    if who is None:
        who = named
        if who and PLACE.search(who) and ENDS.match(what) and thing in ("", "将", "要"):
            who, thing = None, lead  # what is built is no builder
        if who is None:  # the body stands after its date: 3月底前，法律援助中心在园区设站
            who, what = _doer_of(what)
    return who, lead, LEANS.sub("", thing).strip(" ,，“”\"'"), what


def _is_none(thing: str) -> bool:
    """Whether the words before a date name no thing."""
    return bool(_NO_THING.search(thing) or (DOES.match(thing) and len(thing) > 20))


def _said(lead: str, thing: str, what: str, earlier: str, told: str, heading: str) -> str:
    """Verb and object, as the clause has them or the words before it."""
    deed = _deed(earlier) if not thing and _ENDED.match(what) else ""
    thing = "" if _is_none(thing) else thing
    if deed:
        return deed
    if what.startswith("的"):
        return START.sub("", lead) + what[1:]
    if len(what) < 2:
        said = thing or (thing_of(earlier) if earlier.strip() else last_said(told))
        return said or thing_of("", told, heading)
    return _LED_UP.sub(r"\g<verb>", _with_thing(thing, what, earlier, told, heading))


def _with_thing(thing: str, what: str, earlier: str, told: str, heading: str) -> str:
    """What is done, with the thing that it is done to, as far as the clause does not name it itself."""
    ends = ENDS.match(what)
    if not thing and (len(what) <= 6 or (ends and not _ITS_OWN.match(what, ends.end()))):
        thing = thing_of(earlier, told, heading if len(what) <= 4 else "")
        apart = thing and not ends and len(what) > 3 and _ACTS.match(what)
        thing += "：" if apart and not _WHOLE.match(what) else ""
    elif not thing and _WHOLE.match(what):
        thing = thing_of(earlier)
    elif _PART.match(thing) and "、" not in thing:
        whole = _COUNTED.sub("", thing_of(undated(earlier), undated(told)))
        thing = thing if thing.startswith(whole) else whole + thing
    elif thing and len(thing) <= 3 and ENDS.match(what) and "、" not in thing:
        thing = thing_of(undated(earlier)) + thing
    return (thing if _ABOUT.match(thing + what) else _BY.sub("", thing)) + what


def _deed(earlier: str) -> str:
    """What the segments before say to be done, of which the date's own says no more than that it is done."""
    for part in reversed(COMMAS.split(earlier)[-4:]):
        bare = START.sub("", part.strip(QUOTES))
        who, rest = parted(bare)
        if DATED in bare or told_as_done(bare):
            return ""
        if _DEED.match(rest) and not AGENT.match(bare):
            return bare if who and PLACE.search(who) else rest
    return ""


def _led_by(rest: str) -> str | None:
    """The body of which a segment behind says no more than that it is responsible: 市水务局负责."""
    parts = (_LEADS.fullmatch(part.strip(QUOTES)) for part in COMMAS.split(rest)[1:4])
    return next((found["who"] for found in parts if found and is_name(found["who"])), None)


def _doer_of(what: str) -> tuple[str | None, str]:
    """The body at the head of what is done, and the rest of it."""
    who, rest = parted(what) if not _DOING.match(what) else (None, what)
    return (who, rest) if who and len(rest) > 2 and not ENDS.match(rest) else (None, what)


def _moved(earlier: str) -> tuple[str, str] | None:
    """What was to be done on another day: 2号机组原计划6月并网，调整到四季度."""
    for part in reversed(COMMAS.split(earlier)):
        thing, dated, what = part.partition(DATED)
        did = _MOVED.sub("", FRONT.sub("", what.strip(QUOTES))).rstrip("由从")
        if dated and (did or thing):
            return LEANS.sub("", START.sub("", thing.strip(QUOTES))), did.replace("的", "", 1)
    return None


def _unowned(bracket: re.Match[str]) -> str:
    """A bracket that only names who is to do it is no part of what."""
    return "" if is_name(bracket[1]) else bracket[0]


def _first(rest: str) -> str:
    """The first segment after the date that says something, with what 并 joins to it."""
    if (other := _OTHER_DATE.match(rest)) is not None:
        rest = rest[other.end() :]
    rest = _JOINED.sub("并", _NEXT_DATE.split(rest, maxsplit=1)[0])
    parts = (
        _FIRMLY.sub("", START.sub("", FRONT.sub("", part.strip(QUOTES + "（）()*_"))))
        for part in COMMAS.split(rest)[:4]
        if not _IF.match(part)
    )
    return next((said for said in parts if len(said) > 1), "")
