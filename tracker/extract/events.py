"""Days that a document names for its events: the Effective Date, polling day, the entry into force.

A length that is counted from an event (within 75 days of the Effective Date) has a day where the document
says the event's day once and no other: "the Effective Date is 12 October 2016", "Polling day: 9 May", "12 October 2016
(the “Effective Date”)". So has what is due at the next meeting where the minutes name its day.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from tracker.due import parse
from tracker.errors import BadDate
from tracker.extract.discourse import DatedMention
from tracker.model import Precision

_BEFORE = ("before", "prior to", "ahead of", "in advance of")
_FROM = re.compile(
    r"\s(?P<joint>of|from|after|following|before|prior to|ahead of|in advance of)\s(?:the\s|this\s|its\s)?(?:date\s(?:of|on)\s(?:the\s)?)?"
    r"(?P<event>[A-Za-z][\w’'-]*(?:\s(?:into\s|of\s(?:the\s)?)?[A-Za-z][\w’'-]*){0,3})"
)
_LENGTH = re.compile(
    r"(?:(?:within|in|by|not later than|no later than|at least)\s)?(?P<length>(?:the\s)?[\w-]+\s(?:calendar\s)?(?:days?|weeks?|months?|years?))$",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"[”\"’)*_|]{0,4}\s{0,3}(?:of\s(?:the\s)?(?:\w{3,20}\s?){1,3})?"
    r"(?:(?:means|is|shall be)\s[^.;\n]{3,90}?\s(?:namely|being|that is)\W{1,2}"
    r"|(?:means|is)\sthe\sdate\sof\s\w{3,12},\s"
    r"|(?:is|are|means|shall be|will be|takes place|take place|falls|being|has been)"
    r"\s(?:held\s|(?:fixed|set|called)\sfor\s)?(?:on\s|the\s){0,2}"
    r"|[\s:–—|(*-]{1,6}(?:on\s|the\s){0,2}|on\s)",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\b(?P<lead>to|at|by|before|ahead of|in time for|for|until)\s(?:the\s|our\s|its\s)?"
    r"(?P<event>next\s(?:\w{3,12}\s)?(?:meeting|sync|session|AGM|call|sitting|review)|polling\sday"
    r"|(?:end|start|close|beginning)\sof\s(?:the\s|this\s|next\s)?(?:\w{3,10}\s){0,2}(?:term|semester|half-term|school\syear|academic\syear|holidays))\b"
)
"""What is due at a meeting, or with a term: before the next sync, by the end of the summer term."""
_CALLS = re.compile(r"\s{0,2}[,(]\s{0,2}(?:the\s|hereinafter\s|being\s){0,2}[“\"‘]?", re.IGNORECASE)
_WORDED = {"entry into force": ("ent", r"(?:er|ers|ering|ry)\s+into\s+force")}
_EDGE = re.compile(r"(?P<edge>end|close|start|beginning|opening)\sof\s(?:the\s)?(?P<noun>.+)")
_VERBS = {
    "end": "ends?",
    "close": "closes?|ends?",
    "start": "starts?",
    "beginning": "begins?|starts?",
    "opening": "opens?",
}
"""How the text says an event otherwise."""
_MOST = 20
"""How many events of a document are looked up."""


def at_events(text: str, mentions: Sequence[DatedMention]) -> list[DatedMention]:
    """The phrases, with those that name a meeting whose day the text gives elsewhere."""
    starts = [m.start for m in mentions]
    days: dict[str, date | None] = {}
    small = _small(text)
    found = []
    for match in _NEXT.finditer(text):
        event = match["event"].lower()
        near = mentions[at - 1] if (at := bisect_left(starts, match.end() + 12)) else None
        if near is not None and near.end > match.start() and near.due is not None:
            continue  # its own day stands beside it
        if event not in days and len(days) < _MOST:
            days[event] = _day_of(event, small, starts, mentions)
        if (day := days.get(event)) is not None:
            due = day - timedelta(days=match["lead"] in _BEFORE)
            found.append(
                DatedMention(*match.span(), due, Precision.DAY, assumed=False, has_year=True)
            )
    return sorted([*mentions, *found], key=lambda m: m.start) if found else list(mentions)


def counted_from_events(text: str, mentions: Sequence[DatedMention]) -> list[DatedMention]:
    """The phrases, those that are counted from an event with the day that the text gives it."""
    days: dict[str, date | None] = {}
    starts, small = [m.start for m in mentions], _small(text)
    found = list(mentions)
    for index, here in enumerate(mentions):
        after = _FROM.match(text, here.end)
        length = _LENGTH.match(text[here.start : here.end]) if after else None
        if after is None or length is None:
            continue
        for event in _names(after["event"]):
            if event not in days and len(days) < _MOST:
                days[event] = _day_of(event, small, starts, mentions)
            if (day := days.get(event)) is not None:
                back = after["joint"] in _BEFORE
                found[index] = _counted(here, length["length"], day, back=back)
                break
    return found


def _names(words: str) -> list[str]:
    """What may be the name of an event, the longest first."""
    parts = words.split()
    return [
        " ".join(parts[:size]).lower()
        for size in range(len(parts), 0, -1)
        if size > 1 or len(parts[0]) > 3
    ]


def _small(text: str) -> str:
    """The text in small letters, of the same length."""
    return text.replace("İ", "i").lower()


def _day_of(
    event: str, text: str, starts: list[int], mentions: Sequence[DatedMention]
) -> date | None:
    """The one day that stands beside the event's name in a text of small letters; None where none does, or two."""
    said: set[date] = set()
    for match in _told(event, text):
        at = bisect_left(starts, match.end())
        near = mentions[at] if at < len(mentions) else None
        says = _SAYS.match(text, match.end())
        if near is not None and says is not None and near.start <= says.end() < near.end:
            said |= _one(near)
        before = mentions[at - 1] if at else None
        calls = _CALLS.match(text, before.end) if before is not None else None
        if before is not None and calls is not None and calls.end() == match.start():
            said |= _one(before)
    return said.pop() if len(said) == 1 else None


def _told(event: str, text: str) -> Iterator[re.Match[str]]:
    """Where a text of small letters names the event, or says that it begins or ends."""
    named = list(re.finditer(_spelt(*_WORDED.get(event, (event,))), text))
    yield from named
    if edge := _EDGE.fullmatch(event):
        ends = {match.end() for match in named}
        verbs = rf"(?P<verb>[^.;\n]{{0,60}}?\b(?:{_VERBS[edge['edge']]})\b)"
        again = re.finditer(_spelt(edge["noun"]) + verbs, text)
        yield from (match for match in again if match.start("verb") not in ends)


def _spelt(words: str, rest: str = "") -> str:
    """A pattern for the words that begins with letters, which are found fast."""
    first, *others = map(re.escape, words.split())
    return r"\s+".join([rf"{first}(?<!\w{first})", *others]) + rf"{rest}\b"


def _one(mention: DatedMention) -> set[date]:
    day = mention.due is not None and mention.precision is Precision.DAY and not mention.struck
    return {mention.due} if day and mention.due is not None else set()


def _counted(here: DatedMention, length: str, day: date, *, back: bool) -> DatedMention:
    try:
        due = parse(f"{length} before {day}" if back else f"{length} after {day}", day).date
    except BadDate:
        return here
    return here if due is None else replace(here, due=due, precision=Precision.DAY, has_year=True)
