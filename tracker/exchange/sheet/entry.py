"""One row of a ledger made into what a milestone can take in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from tracker.actions import Remark
from tracker.due import MAX_LENGTH, find
from tracker.errors import BadDate, BadInput
from tracker.exchange.sheet import moved, statuses
from tracker.exchange.sheet.bodies import bodies, is_body, split
from tracker.exchange.sheet.columns import STEPS, ColumnField, is_later
from tracker.exchange.sheet.dates import MONTH_SHOWN, OF_PROJECT, Day
from tracker.exchange.sheet.grid import ADDRESS, DASHES, NO_WORDS, Cell, Row, at, simplified
from tracker.exchange.sheet.headings import is_led
from tracker.exchange.sheet.prose import CLAUSES, CLOSED
from tracker.exchange.sheet.row import Cells
from tracker.exchange.sheet.row_status import RowStatus
from tracker.exchange.sheet.values import LedgerEntry, SheetSetting
from tracker.message import Message
from tracker.model import Precision, Source, Stage

_WHO = re.compile(
    r"(?:责任人|责任单位|责任部门|牵头单位|owner|lead)\s?[:：]\s?(\S+)", re.IGNORECASE
)
"""Who is named beside a deadline, in a column of both."""

_FINISHED_BY = re.compile(
    r"^(?:由谁(?:完成|解决)|(?:完成|解决)[者人]|(?:finished|completed|resolved|done) by)$",
    re.IGNORECASE,
)
_MADE_BY = re.compile(r"^(?:由谁创建|创建[者人]|created by|author|reporter)$", re.IGNORECASE)
_ASSIGNED = re.compile(
    r"^(?:assign(?:ed|ment) (?:to|group|team)|accountable|(?:责任|承办|主办|牵头)(?:单位|部门|科室|处室))$",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"^(?:closed|已?关闭)$", re.IGNORECASE)
_PERSON = re.compile(r"[及与和/、].{0,4}人")
_BODY_AND_PERSON = re.compile(
    r"^(?P<body>[^\s(（:：、，,]+)[\s(（:：]+(?P<person>[\u4e00-\u9fff]{2,4})[)）]?$"
)
"""What stands in a column of bodies and persons: 县水利局（李某）."""

_HALF_A_YEAR = 183
"""Days after which a deadline of an assumed year that has passed may be that of the next."""

_ADDRESSED = {"Mr", "Mrs", "Ms", "Miss", "Dr", "Cllr", "Prof"}
_INITIALS = re.compile("[A-Z]{2,3}")
_JOINED = re.compile(r"\s+(?:and|&|with)\s+")
_FIGURE = re.compile(r"^[0-9.]+\s?[%％]?$")
_BLANKS = re.compile(r"\s+")


def entry(place: int, row: Row, setting: SheetSetting, year: int | None) -> LedgerEntry:
    """Read a row. Raises a refusal that names the column and what would be accepted."""
    return _RowReader(place, row, setting, year).entry()


_BY_GOAL = Message("The due date is taken from the last period that has a goal.")
_BY_TITLE = Message("The due date is taken from the words of the task.")
_BY_OTHER = Message("{column} is empty, and another column of dates is taken.")
_NO_LATER = Message("{column} names no day; at first it was {other}.")
_BY_LATER = Message("{column} and {other} differ; {column} is taken as due.")


def _are_of_a_kind(names: Sequence[str]) -> bool:
    """Whether several names begin with the same word, each as a person is addressed, or are initials."""
    first = {name.split(" ")[0] for name in names}
    are_initials = all(map(_INITIALS.fullmatch, names))
    return len(names) > 1 and (len(first) == 1 or first <= _ADDRESSED or are_initials)


class _RowReader(Cells):
    """A row while it is read: its fields and doubts as they come."""

    def __init__(self, place: int, row: Row, setting: SheetSetting, year: int | None) -> None:
        super().__init__(row, setting, year)
        self._place = place
        self._fields: dict[str, Any] = {}
        self._remarks: list[Remark] = []
        self._assumed = False

    def entry(self) -> LedgerEntry:
        self._fields["title"] = self._title()
        self._who()
        due = self._when()
        assessed = RowStatus(self)
        self._fields |= assessed.fields
        if self._fields["status"].is_open and self.due:
            for column in moved.told(self):
                self.doubt("{column} speaks of another date.", column=column)
        self._tell_given_back()
        if self.cell(ColumnField.TITLE).struck and self._fields["status"].is_open:
            self.doubt("It is struck through, which says nothing of its status by itself.")
        self._tell_assumed(due)
        self._words()
        return LedgerEntry(
            self._place,
            self._fields,
            uid=self.text(ColumnField.UID) or None,
            id=self._id(),
            number=self.text(ColumnField.NUMBER),
            made_on=self._said_on(),
            remarks=tuple(self._remarks),
            steps=tuple(self._steps()),
            doubts=tuple(self.doubts),
            taken=tuple(self.taken),
            year_assumed=self._assumed,
            status_said=assessed.is_said,
            title_said=ColumnField.TITLE not in self.printed,
            title_missing=self.cell(ColumnField.TITLE).is_above,
        )

    def _title(self) -> str:
        # A title stands on one line, whatever lines its cell has.
        group = at(self.row, self.head.group).text
        title = _BLANKS.sub(" ", self.text(ColumnField.TITLE) or group).strip()
        title = re.sub(
            "(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])", "", title
        )
        if not title:
            raise BadInput("It has no title.", "Write what is to be done.")
        if self.cell(ColumnField.TITLE).is_above:
            self.doubt("It says no task of its own, and is taken for that above.")
        return title

    def _id(self) -> int | None:
        text = self.text(ColumnField.ID)
        return int(text) if text.isdecimal() and len(text) < 19 else None

    def _said_on(self) -> date | None:
        if self.made_on and self.made_on > self.setting.asked.today:
            raise BadDate(
                "It was promised on {made_on}, a day to come.",
                "Mend that day.",
                made_on=self.made_on,
            )
        return self.made_on

    def _steps(self) -> Iterator[tuple[Stage, date]]:
        for field, stage in STEPS.items():
            day = self.soft_day(field) if field not in self.printed else None
            if day is not None and day > self.setting.asked.today:
                self.doubt("{day} is a day to come, and is left out.", day=day)
            elif day is not None:
                yield stage, day

    def _who(self) -> None:
        said = self.cell(ColumnField.OWNER).text
        if _CLOSED.match(said):  # some programs assign what is closed to "Closed"
            said = self.beside(_FINISHED_BY)
        if not self.has(ColumnField.OWNER) and (
            found := _WHO.search(self.cell(ColumnField.DUE).text)
        ):
            said = found[1]
        if (both := _BODY_AND_PERSON.match(said.strip())) and (
            _PERSON.search(simplified(self.name(ColumnField.OWNER)))
            or (is_body(both["body"]) and not is_body(both["person"]))
        ):
            said = both["body"]
            self._fields["person"] = both["person"]
        said = said if any(split(said)) else self._other_owner()
        parts = _JOINED.split(said)
        if self.setting.owners.issuperset(parts) or _are_of_a_kind(parts):
            said = "; ".join(parts)
        owner, helpers = bodies(said)
        more = split(self.cell(ColumnField.SUPPORTING).text)
        if owner:
            self._fields["owner"] = owner
            if self.cell(ColumnField.OWNER).is_above and self.setting.fills_owners:
                self.doubt("It names nobody responsible, and is taken for the body above.")
        elif self.has(ColumnField.OWNER) and ColumnField.OWNER not in self.printed:
            self.assume(not is_led(self.text(ColumnField.TITLE)), "It names nobody responsible.")
        supporting = tuple(name for name in dict.fromkeys([*helpers, *more]) if name != owner)
        if supporting or self.text(ColumnField.SUPPORTING):
            self._fields["supporting"] = supporting

    def _other_owner(self) -> str:
        """The body that another column of bodies names, where the first names none."""
        names = self.head.names
        places = [n for n in self.head.unfitting() if _ASSIGNED.search(names[n])]
        for place in places:
            if any(split(said := at(self.row, place).text)):
                words = "{column} names nobody, and {other} is taken."
                self.assume(True, words, column=self.name(ColumnField.OWNER), other=names[place])
                return said
        return ""

    def _tell_given_back(self) -> None:
        """Tell of what some programs assign to its maker again once somebody else has done it."""
        who, owner = self.beside(_FINISHED_BY), self._fields.get("owner")
        if who and owner and who != owner == self.beside(_MADE_BY):
            self.doubt("It was done by {who}, who is not responsible for it.", who=who)

    def _due(self) -> Day:
        """The deadline, from its column without what that says of the end, or by the last goal."""
        cell = self.cell(ColumnField.DUE)
        if not cell.text.strip():
            return self._other_due() or self._last_goal() or self._in_title()
        if not CLOSED.search(cell.text):
            return self.day(ColumnField.DUE)
        clauses = [part for part in CLAUSES.split(cell.text) if part and not CLOSED.search(part)]
        still = [
            day for part in clauses if (day := self.day(ColumnField.DUE, Cell(part.strip()))).on
        ]
        phrase = cell.text.strip()[:MAX_LENGTH]
        return replace(still[-1], phrase=phrase) if still else Day(phrase=phrase)

    def _other_due(self) -> Day | None:
        """The deadline that a further column names, where the first one is empty."""
        for place in self.head.dues:
            if (cell := at(self.row, place)).text.strip():
                name = self.head.names[place]
                day = self.day(ColumnField.DUE, cell, name)
                told = _BY_OTHER if day.on and day.doubt in ("", OF_PROJECT) else day.doubt
                return replace(day, doubt=told)
        return None

    def _last_goal(self) -> Day | None:
        """The end of the last period that has a goal or a mark."""
        periods = self.head.periods
        said = [n for n in periods if at(self.row, n).text not in DASHES | {"0"}]
        if not said:
            return None
        due = periods[said[-1]]
        anchor, _ = self.anchor()
        day = due.date
        if day and day.year == 1:
            day = day.replace(year=anchor.year)
        return Day(day, due.precision, due.phrase, due.year_assumed, _BY_GOAL)

    def _in_title(self) -> Day:
        """The one deadline that the words of the task name: by 30 April; 6月底前建成."""
        anchor, _ = self.anchor()
        found = find(self.text(ColumnField.TITLE), anchor)
        said = [m.due for m in found if m.due.date and m.limit and not m.unclear]
        if len(said) != 1:
            return Day()
        return Day(said[0].date, said[0].precision, said[0].phrase, said[0].year_assumed, _BY_TITLE)

    def _when(self) -> Day:
        due, first = self._due(), self.day(ColumnField.BASELINE)
        name = self.name(ColumnField.DUE) or "due"
        if due.on is None and first.on is not None and not due.phrase:
            # Where no later date is given the first one stands.
            told = first.doubt or ("" if is_later(name) else _BY_OTHER)
            due, first = replace(first, doubt=told), Day()
        elif due.on is None and first.on is not None:
            self.doubt(_NO_LATER, column=name, other=first.on)
        elif due.on and first.on and due.on != first.on and not is_later(name):
            self.doubt(_BY_LATER, column=name, other=self.name(ColumnField.BASELINE))
        if granted := moved.granted(self, due):
            first = first if first.on else due
            due, column = granted
            self.doubt(
                "The due date is the one to which it was extended, by {column}.", column=column
            )
        self.due = due.on
        if due.on is not None or due.phrase:
            self._fields |= {"due": due.on, "precision": due.precision, "due_phrase": due.phrase}
        if first.on is not None and due.on is not None:
            self._fields["baseline_due"] = first.on
        if (later := self.soft_day(ColumnField.FORECAST)) is not None:
            self._fields["forecast_due"] = later
        if due.doubt:
            is_month = due.doubt == MONTH_SHOWN and self.setting.shows_months
            is_plain = is_month or due.doubt in (OF_PROJECT, _BY_GOAL)
            self.assume(is_plain, due.doubt, column=name, begun=self.head.above.begun)
        return due

    def _tell_assumed(self, due: Day) -> None:
        """Tell where the year is nobody's word; what a dated sheet has passed may be of the next."""
        written = self.head.above.dated
        is_ahead = written and due.on and due.on >= written
        is_over = written and not self._fields["status"].is_open
        self._assumed = due.assumed and not (self.year or self.made_on or is_ahead or is_over)
        is_late = due.on and (self.setting.written_on - due.on).days > _HALF_A_YEAR
        if self._assumed and is_late and self._fields["status"].is_open:
            said = Message(
                "The year of {phrase} is assumed: {day}.", phrase=due.phrase or due.on, day=due.on
            )
            self.doubts.append(said)

    def _words(self) -> None:
        if text := self.text(ColumnField.NEXT):
            self._fields["next_step"] = text
        if text := self.text(ColumnField.SOURCE):
            quote = self.text(ColumnField.QUOTE) or None
            self._fields["source"] = Source(_BLANKS.sub(" ", text), quote=quote)
        for field in (ColumnField.SPEAKER, ColumnField.PERSON, ColumnField.CONTACT):
            if text := self.text(field):
                self._fields[field.value] = _BLANKS.sub(" ", text)
        if text := self.text(ColumnField.TAGS):
            self._fields["tags"] = tuple(split(text))
        proof = self.text(ColumnField.EVIDENCE)
        status = self.head.fields.get(ColumnField.STATUS)
        places = {*self.head.reports, *([] if status is None else [status])}
        for place in sorted(places):
            text = at(self.row, place).text
            if text.lower() not in NO_WORDS and not (
                statuses.says_no_more(text) or _FIGURE.match(text)
            ):
                self._remark(text)
        if proof:
            self._remarks.append(Remark(self.setting.written_on, "", proof))
        if self.setting.asked.keep and (kept := self._unfitting()):
            self._remarks.append(Remark(self.setting.written_on, kept))

    def _remark(self, text: str) -> None:
        if ADDRESS.match(text):
            self._remarks.append(Remark(self.setting.written_on, "", text))
        else:
            self._remarks.append(Remark(self._told_on(text), text))

    def _told_on(self, text: str) -> date:
        """The last day that a text tells of, that of the file, or today."""
        written = self.setting.written_on
        year = self.year or (written.year if self.head.above.dated else self.anchor()[0].year)
        days = [m.due for m in find(text, date(year, 1, 1)) if m.due.date and not m.unclear]
        exact = [d.date for d in days if d.date and d.precision is Precision.DAY]
        return max((day for day in exact if day <= written), default=written)

    def _unfitting(self) -> str:
        head = self.head
        parts = ((head.names[n], at(self.row, n).text) for n in head.unfitting())
        return "\n".join(f"{name}：{text}" for name, text in parts if text)
