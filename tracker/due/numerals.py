"""Numbers in words: Chinese numerals by place (二〇二一) or by rank (二十五), and English."""

from __future__ import annotations

HAN = "〇零一二三四五六七八九十百廿卅两"
_DIGITS = dict(zip("〇零一二三四五六七八九两", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2), strict=True))
_TENS = {"廿": 20, "卅": 30}

ENGLISH = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
    "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip


def is_by_place(text: str) -> bool:
    """Whether each numeral stands for a digit: 二〇二一, and not 二十一."""
    return not any(c in "十百廿卅" for c in text)


def read_han(text: str) -> int | None:
    """The value of a run of Chinese numerals; None when the run is no number (十四五)."""
    if is_by_place(text):
        return int("".join(str(_DIGITS[c]) for c in text))
    if "百" not in text:
        return _below_hundred(text)
    hundreds, rest = text.split("百", 1)
    below = _below_hundred(rest.removeprefix("零")) if rest else 0
    if below is None or len(hundreds) != 1 or not _DIGITS.get(hundreds):
        return None
    return 100 * _DIGITS[hundreds] + below


def _below_hundred(text: str) -> int | None:
    if text[:1] in _TENS:
        tens, ones = _TENS[text[0]], text[1:]
    elif "十" in text:
        lead, ones = text.split("十", 1)
        if len(lead) > 1 or (lead and not _DIGITS.get(lead)):
            return None
        tens = 10 * (_DIGITS[lead] if lead else 1)
    else:
        tens, ones = 0, text
    if not ones:
        return tens or None
    return tens + _DIGITS[ones] if len(ones) == 1 and _DIGITS.get(ones) else None
