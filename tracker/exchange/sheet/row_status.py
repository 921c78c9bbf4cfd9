"""What a row says of the status: in its column, beside it, or in the words of its progress."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from tracker.exchange.sheet import completion, prose, statuses
from tracker.exchange.sheet.column_content import is_news
from tracker.exchange.sheet.columns import ColumnField, names_status
from tracker.exchange.sheet.dates import names_none
from tracker.exchange.sheet.grid import DASHES, NO_WORDS, Cell, at
from tracker.exchange.sheet.row import Cells
from tracker.message import Message
from tracker.model import Status

_GRADE = re.compile("^[ABC]$")
"""How a proposal was answered: A is solved, B planned, C explained; elsewhere a light."""
_FIGURE = re.compile(r"^(?:0|[0-9]{2,3})(?:\.[0-9]+)?\s?[%％]?$")
_PROSE = re.compile(r"[\u4e00-\u9fff，、]{10}|^已\S*[0-9]|(?:\S+\s+){4}\S")
"""More words than a status has."""
ALL = 100
_NEARLY = 95
_ASKS = re.compile(
    r"请(?:说明|核实|核对|补充|确认|提供|查明)|[?？]|\bplease (?:confirm|check|explain|provide|clarify)",
    re.IGNORECASE,
)

_STARTED = re.compile(r"^(?:actual start|(?:date )?started|实际(?:开始|开工|启动))", re.IGNORECASE)
_SAYS_DONE = re.compile(
    r"^(?:done|completed?|closed)\b|^已(?:完成|办结)(?:$|[，。；])", re.IGNORECASE
)
_LIST = re.compile(
    r"\b(?:list|section|column|bucket|lane|group|board)\b|列表|分组|看板", re.IGNORECASE
)
"""Where a card stands, which some programs leave as it was once it is done."""

_IS_DONE = re.compile(r"^(?:due complete|done|completed?|完成|已完成)\??$", re.IGNORECASE)
"""A tick beside the list in which a card stands."""


class RowStatus:
    """The status of a row with what goes with it, in `fields`; `is_said`: the row says one."""

    def __init__(self, cells: Cells) -> None:
        self._cells, self._text, self._name = cells, cells.text, cells.name
        self._unknown = ""
        self.fields: dict[str, Any] = {}
        self.is_said = self._status()

    def _status(self) -> bool:
        """Put the status with what goes with it, and return whether the row says one."""
        ticked = self._is_ticked_off()
        completed = None if ticked else self._cells.soft_day(ColumnField.COMPLETED)
        share = statuses.percent(
            self._text(ColumnField.PERCENT), of_one=self._cells.setting.percent_of_one
        )
        said = statuses.CellStatus(Status.COMPLETED) if ticked else self._said_status()
        share = said.percent if share is None else share
        is_past = completed is not None and not completion.is_to_come(self._cells, completed)
        status = self._weighed(said.status, share, is_past=is_past)
        if status is Status.COMPLETED and (why := self._dropped()):
            status, completed = why, None
        if share is not None:
            self.fields["percent"] = share
        if status is None:
            self._unsaid()
            return False
        self.fields["status"] = status
        if status is Status.COMPLETED:
            self.fields["completed_on"] = completion.day(self._cells, completed)
        if ColumnField.STATUS not in self._cells.printed:
            self._tell(status, share, completed)
            self._tell_unknown(_worded(status))
        return True

    def _weighed(self, said: Status | None, share: int | None, *, is_past: bool) -> Status | None:
        """The status by what is said, a day of completion and a share of the work."""
        far = None if share is None else statuses.by_share(share)
        text, progress = self._text(ColumnField.STATUS), self._cells.progress()
        is_light, two_ways = statuses.is_timeliness(text), said and statuses.is_two_ways(text)
        if is_past and (is_light or self._is_behind(said, text)):
            return Status.COMPLETED
        is_idle = statuses.beginning(progress) is Status.NOT_STARTED
        if is_light:  # which says how timely it is; a share says how far
            return far or (Status.NOT_STARTED if is_idle else said)
        says_less = two_ways or said is Status.NOT_STARTED or statuses.is_closing(text)
        may_be_given_up = not is_past and (says_less or (not said and share != ALL))
        if may_be_given_up and any(map(statuses.is_end, prose.CLAUSES.split(progress))):
            return Status.CANCELLED
        begun = self._is_begun()
        if said is Status.NOT_STARTED and two_ways:
            # "Open", of which something is told, or where others are "Not started".
            is_open = self._cells.setting.tells_idle and statuses.is_undone(text)
            says_more = not is_idle and (is_open or is_news(Cell(progress)))
            begun = True if says_more else begun
        is_over = said in (Status.CANCELLED, Status.SUPERSEDED)
        if begun is not None and not is_over and (two_ways or not (said or is_past or far)):
            return Status.IN_PROGRESS if begun else Status.NOT_STARTED
        return said or (Status.COMPLETED if is_past else far)

    def _is_behind(self, said: Status | None, text: str) -> bool:
        """Whether a status says less than a day of completion beside it, as where a card stands."""
        if said and said.is_open and _LIST.search(self._name(ColumnField.STATUS)):
            self._cells.doubt("It has a day of completion, and stands in {list}.", list=text)
            return True
        is_already = said is Status.IN_PROGRESS and prose.ALREADY.match(text)
        two_ways = said and statuses.is_two_ways(text) and not statuses.is_end(text)
        return bool(is_already or two_ways or statuses.is_topic(text))

    def _is_ticked_off(self) -> bool:
        """Whether a tick stands where others have their day of completion."""
        return self._text(ColumnField.COMPLETED).lower() in statuses.TICKS

    def _is_begun(self) -> bool | None:
        """Whether a column of when it was begun says that it was; None without one."""
        if not any(map(_STARTED.match, self._cells.head.names)):
            return None
        text = self._cells.beside(_STARTED).lower()
        return text not in DASHES | statuses.CROSSES

    def _tell(self, status: Status, share: int | None, completed: date | None) -> None:
        """Tell what of the status a person should look at."""
        self._tell_two_ways(ColumnField.STATUS, status)
        said = self._text(ColumnField.STATUS)
        is_done, progress = status is Status.COMPLETED, self._cells.progress()
        if is_done and share is None and (far := prose.SO_FAR.search(progress)):
            share = int(far[1] or far[2])
        part = ALL if share is None else share
        asks, made_on = self._cells.remark(), self._cells.made_on
        early = statuses.beginning(progress)
        column = self._name(ColumnField.COMPLETED)
        is_ahead = completion.is_to_come(self._cells, completed)
        ends = (Status.COMPLETED, Status.CANCELLED, Status.SUPERSEDED)
        says_otherwise = early in ends and early != status
        told = (
            (
                (is_done and part < ALL) or (status.is_open and share == ALL),
                Message("It is {share} % done, and {status}."),
            ),
            (
                not is_done and _NEARLY <= part < ALL,
                Message("It is {share} % done, which may be meant as done."),
            ),
            (
                statuses.is_pace(said) and status.is_open and not (progress or share),
                Message("{said} says how timely it is and not how far; taken as {status}."),
            ),
            (_ASKS.search(asks), Message("A remark asks something: {text}")),
            (is_ahead, Message("{column} is a day to come.")),
            (
                completed and status.is_open and not is_ahead,
                Message("It has a day of completion, {day}, and is {status}."),
            ),
            (
                is_done and column and not self.fields["completed_on"],
                Message("It is done, and {column} has no day."),
            ),
            (
                is_done and completed and made_on and completed < made_on,
                Message("It was completed on {day}, before it was given, on {made_on}."),
            ),
            (
                not status.is_open and says_otherwise,
                Message("It is {status}, though its words begin otherwise."),
            ),
            (
                is_done and prose.tells_of_rest(progress),
                Message("It is taken as done, though its words tell of something left."),
            ),
        )
        values = {
            "said": said,
            "share": share,
            "text": asks[:40],
            "column": column,
            "day": completed,
        }
        for is_so, words in told:
            if is_so:
                self._cells.doubt(words, **values, status=_worded(status), made_on=made_on)

    def _tell_unknown(self, taken: Message) -> bool:
        """Tell which words are no status; return whether there are any."""
        if self._unknown:
            name = self._name(ColumnField.STATUS)
            tells = _PROSE.search(self._unknown) and is_news(Cell(self._unknown))
            if tells or "percent" in self.fields:
                words = "{column} tells of progress; taken as {status}."
                self._cells.assume(True, words, column=name, status=taken)
            else:
                words = "{column}: {text} is no status that is known; taken as {status}."
                self._cells.doubt(words, column=name, text=self._unknown, status=taken)
        return bool(self._unknown)

    def _tell_two_ways(self, field: ColumnField, status: Status) -> None:
        text, name = self._text(field), self._name(field)
        if field is ColumnField.STATUS and not text:
            text = next((self._cells.head.names[n] for n in self._ticked()), "")
        if not statuses.is_two_ways(text):
            return
        told = self._cells.progress()
        is_handed_in = status is Status.COMPLETED and self.fields.get("completed_on")
        is_plain = is_handed_in or (statuses.is_undone(text) and (is_news(Cell(told)) or not told))
        words = "{column}: {text} may be meant otherwise; taken as {status}."
        values = {"column": name, "text": text[:40], "status": _worded(status)}
        self._cells.assume(is_plain, words, **values)

    def _dropped(self) -> Status | None:
        """What is closed though it was not done, where a column says why it is closed."""
        text = self._text(ColumnField.RESOLUTION)
        why = statuses.cell_status(text).status
        if why not in (Status.CANCELLED, Status.SUPERSEDED):
            return None
        self._tell_two_ways(ColumnField.RESOLUTION, why)
        return why

    def _said_status(self) -> statuses.CellStatus:
        """What the row says of the status, in the column of it or, if that is empty, elsewhere."""
        text = self._text(ColumnField.STATUS) or self._beside()
        early = statuses.beginning(self._cells.progress())
        if before := self._told_before(text, early):
            return statuses.CellStatus(before)
        if text not in DASHES:
            return self._of_its_column(text)
        # A status may stand among percentages: 完成, 取消.
        share = self._text(ColumnField.PERCENT)
        if (
            statuses.percent(share, of_one=False) is None
            and (said := statuses.cell_status(share)).status
        ):
            return said
        if len(ticked := self._ticked()) == 1:
            return statuses.CellStatus(self._cells.head.ticked[ticked[0]])
        if early and self._cells.has(ColumnField.STATUS):
            self._as_said(early, is_plain=True)
        found = early or self._prose_status(self._cells.progress())
        part = statuses.percent(share, of_one=self._cells.setting.percent_of_one)
        is_part = found is Status.COMPLETED and part is not None and part < ALL
        return statuses.CellStatus(None if is_part else found)

    def _told_before(self, text: str, early: Status | None) -> Status | None:
        """What counts before the column of statuses: a tick, or progress where that says less."""
        is_light = statuses.is_timeliness(text)
        if self._cells.beside(_IS_DONE).lower() in statuses.TICKS:
            if statuses.cell_status(text).status is not Status.COMPLETED:
                self._cells.doubt("It is ticked as done, and stands in {list}.", list=text)
            return Status.COMPLETED
        if is_light and not early and prose.says_all_done(self._cells.progress()):
            self._as_said(Status.COMPLETED)
            return Status.COMPLETED
        says_more = early is not Status.COMPLETED and statuses.is_two_ways(text)
        return early if is_light or says_more else None

    def _beside(self) -> str:
        """The status in another column that is named so, or else what its own says that is no word."""
        head, row = self._cells.head, self._cells.row
        said = (at(row, n).text for n in head.unfitting() if names_status(head.names[n]))
        return next(filter(statuses.is_word, said), self._cells.cell(ColumnField.STATUS).text)

    def _ticked(self) -> list[int]:
        """The columns of statuses that are ticked."""
        return [n for n in self._cells.head.ticked if at(self._cells.row, n).text not in NO_WORDS]

    def _of_its_column(self, text: str) -> statuses.CellStatus:
        if _FIGURE.match(text):
            return statuses.CellStatus(None, statuses.percent(text, of_one=False))
        is_grade = _GRADE.match(text) and self._cells.head.is_chinese
        said = statuses.cell_status(f"{text}类" if is_grade else text)
        if said.status:
            return said
        found = statuses.beginning(text) or self._prose_status(text)
        self._unknown = "" if found else text[:40]
        return statuses.CellStatus(found)

    def _prose_status(self, told: str) -> Status | None:
        """What the progress or a deadline says outright; told as a doubt."""
        last = statuses.sole(prose.SENTENCES.split(told.rstrip(" .。"))[-1])
        if any(statuses.is_end(part) for part in prose.CLAUSES.split(told)):
            found = Status.CANCELLED
        elif last and last is not Status.NOT_STARTED:
            found = last
        elif (
            prose.CLOSED.search(self._cells.cell(ColumnField.DUE).text)
            or prose.says_all_done(told)
            or prose.is_what_was_asked(self._text(ColumnField.TITLE), told)
            or (prose.is_ended_on(told) and completion.one_day(self._cells, [told]))
        ):
            found = Status.COMPLETED
        else:
            return None
        is_plain = found is not Status.COMPLETED or last is found or _SAYS_DONE.match(told)
        self._as_said(found, is_plain or self._text(ColumnField.PERCENT))
        return found

    def _as_said(self, found: Status, is_plain: object = False) -> None:
        words = "It is taken as {status}, for its words say so."
        self._cells.assume(is_plain, words, status=_worded(found))

    def _unsaid(self) -> None:
        """What a row without a status is taken for: under way if progress is told, or else not."""
        told = self._cells.progress() or self._text(ColumnField.STATUS)
        self.fields["status"] = Status.IN_PROGRESS if told else Status.NOT_STARTED
        if ColumnField.STATUS in self._cells.printed:
            return
        taken = _worded(self.fields["status"])
        if not self._tell_unknown(taken):
            is_plain = told or self._is_due_later() or not self._cells.has(ColumnField.STATUS)
            self._cells.assume(
                is_plain, "It says no status, and is taken as {status}.", status=taken
            )

    def _is_due_later(self) -> bool:
        """Whether nothing need be told yet: its day is to come, or it has words instead of one."""
        due, said = self._cells.due, self._cells.cell(ColumnField.DUE).text
        return due > self._cells.setting.written_on if due else bool(said) and names_none(said)


def _worded(status: Status) -> Message:
    return Message(status.value.replace("-", " "))
