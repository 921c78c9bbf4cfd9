"""One row of a ledger made into what a milestone can take in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec.structs import replace

from tracker.actions import Remark
from tracker.due import MAX_LENGTH, find
from tracker.errors import BadDate, BadInput
from tracker.exchange.sheet import statuses
from tracker.exchange.sheet.assessed import CLAUSES, CLOSED, Assessed
from tracker.exchange.sheet.bodies import bodies, split
from tracker.exchange.sheet.columns import DATED, STEPS, ColumnField, is_later
from tracker.exchange.sheet.dates import Day
from tracker.exchange.sheet.grid import Cell, Row, at
from tracker.exchange.sheet.row import NO_WORDS, Cells
from tracker.exchange.sheet.values import LedgerEntry, SheetSetting
from tracker.message import Message
from tracker.model import Precision, Source, Stage

_ADDRESS = re.compile(r"^(?:https?|ftp)://\S+$")
_WHO = re.compile(
    r"(?:责任人|责任单位|责任部门|牵头单位|owner|lead)\s?[:：]\s?(\S+)", re.IGNORECASE
)
"""Who is named beside a deadline, in a column of both."""

_PERSON = re.compile(r"[及与和/、].{0,4}人")
_BODY_AND_PERSON = re.compile(
    r"^(?P<body>[^\s(（:：、，,]+)[\s(（:：]+(?P<person>[\u4e00-\u9fff]{2,4})[)）]?$"
)
"""What stands in a column of bodies and persons: 县水利局（李某）."""

_FIGURE = re.compile(r"^[0-9.]+\s?[%％]?$")
_BLANKS = re.compile(r"\s+")


def entry(place: int, row: Row, setting: SheetSetting, year: int | None) -> LedgerEntry:
    """Read a row. Raises a refusal that names the column and what would be accepted."""
    return _RowReader(place, Cells(row, setting, year)).entry()


_BY_GOAL = Message("The due date is taken from the last period that has a goal.")
_BY_OTHER = Message("{column} is empty, and another column of dates is taken.")
_NO_LATER = Message("{column} names no day; at first it was {other}.")
_BY_LATER = Message("{column} and {other} differ; {column} is taken as due.")
_MOVED = re.compile(
    r"\bnew (?:\w+ )?(?:date|deadline)|\b(?:date|deadline) (?:is |was )?(?:now|moved|revised|extended|slipped|postponed)"
    r"|\b(?:revised|moved|extended|slipped|postponed|pushed|deferred) (?:back )?(?:to|until)\b"
    r"|(?:延期|推迟|顺延|延后|延长|调整|改)[至到为](?=.{0,4}[0-9一二三四五六七八九十年月底末])|延至",
    re.IGNORECASE,
)
"""Words that speak of another date."""


class _RowReader:
    """A row while it is read: its fields and doubts as they come."""

    def __init__(self, place: int, cells: Cells) -> None:
        self._place, self._cells = place, cells
        self._fields: dict[str, Any] = {}
        self._remarks: list[Remark] = []
        self._assumed = False

    def entry(self) -> LedgerEntry:
        self._fields["title"] = self._title()
        self._who()
        self._when()
        assessed = Assessed(self._cells)
        self._fields |= assessed.fields
        self._words()
        return LedgerEntry(
            self._place,
            self._fields,
            uid=self._cells.text(ColumnField.UID) or None,
            id=self._id(),
            number=self._cells.text(ColumnField.NUMBER),
            made_on=self._promised(),
            remarks=tuple(self._remarks),
            steps=tuple(self._steps()),
            doubts=tuple(self._cells.doubts),
            year_assumed=self._assumed,
            status_said=assessed.is_said,
            title_said=ColumnField.TITLE not in self._cells.printed,
            title_missing=self._cells.cell(ColumnField.TITLE).is_above,
        )

    def _title(self) -> str:
        # A title stands on one line, whatever lines its cell has.
        group = at(self._cells.row, self._cells.setting.header.group).text
        title = _BLANKS.sub(" ", self._cells.text(ColumnField.TITLE) or group).strip()
        title = re.sub(
            "(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])", "", title
        )
        if not title:
            raise BadInput("It has no title.", "Write what is to be done.")
        if self._cells.cell(ColumnField.TITLE).is_above:
            self._cells.doubt("It says no task of its own, and is taken for that above.")
        return title

    def _id(self) -> int | None:
        text = self._cells.text(ColumnField.ID)
        return int(text) if text.isdecimal() and len(text) < 19 else None

    def _promised(self) -> date | None:
        if self._cells.made_on and self._cells.made_on > self._cells.setting.asked.today:
            raise BadDate(
                "It was promised on {made_on}, a day to come.",
                "Mend that day.",
                made_on=self._cells.made_on,
            )
        return self._cells.made_on

    def _steps(self) -> Iterator[tuple[Stage, date]]:
        for field, stage in STEPS.items():
            day = self._cells.soft_day(field) if field not in self._cells.printed else None
            if day is not None and day > self._cells.setting.asked.today:
                self._cells.doubt("{day} is a day to come, and is left out.", day=day)
            elif day is not None:
                yield stage, day

    def _who(self) -> None:
        said = self._cells.cell(ColumnField.OWNER).text
        if not self._cells.has(ColumnField.OWNER) and (
            found := _WHO.search(self._cells.cell(ColumnField.DUE).text)
        ):
            said = found[1]
        if (both := _BODY_AND_PERSON.match(said.strip())) and _PERSON.search(
            self._cells.name(ColumnField.OWNER)
        ):
            said = both["body"]
            self._fields["person"] = both["person"]
        owner, helpers = bodies(said)
        more = split(self._cells.cell(ColumnField.SUPPORTING).text)
        if owner:
            self._fields["owner"] = owner
        elif self._cells.has(ColumnField.OWNER) and ColumnField.OWNER not in self._cells.printed:
            self._cells.doubt("It names nobody responsible.")
        supporting = tuple(name for name in dict.fromkeys([*helpers, *more]) if name != owner)
        if supporting or self._cells.text(ColumnField.SUPPORTING):
            self._fields["supporting"] = supporting

    def _due(self) -> Day:
        """The deadline, from its column without what that says of the end, or by the last goal."""
        cell = self._cells.cell(ColumnField.DUE)
        if not cell.text.strip():
            return self._other_due() or self._last_goal()
        if not CLOSED.search(cell.text):
            return self._cells.day(ColumnField.DUE)
        clauses = [part for part in CLAUSES.split(cell.text) if part and not CLOSED.search(part)]
        still = [
            day
            for part in clauses
            if (day := self._cells.day(ColumnField.DUE, Cell(part.strip()))).on
        ]
        phrase = cell.text.strip()[:MAX_LENGTH]
        return replace(still[-1], phrase=phrase) if still else Day(phrase=phrase)

    def _other_due(self) -> Day | None:
        """The deadline that a further column names, where the first one is empty."""
        for place in self._cells.setting.header.dues:
            if (cell := at(self._cells.row, place)).text.strip():
                name = self._cells.setting.header.names[place]
                day = self._cells.day(ColumnField.DUE, cell, name)
                return replace(day, doubt=day.doubt or _BY_OTHER)
        return None

    def _last_goal(self) -> Day:
        """The end of the last period that has a goal or a mark."""
        periods = self._cells.setting.header.periods
        said = [n for n in periods if at(self._cells.row, n).text not in ("", "0", "-", "/", "—")]
        if not said:
            return Day()
        due = periods[said[-1]]
        anchor, _ = self._cells.anchor()
        day = due.date
        if day and day.year == 1:
            day = day.replace(year=anchor.year)
        return Day(day, due.precision, due.phrase, due.year_assumed, _BY_GOAL)

    def _when(self) -> None:
        due, first = self._due(), self._cells.day(ColumnField.BASELINE)
        name = self._cells.name(ColumnField.DUE) or "due"
        if due.on is None and first.on is not None and not due.phrase:
            due, first = replace(first, doubt=first.doubt or _BY_OTHER), Day()
        elif due.on is None and first.on is not None:
            self._cells.doubt(_NO_LATER, column=name, other=first.on)
        elif due.on and first.on and due.on != first.on and not is_later(name):
            self._cells.doubt(_BY_LATER, column=name, other=self._cells.name(ColumnField.BASELINE))
        if due.on is not None or due.phrase:
            self._fields |= {"due": due.on, "precision": due.precision, "due_phrase": due.phrase}
        if first.on is not None and due.on is not None:
            self._fields["baseline_due"] = first.on
        if (later := self._cells.soft_day(ColumnField.FORECAST)) is not None:
            self._fields["forecast_due"] = later
        if due.doubt:
            self._cells.doubt(due.doubt, column=name, begun=self._cells.setting.header.begun)
        known = self._cells.year or self._cells.made_on or self._cells.setting.header.dated
        self._tell_moved()
        self._assumed = due.assumed and not known
        if self._assumed:
            said = Message(
                "The year of {phrase} is assumed: {day}.", phrase=due.phrase or due.on, day=due.on
            )
            self._cells.doubts.append(said)

    def _tell_moved(self) -> None:
        """Tell where words beside the dates say that the deadline is another one by now."""
        head = self._cells.setting.header
        dated = {
            place for field, place in head.fields.items() if field in (*DATED, ColumnField.TITLE)
        }
        for place, cell in enumerate(self._cells.row):
            if place not in dated and _MOVED.search(cell.text):
                self._cells.doubt("{column} speaks of another date.", column=head.names[place])

    def _words(self) -> None:
        if text := self._cells.text(ColumnField.NEXT):
            self._fields["next_step"] = text
        if text := self._cells.text(ColumnField.SOURCE):
            quote = self._cells.text(ColumnField.QUOTE) or None
            self._fields["source"] = Source(_BLANKS.sub(" ", text), quote=quote)
        for field in (ColumnField.SPEAKER, ColumnField.PERSON, ColumnField.CONTACT):
            if text := self._cells.text(field):
                self._fields[field.value] = _BLANKS.sub(" ", text)
        if text := self._cells.text(ColumnField.TAGS):
            self._fields["tags"] = tuple(split(text))
        proof = self._cells.text(ColumnField.EVIDENCE)
        status = self._cells.setting.header.fields.get(ColumnField.STATUS)
        places = {*self._cells.setting.header.reports, *([] if status is None else [status])}
        for place in sorted(places):
            text = at(self._cells.row, place).text
            if text.lower() not in NO_WORDS and not (
                statuses.says_no_more(text) or _FIGURE.match(text)
            ):
                self._remark(text)
        if proof:
            self._remarks.append(Remark(self._cells.setting.written_on, "", proof))
        if self._cells.setting.asked.keep and (kept := self._unfitting()):
            self._remarks.append(Remark(self._cells.setting.written_on, kept))

    def _remark(self, text: str) -> None:
        if _ADDRESS.match(text):
            self._remarks.append(Remark(self._cells.setting.written_on, "", text))
        else:
            self._remarks.append(Remark(self._told_on(text), text))

    def _told_on(self, text: str) -> date:
        """The last day that a text tells of, that of the file, or today."""
        written = self._cells.setting.written_on
        year = self._cells.year or (
            written.year if self._cells.setting.header.dated else self._cells.anchor()[0].year
        )
        days = [m.due for m in find(text, date(year, 1, 1)) if m.due.date and not m.unclear]
        exact = [d.date for d in days if d.date and d.precision is Precision.DAY]
        return max((day for day in exact if day <= written), default=written)

    def _unfitting(self) -> str:
        head = self._cells.setting.header
        parts = ((head.names[n], at(self._cells.row, n).text) for n in head.unfitting())
        return "\n".join(f"{name}：{text}" for name, text in parts if text)
