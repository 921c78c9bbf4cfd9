"""Due phrases in running text: a trigger finds where one may begin, the grammar reads it there.

Running text says many things that only look like a date (3月 in 13月, may, a bare 2030), so a
reading counts only when its words could hardly mean anything else. Every trigger looks at a
bounded number of characters and what has been read is never read again, so the time is linear
in the length of the text.
"""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

from tracker.due.chinese.words import LEADS, PLACES
from tracker.due.english.words import MONTHS, WEEKDAYS
from tracker.due.lexer import normal
from tracker.due.period import Setting
from tracker.due.phrase import Due, due_of, longest
from tracker.due.reading import Reading

# 到 makes a deadline of a date, where it is not the end of a verb (达到, 看到).
_LEAD = re.compile(
    rf"(?:{'|'.join(word for word in LEADS if word not in PLACES and word != '到')}"
    r"|(?<![达得受看感找做想遇提来回直])到)\s?$"
)
# What may follow a day of the month whose month is not said: by the 20th, and …
_ALONE = re.compile(
    r"\s{0,4}(?:[.,;:!?)]|$"
    r"|(?:and|but|or|so|at|if|with|for|when|because|unless|of (?:this|next) month)\b)"
)
_NAMES = frozenset({*MONTHS, *WEEKDAYS})
_WORD = re.compile(r"[a-z]+")


class Mention(Struct, frozen=True):
    """A due phrase in a text: `text[start:end]` in code points.

    `limit` is the word that makes it a deadline (by, before, within, 前, 内, 到), or "".
    `unclear` says why its date, if it has one, cannot be relied on; else it is "".
    """

    start: int
    end: int
    due: Due
    limit: str = ""
    unclear: str = ""


def find(
    text: str,
    anchor: date,
    *,
    fiscal_year_start: int = 1,
    day_first: bool | None = None,
    month_one: date | None = None,
) -> list[Mention]:
    """The due phrases in the text, each as long as the grammar can read it, in order.

    What recurs (每年年底前, by 30 September each year) is not among them, nor is a day without
    its month (20日前 may be twenty days ago).
    """
    from tracker.due import surroundings, triggers

    plain = normal(text)
    setting = Setting(anchor, fiscal_year_start, day_first=day_first, month_one=month_one)
    mentions: list[Mention] = []
    at = done = 0
    for start in triggers.starts(plain):
        if start < at:
            continue
        grammars = triggers.grammars_at(plain, start)
        found = longest(plain, start, setting, grammars) if grammars else None
        if found is None:
            continue
        if found[0].period is None and found[0].plain:
            at = found[1]  # no part of what the calendar does not have is a date
            found = surroundings.deadline(plain, start, found)
        reading, end = found
        before = surroundings.before(plain, start, done)
        if surroundings.excludes(plain, end, before, reading.limit):
            at = max(at, end)
        elif _credible(text, plain, start, found):
            doubt = surroundings.doubt(reading, plain, start, end, before)
            mentions.append(_mention(text, start, found, before, doubt))
            at = done = end
    return mentions


def _credible(text: str, plain: str, start: int, found: tuple[Reading, int]) -> bool:
    reading, end = found
    if reading.plain and (not reading.limit or reading.unclear or reading.assumed == "month"):
        return False
    if reading.assumed == "month" and not _ALONE.match(plain, end):
        return False  # the 20th century
    if reading.limit in ("后", "之后", "以后"):
        return False
    names = (word for word in _WORD.finditer(plain, start, end) if word[0] in _NAMES)
    return all(text[name.start()].isupper() for name in names)


def _mention(text: str, start: int, found: tuple[Reading, int], before: str, doubt: str) -> Mention:
    reading, end = found
    limit = reading.limit
    if lead := _LEAD.search(before):
        start -= len(lead[0])
        limit = limit or lead[0].strip()
    unclear = reading.unclear.message if reading.unclear is not None else doubt
    return Mention(start, end, due_of(reading, text[start:end]), limit, unclear)
