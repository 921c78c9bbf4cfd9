"""English acts that only point back: the first of which, this will be done, send them."""

from __future__ import annotations

import re

from msgspec.structs import replace

from tracker.extract.act import Act, shortened
from tracker.extract.english_subject import bared
from tracker.extract.english_wording import capital, small

_FIRST = re.compile(
    r"(?:the\s+)?(?P<which>first|next|last|second|final)\b(?:\s+(?:one|of\s+(?:which|these|them)))?$",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"(?:have (?:it|them|that|this)$|be (?:done|up|there|so|on line|online|live)$|do (?:so|this|that|it)\b)",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"^(?P<verb>\w+(?: (?:up|out|off|down|back|over|forward))?) (?P<it>it|them|(?:this|these|those)(?! [a-z]))\b(?P<more>.{0,80})$"
)
_OBJECT = re.compile(
    r"\w+(?: (?:up|out|off|down|back|over|forward|to|for))? (?P<what>(?:the|a|an|its|our|all|both|[a-z0-9£$€])[^,]{2,60}?)(?: (?:by|before|on|at|so|to|in|from|when|who|that|which|will|is|are|was|has)\b.*)?$"
)
_STATE = re.compile(r"(?:Be|Go|Run|Remain|Come)\b(?! (?:able|ready) to)")
"""What is said of a thing, not what somebody does."""
_IT = re.compile(r"(?:it|them|this|that)\b")


def points_back(found: Act) -> bool:
    """Whether an act says only with what stands before it what is done."""
    return bool(_points(found) or _is_state(found))


def _points(found: Act) -> bool:
    return bool(_POINTS.match(found.what) or _FIRST.match(found.thing) or _is_same(found))


def _is_same(found: Act) -> bool:
    this = found.thing.lower() in ("this", "that") and len(found.what.split()) < 5
    return bool(_SAME.match(found.what)) or this


def _is_state(found: Act) -> bool:
    return found.who == "it" and bool(_STATE.match(found.what))


def resolved(found: Act, prior: Act) -> Act:
    """The act with what the one before it names."""
    points = _POINTS.match(found.what)
    if first := _FIRST.match(found.thing):
        which = f"the {first['which'].lower()} "
        what = re.sub(r"\b(?:an?|the|its|our)\s(?=[a-z])", which, prior.what, count=1)
        return replace(found, what=shortened(what), who=found.who or prior.who)
    if _is_same(found) and not points:
        return replace(found, what=prior.what, who=found.who or prior.who)
    noun = _OBJECT.match(prior.what)
    if noun is None or _IT.match(noun["what"]):
        return found
    if _is_state(found):
        what = f"{capital(bared(noun['what']))} to {small(found.what)}"
        return replace(found, what=shortened(what))
    if points is None:
        return found
    return replace(found, what=shortened(f"{points['verb']} {noun['what']}{points['more']}"))
