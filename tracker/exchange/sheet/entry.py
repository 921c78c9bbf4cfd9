"""One row of a ledger made into what a milestone can take in."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from tracker.actions import Remark
from tracker.due import find
from tracker.errors import BadDate, BadInput, BadValue
from tracker.exchange.sheet import statuses
from tracker.exchange.sheet.bodies import bodies, split
from tracker.exchange.sheet.columns import Field
from tracker.exchange.sheet.dates import Day, Order, day_of
from tracker.exchange.sheet.grid import NOTHING, Cell, Row, alike, at
from tracker.exchange.sheet.values import Entry, Setting
from tracker.model import Precision, Source, Status

_ADDRESS = re.compile(r"^(?:https?|ftp)://\S+$")
_NOTHING = frozenset(("", "-", "—", "–", "/", "无", "暂无", "n/a", "none", "\\"))
_FINISHED = re.compile(
    r"(?:完成日期|办结日期|completed on|date completed)\s*[:：]\s*([^;；,，\n]+)", re.IGNORECASE
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
    same = {
        field: place
        for field, place in fields.items()
        if alike(at(row, place).text) in {alike(text) for text in printed.get(field, ())}
    }
    telling = (Field.TITLE, Field.ID, Field.UID)
    blank = {place for field, place in same.items() if field not in telling}
    kept = (NOTHING if place in blank else cell for place, cell in enumerate(row))
    return tuple(kept), set(same)


class _Row:
    """A row while it is read: its fields and doubts as they come."""

    def __init__(self, place: int, row: Row, setting: Setting, year: int | None) -> None:
        self._place, self._setting = place, setting
        self._row, self._printed = _unprinted(row, setting)
        self._fields: dict[str, Any] = {}
        self._doubts: list[str] = []
        self._remarks: list[Remark] = []
        self._year = year
        self._made_on = self._day(Field.MADE_ON).on or setting.asked.made_on
        self._assumed = False

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
        )

    def _cell(self, field: Field) -> Cell:
        return at(self._row, self._setting.header.fields.get(field))

    def _text(self, field: Field) -> str:
        text = self._cell(field).text.strip()
        return "" if text.lower() in _NOTHING else text

    def _title(self) -> str:
        # A title stands on one line, whatever lines its cell has.
        title = _BLANKS.sub(" ", self._text(Field.TITLE)).strip()
        title = re.sub(
            "(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])", "", title
        )
        if not title:
            name = self._setting.header.name(Field.TITLE)
            raise BadInput(f"{name}: it says no task.", "Write what is to be done.")
        return title

    def _id(self) -> int | None:
        text = self._text(Field.ID)
        return int(text) if text.isdecimal() and len(text) < 19 else None

    def _promised(self) -> date | None:
        if self._made_on and self._made_on > self._setting.asked.today:
            raise BadDate(f"It was promised on {self._made_on}, a day to come.", "Mend that day.")
        return self._made_on

    def _who(self) -> None:
        owner, helpers = bodies(self._cell(Field.OWNER).text)
        more = split(self._cell(Field.SUPPORTING).text)
        if owner:
            self._fields["owner"] = owner
        elif Field.OWNER in self._setting.header.fields and Field.OWNER not in self._printed:
            self._doubts.append("names nobody responsible")
        supporting = tuple(name for name in dict.fromkeys([*helpers, *more]) if name != owner)
        if supporting or self._text(Field.SUPPORTING):
            self._fields["supporting"] = supporting

    def _anchor(self) -> date:
        """The day from which its phrases are understood: by the sheet's year, or the promise."""
        if self._year and (self._made_on is None or self._made_on.year != self._year):
            return date(self._year, 1, 1)
        written = self._setting.written_on
        dated = self._setting.header.dated
        likely = dated.year if dated else self._setting.likely_year
        return self._made_on or (date(likely, 1, 1) if likely else written)

    def _day(self, field: Field) -> Day:
        cell = self._cell(field)
        if not cell.text.strip():
            return Day()
        name, asked = self._setting.header.name(field), self._setting.asked
        anchor = self._setting.written_on if field is Field.MADE_ON else self._anchor()
        order = self._setting.orders.get(field, Order())
        try:
            return day_of(cell, anchor, order, fiscal_year_start=asked.fiscal_year_start)
        except BadDate as refusal:
            raise BadDate(f"{name}: {refusal.message}", refusal.hint) from None

    def _when(self) -> None:
        due, first = self._day(Field.DUE), self._day(Field.BASELINE)
        if due.on is None and first.on is not None and not due.phrase:
            due, first = first, Day()
        if due.on is not None or due.phrase:
            self._fields |= {"due": due.on, "precision": due.precision, "due_phrase": due.phrase}
        if first.on is not None and due.on is not None:
            self._fields["baseline_due"] = first.on
        if (later := self._soft_day(Field.FORECAST)) is not None:
            self._fields["forecast_due"] = later
        if due.doubt:
            self._doubts.append(f"{self._setting.header.name(Field.DUE)} {due.doubt}")
        known = self._year or self._made_on or self._setting.header.dated
        self._assumed = due.assumed and not known
        if self._assumed:
            self._doubts.append(f"the year of {due.phrase or due.on} is assumed: {due.on}")

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
        today = self._setting.asked.today
        completed = self._soft_day(Field.COMPLETED)
        if completed and completed > today:
            self._doubts.append(f"{self._setting.header.name(Field.COMPLETED)} is to come")
            completed = None
        share = statuses.percent(self._text(Field.PERCENT), of_one=self._setting.percent_of_one)
        said = self._said_status()
        share = said.percent if share is None else share
        status = said.status or (Status.COMPLETED if completed else None)
        if status is None and share is not None:
            status = statuses.by_share(share)
        if share is not None:
            self._fields["percent"] = share
        if status is None:
            self._unsaid()
            return False
        self._fields["status"] = status
        if status is Status.COMPLETED:
            self._fields["completed_on"] = completed or self._past(
                said.completed_on or self._told()
            )
        elif completed:
            self._doubts.append(f"has a day of completion, {completed}, and is {status}")
        return True

    def _told(self) -> date | None:
        """The day of completion that its progress names as such."""
        found = _FINISHED.search(self._text(Field.PROGRESS))
        days = [m.due for m in find(found[1], self._anchor())] if found else []
        exact = [due.date for due in days if due.start == due.date and not due.year_assumed]
        return exact[0] if len(exact) == 1 else None

    def _past(self, day: date | None) -> date | None:
        return day if day and day <= self._setting.asked.today else None

    def _said_status(self) -> statuses.Said:
        text = self._text(Field.STATUS) or self._cell(Field.STATUS).text.strip()
        if text in ("", "-", "—", "–"):
            return statuses.said(self._text(Field.PROGRESS), self._anchor(), first=True)
        try:
            return statuses.said(text, self._anchor())
        except BadValue as refusal:
            name = self._setting.header.name(Field.STATUS)
            raise BadValue(f"{name}: {refusal.message}", refusal.hint) from None

    def _unsaid(self) -> None:
        """What a row without a status is taken for: under way if progress is told, or else not."""
        told = self._text(Field.PROGRESS)
        self._fields["status"] = Status.IN_PROGRESS if told else Status.NOT_STARTED
        if Field.STATUS in self._printed:
            return
        self._doubts.append(f"says no status, taken as {self._fields['status']}")

    def _words(self) -> None:
        if text := self._text(Field.NEXT):
            self._fields["next_step"] = text
        if text := self._text(Field.SOURCE):
            self._fields["source"] = Source(_BLANKS.sub(" ", text))
        if text := self._text(Field.SPEAKER):
            self._fields["speaker"] = text
        if text := self._text(Field.TAGS):
            self._fields["tags"] = tuple(split(text))
        progress, proof = self._text(Field.PROGRESS), self._text(Field.EVIDENCE)
        if progress and not statuses.is_word(progress):
            self._remark(progress)
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
        year = self._year or written.year
        days = [m.due for m in find(text, date(year, 1, 1)) if m.due.date and not m.unclear]
        exact = [d.date for d in days if d.date and d.precision is Precision.DAY]
        return max((day for day in exact if day <= written), default=written)

    def _unfitting(self) -> str:
        head = self._setting.header
        parts = ((head.names[n], at(self._row, n).text) for n in head.unfitting())
        return "\n".join(f"{name}：{text}" for name, text in parts if text)
