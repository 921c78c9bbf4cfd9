"""Words of the clause: how firmly it is meant, whether it tells what was done, where a verb begins."""

from __future__ import annotations

import re

from tracker.extract.chinese_words import ACTS
from tracker.model import Modality

_CUES = {
    Modality.STRETCH: r"力争|争取|努力|力求|争创|\b(?:aims?|aiming|strives?|hopes?|seeks?|ambition|aspires?)\b",
    Modality.FORECAST: r"预计|有望|预期(?!寿命|性|目标)|预测"
    r"|\b(?:expect(?:s|ed|ing)?|anticipate[sd]?|forecasts?|projected|likely|estimates?)\b",
    Modality.PLANNED: r"(?<![年动作专资金训产五])计划(?!的|书|单列)|(?<![虚模])拟(?!定|合|人)|打算|规划(?:建设|到)"
    r"|\b(?:plans? (?:to|on)|plann(?:ed|ing)|intend(?:s|ed)?|scheduled|proposes? to|targets? (?=\d|a\b|the\b)|targeting|goal)\b",
}
"""What says that it is less than firm; the first of these that is said counts."""
_STRETCH = re.compile(_CUES[Modality.STRETCH], re.IGNORECASE)
_LESS = re.compile(
    rf"(?=[\u4e00-\u9fff]|\b[a-z])(?:{'|'.join(f'(?P<{m}>{cues})' for m, cues in _CUES.items())})",
    re.IGNORECASE,
)
_VERB_AT = re.compile(rf"^[,，、\s“\"*_）)]*[\u4e00-\u9fff\w]{{0,12}}?{ACTS}")
_DONE = re.compile(
    r"^.{0,11}(?:截至|截止|由|从|自|已|曾|去年|前年|上年|此前|之前|原定)|^目前|(?<![为除得到对罢])了(?!解|然|却|不|得|如指)"
)


def modality_of(lead: str, rest: str, *, english: bool) -> Modality:
    """How firmly it is meant: from the words before the phrase, or else the first after it."""
    near = lead[-120:] + " " + (rest[:160] if english else first_words(rest))
    said = {found.lastgroup for found in _LESS.finditer(near)}
    return next((modality for modality in _CUES if modality in said), Modality.FIRM)


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
