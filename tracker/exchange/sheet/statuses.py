"""Statuses in the words that offices use, each to one of ours; timeliness is left aside."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from msgspec import Struct

from tracker.due import find
from tracker.errors import BadValue
from tracker.model import Status

WORDS: dict[Status, str] = {
    Status.COMPLETED: "办结|已办结|完成|已完成|全部完成|全面完成|销号|已销号|按期完成|按时完成|如期完成|提前完成|逾期完成|超期完成|完结|已完结|结案|已结案"
    "|已落实|落实到位|已整改|整改完成|完成整改|整改到位|验收通过|已验收|已交付|按期办结|按时办结|提前办结|逾期办结|超期办结|已完工|已竣工|已建成|建成|建成投用|已投用|已印发|已出台|已发布|完成了|竣工|投产|已投产|投运|已销案|申请销号|√|✓|✔|☑|✅|是"
    "|done|complete|completed|closed|achieved|delivered|finished|met|implemented|resolved|blue|yes|y|b|fulfilled"
    "|completed late|complete late|done late|late completion|discharged|completed on time|kept",
    Status.IN_PROGRESS: "推进中|正常推进|办理中|进行中|正在推进|正在办理|正在进行|实施中|落实中|整改中|持续推进|长期坚持|滞后|进度滞后|推进滞后|进展缓慢|逾期|已逾期|超期"
    "|已超期|超时|逾期未完成|逾期未办结|未完成|未办结|未按期完成|未按时完成|按计划推进|序时推进|达到序时进度|已启动|临期|长期推进|常态化推进|常态化|建设中|有序推进|顺利推进"
    "|加快推进|持续坚持|长期|持续|跟进中|处理中|受理中|暂缓|暂停|搁置|延期|已延期|正常|黄|红|绿|预警|超序时|序时|未达序时|未达序时进度|否|×|✗|✘"
    "|in progress|on track|ongoing|delayed|behind|behind schedule|at risk|off track|late|overdue|started|wip|active"
    "|amber|red|green|a|r|g|on hold|paused|blocked|deferred|underway|under way|on schedule|slipped|slipping|in hand|doing"
    "|in-progress|continuing|progressing|not complete|not completed|incomplete|no|n|working on it|stuck|amber/green|amber/red|amber-green|amber-red|待验收|待核查|转为常态化|未销号|在建|续建|前期|前期工作|前期手续|停工|暂缓实施|未办结完毕"
    "|partially on track|minor delay|major delay|extended|rescheduled|on-track|off-track|carried forward|outstanding|in review|review|under review|testing|in test|qa|waiting|awaiting approval|pending approval|awaiting|partially on-track|approved|agreed|accepted|submitted|in development|live|behind plan|on plan|making progress",
    Status.NOT_STARTED: "未启动|未开始|未开展|尚未启动|尚未开始|尚未开展|待启动|待办|待办理|未办理|计划中|未实施|暂未开展|暂未启动|待开展|待推进|未动工|未开工|未落实|未整改|待整改|待落实|未到期|未到时限|拟办"
    "|not started|to do|todo|open|planned|pending|new|proposed|backlog|not yet started|to start|not due|not due yet|upcoming|scheduled"
    "|ready|unstarted|not begun|yet to start|not yet due|to be started|future|grey|white|not commenced",
    Status.PARTLY_COMPLETED: "部分完成|基本完成|阶段性完成|基本办结|部分办结|部分落实|部分整改|partly|partial|partially complete"
    "|partially completed|partly complete|partly completed|partly done|partially met|partly met|partially achieved|mostly complete"
    "|substantially complete|partially implemented",
    Status.CANCELLED: "已取消|取消|终止|已终止|中止|已中止|撤销|已撤销|不再实施|作废|不再推进|停止|已停止|不适用|撤项|dropped|cancelled|canceled"
    "|abandoned|withdrawn|rejected|won't do|wont do|n/a|not applicable|no longer required|stopped|terminated|void|descoped"
    "|not proceeding|no longer needed|won't fix|wontfix|declined|no action|no further action|not planned|not pursued|will not implement|not implemented|discontinued|obsolete|not being taken forward|not taken forward|not accepted",
    Status.SUPERSEDED: "被替代|已替代|已合并|合并|并入|合并办理|superseded|merged|replaced|duplicate|transferred",
}  # fmt: skip

# For longer cells, the first that fits: what is denied before what is said.
_LOOSE = (
    (re.compile(r"取消|终止|中止|不再|撤销|\b(?:cancel|abandon|withdraw|dropped|won.?t\b|will not|no longer|not (?:being )?(?:taken|pursued|proceed))"), Status.CANCELLED),
    (re.compile(r"合并|替代|\bsuperseded|\bmerged into"), Status.SUPERSEDED),
    (re.compile(r"部分|基本完成|阶段性|\bpart(?:ly|ial)"), Status.PARTLY_COMPLETED),
    (re.compile(r"[未没无][有能]?(?:全部|全面|按[期时])?(?:完成|办结)|\b(?:not|in)[ -]?complete"), Status.IN_PROGRESS),
    (re.compile(r"[未待](?:启动|开始|开展|办理|实施|开工)|\bnot (?:yet )?(?:started|begun)"), Status.NOT_STARTED),
    (re.compile(r"正在|待审|审[核批]|报批|征求意见|招标|施工|起草|筹[备建]|收尾|受理|推进|进行中|办理中|滞后|坚持|\b(?:in progress|ongoing|on track|behind|delay|under ?way|review|test|await|waiting|working)"), Status.IN_PROGRESS),
    (re.compile(r"^(?:已|全部|均已|均)*(?:完成|办结|销号|落实到位)(?:$|[。.!])|\b(?:completed?|done|closed|delivered)\b"), Status.COMPLETED),
)  # fmt: skip
_EXACT = {word: status for status, words in WORDS.items() for word in words.split("|")}
_PARTS = re.compile(r"[,，;；。:：(（)）|\n、]| [-–—] ")
_PERCENT = re.compile(r"(?<![0-9.])([0-9]{1,3}(?:\.[0-9]+)?)\s?%")
_LATE = re.compile(r"^(?:逾期|超期|提前)[0-9,]*[天日](?:完成|办结)$")
_LATE_ENGLISH = re.compile(r"^(?:done|completed?),? [0-9,]+ days? late$")
_TIMELY = re.compile(
    r"^(?:已?(?:逾期|超期)|还?剩余?|提前)?[0-9,−-]*[天日](?:后到期)?$|^今天到期$|^(?:按期|按时|逾期|临期|未到期)$"
    r"|^(?:overdue|due in|late by|on time|late)(?: by)?(?: [0-9,]+ days?)?$|^[0-9,]+ days? (?:overdue|late)$|^due today$"
)
_LIGHTS = {"🟢": "green", "🔴": "red", "🟡": "amber", "🟠": "amber", "🔵": "blue", "⚪": "white"}
_MARKS = "●○■□◆▲★☆🟢🔴🟡🔵⚪⚫🟠. \t"


class Said(Struct, frozen=True):
    """What a cell says: the status, a percentage, the day of completion; None for what it does not."""

    status: Status | None = None
    percent: int | None = None
    completed_on: date | None = None


def said(cell: str, anchor: date, *, first: bool = False) -> Said:
    """Read a cell of statuses; only its first clause if that is where prose may begin with one.

    Raises BadValue for words that are none.
    """
    text = _plain(cell)
    percent = share(text)
    status = _whole(text) or _by_parts(text, first=first)
    if status is None and not first:
        status = next((status for words, status in _LOOSE if words.search(text)), None)
    if status is None and percent is not None and not first:
        status = by_share(percent)
    if status is None and not first:
        raise BadValue(
            f"{cell[:40]!r} is no status.",
            "Write one such as 已完成, 进行中, 未启动, 已终止; done, in progress, not started, dropped.",
        )
    completed = _day(cell, anchor) if status is Status.COMPLETED and not first else None
    return Said(status, None if first else percent, completed)


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
    return len(text) <= 24 and (_whole(text) or _by_parts(text, first=False)) is not None


def _plain(cell: str) -> str:
    text = unicodedata.normalize("NFKC", cell).strip()
    return _LIGHTS.get(text, text).strip(_MARKS).lower()


def _whole(text: str) -> Status | None:
    if _LATE.match(text) or _LATE_ENGLISH.match(text):
        return Status.COMPLETED
    return _EXACT.get(text) or _EXACT.get(text.replace(" ", ""))


def _by_parts(text: str, *, first: bool) -> Status | None:
    """The status that one part is, where the others say how timely it is, how far or when."""
    parts = [part for raw in _PARTS.split(text) if (part := raw.strip(_MARKS))]
    if first:
        return _whole(parts[0]) if parts else None
    found = [s for part in parts if not _TIMELY.match(part) and (s := _whole(part))]
    if not found and parts and all(map(_TIMELY.match, parts)):
        return Status.IN_PROGRESS
    # "Open - in progress": the word that says more.
    more = [status for status in found if status is not Status.NOT_STARTED]
    return (more or found or [None])[0]


def _day(cell: str, anchor: date) -> date | None:
    days = [m.due for m in find(cell, anchor) if m.due.date and not m.due.year_assumed]
    exact = [due.date for due in days if due.start == due.date]
    return exact[0] if len(exact) == 1 == len(days) else None
