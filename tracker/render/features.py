"""What spoke for or against a promise, in words: features of the verdict are named in English."""

from __future__ import annotations

from functools import cache

from tracker.locale import Language
from tracker.message import Message, parts_of

_FORMS = (
    Message("{kind} in the segment before"),
    Message("{kind} in the segment after"),
    Message("{kind} in the next sentence"),
    Message("{kind} in the opening line"),
    Message("{kind} in the heading"),
    Message("{kind} in the phrase"),
    Message("{kind} is nearest before"),
    Message("{kind} is nearest after"),
    Message("{kind} just before"),
    Message("{kind} just after"),
    Message("no word of promising with a {kind}"),
    Message("no word of promising in {kind}"),
    Message("{kind} with a {shape}"),
    Message("year assumed, {when}"),
    Message("year given, {when}"),
    Message("said by {role}"),
    Message("begins with {words}"),
    Message("ends with {words}"),
    Message("before a {words}"),
    Message("in a column of {kind}"),
    Message("in quarter {n} of the text"),
    Message("to the {precision}"),
    Message("{shape} in a plan"),
    Message("{shape} in no plan"),
    Message("{kind} before"),
    Message("{kind} after"),
)
WORDS = (
    *("will", "plan", "to do", "past", "done", "to be done", "doing", "would", "said", "not"),
    *("act", "if", "each", "as of", "since", "others", "example", "once", "we", "review", "ahead"),
    *("apply", "of", "ask", "deadline", "point", "period", "wide", "soon", "later", "unknown"),
    *("this year", "next year", "same day", "no day", "nobody", "reporter", "host", "speaker"),
    *("none", "asides", "dates", "deadlines", "a table", "prose", "the title", "labelled"),
    *("in an item", "in a name", "in a plan", "in no plan", "in quotation marks"),
    *("end of a range", "first in its sentence", "last in its sentence", "or"),
    *("day", "week", "month", "quarter", "half", "year"),
)
"""What the features are named of, and those that are a word or two themselves."""


@cache
def worded(feature: str, lang: Language) -> str:
    for form in _FORMS:
        if (parts := parts_of(form, feature)) is not None:
            return lang.text(form, **{name: _word(part, lang) for name, part in parts.items()})
    shape, _, when = feature.partition(" ")
    if feature not in WORDS and shape in WORDS and when in WORDS:
        return lang.text("{shape} {when}", shape=_word(shape, lang), when=_word(when, lang))
    return _word(feature, lang)


def _word(name: str, lang: Language) -> str:
    return lang.word("feature", name) if name in WORDS else name
