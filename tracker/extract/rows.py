"""A table row to its candidates, by its columns."""

from __future__ import annotations

import re

from msgspec.structs import replace

from tracker.extract import chinese, clauses, tables
from tracker.extract.act import POINTING, Act, cell_title, shortened
from tracker.extract.candidate import Candidate
from tracker.extract.chinese_bodies import is_name
from tracker.extract.discourse import DatedMention, in_year
from tracker.extract.english_verbs import is_base
from tracker.extract.judge import Judge
from tracker.extract.layout import Block
from tracker.extract.mention_context import BlockContext, MentionContext, Tier
from tracker.extract.people import Owners
from tracker.extract.targets import targets_in
from tracker.model import Modality, Precision

_SAME = re.compile(
    r"[\s(（]*(?:同上|〃|″|see above|as above|same as above|ditto)[\s)）]*$", re.IGNORECASE
)
_BEGINS = re.compile(
    r"开工|开始|启动|起始|实施日期|\b(?:start|begin|from|commence|raised|opened|issued|approved|published|reported)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_BESIDE, _WITH_NAME, _LONG = 6, 70, 60
"""How many characters a cell may have beside its date; how long a title may be to be given the name of its
row; and how long the words of a deadline cell are that holds no date."""
_SEEN = 2000
"""How many characters of its row speak for or against a date."""
_CODE = re.compile(r"[*_]*[A-Z]{0,4}[-. ]?\d+(?:\.\d+)*[*_]*")
"""A cell that only numbers its row: M2, 3.1."""
_BY_THEN = re.compile(r"\s(?:by|until|on|before|after)\s(?:this|that|the)\s(?:due\s)?date\b.*$")
_BETWEEN = re.compile("[、,，/;；\n](?![^（(]*[）)])")


class Table:
    """The rows of one table, read from the top: a header names the columns, 同上 takes the row above."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._columns = tables.Columns()
        self._above: Candidate | None = None
        self._last: list[tables.PlacedCell] = []

    def read(self, block: Block, around: BlockContext) -> list[Candidate]:
        """The candidates of the next row."""
        text = self._judge.text
        cells = tables.cells_of(text, block.start, block.end)
        named = tables.header(cells)
        if named is not None and (self._columns == tables.Columns() or named.due is not None):
            self._columns, self._above, self._last = named, None, []
            return []
        if self._columns == tables.Columns() and (alone := tables.names_alone(cells)) is not None:
            self._columns = alone
            return []
        if len(self._judge.within(block.start, block.end)) > clauses.MOST:
            return []  # nobody promises so much in one row
        cells = self._columns.aligned(cells)
        if not self._columns.hold(cells):
            cells = [tables.PlacedCell(block.start, block.end, text[block.start : block.end])]
        self._last = cells = [self._filled(index, cell) for index, cell in enumerate(cells)]
        around = replace(around, kind="a table", row=" ".join(cell.text for cell in cells)[:_SEEN])
        found = self._deadline(block, cells, replace(around, column="deadlines"))
        found += self._dated_cells(block, cells, replace(around, column="dates"))
        dues = {c.due for c in found}
        for index, cell in enumerate(cells):
            if index in (self._columns.due, self._columns.revised):
                continue
            aside = "asides" if self._columns.is_aside(index) else "content"
            said = self._prose(cell, replace(around, column=aside, item=cell.text))
            found.extend(c for c in said if c.due not in dues)
        person = block.turn.person if block.turn else None
        owners = _owners(cells, self._columns)
        return [c.of(person, owners) for c in found]

    def _filled(self, index: int, cell: tables.PlacedCell) -> tables.PlacedCell:
        """The cell with the words of the row above where it says that they are the same."""
        above = _at(self._last, index)
        if above is None or index in (self._columns.due, self._columns.revised):
            return cell
        return replace(cell, text=above.text) if _SAME.match(cell.text) else cell

    def _dated_cells(
        self, block: Block, cells: list[tables.PlacedCell], around: BlockContext
    ) -> list[Candidate]:
        """The future days that fill a cell of another column, named by the row and the column's head."""
        judge, columns = self._judge, self._columns
        found: list[Candidate] = []
        for index, (name, cell) in enumerate(zip(columns.names, cells, strict=False)):
            if columns.is_aside(index) or not name or _BEGINS.search(name):
                continue
            inside = [judge.placed(m) for m in judge.within(cell.start, cell.end)]
            if len(inside) != 1 or len(cell.text) - (inside[0].end - inside[0].start) > _BESIDE:
                continue
            [m] = inside
            row = next((c.text for c in cells if c != cell and _WORD.search(c.text)), "")
            said = (
                self._worded([c for c in cells if c != cell], None)
                if not _HAN.search(row)
                else None
            )
            if m.struck or m.range_end or m.due is None or judge.is_past(m) or not row:
                continue
            title = shortened(f"{_plain(row)}{'' if _HAN.search(row) else ': '}{name}")
            if said is not None and (_begins_with_a_verb(said.text) or len(said.text.split()) > 4):
                title = self._title(cells, said, english=True)
            scene = self._scene(cell, m, replace(around, opening=name))
            found.append(judge.candidate(title, m, (block.start, block.end), Modality.FIRM, scene))
        return found

    def _scene(
        self, cell: tables.PlacedCell, mention: DatedMention, around: BlockContext
    ) -> MentionContext:
        span = (cell.start, cell.end)
        return self._judge.scene(span, mention, (cell.start, mention.start, cell.end), around)

    def _prose(self, cell: tables.PlacedCell, around: BlockContext) -> list[Candidate]:
        """What a cell of prose promises."""
        inside = self._judge.within(cell.start, cell.end)
        span = (cell.start, cell.end)
        ends = clauses.stops(self._judge.text, *span) if inside else []
        inside = clauses.said_in_sentences(inside, ends)
        judged = (self._judge.judge(span, inside, i, ends, around) for i in range(len(inside)))
        return [c for c in judged if c is not None]

    def _deadline(
        self, block: Block, cells: list[tables.PlacedCell], around: BlockContext
    ) -> list[Candidate]:
        """What the deadline cell gives: all its dates that are not struck out."""
        judge = self._judge
        cell = _at(cells, self._columns.due)
        if cell is None:
            return []
        task = tables.task_cell(cells, self._columns)
        said = task.text if task else ""
        english = judge.is_english(block.start, block.end)
        title = self._title(cells, task, english=english)
        act = self._act((self._worded(cells, task) or cell).text, english=english)
        inside = self._dates(cell)
        inside = [self._in_column(m) for m in inside]
        struck = [m for m in inside if m.struck]
        revised = _at(cells, self._columns.revised)
        if revised is not None and (moved := self._dates(revised)):
            inside, struck = moved, [m for m in inside if m.due != moved[-1].due]
        targets = targets_in(said, english=english)
        modality = chinese.modality_of("", said, english=english)
        if not inside and _is_worded(cell):
            unread = DatedMention(
                cell.start, cell.end, None, Precision.NONE, assumed=False, has_year=False
            )
            scene = self._scene(cell, unread, around)
            return [judge.candidate(title, unread, (block.start, block.end), modality, scene)]
        found = [
            replace(
                judge.candidate(title, m, (block.start, block.end), modality, scene),
                act=act,
                targets=targets,
                baseline_due=struck[-1].due if struck else None,
            )
            for m in map(judge.placed, inside)
            if not m.struck and not m.range_start
            for scene in [self._scene(cell, m, around)]
        ]
        if _SAME.match(cell.text):
            if self._above is None:
                return []
            clause = judge.at(block.start, block.end)
            return [
                replace(
                    self._above,
                    title=title,
                    clause=clause,
                    tier=Tier.INHERITED,
                    targets=targets,
                    baseline_due=None,
                )
            ]
        self._above = found[0] if found else None
        return found

    def _title(
        self, cells: list[tables.PlacedCell], task: tables.PlacedCell | None, *, english: bool
    ) -> str:
        """The words of the task's cell, with the name of the row where another column has it."""
        task = self._worded(cells, task) if english else task
        said = task.text if task else ""
        act = self._act(said, english=english)
        title = act.what if act and act.who not in (None, *POINTING) else cell_title(said)
        name = tables.row_name(cells, self._columns, task)
        if not name or name in title or len(title) > _WITH_NAME:
            return title
        return shortened(f"{_plain(name)}{': ' if english else '：'}{title}")

    def _act(self, said: str, *, english: bool) -> Act | None:
        """What a cell says of who is to do what: Supplier to issue the plan."""
        told = english and re.search(r"\s(?:to|will|shall)\s", said[:60])
        return self._judge.acts.act(_BY_THEN.sub("", said), "") if told else None

    def _worded(
        self, cells: list[tables.PlacedCell], task: tables.PlacedCell | None
    ) -> tables.PlacedCell | None:
        """The cell that says what is done.

        It is the task's, if it is more than a number or a name, else one that begins with a verb, or the longest.
        """
        those = [
            cell
            for index, cell in enumerate(cells)
            if not self._columns.is_aside(index)
            and _WORD.search(cell.text)
            and not _CODE.fullmatch(cell.text)
        ]
        verbs = [cell for cell in those if _begins_with_a_verb(cell.text)]
        if task in verbs:
            return task
        if verbs:
            return verbs[0]
        if task is not None and task in those and len(task.text.split()) > 2:
            return task
        return max(those, key=lambda cell: len(cell.text), default=task)

    def _in_column(self, mention: DatedMention) -> DatedMention:
        """A month without a year in the year that the column's name says."""
        year = self._columns.year
        if year is None or not mention.assumed:
            return mention
        due = in_year(self._judge.text[mention.start : mention.end], year)
        return mention if due is None else replace(mention, due=due, assumed=False)

    def _dates(self, cell: tables.PlacedCell) -> list[DatedMention]:
        """The due phrases of a cell, or else all of it as one: 2022, 全年."""
        return self._judge.within(cell.start, cell.end) or self._judge.whole(cell.start, cell.end)


def _at(cells: list[tables.PlacedCell], index: int | None) -> tables.PlacedCell | None:
    return cells[index] if index is not None and index < len(cells) else None


def _is_worded(cell: tables.PlacedCell) -> bool:
    """Whether a deadline's cell holds some words, such as 长期: no row goes without a proposal."""
    return bool(_WORD.search(cell.text)) and len(cell.text) <= _LONG and not _SAME.match(cell.text)


def _begins_with_a_verb(words: str) -> bool:
    bare = _NUMBER.sub("", _plain(words)).split(" ", 1)
    return len(bare) > 1 and is_base(bare[0])


_NUMBER = re.compile(r"^[A-Z]{0,3}\d+(?:\.\d+)*[.):]?\s+")


def _plain(words: str) -> str:
    return " ".join(re.sub(r"[*_`]+", " ", words).split())


_FOR = re.compile(
    r"(?:required|mandatory|compulsory|applies|applicable)\s(?:for|to|of)\s(?P<who>[^,;.(]{3,60}?)(?:\sonly)?(?=$|[,;.(])",
    re.IGNORECASE,
)
"""A cell that says whom the row binds: Required for all agencies."""


def _owners(cells: list[tables.PlacedCell], columns: tables.Columns) -> Owners:
    leads, helpers = (_names(cells, columns, index) for index in (columns.owner, columns.support))
    bound = (found["who"] for cell in cells if (found := _FOR.match(cell.text)))
    leads = leads or list(bound)[:1]
    joint = ("、" if leads and is_name(leads[0]) else ", ").join(leads)
    return Owners(joint or None, tuple(helpers))


def _names(cells: list[tables.PlacedCell], columns: tables.Columns, index: int | None) -> list[str]:
    if index is None or index >= len(cells):
        return []
    names = [name for part in _BETWEEN.split(cells[index].text) if (name := part.strip(" -—*"))]
    bodies = [name for name in names if is_name(name)]
    return bodies or ([] if columns.names[index] == "单位" else names)  # 亩, 公里
