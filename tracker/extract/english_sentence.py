"""The parts of an English sentence about its date: without asides, and each on its side of the date."""

from __future__ import annotations

import re

from tracker.extract.act import plain
from tracker.extract.english_predicate import PREDICATE

_ASIDE = re.compile(
    r"\s?\([^()]{0,160}\)(?!\s(?:Limited|Ltd|plc|PLC|DAC|Inc|LLP|CIC|Pty|Group|Holdings)\b)"
)
_RELATIVE = re.compile(
    r",\s(?:which|who|whom|whose)\s[^,;]{3,90},(?=\s(?:will|shall|must|should|is|are|has|have)\b)"
)
"""An aside between a subject and its predicate: the reply, which Mr Delgado would sign, | must."""
EVENT = re.compile(
    r"^\s?(?:of|from|after|following)\s(?:the\s|this\s|its\s|their\s)?(?:[\w’'-]+\s?){1,5}(?=[,.;]|$)"
)
"""From what a length is counted: within six months | of the vote."""


def parts_about(carried: str, before: str, after: str) -> tuple[str, str, str]:
    """What a sentence says up to its date before this one, before this one, and after it."""
    carried, before, after = (
        _RELATIVE.sub("", _ASIDE.sub("", plain(part))) for part in (carried, before, after)
    )
    if before.count("(") > before.count(")"):
        at = before.rindex("(")
        carried, before = f"{carried} {before[:at]}", before[at + 1 :]
    if carried.strip() and not PREDICATE.search(carried) and PREDICATE.match(before.lstrip(" ,)")):
        carried, before = "", f"{carried} {before}"
    if carried.strip():
        before = EVENT.sub("", before)
    return carried, before, after
