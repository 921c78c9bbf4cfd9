"""For whom an English speaker speaks, as a document tells where it introduces or labels them."""

from __future__ import annotations

import re

from tracker.extract.bodies import is_organisation
from tracker.extract.names import names_in

_FORM = re.compile(r"^(?:Mr|Ms|Mrs|Miss|Dr|Sir|Dame)\.?\s", re.IGNORECASE)
_POST = re.compile(
    r"\b(?:Officer|Chief|Director|Minister|Secretary|Chair\w*|President|Manager|Lord|Lady|Head)\b"
)
_OF = re.compile(r"\b(?:of|at|from|for|with)\s(?:the\s)?(?:new\s)?$")


def body_of(person: str, text: str) -> str | None:
    """The body of a speaker: Zainab Idris, Chief Executive, NSS; Health Minister Lars Quillfeather."""
    bare = _FORM.sub("", person)
    if bare.lower() not in text.lower():
        return None
    name = re.escape(bare)
    case = "(?i:" if person.isupper() else "(?:"
    found = re.search(
        rf"\b{case}{name})(?:\s[A-Z][\w’'-]+)?(?:,\s?|\s?[(–—-]\s?|\s(?:of|from|at|became|is)\s)(?P<after>[^\n;:]{{3,120}})"
        rf"|(?P<before>(?:[A-Z][\w’'-]+\s){{1,5}})(?:[A-Z][\w’'-]+\s){case}{name})\b",
        text,
    )
    if found is None:
        return None
    words = found["after"] or found["before"]
    names = list(names_in(words, english=True))
    bodies = [one.text for one in names if is_organisation(one.text)]
    if found["before"]:
        return bodies[-1] if bodies else None
    in_bracket = found[0].rstrip().endswith(words) and "(" in found[0]
    again = len(names) == 1 and text.count(names[0].text) > 2
    if not bodies and in_bracket and again and not _POST.search(words):
        return names[0].text
    after = [one.text for one in names if _OF.search(words[: one.start])]
    return next(iter([*reversed(bodies), *after]), None)
