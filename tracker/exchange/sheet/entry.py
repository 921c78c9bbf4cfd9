"""One row of a ledger made into what a milestone can take in."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from msgspec.structs import replace

from tracker.actions import Remark
from tracker.due import MAX_LENGTH, find
from tracker.errors import BadDate, BadInput, BadValue
from tracker.exchange.sheet import statuses
from tracker.exchange.sheet.bodies import bodies, split
from tracker.exchange.sheet.columns import Field
from tracker.exchange.sheet.dates import Day, Reading, day_of, named
from tracker.exchange.sheet.grid import NOTHING, Cell, Row, alike, at
from tracker.exchange.sheet.values import Entry, Setting
from tracker.message import Message
from tracker.model import Precision, Source, Status

_ADDRESS = re.compile(r"^(?:https?|ftp)://\S+$")
_NOTHING = frozenset(("", "-", "—", "–", "/", "无", "暂无", "n/a", "none", "\\"))
_FINISHED = re.compile(
    r"(?:完成日期|办结日期|completed on|date completed)\s*[:：]\s*([^;；,，\n]+)", re.IGNORECASE
)
# What a cell of dates says of the end of a task, and not of its deadline.
_CLOSED = re.compile(
    r"已[^，。；前]*(?:完成|办结|销号|整改|落实)|^(?:完成|办结|销号)(?:于|$)"
    r"|\b(?:closed|completed|complete|done|delivered|achieved)\b(?! by)",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"[(（)）;；，,。\n]|\s[-–—]\s")
_WHO = re.compile(
    r"(?:责任人|责任单位|责任部门|牵头单位|owner|lead)\s?[:：]\s?(\S+)", re.IGNORECASE
)
"""Who is named beside a deadline, in a column of both."""

_IN_MONTHS = re.compile(r"\bmonths?\b", re.IGNORECASE)
_FROM_THEN = re.compile(r"^(?:会后|会议后|交办后|自?(?:会议|交办|下达|批示)之?日起)(.{1,8}内)$")
"""What counts from the day that another column names."""

# Progress that begins by saying that all of it is done.
_ALL_DONE = re.compile(
    r"^(?:[0-9年月日.]{2,11})?(?:目前)?(?:已|均已|已经)(?:于[^，。；]{1,12}?)?(?:全部|全面|按期|按时|如期|提前|顺利|定稿|正式|公开|对外)*"
    r"(?:完成|办结|建成|竣工|完工|印发|出台|销号|整改|落实|发布|上线|投用|投入|验收|通过|开通|解决|启用|结案|答复)"
    r"|^(?:completed|complete|done|closed|delivered|submitted|published|achieved)\b",
    re.IGNORECASE,
)
_PASSED = re.compile(
    r"^[^，。；]{0,10}(?:均已?|全部|都已?)[^，。；]{0,8}(?:完毕|完成|到位|办结|结束)(?:$|[，。；])|(?:^|[，,；;])(?:已|并)?(?:顺利|全部)?通过[^，。；]{0,8}验收(?:$|[。；])"
)
_NOT_ALL = re.compile(
    r"正在|尚未|未|基本|部分|剩余|其余|还有|下一步|力争|预计|计划|推进|[0-9]\s?%|[0-9]\s?[个家项处台座户亩公里万米]"
    r"|\b(?:remaining|but|not|still|next|of|phase|first|partly)\b",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"\s+")


def entry(place: int, row: Row, setting: Setting, year: int | None) -> Entry:
    """Read a row. Raises a refusal that names the column and what would be accepted."""
    return _Row(place, row, setting, year).entry()


def _unprinted(row: Row, setting: Setting) -> tuple[Row, set[Field]]:
    """The row without what our own ledger printed into it, and the fields which that is.

    The title and the id stay, for a row is told by them.
    """
    fields = setting.header.fields
    id = at(row, fields.get(Field.ID)).text
    printed = setting.asked.printed(int(id)) if id.isdecimal() and len(id) < 19 else {}
    if not printed:
        return row, set()
    same = {
        field: place
        for field, place in fields.items()
        if alike(at(row, place).text) in {alike(text) for text in printed.get(field, ())}
    }
    telling = (Field.TITLE, Field.ID, Field.UID)
    blank = {place for field, place in same.items() if field not in telling}
    kept = (NOTHING if place in blank else cell for place, cell in enumerate(row))
    return tuple(kept), set(same)


_BY_GOAL = Message("The due date is taken from the last period that has a goal.")


class _Row:
    """A row while it is read: its fields and doubts as they come."""

    def __init__(self, place: int, row: Row, setting: Setting, year: int | None) -> None:
        self._place, self._setting = place, setting
        self._row, self._printed = _unprinted(row, setting)
        self._fields: dict[str, Any] = {}
        self._doubts: list[Message] = []
        self._remarks: list[Remark] = []
        self._year = year
        self._assumed = False
        self._unknown = ""
        self._made_on: date | None = None
        self._made_on = self._soft_day(Field.MADE_ON) or setting.asked.made_on

    def entry(self) -> Entry:
        self._fields["title"] = self._title()
        self._who()
        self._when()
        said = self._status()
        self._words()
        return Entry(
            self._place,
            self._fields,
            uid=self._text(Field.UID) or None,
            id=self._id(),
            number=self._text(Field.NUMBER),
            made_on=self._promised(),
            remarks=tuple(self._remarks),
            doubts=tuple(self._doubts),
            year_assumed=self._assumed,
            status_said=said,
            title_said=Field.TITLE not in self._printed,
            title_missing=self._cell(Field.TITLE).is_above,
        )

    def _cell(self, field: Field) -> Cell:
        return at(self._row, self._setting.header.fields.get(field))

    def _text(self, field: Field) -> str:
        text = self._cell(field).text.strip()
        return "" if text.lower() in _NOTHING else text

    def _title(self) -> str:
        # A title stands on one line, whatever lines its cell has.
        group = at(self._row, self._setting.header.group).text
        title = _BLANKS.sub(" ", self._text(Field.TITLE) or group).strip()
        title = re.sub(
            "(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])", "", title
        )
        if not title:
            name = self._setting.header.name(Field.TITLE)
            raise BadInput("{name}: it says no task.", "Write what is to be done.", name=name)
        if self._cell(Field.TITLE).is_above:
            self._doubts.append(Message("It says no task of its own, and is taken for that above."))
        return title

    def _id(self) -> int | None:
        text = self._text(Field.ID)
        return int(text) if text.isdecimal() and len(text) < 19 else None

    def _promised(self) -> date | None:
        if self._made_on and self._made_on > self._setting.asked.today:
            raise BadDate(
                "It was promised on {made_on}, a day to come.",
                "Mend that day.",
                made_on=self._made_on,
            )
        return self._made_on

    def _who(self) -> None:
        said = self._cell(Field.OWNER).text
        if Field.OWNER not in self._setting.header.fields and (
            found := _WHO.search(self._cell(Field.DUE).text)
        ):
            said = found[1]
        owner, helpers = bodies(said)
        more = split(self._cell(Field.SUPPORTING).text)
        if owner:
            self._fields["owner"] = owner
        elif Field.OWNER in self._setting.header.fields and Field.OWNER not in self._printed:
            self._doubts.append(Message("It names nobody responsible."))
        supporting = tuple(name for name in dict.fromkeys([*helpers, *more]) if name != owner)
        if supporting or self._text(Field.SUPPORTING):
            self._fields["supporting"] = supporting

    def _anchor(self) -> tuple[date, bool]:
        """The day from which its phrases are understood, and whether only its year is known."""
        sheet = self._setting
        if self._year and (self._made_on is None or self._made_on.year != self._year):
            return date(self._year, 1, 1), True
        if self._made_on:
            return self._made_on, False
        likely = sheet.header.dated.year if sheet.header.dated else sheet.likely_year
        return (date(likely, 1, 1), True) if likely else (sheet.written_on, False)

    def _reading(self, field: Field | None = None) -> Reading:
        sheet = self._setting
        anchor, of_year = self._anchor()
        if field is Field.MADE_ON:
            anchor, of_year = sheet.written_on, False
        order = sheet.orders.get(field, sheet.order) if field else sheet.order
        in_months = bool(field and _IN_MONTHS.search(sheet.header.name(field)))
        start = sheet.asked.fiscal_year_start
        return Reading(anchor, order, start, sheet.header.begun, in_months, of_year)

    def _day(self, field: Field, cell: Cell | None = None) -> Day:
        cell = cell or self._cell(field)
        if not cell.text.strip():
            return Day()
        if field is Field.DUE and self._made_on and (counted := _FROM_THEN.match(cell.text)):
            return day_of(Cell(counted[1]), Reading(self._made_on))
        try:
            return day_of(cell, self._reading(field))
        except BadDate as refusal:
            name = self._setting.header.name(field)
            raise BadDate("{name}: {text}", refusal.hint, name=name, text=refusal.message) from None

    def _due(self) -> Day:
        """The deadline, from its column without what that says of the end, or by the last goal."""
        cell = self._cell(Field.DUE)
        if not _CLOSED.search(cell.text):
            return self._day(Field.DUE) if cell.text.strip() else self._last_goal()
        clauses = [part for part in _CLAUSES.split(cell.text) if part and not _CLOSED.search(part)]
        still = [day for part in clauses if (day := self._day(Field.DUE, Cell(part.strip()))).on]
        phrase = cell.text.strip()[:MAX_LENGTH]
        return replace(still[-1], phrase=phrase) if still else Day(phrase=phrase)

    def _last_goal(self) -> Day:
        """The end of the last period that has a goal or a mark."""
        periods = self._setting.header.periods
        said = [n for n in periods if at(self._row, n).text not in ("", "0", "-", "/", "—")]
        if not said:
            return Day()
        due = periods[said[-1]]
        anchor, _ = self._anchor()
        day = due.date
        if day and day.year == 1:
            day = day.replace(year=anchor.year)
        return Day(day, due.precision, due.phrase, due.year_assumed, _BY_GOAL)

    def _when(self) -> None:
        due, first = self._due(), self._day(Field.BASELINE)
        if due.on is None and first.on is not None and not due.phrase:
            due, first = first, Day()
        if due.on is not None or due.phrase:
            self._fields |= {"due": due.on, "precision": due.precision, "due_phrase": due.phrase}
        if first.on is not None and due.on is not None:
            self._fields["baseline_due"] = first.on
        if (later := self._soft_day(Field.FORECAST)) is not None:
            self._fields["forecast_due"] = later
        name = self._setting.header.name(Field.DUE) or "due"
        if due.doubt:
            self._doubts.append(Message(due.doubt, column=name))
        known = self._year or self._made_on or self._setting.header.dated
        self._assumed = due.assumed and not known
        if self._assumed:
            said = Message(
                "The year of {phrase} is assumed: {day}.", phrase=due.phrase or due.on, day=due.on
            )
            self._doubts.append(said)

    def _soft_day(self, field: Field) -> date | None:
        """The day of a column beside the point, where one that cannot be read is no reason to stop."""
        try:
            day = self._day(field)
        except BadDate as refusal:
            self._doubts.append(refusal.message)
            return None
        return day.on

    def _status(self) -> bool:
        """Put the status with what goes with it, and return whether the row says one."""
        completed = self._soft_day(Field.COMPLETED)
        share = statuses.percent(self._text(Field.PERCENT), of_one=self._setting.percent_of_one)
        said = self._said_status()
        share = said.percent if share is None else share
        is_past = completed and not self._is_to_come(completed)
        status = said.status or (Status.COMPLETED if is_past else None)
        if statuses.is_timeliness(self._text(Field.STATUS)):
            # A light says how timely it is; a day or a share says how far.
            far = None if share is None else statuses.by_share(share)
            status = Status.COMPLETED if is_past else far or status
        if status is None and share is not None:
            status = statuses.by_share(share)
        if status is Status.COMPLETED and (why := self._dropped()):
            status, completed = why, None
        if status is not Status.COMPLETED and self._is_to_come(completed):
            name = self._setting.header.name(Field.COMPLETED)
            self._doubts.append(Message("{column} is a day to come.", column=name))
        if share is not None:
            self._fields["percent"] = share
        if status is None:
            self._unsaid()
            return False
        self._fields["status"] = status
        if status is Status.COMPLETED:
            self._fields["completed_on"] = self._past(completed) or self._told()
        elif is_past and completed:
            said_both = "It has a day of completion, {day}, and is {status}."
            self._doubts.append(Message(said_both, day=completed, status=_worded(status)))
        return True

    def _dropped(self) -> Status | None:
        """What is closed though it was not done, where a column says why it is closed."""
        try:
            why = statuses.said(self._text(Field.RESOLUTION)).status
        except BadValue:
            return None
        return why if why in (Status.CANCELLED, Status.SUPERSEDED) else None

    def _is_to_come(self, day: date | None) -> bool:
        return day is not None and day > self._setting.asked.today

    def _past(self, completed: date | None) -> date | None:
        if self._is_to_come(completed):
            raise BadDate(
                "It was completed on {day}, a day to come.", "Mend that day.", day=completed
            )
        return completed

    def _told(self) -> date | None:
        """The day of completion that is named as such beside a status, a deadline or progress."""
        due = self._cell(Field.DUE).text
        told = [self._text(Field.STATUS)]
        told += [part for part in _CLAUSES.split(due) if _CLOSED.search(part)]
        if found := _FINISHED.search(self._progress()):
            told.append(found[1])
        days = [day for text in told if text for day in named(text, self._reading())]
        exact = {d.date for d in days if d.start == d.date and not d.year_assumed}
        day = exact.pop() if len(exact) == 1 == len(days) else None
        return day if day and day <= self._setting.asked.today else None

    def _said_status(self) -> statuses.Said:
        """What the row says of the status, in the column of it or, if that is empty, elsewhere."""
        text = self._text(Field.STATUS) or self._cell(Field.STATUS).text.strip()
        early = statuses.said(self._progress(), first=True)
        if early.status and statuses.is_timeliness(text):
            return early
        if text not in ("", "-", "—", "–"):
            try:
                return statuses.said(text)
            except BadValue:
                return self._said_in_words(text)
        ticked = [s for n, s in self._setting.header.ticked.items() if at(self._row, n).text]
        if len(ticked) == 1:
            return statuses.Said(ticked[0])
        return early if early.status else statuses.Said(self._prose_status(self._progress()))

    def _said_in_words(self, text: str) -> statuses.Said:
        """What words that are no status come to, or else the status that nothing says."""
        found = self._prose_status(text)
        self._unknown = "" if found else text[:40]
        return statuses.Said(found)

    def _prose_status(self, told: str) -> Status | None:
        """What the progress or a deadline says outright; told as a doubt."""
        if any(statuses.is_end(part) for part in _CLAUSES.split(told)):
            found = Status.CANCELLED
        elif _CLOSED.search(self._cell(Field.DUE).text) or (
            (_ALL_DONE.match(told) and not _NOT_ALL.search(told)) or _PASSED.search(told)
        ):
            found = Status.COMPLETED
        else:
            return None
        self._doubts.append(
            Message("It is taken as {status}, for its words say so.", status=_worded(found))
        )
        return found

    def _progress(self) -> str:
        """The latest of what is told of progress."""
        told = [at(self._row, n).text for n in self._setting.header.reports]
        said = [text for text in told if text.lower() not in _NOTHING]
        return said[-1] if said and Field.PROGRESS not in self._printed else ""

    def _unsaid(self) -> None:
        """What a row without a status is taken for: under way if progress is told, or else not."""
        told = self._progress() or self._text(Field.STATUS)
        self._fields["status"] = Status.IN_PROGRESS if told else Status.NOT_STARTED
        if Field.STATUS in self._printed:
            return
        name, taken = self._setting.header.name(Field.STATUS), _worded(self._fields["status"])
        if self._unknown:
            words = "{column}: {text} is no status that is known; taken as {status}."
            self._doubts.append(Message(words, column=name, text=self._unknown, status=taken))
        else:
            self._doubts.append(
                Message("It says no status, and is taken as {status}.", status=taken)
            )

    def _words(self) -> None:
        if text := self._text(Field.NEXT):
            self._fields["next_step"] = text
        if text := self._text(Field.SOURCE):
            quote = self._text(Field.QUOTE) or None
            self._fields["source"] = Source(_BLANKS.sub(" ", text), quote=quote)
        for field in (Field.SPEAKER, Field.PERSON, Field.CONTACT):
            if text := self._text(field):
                self._fields[field.value] = _BLANKS.sub(" ", text)
        if text := self._text(Field.TAGS):
            self._fields["tags"] = tuple(split(text))
        proof = self._text(Field.EVIDENCE)
        status = self._setting.header.fields.get(Field.STATUS)
        places = {*self._setting.header.reports, *([] if status is None else [status])}
        for place in sorted(places):
            text = at(self._row, place).text
            if text.lower() not in _NOTHING and not statuses.is_word(text):
                self._remark(text)
        if proof:
            self._remarks.append(Remark(self._setting.written_on, "", proof))
        if self._setting.asked.keep and (kept := self._unfitting()):
            self._remarks.append(Remark(self._setting.written_on, kept))

    def _remark(self, text: str) -> None:
        if _ADDRESS.match(text):
            self._remarks.append(Remark(self._setting.written_on, "", text))
        else:
            self._remarks.append(Remark(self._told_on(text), text))

    def _told_on(self, text: str) -> date:
        """The last day that a text tells of, that of the file, or today."""
        written = self._setting.written_on
        year = self._year or (
            written.year if self._setting.header.dated else self._anchor()[0].year
        )
        days = [m.due for m in find(text, date(year, 1, 1)) if m.due.date and not m.unclear]
        exact = [d.date for d in days if d.date and d.precision is Precision.DAY]
        return max((day for day in exact if day <= written), default=written)

    def _unfitting(self) -> str:
        head = self._setting.header
        parts = ((head.names[n], at(self._row, n).text) for n in head.unfitting())
        return "\n".join(f"{name}：{text}" for name, text in parts if text)


def _worded(status: Status) -> Message:
    return Message(status.value.replace("-", " "))
