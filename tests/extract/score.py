"""How well documents are read: `python -m tests.extract.score [PATH...]` prints totals by language.

A path is a file of marked documents, one a line, or a folder; without one it is the measured set,
which is never looked into. `--baselines` sets what dateparser and jionlp find beside it: every date
that is not past is a proposal of theirs, since they know no other.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from tests.extract.corpus import Marked, folder, lines
from tests.extract.marks import Mark
from tracker.extract import Band, Candidate, extract

MEASURED = Path(__file__).parent / "measured"
_FEAST = re.compile(
    r"(?:元旦|春节|春節|元宵|清明|五一|劳动节|儿童节|端午|中秋|国庆|國慶|重阳|圣诞|聖誕|复活节|復活節)"
    r"[”」』]?(?:节|節)?(?:假期|长假)?[之以]?前"
    r"|\b(?:before|ahead of|in time for) (?:christmas|easter|new year|thanksgiving|labor day)",
    re.IGNORECASE,
)
_SORTS = {
    "plans, reports and tables": "plan|roadm|table|task|list|schedule|report|strateg|deliverable"
    "|ndc|bulletin|outline|milestone|action|envrect|recovery|soe|manifest",
    "speeches, conferences and answers": "conf|speech|call|interview|transcript|podcast|answer"
    "|q[.]|evidence|reply|legco|briefing|policy|faq|address",
    "minutes, decisions and contracts": "minute|decree|communiqu|treaty|regulation|resolution|court"
    "|undertaking|licence|agreement|order|condition|contract|charter|pledge|commitment|measure|paper"
    "|consultation|enforcement|annex",
    "notices, letters and news": "notice|letter|news|release|recall|post|blog|email|announce|update"
    "|statement|complaint|foi|tender|enrol|brief|hospital|water|openinfo|street|property",
}
"""What the names of files say of each kind of document."""
_SMALL = {"the", "a", "an", "of", "to", "and", "for", "in", "on", "our"}


class Found(NamedTuple):
    """A proposed date, by whomever."""

    start: int
    end: int
    due: date | None
    candidate: Candidate | None = None


Reader = Callable[[Marked], Iterable[Found]]


def ours(marked: Marked) -> Iterator[Found]:
    """What is proposed as likely."""
    for c in extract(marked.document):
        if c.band is Band.LIKELY:
            yield Found(c.phrase.start, c.phrase.end, c.due, c)


def dateparser(marked: Marked) -> Iterator[Found]:
    from dateparser.search import search_dates

    made_on, text = marked.document.made_on, marked.document.text
    settings: dict[str, object] = {"PREFER_DATES_FROM": "future", "PREFER_DAY_OF_MONTH": "last"}
    if made_on is not None:
        settings["RELATIVE_BASE"] = datetime.combine(made_on, time())
    at = 0
    for words, day in search_dates(text, ["en"], settings=settings) or ():
        at = max(at, text.find(words, at))
        if made_on is None or day.date() >= made_on:
            yield Found(at, at + len(words), day.date())


def jionlp(marked: Marked) -> Iterator[Found]:
    import jionlp as jio

    made_on = marked.document.made_on
    base = {"year": made_on.year, "month": made_on.month, "day": made_on.day} if made_on else None
    for one in jio.ner.extract_time(marked.document.text, time_base=base, with_parsing=True):
        times = one["detail"]["time"]
        last = str(times[-1])[:10] if isinstance(times, list) else ""
        if re.fullmatch(r"\d{4}-\d\d-\d\d", last):
            due = date.fromisoformat(last)
            if made_on is None or due >= made_on:
                start, end = one["offset"]
                yield Found(start, end, due)


def score(documents: Iterable[Marked], read: Reader) -> dict[tuple[str, str], Counter[str]]:
    """What was found, by language and by kind of phrase ("" for all)."""
    totals: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for marked in documents:
        found = list(read(marked))
        for mark in marked.marks:
            over = [f for f in found if f.start < mark.end and f.end > mark.start]
            for result in _results(mark, over):
                for kind in ("", _kind(mark), _kind_of_document(marked.document.name)):
                    totals[marked.document.language, kind][result] += 1
    return totals


def _results(mark: Mark, over: list[Found]) -> Iterator[str]:
    if mark.truth == "x":
        yield "traps"
        if over:
            yield "traps proposed"
    elif mark.truth == "?":
        yield "no certain day"
        if any(f.due for f in over):
            yield "a day for it"
    elif mark.truth != "h":
        yield "dated"
        right = [f for f in over if f.due is not None and str(f.due) in _days(mark)]
        yield "right day" if right else "wrong day" if any(f.due for f in over) else "missed"
        if right and (c := right[0].candidate):
            yield f"title {_likeness(mark.title, c.title)}"
            if mark.owner:
                yield f"owner {_owner(mark.owner, c.owner)}"


def _days(mark: Mark) -> set[str]:
    """The day that is marked; before a feast, the eve of it is as right as the feast."""
    day = date.fromisoformat(mark.truth)
    return {mark.truth, str(day - timedelta(1))} if _FEAST.search(mark.words) else {mark.truth}


def _kind_of_document(name: str) -> str:
    """What sort of document it is, by the name of its file."""
    return next(
        (kind for kind, words in _SORTS.items() if re.search(words, name)), "of other kinds"
    )


def _kind(mark: Mark) -> str:
    if not re.search(r"[0-9〇零一二三四五六七八九十]|[A-Z][a-z]{2}", mark.words):
        return "in relative words"
    year = re.search(r"[0-9]{4}|[〇零一二三四五六七八九]{4}", mark.words)
    return "with a year" if year else "without a year"


def _owner(marked: str, told: str | None) -> str:
    if not told:
        return "none"
    return "right" if same_body(marked, told) else "wrong"


def same_body(marked: str, told: str) -> bool:
    """Whether two names are of one body: one may be a short form of the other, or its initials.

    A Chinese name is shortened by signs: 市应急局 of 市应急管理局, 村委会 of 柳湾村村民委员会.
    """
    one, other = (
        re.sub(r"^(?:the|our) | (?<=and )the(?= )", "", name.lower().replace("’", "'").strip())
        for name in (marked, told)
    )
    short = (_initials(marked), _initials(told))
    return (
        bool(one)
        and bool(other)
        and (one in other or other in one or marked in short or told in short)
    ) or _shortened(*sorted((one, other), key=len))


def _shortened(short: str, long: str) -> bool:
    """Whether a longer name has all signs of a Chinese one of three or more, in their order."""
    signs = iter(long)
    is_chinese = len(short) > 2 and re.fullmatch("[\u3400-\u9fff]+", short) is not None
    return is_chinese and short[-1] == long[-1] and all(sign in signs for sign in short)


def _initials(name: str) -> str:
    """The capitals of a name of several words: DCMS of Department for Culture Media & Sport."""
    letters = re.findall(r"\b[A-Z]", name)
    return "".join(letters) if len(letters) > 2 else ""


def _likeness(marked: str, told: str) -> str:
    """How much of their words two titles share: good from 0.6, poor from 0.35 (harmonic mean)."""
    one, other = Counter(_words(marked)), Counter(_words(told))
    share = 2 * (one & other).total() / max(1, one.total() + other.total())
    return "good" if share >= 0.6 else "poor" if share >= 0.35 else "bad"


def _words(title: str) -> list[str]:
    han = re.findall(r"[\u4e00-\u9fff]", title)
    latin = [word[:5] for word in re.findall(r"[a-z0-9]+", title.lower()) if word not in _SMALL]
    return [a + b for a, b in pairwise(han)] + latin


_COLUMNS = (
    "dated",
    "right day",
    "wrong day",
    "missed",
    "no certain day",
    "a day for it",
    "traps",
    "traps proposed",
)
_MORE = ("owner right", "owner none", "owner wrong", "title good", "title poor", "title bad")


def main(args: list[str]) -> None:
    readers: list[Reader] = [ours]
    if "--baselines" in args:
        readers += [dateparser, jionlp]
    paths = [Path(a) for a in args if a != "--baselines"] or sorted(MEASURED.glob("*.jsonl"))
    documents = [m for p in paths for m in (lines(p) if p.suffix == ".jsonl" else folder(p))]
    languages: dict[Reader, tuple[str, ...]] = {
        ours: ("en", "zh"),
        dateparser: ("en",),
        jionlp: ("zh",),
    }
    for read in readers:
        those = [m for m in documents if m.document.language in languages[read]]
        for (language, kind), told in sorted(score(those, read).items()):
            columns = (
                (*_COLUMNS, *_MORE)
                if read is ours and not kind.startswith(("with", "in "))
                else _COLUMNS
            )
            figures = ", ".join(f"{column} {told[column]}" for column in columns)
            sys.stdout.write(f"{read.__name__} {language} {kind or 'all'}: {figures}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
