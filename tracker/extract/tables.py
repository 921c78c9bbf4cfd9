"""Table rows: which cell is the task, the deadline, the owner.

The cells of a row stand between bars (Markdown, and what is made of HTML and Word), tabs, or runs
of blanks that align columns.
"""

from __future__ import annotations

import re
from collections.abc import Set
from itertools import pairwise

from msgspec import Struct

_DUE = re.compile(
    r"(?:完成|办结|完工|截止|整改|落实|竣工|交付|报送|计划|预计|目标)[\u4e00-\u9fff]{0,4}(?:时限|时间|日期|期限|节点|年限)|^(?:工作|整改|办理)?(?:时限|期限|限期)(?:要求)?$|时间节点|节点时间|时间要求|完成期限|^计划(?:完成|竣工)$|进度安排|时间安排|^时间$"
    r"|^(?:target|due|completion|delivery|end|finish|planned)?\s*(?:date|due|deadline|by when|timeline|timeframe|timing|when)(?:\s*(?:date|for completion))?$|deadline|due date|target date|by when"
    r"|^(?!(?:start|begin|effective|reported?|issued?|publication|approv|sign|last|open|creat|updat|award|meeting|as of|actual))(?:[\w/-]+\s){1,2}date$",
    re.IGNORECASE,
)
_DUE_IF_NONE_BETTER = re.compile(
    r"^(?:(?:planned|plan|target|completion|end|finish|forecast|timescales?|expected|estimated|by)\s?){1,2}$"
    r"|^end of (?:\w+ )?(?:support|life|sales?|maintenance|service)$|^(?:support|maintenance) (?:ends?|until)$"
    r"|^(?:完成|节点|进度|计划)$",
    re.IGNORECASE,
)
_TASK = re.compile(
    r"任务|事项|工作内容|工作措施|重点工作|项目名称|项目|措施|内容|目标|milestone|action|task|activity|deliverable|commitment|objective|step|measure\b|pledge|promise|undertaking|^what\b",
    re.IGNORECASE,
)
_OWNER = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        "(?:责任|牵头|主责|主办|承办|承担|负责)[\u4e00-\u9fff/]{0,4}?(?:单位|部门|处室|科室|主体)",
        r"^who$|^whom?\b.*\bby$|\bunit$|owner|responsib|\blead\b|accountable"
        r"|^(?:delivery |implementing |lead )?(?:department|agency|office|team|body|partner)$",
        "(?:责任|负责|承办|经办)(?:人|同志|领导)?$|^(?:牵头|主责|主办)",
        "(?:实施|建设|施工|项目|承建|承担|管理|执行|落实|整改)(?:单位|部门|主体)|项目法人|业主单位|^(?:部门|处室|科室|单位)$",
    )
)
"""What names the column of who is to do it, the surest first."""
_SUPPORT = re.compile(r"(?:配合|协办|参与|协同|协助)(?:单位|部门)?|support", re.IGNORECASE)
_PROGRESS = re.compile(
    r"进展|完成情况|^实际|落实情况|状态|现状|基数|开工时间|开始时间|启动时间|备注|\b(?:status|progress|start(?: date)?|baseline|notes?|remarks|where we are)\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_ORDINAL = re.compile(r"^[\s\d.、#]*$|^(?:序号|编号|no\.?|#|id)$", re.IGNORECASE)


_YEAR = re.compile(r"20\d\d")
_DATED = re.compile(
    r"\d{1,2}[月日/.-]|\d{4}|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b"
)
_NAME_OF = re.compile(
    r"名称|项目|对象|点位|地点|片区|问题|版本|^(?:name|site|project|area|item|version|release|work ?stream|theme|product|model)\b",
    re.IGNORECASE,
)
_REVISED = re.compile(
    r"(?:调整|变更|修订|延期|顺延|新的?)[\u4e00-\u9fff]{0,3}(?:时限|时间|日期|期限)"
    r"|\b(?:revised|new|amended|extended|current|updated) (?:target|due|completion|deadline|date|end)",
    re.IGNORECASE,
)
_GAP = re.compile(r"(?:(?<![.!?:;,。！？：；，\s])(?:[ \u3000]{2,}|\u3000)|(?<=[.:])[ ]{4,})(?=\S)")
_CELL_GAP = re.compile(_GAP.pattern + r"(?![a-z])")
"""A gap before a cell: where the blanks of a justified line go on in lower case, it is prose."""


class PlacedCell(Struct, frozen=True):
    """A cell and where it stands; `aligned` when only blanks part it from the next."""

    start: int
    end: int
    text: str
    aligned: bool = False


class Columns(Struct, frozen=True):
    """Which column is which, by position; None for one that the table does not have.

    `names` are those of the header, `year` the one that the deadline column's name says.
    """

    due: int | None = None
    revised: int | None = None
    task: int | None = None
    owner: int | None = None
    support: int | None = None
    progress: frozenset[int] = frozenset()
    width: int = 0
    names: tuple[str, ...] = ()
    year: int | None = None

    def hold(self, cells: list[PlacedCell]) -> bool:
        """Whether the row has its cells where the header has them.

        Blanks that part no columns are just blanks, and an empty cell between blanks is not seen.
        """
        return self.width == len(cells) or (bool(cells) and not cells[0].aligned)

    def aligned(self, cells: list[PlacedCell]) -> list[PlacedCell]:
        """The cells without a number before them that the header has no name for: 1.1  Plant trees."""
        numbered = len(cells) == self.width + 1 and _ORDINAL.match(cells[0].text)
        return cells[1:] if numbered and cells[0].aligned else cells

    def is_aside(self, index: int) -> bool:
        """Whether a column holds no promises of its own."""
        asides = (self.due, self.revised, self.owner, self.support)
        return index in asides or index in self.progress


def cells_of(text: str, start: int, end: int) -> list[PlacedCell]:
    """The cells of a row, trimmed, with their offsets."""
    row = text[start:end]
    if "|" not in row and "\t" not in row:
        return _aligned(row, start)
    mark = "|" if "|" in row else "\t"
    cells: list[PlacedCell] = []
    at = start
    for piece in row.split(mark):
        bare = piece.strip()
        lead = len(piece) - len(piece.lstrip()) if bare else 0
        cells.append(PlacedCell(at + lead, at + lead + len(bare), bare))
        at += len(piece) + 1
    if mark == "|" and row.startswith("|"):
        cells = cells[1:]
    return cells[:-1] if mark == "|" and row.endswith("|") else cells


def is_aligned(line: str) -> bool:
    """Whether runs of blanks part a line into three cells or more."""
    blank = "  " in line or "\u3000" in line
    return blank and len(line) <= 300 and len(_CELL_GAP.findall(line)) >= 2


def _aligned(row: str, start: int) -> list[PlacedCell]:
    edges = [(0, 0), *(m.span() for m in _GAP.finditer(row)), (len(row), len(row))]
    spans = [(left[1], right[0]) for left, right in pairwise(edges)]
    return [PlacedCell(start + low, start + high, row[low:high], True) for low, high in spans]


def header(cells: list[PlacedCell]) -> Columns | None:
    """The columns that a header row names; None when the row is no header."""
    names = [re.sub(r"[*_`\s]+", " ", cell.text).strip() for cell in cells]
    if any(len(name) > 40 for name in names) or not any(names):
        return None
    progress = frozenset(
        i for i, name in enumerate(names) if _PROGRESS.search(name) and not re.match("完成时", name)
    )
    revised = _first(_REVISED, names, progress)
    due = _first(_DUE, names, progress | {revised})
    if due is None:
        due, revised = revised, None
    if due is None:
        due = _first(_DUE_IF_NONE_BETTER, names, progress)
    found_by = (_first(pattern, names, progress) for pattern in _OWNER)
    owner = next((index for index in found_by if index is not None), None)
    if due is None and owner is None:
        return None
    others = progress | {due, revised, owner}
    support = _first(_SUPPORT, names, others)
    task = _first(_TASK, names, others | {support})
    if task is None and len([n for n in names if n]) < 2:
        return None
    found = _YEAR.search(names[due]) if due is not None else None
    year = int(found[0]) if found else None
    return Columns(due, revised, task, owner, support, progress, len(cells), tuple(names), year)


def names_alone(cells: list[PlacedCell]) -> Columns | None:
    """The first row of a table that names no column we know, where it holds nothing but names."""
    names = tuple(re.sub(r"[*_`\s]+", " ", cell.text).strip() for cell in cells)
    worded = [name for name in names if _LETTER.search(name)]
    if len(worded) < 3 or any(len(name) > 40 or _DATED.search(name) for name in names):
        return None
    progress = frozenset(i for i, name in enumerate(names) if _PROGRESS.search(name))
    return Columns(progress=progress, width=len(cells), names=names)


def task_cell(cells: list[PlacedCell], columns: Columns) -> PlacedCell | None:
    """The cell that says what is to be done: the task column's, or else the longest of the others."""
    if columns.task is not None and columns.task < len(cells) and cells[columns.task].text:
        return cells[columns.task]
    others = [
        c for i, c in enumerate(cells) if not columns.is_aside(i) and not _ORDINAL.match(c.text)
    ]
    worded = [c for c in others if _LETTER.search(c.text)]
    return max(worded or others, key=lambda c: len(c.text), default=None)


def row_name(cells: list[PlacedCell], columns: Columns, task: PlacedCell | None) -> str:
    """What a row is about, where another column than the task's names it: 老纸厂暗涵口."""
    for name, cell in zip(columns.names, cells, strict=False):
        if _NAME_OF.search(name) and cell != task and _LETTER.search(cell.text):
            return cell.text if len(cell.text) <= 40 else ""
    return ""


def _first(pattern: re.Pattern[str], names: list[str], taken: Set[int | None]) -> int | None:
    return next(
        (i for i, name in enumerate(names) if i not in taken and name and pattern.search(name)),
        None,
    )
