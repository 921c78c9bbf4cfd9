"""Table rows, be they Markdown, tab-separated or from HTML: which cell is the task, the deadline, the owner."""

from __future__ import annotations

import re

from msgspec import Struct

_DUE = re.compile(
    r"(?:完成|办结|完工|截止|整改|落实|竣工|交付|报送|计划|预计|目标)[\u4e00-\u9fff]{0,4}(?:时限|时间|日期|期限|节点|年限)|^(?:工作)?时限(?:要求)?$|时间节点|时间要求|完成期限|进度安排|时间安排|^时间$"
    r"|^(?:target|due|completion|delivery|end|finish|planned)?\s*(?:date|due|deadline|by when|timeline|timeframe|timing|when)(?:\s*(?:date|for completion))?$|deadline|due date|target date|by when",
    re.IGNORECASE,
)
_TASK = re.compile(
    r"任务|事项|工作内容|工作措施|重点工作|项目名称|项目|措施|内容|目标|milestone|action|task|activity|deliverable|commitment|objective|step|measure\b",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"(?:责任|牵头|承办|主办|主责|负责|实施)(?:单位|部门|人|处室|科室|主体|领导)?|owner|responsib|\blead\b|accountable",
    re.IGNORECASE,
)
_SUPPORT = re.compile(r"(?:配合|协办|参与|协同|协助)(?:单位|部门)?|support", re.IGNORECASE)
_PROGRESS = re.compile(
    r"进展|完成情况|落实情况|状态|现状|基数|开工时间|开始时间|启动时间|备注|\b(?:status|progress|start(?: date)?|baseline|notes?|remarks)\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"^[\s\d.、#]*$|^(?:序号|编号|no\.?|#|id)$", re.IGNORECASE)


class Cell(Struct, frozen=True):
    start: int
    end: int
    text: str


class Columns(Struct, frozen=True):
    """Which column is which, by position; None for one that the table does not have."""

    due: int | None = None
    task: int | None = None
    owner: int | None = None
    support: int | None = None
    progress: tuple[int, ...] = ()

    def is_aside(self, index: int) -> bool:
        """Whether a column holds no promises of its own."""
        return index in (self.due, self.owner, self.support, *self.progress)


def cells_of(text: str, start: int, end: int) -> list[Cell]:
    """The cells of a row, trimmed, with their offsets."""
    row = text[start:end]
    mark = "|" if "|" in row else "\t"
    cells: list[Cell] = []
    at = start
    for piece in row.split(mark):
        bare = piece.strip()
        lead = len(piece) - len(piece.lstrip()) if bare else 0
        cells.append(Cell(at + lead, at + lead + len(bare), bare))
        at += len(piece) + 1
    if mark == "|" and row.startswith("|"):
        cells = cells[1:]
    return cells[:-1] if mark == "|" and row.endswith("|") else cells


def header(cells: list[Cell]) -> Columns | None:
    """The columns that a header row names; None when the row is no header."""
    names = [re.sub(r"[*_`\s]+", " ", cell.text).strip() for cell in cells]
    if any(len(name) > 40 for name in names) or not any(names):
        return None
    progress = tuple(
        i for i, name in enumerate(names) if _PROGRESS.search(name) and not re.match("完成时", name)
    )
    due = _first(_DUE, names, progress)
    owner = _first(_OWNER, names, progress)
    if due is None and owner is None:
        return None
    others = (*progress, *(i for i in (due, owner) if i is not None))
    support = _first(_SUPPORT, names, others)
    task = _first(_TASK, names, (*others, *((support,) if support is not None else ())))
    if task is None and len([n for n in names if n]) < 2:
        return None
    return Columns(due, task, owner, support, progress)


def task_cell(cells: list[Cell], columns: Columns) -> Cell | None:
    """The cell that says what is to be done: the task column's, or else the longest of the others."""
    if columns.task is not None and columns.task < len(cells) and cells[columns.task].text:
        return cells[columns.task]
    taken = {columns.due, columns.owner, columns.support, *columns.progress}
    others = [c for i, c in enumerate(cells) if i not in taken and not _ORDINAL.match(c.text)]
    return max(others, key=lambda c: len(c.text), default=None)


def _first(pattern: re.Pattern[str], names: list[str], taken: tuple[int, ...]) -> int | None:
    return next(
        (i for i, name in enumerate(names) if i not in taken and name and pattern.search(name)),
        None,
    )
