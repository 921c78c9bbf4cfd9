"""Where in running text a due phrase may begin, and which grammar is to read it there.

The patterns are for text in normal form and look at a bounded number of characters. They are
imported only when a text is read: compiling them takes longer than reading a typed phrase.
"""

from __future__ import annotations

import re
from types import ModuleType

from tracker.due import chinese, english
from tracker.due.numerals import HAN

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_COUNT = (
    r"(?:[0-9]{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"fifteen|eighteen|twenty|thirty|forty|sixty|ninety)"
)
_AT_MOST = r"(?:no more than|not more than|less than|at most|a maximum of|under)"
_UNIT = r"(?:day|week|month|year)s?"
_B = r"\s{1,4}"
_WEEK = rf"(?:week{_B}(?:of|commencing|beginning|starting|ending)|w/[bce]){_B}"
_NTH = (
    rf"(?:first|second|third|fourth|fifth|last|[1-5](?:st|nd|rd|th)){_B}{_DAY}"
    rf"{_B}(?:of|in){_B}{_MONTH}"
)
_YEAR = rf"(?:[12][0-9]{{3}}|(?:this|next|last|the){_B}year|fy|(?:the{_B})?fiscal)"
_PART = rf"(?:first|second|third|fourth|final|last|[1-4](?:st|nd|rd|th)){_B}(?:quarter|half)"
# What may stand after any preposition, and what only after one that makes a deadline of it.
_NAMED = (
    rf"(?:the{_B})?(?:end|close|last{_B}day|late|early|mid|middle|beginning|start|later|this|next|current|"
    rf"coming|{_WEEK}|{_NTH}|day{_B}(?:before|after)|[0-9]{{1,2}}(?:st|nd|rd|th){_B}of{_B}(?:this|next){_B}month|medium|calendar|cy|fy|fiscal|financial|us{_B}fy|{_MONTH}|{_DAY}|(?:{_AT_MOST}{_B})?{_COUNT}(?:-[a-z]{{3,5}})?{_B}\(?[0-9a-z]{{1,14}}\)?|"
    rf"q[1-4]|h[12]|[12][0-9]{{3}}|[0-9]{{1,2}}(?:[:.][0-9]{{2}})?\s?(?:[ap]\.?m)?|noon|{_PART}{_B}(?:of{_B})?{_YEAR}|1[0-9]th{_B}five|"
    rf"spring|summer|autumn|winter)(?![a-z])"
)
_LOOSE = (
    rf"(?:the{_B})?(?:year|month|week|quarter|{_PART}|today|tomorrow|yesterday|eo[mqydw]|cob|"
    rf"christmas|boxing{_B}day|new{_B}year|year{_B}end|year-end)(?![a-z])"
)
_LATIN = re.compile(
    rf"(?:(?:by{_B})?(?:no|not){_B}later{_B}than|on{_B}or{_B}before|prior{_B}to|up{_B}to|by|before|"
    rf"until|till|through|within|due){_B}(?={_NAMED}|{_LOOSE})"
    rf"|(?:during|in|over|on){_B}(?={_NAMED}|the{_B}(?:first|second|third|fourth){_B}quarter(?!{_B}of)(?![a-z]))"
    rf"|{_MONTH}\.?(?:{_B}[0-9]|,?{_B}(?:of{_B})?(?:next|this){_B}year)"
    rf"|{_DAY},?{_B}(?:[0-9]{{1,2}}(?:st|nd|rd|th)?{_B}(?:of{_B})?{_MONTH}|{_MONTH}{_B}[0-9])"
    rf"|(?:the{_B})?end(?:{_B}|-)(?:of{_B})?(?:{_NAMED}|{_LOOSE})"
    rf"|(?:the{_B})?(?:{_PART}{_B}(?:of{_B})?{_YEAR}|{_WEEK}|{_NTH})"
    rf"|the{_B}day{_B}(?:before|after){_B}(?={_NAMED}|{_LOOSE})"
    rf"|{_DAY}{_B}(?:week|fortnight)(?![a-z-])|this{_B}time{_B}next{_B}year"
    rf"|(?:the{_B})?(?:week|month|quarter|{_DAY}|{_MONTH}){_B}after{_B}next(?![a-z])"
    rf"|(?:late|early|mid)(?:{_B}|-)(?:{_MONTH}|[12][0-9]{{3}}|(?:this|next){_B}year)(?![a-z0-9])"
    rf"|(?:this|next|last){_B}(?:year|month|quarter|week|{_MONTH}|{_DAY})(?![a-z])"
    r"|(?:q[1-4]|h[12])(?![0-9])"
    rf"|(?:fy|(?:fiscal|financial){_B}year)[ ']?[0-9(]"
    rf"|{_COUNT}{_B}(?:\([0-9]+\){_B})?(?:calendar{_B})?{_UNIT}{_B}(?:from|of|after|following|before|on)"
    r"|year-end|eo[mqy](?![a-z])|tomorrow(?![a-z'’-])"
)
_DIGITS_EN = re.compile(
    rf"[0-9]{{1,2}}(?:st|nd|rd|th)?(?:{_B}|-)(?:of{_B})?{_MONTH}(?![a-z])"
    r"|[1-4][qh][0-9]{2}|[12][0-9]{3}[ -]?[qh][1-4]"
    rf"|[0-9]{{1,3}}{_B}(?:calendar{_B})?{_UNIT}{_B}(?:from|of|after|following|before|on)"
    rf"|1[0-9]th{_B}five[- ]year"
    r"|[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}(?![0-9])"
    r"|[0-9]{1,2}([/.])[0-9]{1,2}\2[0-9]{4}(?![0-9])"
)
_UNIT_ZH = r"(?:年|月|日|天|号|周|星期|礼拜|季|个(?:半?月|工作|自然|星期|礼拜|季|周)|工作日|自然日)"
_DIGITS_ZH = re.compile(
    rf"(?:(?<![0-9][.,/])|(?<=[\s|;。:>(][0-9][.]))[0-9]{{1,8}}(?:[-/.~至到]\s?[0-9]{{1,4}}){{0,2}}\s?{_UNIT_ZH}"
)
_NUMERALS_ZH = re.compile(
    rf"(?<![0-9几数])(?:[{HAN}]{{1,5}}\s?{_UNIT_ZH}|十[一二三四五六七八九]五)"
)
_QUOTED = "[“\"「『‘']?"
_HOLIDAY = (
    r"(?:元旦|春节|国庆|中秋|端午|清明|劳动节|五一|(?<!双)十一|除夕|元宵)"
    r"[”\"」』]?节?(?:假期|长假)?(?:之|以)?前"
)
_WORDS_ZH = re.compile(
    r"第\s?[一二三四1-4]\s?季"
    rf"|{_QUOTED}十[一二三四五六七八九]五"
    r"|今明两年|(?:今|明|去|来|本)\s?年|(?<![年月日天周])前年|(?:今|明)[天日]"
    # 项目验收后年底前完成 has no 后年, nor 扩大后 a 大后年.
    r"|(?:(?<![一-鿿])|(?<=[到至在于和与将划计取争]))大?后[年天日]"
    r"|(?:下下|(?<![上下])[本这下上])(?:一个|一|个)?(?:年|月|周|季|星期|礼拜)|(?<!以)[上下]\s?半年"
    rf"|(?<![{HAN}0-9多近每历往当去前同次翌逐隔整全常半青少老中成幼童壮早新学财几数])"
    r"年(?:\s?[底末内终]|中[,，前之])"
    rf"|(?<![{HAN}0-9个每当次腊正半])月\s?[底末内]|季度?末|岁末"
    rf"|{_QUOTED}{_HOLIDAY}"
    r"|周[一二三四五六日末](?:之|以)?前"
    r"|自?(?:本|该)?.{0,2}(?:发布|公布|印发|下发|颁布)之日起"
    r"|半(?:年|个月)(?:之|以)?内"
    rf"|(?:未来|今后)[几若0-9{HAN}][干0-9{HAN}]?(?:年|个月)"
)
# Where a phrase may begin: a run of digits, numerals or letters is looked at once, as a whole.
START = re.compile(
    rf"[0-9]+|[{HAN}]+|[a-z]+|[第今明后大去来本前这下上年月季岁周自发印公下颁半未元春国中端清劳除“\"「『‘']"
)


def grammars_at(plain: str, at: int) -> tuple[ModuleType, ...]:
    """The grammars to try at a place where a phrase may begin."""
    first = plain[at]
    if first.isascii():
        if first.isalpha():
            return (english,) if _LATIN.match(plain, at) else ()
        if first.isdigit() and _DIGITS_EN.match(plain, at):
            return (english, chinese)
        if first.isdigit():
            return (chinese,) if _DIGITS_ZH.match(plain, at) else ()
    if first in HAN and _NUMERALS_ZH.match(plain, at):
        return (chinese,)
    return (chinese,) if _WORDS_ZH.match(plain, at) else ()
