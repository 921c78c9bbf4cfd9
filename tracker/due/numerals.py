"""Numbers as they are written: Chinese numerals by place (二〇二一) or by rank (二十五), English words."""

from __future__ import annotations

HAN = "〇零一二三四五六七八九十百廿卅两"
_DIGITS = dict(zip("〇零一二三四五六七八九两", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2), strict=True))
_TENS = {"廿": 20, "卅": 30}

_SMALL = (
    "zero a one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
ENGLISH = {
    **{word: max(n - 1, min(n, 1)) for n, word in enumerate(_SMALL.split())},
    "an": 1,
    **{
        word: 10 * (n + 2)
        for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())
    },
}
ORDINALS = {
    word: n + 1
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth".split()
    )
}


def read_han(text: str) -> int | None:
    """The value of a run of Chinese numerals; None when the run is no number (十四五)."""
    if not any(c in "十百廿卅" for c in text):
        return int("".join(str(_DIGITS[c]) for c in text)) if text else None
    hundreds, _, rest = text.rpartition("百")
    if "百" in text:
        if len(hundreds) != 1 or not _DIGITS.get(hundreds):
            return None
        below = read_han(rest.removeprefix("零")) if rest else 0
        return None if below is None or below > 99 else 100 * _DIGITS[hundreds] + below
    return _below_hundred(text)


def _below_hundred(text: str) -> int | None:
    if text[0] in _TENS:
        tens, ones = _TENS[text[0]], text[1:]
    else:
        lead, _, ones = text.partition("十")
        if len(lead) > 1 or (lead and not _DIGITS.get(lead)):
            return None
        tens = 10 * (_DIGITS[lead] if lead else 1)
    if not ones:
        return tens
    return tens + _DIGITS[ones] if len(ones) == 1 and _DIGITS.get(ones) else None
