"""Where in running text a due phrase may begin, and which grammar is to read it there.

The patterns are made of the words of the grammars, are for text in normal form, and look at a
bounded number of characters. They are imported only when a text is read: compiling them takes
longer than reading a typed phrase.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from types import ModuleType

from tracker.due import chinese, english
from tracker.due.chinese import words as zh
from tracker.due.english import words as en
from tracker.due.holidays import FIXED, FROM_EASTER, MOVING
from tracker.due.numerals import ENGLISH, HAN, ORDINALS

_B = r"\s{1,4}"


def _any(words: Iterable[str], blank: str = _B) -> str:
    """One of these words, the longest first."""
    ordered = sorted(set(words), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace("\\ ", blank) for word in ordered) + ")"


def _first(*tables: Iterable[str]) -> set[str]:
    """The first words of these, without the article."""
    return {word.removeprefix("the ").split()[0] for words in tables for word in words} - {"the"}


_MONTH, _DAY, _SEASON = _any(en.MONTHS), _any(en.WEEKDAYS), _any(en.SEASONS)
_WEEK = _any(en.WEEKS) + _B
_ORDINAL = rf"(?:(?:(?:twenty|thirty)(?:{_B}|-))?{_any(ORDINALS)}|[0-9]{{1,2}}(?:st|nd|rd|th))"
_NUMBER = _any([*ENGLISH, "hundred", "and"])
_COUNT = (
    rf"(?:[0-9]{{1,4}}(?:-[0-9]{{1,2}})?|{_NUMBER}(?:(?:{_B}|-)(?:{_NUMBER}|to|or)){{0,5}})"
    rf"{_B}(?:\([0-9]+\){_B})?"
)
_UNIT = _any(unit for unit in en.UNITS if len(unit) > 2)
_LENGTH = (
    rf"(?:{_any(en.AT_MOST)}{_B})?"
    rf"(?:{_COUNT}(?:(?:calendar|{_any(en.WORKING)}){_B})?{_UNIT}|half{_B}a{_B}year)(?![a-z])"
)
_JOINT = rf"{_B}(?:from|of|after|following|before|prior|ahead|in{_B}advance|on|later|thereafter)"
_NTH = rf"(?:{_ORDINAL}|last){_B}{_DAY}{_B}(?:of|in){_B}(?:{_MONTH}|(?:this|next){_B}month)"
_PART_NAME = rf"(?:{_ORDINAL}|{_any(en.NTH)}){_B}(?:full{_B})?{_any(en.PARTS)}{_B}(?:of|in)"
_YEAR = rf"(?:[12][0-9]{{3}}|{_any(en.YEARS)}|the{_B}year|fy|(?:the{_B})?(?:fiscal|financial))"
_PART = rf"(?:{_ORDINAL}|final|last){_B}(?:calendar{_B})?(?:quarter|half)"
_OF_YEAR = rf"{_PART}{_B}(?:of{_B})?{_YEAR}"
_NOW = _any(_first(en.THIS) - {"following", "last", "previous"})
_FEAST = _any(en.HOLIDAYS)
_FEAST_DAY = _any(name for name in en.HOLIDAYS if name.endswith(("day", "thanksgiving")))
# What may stand after any preposition, and what only after one that makes a deadline of it.
_MEETING = (
    rf"(?:{_any(set(en.OWN) - {'the'})}{_B})?(?:{_ORDINAL}{_B})?{_MONTH}{_B}{_any(en.MEETINGS)}"
)
_NAMED = (
    rf"(?:the{_B})?(?:{_any(_first(en.ENDS, en.NO_DAY) - {'last'})}|last{_B}day|{_NOW}|later|"
    rf"{_PART_NAME}|"
    rf"{_WEEK}|{_NTH}|{_ORDINAL}{_B}(?:day|week|month){_B}(?:after|following)|day{_B}(?:before|after)|{_ORDINAL}{_B}of{_B}(?:{_MONTH}|(?:this|next){_B}month)|"
    rf"(?:week|wk){_B}[0-9]{{1,2}}|m(?:onth{_B})?[0-9]{{1,2}}|{_MEETING}|weekend|medium|calendar|cy|fy|fiscal|financial|us{_B}fy|{_MONTH}|{_DAY}|{_LENGTH}|q[1-4]|h[12]|"
    rf"[0-9]{{1,2}}(?:[:.][0-9]{{2}})?\s?(?:[ap]\.?m)?|[12][0-9]{{3}}|"
    rf"{_any([*en.NOON, 'midnight'])}|{_OF_YEAR}|{_ORDINAL}{_B}five|{_SEASON})(?![a-z])"
)
_LOOSE = (
    rf"(?:the{_B})?(?:month{_B}of{_B}{_MONTH}|turn{_B}of|weekend|year|month|week|quarter|{_PART}|"
    rf"{_any([*en.DAYS, *en.DAY_ENDS, *en.EDGES, *en.HOLIDAYS])})(?![a-z])"
)
_BEFORE_NAMED = [word for word, limit in en.LEADS.items() if limit in en.PLACES]
_BEFORE_ALL = [*en.LEADS.keys() - {*_BEFORE_NAMED, "at", "latest", "up to"}, "due"]
_LATIN = re.compile(
    rf"(?:(?:{_any(_BEFORE_ALL)}|the{_B}day{_B}(?:before|after)|up{_B}to(?!{_B}{_LENGTH})){_B}"
    rf"|(?:the{_B})?end(?:{_B}|-)(?:of{_B})?)(?={_NAMED}|{_LOOSE})"
    rf"|{_any(_BEFORE_NAMED)}{_B}(?={_NAMED}|the{_B}month{_B}of{_B}{_MONTH}(?![a-z])|the{_B}(?:{_ORDINAL}){_B}(?:calendar{_B})?quarter(?!{_B}of)(?![a-z])|(?:the{_B})?{_FEAST}(?![a-z]))"
    rf"|{_MONTH}\.?(?:{_B}[0-9]|,?{_B}(?:of{_B})?(?:next|this){_B}year)"
    rf"|(?:the{_B})?{_DAY}{_B}(?:after{_B}(?:{_MONTH}{_B}[0-9]|{_FEAST})|{_any(en.PARTS_OF_DAY)}(?![a-z]))"
    rf"|{_DAY},?{_B}[0-9]{{1,2}}[/.][0-9]|(?:week|fortnight){_B}(?:today|tomorrow)|{_LENGTH}{_B}(?:today|tomorrow)"
    rf"|{_DAY},?{_B}(?:[0-9]{{1,2}}(?:st|nd|rd|th)?{_B}(?:of{_B})?{_MONTH}|{_MONTH}{_B}[0-9])"
    rf"|(?:by|on|before|until|from){_B}the{_B}"
    rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)|{_ORDINAL}(?=[.,;])|{_ORDINAL}{_B}of{_B}(?:that|the{_B}same){_B}month)"
    rf"|(?:the{_B})?(?:close|beginning|start){_B}of{_B}(?={_NAMED}|{_LOOSE})"
    rf"|the{_B}(?:(?:(?:same|next|following){_B}da(?:y|te)|same{_B}(?:week|month|year))"
    rf"(?=[.,;]|\s{{1,4}}(?:and|as|at|in)\s)|following{_B}{_DAY}(?![a-z]))"
    rf"|(?<!of\s)the{_B}following{_B}(?:week|month|year)(?![a-z])|{_any(en.AFTER_THAT)}(?=[.,;])"
    rf"|(?:by|on|in|before|within|during|later|until|from|at){_B}(?:{_any(en.ELSEWHERE)}|then)(?![a-z])"
    rf"|(?:{_any(en.OWN)}{_B})?(?:{_ORDINAL}{_B})?{_MONTH}{_B}{_any(en.MEETINGS)}|m(?:onth{_B})?[0-9]{{1,2}}(?![0-9a-z])"
    rf"|at{_B}(?={_FEAST}(?![a-z]))"
    rf"|(?:{_FEAST_DAY}|{_FEAST}(?=,?{_B}[12][0-9]{{3}}))(?![a-z])"
    rf"|(?:the{_B})?(?:{_PART_NAME}{_B}(?={_NAMED}|{_LOOSE})|{_OF_YEAR}|{_WEEK}|{_NTH}|{_ORDINAL}{_B}of{_B}{_MONTH})"
    rf"|{_DAY}{_B}(?:week|fortnight)(?![a-z-])|this{_B}(?:time|day){_B}next{_B}year|later{_B}in{_B}the{_B}(?:year|month)|this{_B}weekend"
    rf"|(?:the{_B})?(?:week|month|quarter|{_DAY}|{_MONTH}){_B}after{_B}next(?![a-z])"
    rf"|(?:late|early|mid)(?:{_B}|-)(?:{_MONTH}|[12][0-9]{{3}}|(?:this|next){_B}year)(?![a-z0-9])"
    rf"|(?:this(?:{_B}(?:coming|very))?|next|last){_B}(?:year|month|quarter|week|{_MONTH}|{_DAY})(?![a-z])"
    rf"|(?:q[1-4]|h[12])(?![0-9])"
    rf"|(?:fy|(?:fiscal|financial){_B}year)[ ']?[0-9(]"
    rf"|{_LENGTH}{_JOINT}|year-end|eo[mqy](?![a-z])|(?:tomorrow|tonight|this{_B}(?:afternoon|evening)|(?:later{_B})?today)(?![a-z'’-])"
)
_FIRST = frozenset(
    re.split("[^a-z]", word, maxsplit=1)[0]
    for word in (
        *(*en.LEADS, *ENGLISH, *ORDINALS, *en.AT_MOST, *en.MONTHS, *en.WEEKDAYS, *en.HOLIDAYS),
        *(*en.WEEKS, *en.NTH, *en.OWN, *en.AFTER_THAT, "due", "the", "up", "end"),
        *("close", "beginning", "start", "week", "fortnight", "later", "month", "quarter", "late"),
        *("early", "mid", "this", "next", "last", "q", "h", "m", "fy", "fiscal", "financial"),
        *("year", "eoy", "eom", "eoq", "tomorrow", "tonight", "today", "half", "hundred"),
        *("final", "w", "new", "st", "all", "during"),
    )
)
"""The words with which `_LATIN` may begin: most words of a text need no closer look."""
_DIGITS_EN = re.compile(
    rf"[0-9]{{1,2}}(?:st|nd|rd|th)?(?:{_B}|-)(?:of{_B})?{_MONTH}(?![a-z])"
    r"|[1-4][qh](?:[0-9]{2}|\s[12][0-9]{3})|[12][0-9]{3}[ -]?[qh][1-4]"
    r"|[0-9]{1,2}(?:[:.][0-9]{2}){0,2}\s?[ap][.]?m|[0-9]{1,2}:[0-9]{2}"
    rf"|{_LENGTH}{_JOINT}|{_ORDINAL}{_B}five[- ]year|{_OF_YEAR}|{_NTH}"
    r"|[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}(?![0-9])"
    r"|[0-9]{1,2}([/.])[0-9]{1,2}\2(?:[0-9]{4}|[0-9]{2})(?![0-9])"
    r"|[0-9]{3}([/.])[0-9]{2}\3[0-9]{2}(?![0-9.])|20[0-9]{6}[之以]?前"
)

_UNIT_ZH = _any([*zh.UNITS, *zh.MONTHS, *zh.FISCAL, "号", "季"])
_DIGITS_ZH = re.compile(
    r"(?:(?<![0-9][.,/])|(?<=[\s|;。:>(][0-9][.]))"
    rf"[0-9]{{1,8}}(?:[-/.~至到]\s?[0-9]{{1,4}}){{0,2}}\s?{_UNIT_ZH}"
    r"|(?<![0-9])20[0-9]{2}(?:[上下]半年|第?[一二三四1-4]季)"
)
_NUMERALS_ZH = re.compile(
    rf"(?<![0-9几数])(?:[{HAN}]{{1,5}}\s?{_UNIT_ZH}|十[一二三四五六七八九]五)"
)
_BEFORE_ZH = _any([*zh.BEFORE, "前夕"])
_QUOTE = f"[{''.join(zh.QUOTES)}]?"
_ISSUED = _any(zh.ISSUED) + "之日起"


def _starts() -> dict[str, list[tuple[str, str]]]:
    """The patterns that may begin a phrase, by their first character, each beside its word."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)

    def add(words: Iterable[str], after: str = "") -> None:
        for word in words:
            found[word[0]].append((word, r"\s?".join(word) + after))

    names = [name for name in (*MOVING, *FIXED, *FROM_EASTER, "除夕") if not name.isascii()]
    holiday = rf"{_QUOTE}{_any(zh.HOLIDAY_KINDS)}?{_any(zh.HOLIDAY_WORDS)}?{_BEFORE_ZH}"
    add([word for word, ahead in zh.DAYS.items() if ahead >= 0])
    add((*zh.YEARS, zh.TWO_YEARS, *zh.HALVES))
    add(zh.AHEAD, _any(["年", *zh.MONTHS, "季", *zh.WEEKS, *zh.FISCAL]))
    add(zh.NIGHTS)
    add(zh.ERAS, rf"\s?(?:[0-9{HAN}]{{1,3}}|元)\s?年")
    add(["元月"])
    add(zh.ENDS.keys() - zh.TOTALS)
    add(["年中"], rf"(?=[,前之]|[将可]?{_any(zh.ACTS)})")
    add(["今", "本", "明", "后", "去"], r"\([0-9]{2,4}\)年")
    add(["本", "下", "上"], r"\([0-9]{1,2}\)月")
    add(zh.WEEKS, f"[{zh.WEEKDAYS}天末]")
    add(names, holiday)
    add(["第"], rf"\s?(?:[一二三四1-4]\s?季|[{HAN}0-9]{{1,3}}\s?个五年)")
    add(["半年", "半个月"], _any(zh.WITHIN))
    add(zh.FROM_NOW, rf"\s?[几若0-9{HAN}][干0-9{HAN}]{{0,3}}\s?{_UNIT_ZH}")
    add(zh.ISSUED, "之日起")
    add(["即日起", "自即日起"], rf"[{HAN}0-9半]")
    add(["自", "本"], rf"[本该]?{_any(zh.DOCUMENTS)}?{_ISSUED}")
    for quote in zh.QUOTES:
        found[quote].append((quote, rf"{quote}(?:十[一二三四五六七八九]五|{_any(names)}{holiday})"))
    return found


def _guarded(word: str, pattern: str) -> str:
    """The pattern, where the characters before it do not make another word of its beginning."""
    guard = next((zh.NOT_AFTER[key] for key in zh.NOT_AFTER if word.startswith(key)), "")
    return f"{guard}{pattern}"


_STARTS_ZH = _starts()


@cache
def _words_zh(first: str) -> re.Pattern[str]:
    starts = sorted(_STARTS_ZH.get(first, ()), reverse=True)
    return re.compile("|".join(_guarded(*start) for start in starts) or "(?!)")


# Where a phrase may begin: a run of digits, numerals or letters is looked at once, as a whole.
_START = re.compile(rf"([a-z]+)|[0-9]+|[{HAN}]+|[{''.join(_STARTS_ZH.keys() - set(HAN))}]")


def starts(plain: str) -> Iterator[int]:
    """Where a phrase may begin: with a run of digits or numerals, a sign, a word of `_FIRST`."""
    return (m.start() for m in _START.finditer(plain) if not m.lastindex or m[0] in _FIRST)


def grammars_at(plain: str, at: int) -> tuple[ModuleType, ...]:
    """The grammars to try where a phrase may begin."""
    first = plain[at]
    if "a" <= first <= "z":
        return (english,) if _LATIN.match(plain, at) else ()
    if "0" <= first <= "9":
        if _DIGITS_EN.match(plain, at):
            return (english, chinese)
        return (chinese,) if _DIGITS_ZH.match(plain, at) else ()
    if first in HAN and _NUMERALS_ZH.match(plain, at):
        return (chinese,)
    return (chinese,) if _words_zh(first).match(plain, at) else ()
