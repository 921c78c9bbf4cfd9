"""The figures in a clause: 90%, 约300个, 超过4万个, 1000个以上, "over 40,000", "at least 90 percent"."""

from __future__ import annotations

import re

from tracker.extract.chinese import is_stretch
from tracker.model import Target

_SCALE = {
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
}
_SCALE_EN = {"thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 10**12}
_UNIT = r"(?:%|％|个百分点|平方公里|平方米|立方米|公里|千米|万?千瓦时?|人次|户次|件次|兆瓦|美元|[元个家类项件台套座处条吨人户所张辆亩米场次名部只支株棵床片栋间种批门盏艘架位本册对期级宗期款班页项对])"
_ZH = re.compile(
    r"(?=[不至超突多高大低少小控约近达0-9])(?P<pre>不低于|不少于|不小于|至少|超过|突破|多于|高于|大于|不超过|不高于|不多于|低于|少于|小于|控制在|大约|约|近|达到?|超)?\s{0,2}"
    rf"(?P<num>\d{{1,12}}(?:,\d{{3}}){{0,4}}(?:\.\d{{1,4}})?)\s?(?P<scale>[百千]?万|百|千|亿)?(?P<many>[余多])?\s?(?P<unit>{_UNIT})"
    r"(?P<post>左右|上下|以上|以下|以内)?"
)
_NOUN = re.compile(
    r"(?:[\u4e00-\u9fffA-Za-z0-9（）()]{1,12}?)(?=以上|左右|以下|以内|的|和|及|或|并|全部|陆续|投用|投产|启用|开工|完工|竣工|封顶|开业|调整|推迟|延期|[,，、。;；:：“”\s]|达(?=[到标成\d])|完成|实现|建成|$)"
)
_EN = re.compile(
    r"(?=[\d$€£¥]|\b[a-z])(?P<pre>\b(?:at least|no fewer than|not less than|no less than|a minimum of"
    r"|more than|over|above|exceeding|up to|at most|no more than|less than|fewer than|under|below"
    r"|about|around|approximately|roughly|nearly|some)\s+)?(?P<cur>[$€£¥])?(?<![\w.,-])"
    r"(?P<num>\d{1,3}(?:[, \u00a0\u202f]\d{3}(?!\d)){1,4}(?:\.\d+)?|\d{1,12}(?:\.\d{1,4})?)(?P<unit>\s?(?:%|percent\b|per cent\b)|\s(?:thousand|million|billion|trillion)\b|(?=\s[a-z]{3,}))",
    re.IGNORECASE,
)
_WORDS_EN = re.compile(
    r"(?:\s(?:thousand|million|billion|trillion))?((?:\s(?!of\b|a\b|by\b|in\b|to\b|for\b|and\b|from\b|at\b|on\b|will\b|per\b)[a-zA-Z-]{2,20}){1,2})"
)
_MORE = ("超过", "突破", "多于", "高于", "大于", "超", "more than", "over", "above", "exceeding")
_LEAST = (
    *("不低于", "不少于", "不小于", "至少"),
    *("at least", "no fewer than", "not less than", "no less than", "a minimum of"),
)
_MOST = ("不超过", "不高于", "不多于", "控制在", "up to", "at most", "no more than")
_LESS = ("低于", "少于", "小于", "less than", "fewer than", "under", "below")
_ABOUT = ("大约", "约", "近", "about", "around", "approximately", "roughly", "nearly", "some")
_NOT_UNITS = re.compile(
    r"\s?(?:days?|weeks?|months?|years?|quarters?|hours?|minutes?|january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)


def targets_in(clause: str, *, english: bool) -> tuple[Target, ...]:
    """The promised figures in a clause from which the due phrase has been taken out."""
    found = _english(clause) if english else _chinese(clause)
    return tuple(dict.fromkeys(found))


def _chinese(clause: str) -> list[Target]:
    targets = []
    for match in _ZH.finditer(clause):
        if clause[max(0, match.start("num") - 1) : match.start("num")] in ("第", "-", ".", "/"):
            continue
        unit = match["unit"].replace("％", "%")
        noun = _NOUN.match(clause, match.end()) if not match["post"] else None
        tail = noun[0] if noun else ""
        if unit == "%" and clause[match.end() : match.end() + 1] == "的":
            tail = "的" + _word(clause, match.end() + 1)
        post = match["post"] or _post(clause, match.end() + len(tail))
        targets.append(
            Target(
                value=_number(match["num"], match["scale"]),
                unit=unit + ("" if unit == "%" and tail[:1] != "的" else tail),
                op=_op(match["pre"] or "", post),
                approx=(match["pre"] or "") in _ABOUT
                or post in ("左右", "上下")
                or bool(match["many"]),
                stretch=is_stretch(_segment(clause, match.start())),
            )
        )
    return targets


def _english(clause: str) -> list[Target]:
    targets = []
    for match in _EN.finditer(clause):
        if _NOT_UNITS.match(clause, match.end()) or _is_label(clause, match):
            continue
        unit = match["unit"].strip().lower()
        words = _WORDS_EN.match(clause, match.end())
        scale = _SCALE_EN.get(unit, 1)
        named = (
            "%"
            if unit in ("%", "percent", "per cent")
            else (match["cur"] or "") or (words[1].strip() if words else "")
        )
        if not named:
            continue
        pre = (match["pre"] or "").strip().lower()
        value = _scaled(re.sub(r"[,\s]", "", match["num"]), scale)
        targets.append(
            Target(
                value,
                named,
                _op(pre, ""),
                pre in _ABOUT,
                is_stretch(clause[max(0, match.start() - 80) : match.start()]),
            )
        )
    return targets


def _is_label(clause: str, match: re.Match[str]) -> bool:
    """Action 3, section 12, a year, M-19: a name, not a figure."""
    before = clause[max(0, match.start("num") - 14) : match.start("num")]
    bare_year = (
        re.fullmatch(r"(?:19|20)\d\d", match["num"])
        and not match["unit"].strip()
        and not match["pre"]
    )
    numbered = not clause[: match.start()].strip() and re.fullmatch(r"\d\d?\.\d\d?", match[0])
    return (
        bool(bare_year or numbered)
        or re.search(
            r"(?:section|action|part|article|table|annex|appendix|phase|no\.|step|chapter|vol\.|circular|order|proclamation|line)\s$|[-/]$",
            before,
            re.IGNORECASE,
        )
        is not None
    )


def _op(pre: str, post: str) -> str:
    if pre in _LEAST or post == "以上":
        return ">="
    if pre in _MORE:
        return ">"
    if pre in _MOST or post in ("以下", "以内"):
        return "<="
    return "<" if pre in _LESS else "="


def _post(clause: str, at: int) -> str:
    return next(
        (post for post in ("左右", "上下", "以上", "以下", "以内") if clause.startswith(post, at)),
        "",
    )


def _word(clause: str, at: int) -> str:
    noun = re.compile(r"[\u4e00-\u9fff]{1,6}?(?=[和及、,，。;；]|达|新|完成|实现|建|$)").match(
        clause, at
    )
    return noun[0] if noun else ""


def _segment(clause: str, at: int) -> str:
    start = max(clause.rfind(mark, 0, at) for mark in (",", "，", ";", "；"))
    return clause[start + 1 : at]


def _number(text: str, scale: str | None) -> int | float:
    return _scaled(text.replace(",", ""), _SCALE[scale] if scale else 1)


def _scaled(digits: str, scale: int) -> int | float:
    if "." not in digits:
        return int(digits) * scale
    value = round(float(digits) * scale, 6)
    return int(value) if value.is_integer() and scale > 1 else value
