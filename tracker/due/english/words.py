"""The English words of due phrases, each said once: the grammar takes them, the finder seeks them.

A word's place is the table of its meaning. What is in `UNDATED` or `NOT_FOUND` is understood
when it is typed, and is too common to begin a date in running text.
"""

from __future__ import annotations

from tracker.due.holidays import BY_WEEKDAY, FIXED, FROM_EASTER
from tracker.due.lexer import wordings
from tracker.locale import MONTH_NAMES, WEEKDAY_NAMES

MONTHS = {name[:cut].lower(): n for n, name in enumerate(MONTH_NAMES) if n for cut in (3, None)}
MONTHS["sept"] = 9
WEEKDAYS = {name[:cut].lower(): n for n, name in enumerate(WEEKDAY_NAMES) for cut in (3, None)}
WEEKDAYS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
LEADS = {
    "by no later than": "by", "no later than": "by", "not later than": "by", "on or before": "by",
    "by or before": "by", "before or on": "by", "at the latest by": "by", "at the latest on": "by",
    "latest by": "by", "latest": "by", "not after": "by", "by": "by",
    "in time for": "before", "in advance of": "before", "this side of": "before", "come": "in",
    "inside": "within", "between now and": "by",
    "before": "before", "prior to": "before", "ahead of": "before",
    "up to and including": "by", "up to": "until", "until": "until", "till": "until",
    "til": "until", "through": "through", "thru": "through",
    "during the course of": "during", "over the course of": "during",
    "within": "within", "over": "over", "during": "during", "in the course of": "during",
    "in": "in", "on": "on", "at": "at", "with effect from": "from", "effective from": "from",
    "effective": "from", "starting from": "from", "starting on": "from", "starting": "from",
    "beginning on": "from", "commencing": "from", "as from": "from", "as of": "from",
    "from": "from",
}  # fmt: skip
"""What stands before a date, and the limit it sets."""

PLACES = frozenset({"in", "on", "over", "during", "from"})
"""Limits that make no deadline of a date."""

AFTER_LEADS = wordings(
    ", at the latest|at the very latest|at the latest|at latest|latest|or earlier|or sooner|"
    "or before|inclusive"
)
YEARS = {"the current year": 0, "this year": 0, "next year": 1, "last year": -1}
THIS = {
    "this coming": 1, "the current": 0, "this very": 0,
    "the next": 1, "the following": 1, "the coming": 1, "the": 0, "this": 0,
    "current": 0, "next": 1, "last": -1, "previous": -1,
}  # fmt: skip
WEEKDAY_OF = {"this": 0, "this week": 0, "next": 1, "next week": 1, "after next": 2, "last": -1}
DAYS = {
    "today": 0, "tomorrow": 1, "the day after tomorrow": 2, "day after tomorrow": 2,
    "tonight": 0, "this afternoon": 0, "this evening": 0, "later today": 0, "yesterday": -1,
}  # fmt: skip
_HOLIDAYS = {
    "the new year": "new year", "new year's day": "new year", "christmas day": "christmas",
    "saint patrick's day": "st patrick's day", "easter day": "easter sunday",
    "easter": "easter sunday", "whitsun": "whit sunday", "pentecost": "whit sunday",
    "thanksgiving day": "thanksgiving", "the feast of stephen": "boxing day",
    "st stephen's day": "boxing day", "all hallows": "all saints' day",
    **{name: name for name in (*FIXED, *FROM_EASTER, *BY_WEEKDAY) if name.isascii()},
}  # fmt: skip
HOLIDAYS = dict(sorted(_HOLIDAYS.items(), reverse=True))
"""Longer names before those that begin them."""
NTH = {"opening": 1, "front": 1, "closing": -1, "final": -1, "last": -1, "latter": -1, "back": -1}
"""Which of the parts of a period is meant, besides the ordinals: the back half of 2027."""
PARTS = wordings("working day|business day|day|weekend|week|fortnight|half")
WEEKS = {
    "week commencing": False, "week beginning": False, "week starting": False, "week of": False,
    "fortnight beginning": False, "fortnight commencing": False,
    "w/c": False, "w/b": False, "week ending": True, "w/e": True,
}  # fmt: skip
"""A week by one of its days: whether that day ends it."""

UNITS = {
    unit: name
    for name, units in {
        "hour": "hour|hours|hr|hrs",
        "day": "day|days|d",
        "week": "week|weeks|wk|wks|w",
        "fortnight": "fortnight|fortnights",
        "month": "month|months|mo|mos|mth|mths|m",
        "year": "year|years|yr|yrs|y",
    }.items()
    for unit in wordings(units)
}
AT_MOST = wordings("no more than|not more than|less than|at most|a maximum of|under|up to")
WORKING = ("working", "business")
ENDS = wordings("the very end|the end|the close|the last day|last day|end|close|late")
EDGES = {
    "year-end": "year", "year end": "year", "year's end": "year",
    "month-end": "month", "month end": "month",
    "quarter-end": "quarter", "quarter end": "quarter", "week-end": "week", "eoy": "year",
    "eom": "month", "eoq": "quarter", "eow": "week", "eod": "day", "end of day": "day",
    "close of business": "day", "cob": "day",
}  # fmt: skip
OUT = {"the turn of the year": "year", "the weekend": "week", "this weekend": "week"}
IS_OVER = wordings("is out|is over|is up|ends|are out")
"""Before the year is out, before April ends."""
NO_DAY = wordings(
    "the beginning of|beginning of|the start of|start of|early|the middle of|middle of|mid"
)
DAY_ENDS = wordings("close of business|close of play|end of business|end of day|cob|eod")
PARTS_OF_DAY = wordings("morning|afternoon|evening|night|lunchtime")
ZONES = wordings(
    "utc|gmt|bst|ist|wet|west|cet|cest|eet|eest|msk|est|edt|cst|cdt|mst|mdt|pst|pdt|akst|akdt|hst|et|ct|mt|pt|"
    "jst|kst|hkt|sgt|aest|aedt|acst|acdt|awst|nzst|nzdt|z|local time|eastern time|central time|"
    "mountain time|pacific time|eastern standard time|eastern daylight time|eastern|beijing time|"
    "london time|brussels time|hong kong time"
)
NOON = wordings("noon|midday|12 noon|lunchtime|first thing")
ELSEWHERE = tuple(
    f"{which} {unit}"
    for unit in wordings("day|date|week|month|year|morning|afternoon|evening")
    for which in ("the same", "that same", "that")
)
AFTER_THAT = wordings("the day after|the week after|the month after|the year after")
"""What is told from a day that was named before: that week, the day after."""
MEETINGS = wordings(
    "meeting|meetings|session|sitting|board|board meeting|council|council meeting|cabinet|"
    "committee|assembly|agm|plenary|synod|ordinary meeting|regular meeting|quarter"
)
"""What a month may name, and is then not the date of something else: the June meeting."""
OWN = wordings("the|its|our|their|his|her|your|next")
SEASONS = wordings("spring|summer|autumn|fall|winter")
FISCAL = wordings("fiscal year (fy)|financial year (fy)|fiscal year|financial year|fy|fiscal")
UNDATED = wordings(
    "tbd|tbc|tba|to be determined|to be decided|to be confirmed|none|n/a|no date|no deadline|"
    "no due date|ongoing|on-going|continuous|open-ended|open ended|as soon as possible|asap|"
    "someday|soon|this parliament|the current parliament|"
    "the lifetime of this parliament|the lifetime of the parliament|the end of this parliament|"
    "the end of the parliament|the coming months|coming months|the coming weeks|coming weeks|the "
    "next few months|the next few weeks|this legislature|the coming years|coming years|"
    "the next few years|next few years|the years ahead|the years to come|the short term|"
    "the medium term|the long term|short term|medium term|long term|short-term|medium-term|"
    "long-term|the foreseeable future|the near future"
)
DOCUMENTS = wordings(
    "memorandum|memo|order|plan|report|document|directive|notice|strategy|act|law|regulation|rule|"
    "policy|guidance|announcement|proclamation|decision|resolution|circular|letter|agreement|"
    "bulletin|statement|declaration|communique|response|roadmap|charter|framework|protocol|accord|"
    "ordinance|executive order|bill|programme|program|undertaking|contract|licence|license|permit|"
    "meeting|communication|"
    "undertakings|conditions|terms|judgment|deed|scheme|offer|bulletin|resolution"
)
ISSUED = wordings(
    "date of publication|date of issuance|date of enactment|publication|issuance|issue|release|"
    "signing|signature|enactment|adoption|announcement|date"
)
