"""Statuses in the words that offices use, each to one of ours; timeliness is left aside.

The words are data, in `statuses.toml`; Chinese ones are put together of a verb and what stands
around it: 已全部完成, 尚未启动, 正在推进.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from msgspec import Struct

from tracker.exchange.sheet.grid import simplified
from tracker.exchange.sheet.notation import MONTH
from tracker.exchange.sheet.prose import is_some
from tracker.exchange.sheet.wording import telling
from tracker.model import Status

_PARTS = re.compile(
    r"[,，;；。:：(（)）\[\]|\n、/]|\.\s|\s[-–—]+\s|[-–—]{2}|(?<=[\u4e00-\u9fff])\s+(?=[a-z])"
)
_PERCENT = re.compile(r"(?<![0-9.])([0-9]{1,3}(?:\.[0-9]+)?)\s?%")
_ALL = 100
_DAY = re.compile(
    r"于?(?<![0-9])(?:[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}|(?:20[0-9]{2}年)?[0-9]{1,2}月(?:[0-9]{1,2}[日号])?|[0-9]{1,2} [a-z]{3,9} (?:20)?[0-9]{2})(?![0-9])(?:前|底)?"
    r"|^[0-9]{1,2}[./][0-9]{1,2}日?(?=[已完办销整通])"
    rf"|\b(?:in )?{MONTH} (?:20)[0-9]{{2}}\b"
)
_COLOUR = re.compile(
    "(?:green|amber|yellow|red|[garGAR]|[绿黄橙红][灯色]?)(?:[/-](?:green|amber|red))?"
)
_BEGIN = re.compile("start|beg[iu]n|commenc|启动|开始|开展|开工", re.IGNORECASE)
_UNDONE = re.compile("^(?:尚未|暂未|还未|未|没有?)")
_LIGHTS = {"🟢": "green", "🔴": "red", "🟡": "amber", "🟠": "amber", "🔵": "blue", "⚪": "white"}
_MARKS = "●○■□◆▲★☆🟢🔴🟡🔵⚪⚫🟠. \t"
_DOING = re.compile(r"已|正在|完成|[0-9]|中$|\b(?!need)[a-z]{2,}(?:ed|ing)\b")
"""What tells that something was done, beside words that it was not begun."""

CROSSES = frozenset(("no", "n", "false", "否"))
"""What a box has that is not ticked."""
_DASHES = str.maketrans("–—", "--")
_HIDDEN = re.compile("[\ufe0e\ufe0f\u200b]")
_SIGN = r"[\s\u2190-\u2bff\U0001f000-\U0001faff]+"
_AROUND = re.compile(rf"^{_SIGN}(?=\w)|(?<=[\w)）]){_SIGN}$")
"""Pictures beside a word: Done 🎉."""
TICKS = frozenset("√✓✔☑✅是vy●■*") | {"yes", "x", "true", "checked"}
"""What ticks a box, in a column that is headed by a status."""


class CellStatus(Struct, frozen=True):
    """What a cell says: the status, a percentage; None for what it does not."""

    status: Status | None = None
    percent: int | None = None


def cell_status(cell: str) -> CellStatus:
    """Read a cell of statuses; no status for words that are none."""
    text = _plain(cell)
    percent = share(text)
    status = _whole(text) or _by_parts(text)
    if status is Status.COMPLETED and text.startswith(("closed", "关闭", "已关闭")):
        why = _loosely(text)
        status = why if why in (Status.CANCELLED, Status.SUPERSEDED) else status
    if status is None:
        status = _loosely(text)
        if status is Status.COMPLETED and percent is not None and percent < _ALL:
            status = None
    if status is Status.COMPLETED and (telling("goes-on").search(text) or is_some(text)):
        status = Status.IN_PROGRESS
    if status is None and percent is not None:
        status = by_share(percent)
    return CellStatus(status, percent)


def _loosely(text: str) -> Status | None:
    return next((status for words, status in _patterns("loose") if words.search(text)), None)


def beginning(told: str) -> Status | None:
    """The status with which prose begins."""
    text = _plain(told)
    parts = _parted(_DAY.sub("", text))
    if telling("not-begun").match(text):
        return Status.NOT_STARTED
    if found := _whole(text) or (_whole(parts[0]) if parts else None):
        return found
    # A reason may stand before it: 因机构改革，尚未组织.
    idle = [p for p in parts if _whole(p) is Status.NOT_STARTED or telling("scheduled").match(p)]
    is_idle = idle and not any(_DOING.search(part) for part in parts if part not in idle)
    return Status.NOT_STARTED if is_idle else None


def share(text: str) -> int | None:
    """The one percentage that a text names."""
    found = _PERCENT.findall(text)
    return round(float(found[0])) if len(found) == 1 and float(found[0]) <= 100 else None


def percent(text: str, *, of_one: bool) -> int | None:
    """The percentage that a cell of numbers says: 50%, 0.5, 1/2, 50; None for anything else."""
    bare = text.strip().rstrip("%％").strip()
    whole, slash, parts = bare.partition("/")
    try:
        value = float(whole) / float(parts) if slash else float(bare)
    except (ValueError, ZeroDivisionError):
        return None
    if slash or (of_one and not text.strip().endswith(("%", "％"))):
        value *= 100
    return round(value) if 0 <= value <= 100 else None


def by_share(percent: int) -> Status:
    """What a percentage alone says of the status."""
    if percent == 100:
        return Status.COMPLETED
    return Status.IN_PROGRESS if percent else Status.NOT_STARTED


def is_word(cell: str) -> bool:
    """Whether a cell is a status and nothing else."""
    text = _plain(cell)
    return len(text) <= 24 and (_whole(text) or _by_parts(text)) is not None


def sole(cell: str) -> Status | None:
    """The status that a cell is, and nothing else."""
    return _whole(_plain(cell))


def says_no_more(cell: str) -> bool:
    """Whether a cell says a status and how timely it is, and nothing that is worth a note."""
    parts = _parted(_plain(cell))
    return bool(parts) and all(telling("timely").match(part) or _whole(part) for part in parts)


def is_timeliness(cell: str) -> bool:
    """Whether a cell, as a light, says how timely a task is and not how far."""
    return is_pace(cell) or bool(_COLOUR.fullmatch(_plain(cell)))


def is_pace(cell: str) -> bool:
    """Whether a cell says in words how timely a task is and not how far: Overdue."""
    text = _plain(cell)
    return bool(telling("timely", "pace").match(text))


def is_topic(cell: str) -> bool:
    """Whether a status is also what a piece of work or a list is called: Procurement."""
    return _plain(cell) in _named("topics")


def is_end(clause: str) -> bool:
    """Whether a clause says that the whole was given up."""
    text = _plain(clause)
    return _whole(text) is Status.CANCELLED or bool(telling("given-up").match(text))


def is_two_ways(cell: str) -> bool:
    """Whether all that a cell says of the status are words that people mean otherwise too."""
    text = _plain(cell)
    if telling("to-be-checked").search(text):
        return True
    parts = [part for part in _parted(text) if _whole(part)]
    worded = [part for part in parts if not _COLOUR.fullmatch(part)]
    return bool(worded) and all(
        part in _two_ways() or (_UNDONE.match(part) and _whole(part) is Status.IN_PROGRESS)
        for part in worded
    )


def is_idle(cell: str) -> bool:
    """Whether a cell says plainly that nothing was begun: Not started, and neither Open nor Not due."""
    return sole(cell) is Status.NOT_STARTED and bool(_BEGIN.search(cell))


def is_closing(cell: str) -> bool:
    """Whether a cell says that a file is closed, and not why."""
    return _plain(cell) in _named("closing")


def is_undone(cell: str) -> bool:
    """Whether a cell says that a task is not done, and not why: 未完成, Open."""
    text = _plain(cell)
    return any(part in _named("undone") or _UNDONE.match(part) for part in _parted(text))


def tells_end(clause: str, *, plainly: bool = False) -> bool:
    """Whether a clause tells of something that was brought to its end, in words of nothing else."""
    return bool(_ends(plainly=plainly).search(simplified(clause)))


def headed(name: str) -> Status | None:
    """The status that heads what has it: 已完成, 推进中; In progress."""
    text = _plain(name)
    return None if len(text) < 2 else _whole(text)


def heading_ticks(name: str) -> Status | None:
    """The status that heads a column of ticks, in whatever words."""
    return headed(name) or cell_status(name).status


@lru_cache(maxsize=4096)  # a column has few statuses, again and again
def _plain(cell: str) -> str:
    text = simplified(_HIDDEN.sub("", cell)).replace("时序", "序时").translate(_DASHES)
    text = _AROUND.sub("", text)
    return _LIGHTS.get(text, text).strip(_MARKS).lower()


@cache
def _words() -> dict[str, Status]:
    words = _data()["words"]
    return {word: status for status in Status for word in _listed(words[status.value])}


@cache
def _two_ways() -> frozenset[str]:
    return _named("words") | _named("undone")


@cache
def _named(key: str) -> frozenset[str]:
    """The words of a list of those that are doubtful or topics."""
    return frozenset(_listed({**_data()["doubtful"], "topics": _data()["topics"]}[key]))


@cache
def _ends(*, plainly: bool) -> re.Pattern[str]:
    parts = _data()["parts"]
    words = [word for key in ("finished", "done", "told") for word in _listed(parts[key])]
    if plainly:  # what is signed, sent or paid may be a first step
        words = [word for word in words if not word.isascii() or word in _listed(parts["done"])]
    return re.compile("|".join(rf"\b{word}\b" if word.isascii() else word for word in words))


@cache
def _patterns(key: str) -> list[tuple[re.Pattern[str], Status]]:
    """The patterns of a table, with the words of each part where its name stands in angles."""
    parts = _data()["parts"]
    around = ("how", "whole", "end")
    words = {k: parts[k] if k in around else "|".join(_listed(parts[k])) for k in parts}

    def written(pattern: str) -> re.Pattern[str]:
        return re.compile(re.sub("<([a-z]+)>", lambda name: words[name[1]], pattern))

    return [(written(pattern), Status.meant_by(status)) for status, pattern in _data()[key]]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("statuses.toml").read_text("utf-8"))


def _listed(words: str) -> Iterable[str]:
    return re.split(r",\s*|\n", words.strip())


@lru_cache(maxsize=4096)
def _whole(text: str) -> Status | None:
    if not text:
        return None
    if telling("ended-late").match(text):
        return Status.COMPLETED
    words = (text, text.replace(" ", ""), text.removeprefix("已"))
    found = next((_words()[word] for word in words if word in _words()), None)
    if found or len(text) > 24:
        return found
    return next((status for words, status in _patterns("put-together") if words.match(text)), None)


def _parted(text: str) -> list[str]:
    """The parts of a cell; the comma of 2,091 days parts nothing."""
    whole = re.sub("(?<=[0-9]),(?=[0-9]{3})", "", text)
    return [part for raw in _PARTS.split(whole) if (part := raw.strip(_MARKS))]


def _by_parts(text: str) -> Status | None:
    """The status that one part is, where the others say how timely it is, how far or when."""
    parts = _parted(_DAY.sub("", text))
    found = [
        (part, s) for part in parts if not telling("timely").match(part) and (s := _whole(part))
    ]
    if not found and parts and all(map(telling("timely").match, parts)):
        return Status.IN_PROGRESS
    # "No - not started": the word that says more than no.
    found = [(part, s) for part, s in found if part not in CROSSES] or found
    # A light beside a word says how timely it is: "Red - not started".
    cell_status = [s for part, s in found if not _COLOUR.fullmatch(part)] or [s for _, s in found]
    # "Open - in progress": the word that says more.
    more = [status for status in cell_status if status is not Status.NOT_STARTED]
    given_up = [status for status in more if status in (Status.CANCELLED, Status.SUPERSEDED)]
    return next(iter(given_up or more or cell_status), None)
