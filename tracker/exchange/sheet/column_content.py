"""What the cells of a column can be: they confirm a name, settle a doubtful one, stand in for one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from datetime import date

from tracker.due import Due
from tracker.exchange.sheet import statuses
from tracker.exchange.sheet.bodies import bodies, is_body
from tracker.exchange.sheet.columns import (
    DATED,
    ColumnField,
    exactly,
    loosely,
    named_as_nothing,
    plain,
)
from tracker.exchange.sheet.dates import is_dated, is_day
from tracker.exchange.sheet.grid import NO_WORDS, Cell, Row, plainly
from tracker.exchange.sheet.periods import period, whole
from tracker.model import Status

_MOSTLY = 0.8
_LOOKED_AT = 300
"""Cells of a column that are enough to tell what it is."""

_NUMBER = re.compile(r"^[(（]?[0-9.,%\s/-]*[)）]?$")
_CODE = re.compile(r"^[A-Za-z]{0,5}[-_.#/ ]?[0-9][0-9A-Za-z.\-_/]*$")
_NUMBERED = re.compile("^(?=.{1,30}$)(?:.*[0-9一二三四五六七八九十]|.{1,4}$|[IVXivx]+)")
_OF_DAYS = re.compile("(?:时间|日期)$|\\bdate\\b")
_OF_A_MONTH = re.compile(
    "^(?:第?[0-9一二三四五六七八九十]+[月季周]|[本上]?[月周]).*(?:进展|情况|进度)"
)
"""Progress month by month, of which no one is the status."""

_NO_NEWS = re.compile(
    r"问题|困难|原因|性质|成果|形式|延期|顺延|变更|要求|目标|来源|依据|类|级|提出|投资|地[点区]|risk|issue|reason|barrier|mitigation|response|objective|measure|criteri|success|indicator|outcome|category|type|priority|theme|target|\brag\b",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"已|正在|剩余|尚|待|[0-9]%|\b(?:[a-z]{2,}(?:ed|ing)|held|met|sent|continues|so far|to date|now)\b",
    re.IGNORECASE,
)
_OF_A_KEY = frozenset(("key", "legend", "图例", "颜色说明"))
_MARK = re.compile("[√✓✔☑✅☐×✗✘❌]")
_OF_BODIES = re.compile(
    r"^(?:lead |responsible |owning |action )?(?:department|dept|directorate|division|service(?: area)?|team|unit|agency|organi[sz]ation|ministry|body)\.?$",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"(?!.*(?:[Ll]ead|Manager|Officer|Head|Director|Clerk|Chair|Team|Service|Council|Board|Group|Unit|Partner))(?:(?:Dr|Prof|Mr|Ms|Mrs|Cllr)\.? )?[A-Z](?:\.|[a-z'’-]+)?(?: [A-Z]\.)*(?: [A-Z][A-Za-z'’-]+){1,2}$"
)
_PROBLEM = re.compile("问题|隐患|描述")
_BOXES = frozenset(("true", "false", "checked"))
_AMBIGUOUS = statuses.TICKS | statuses.CROSSES | {"×", "a", "b", "c", "g", "r"}


def _is_text(cell: Cell) -> bool:
    return cell.day is None and not _NUMBER.match(cell.text) and not _CODE.match(cell.text)


def _is_status(cell: Cell) -> bool:
    if cell.day is not None or len(cell.text) > 60:
        return statuses.is_word(cell.text)
    return statuses.cell_status(cell.text).status is not None


def _is_brief_status(cell: Cell) -> bool:
    return len(cell.text) <= 24 and _is_status(cell)


def _is_surely_status(cell: Cell) -> bool:
    return cell.text.lower() not in _AMBIGUOUS and statuses.is_word(cell.text)


def is_news(cell: Cell) -> bool:
    """Whether a cell tells what has become of a task."""
    if (
        cell.day is not None
        or cell.text.lower() in _AMBIGUOUS
        or re.fullmatch("[\\x00-\\x7f]{1,3}", cell.text)
        or _NUMBER.match(cell.text)
    ):
        return False
    is_word = cell.text.isascii() and " " not in cell.text  # Fundraising
    return (
        bool(not is_word and _NEWS.search(cell.text))
        or statuses.tells_end(cell.text)
        or _is_status(cell)
    )


def _is_half_telling(cell: Cell) -> bool:
    """Whether a status may be the name of some work, or a box that is ticked or not."""
    return statuses.is_topic(cell.text) or cell.text.lower() in _BOXES


def _is_share(cell: Cell) -> bool:
    return statuses.percent(cell.text, of_one=False) is not None


_HOLDS: Mapping[ColumnField, tuple[Callable[[Cell], bool], float]] = {
    **dict.fromkeys(DATED, (is_dated, 0.4)),
    ColumnField.TITLE: (_is_text, 0.5),
    ColumnField.OWNER: (_is_text, 0.5),
    ColumnField.NUMBER: (lambda cell: bool(_NUMBERED.search(cell.text)), 0.7),
    ColumnField.STATUS: (_is_status, 0.55),
    ColumnField.PERCENT: (_is_share, 0.5),
    ColumnField.RESOLUTION: (_is_status, 0.5),
    ColumnField.LEVEL: (lambda cell: cell.text.isdecimal(), 0.9),
}
"""What a cell of the field is like, and how many of them must be."""

_WORDED = (ColumnField.TITLE, ColumnField.OWNER, ColumnField.PROGRESS)
"""The fields that no column of days is."""

_GUESSED: tuple[tuple[ColumnField, Callable[[Cell], bool], float], ...] = (
    (ColumnField.DUE, is_day, 0.7),
    (ColumnField.STATUS, _is_surely_status, 0.6),
    (ColumnField.OWNER, lambda cell: is_body(bodies(cell.text)[0] or ""), 0.6),
)


class ColumnCells:
    """The cells below a header, by column."""

    def __init__(self, rows: Sequence[Row]) -> None:
        # A row that says one thing is a heading or a remark, whatever columns it is merged over.
        self._rows = [row for row in rows[:_LOOKED_AT] if len(set(plainly(row))) > 1]
        self._cells: dict[int, list[Cell]] = {}

    def cells(self, place: int) -> list[Cell]:
        """The cells of a column that say anything."""
        if place not in self._cells:
            column = (row[place] for row in self._rows if place < len(row))
            self._cells[place] = [cell for cell in column if cell.text]
        return self._cells[place]

    def named(self, names: Sequence[str]) -> Iterator[str]:
        """Yield the names of the columns, for one without that says anything its place."""
        wide = max(map(len, self._rows), default=0)
        for place in range(max(wide, len(names))):
            name = names[place] if place < len(names) else ""
            yield name or (unnamed(place) if self.cells(place) else "")

    def share(self, place: int, holds: Callable[[Cell], bool]) -> float:
        """How many of the cells are so, of 1."""
        cells = self.cells(place)
        return sum(map(holds, cells)) / len(cells) if cells else 0.0

    def fits(self, field: ColumnField, place: int) -> bool:
        """Whether a field can stand in the column; an empty one says nothing against it."""
        holds, least = _HOLDS.get(field, (bool, 0.0))
        cells = self.cells(place)
        if not cells:
            return field is not ColumnField.TITLE
        if field is ColumnField.TITLE and len(cells) < len(self._rows) * 0.3:
            return False
        if (
            field is ColumnField.PROGRESS
            and self.share(place, lambda cell: statuses.is_timeliness(cell.text)) > _MOSTLY
        ):
            return False
        if field in _WORDED and self.share(place, is_day) > 0.5:
            return False
        if field is ColumnField.COMPLETED and any(map(is_day, cells)):
            cells = [cell for cell in cells if not _is_tick(cell)]
            return sum(map(holds, cells)) >= least * len(cells)
        return self.share(place, holds) >= least

    def may_fit(self, field: ColumnField, place: int) -> bool:
        """Whether a column so named can be the field though most of its cells are not like it."""
        return field is not ColumnField.STATUS or self.share(place, _is_brief_status) > 0

    def likeliest(self, names: Sequence[str], chosen: int, free: Sequence[int]) -> int:
        """Of the columns named as the status, and others far more like it, the one most like it."""
        named = [n for n in free if ColumnField.STATUS in (f for _, f in exactly(names[n]))]
        best = max(
            [chosen, *named],
            key=lambda n: (self._telling(n), self.share(n, _is_brief_status), n == chosen),
        )
        others = [n for n in free if not (exactly(names[n]) or named_as_nothing(names[n]))]
        other = max(others, key=self._telling, default=best)
        return other if self._telling(other) > self._telling(best) + 0.5 else best

    def _telling(self, place: int) -> float:
        """How far a column holds statuses: words that name works as well count half."""
        said = self.share(
            place, lambda c: statuses.is_word(c.text) or ("%" in c.text and _is_share(c))
        )
        return said - self.share(place, _is_half_telling) / 2

    def are_statuses(self, place: int) -> bool:
        """Whether what stands in a column of progress is no more than statuses."""
        return self.share(place, _is_brief_status) >= 0.55

    def guessed(
        self, names: Sequence[str], found: Mapping[ColumnField, int]
    ) -> dict[ColumnField, int]:
        """The fields that no name told, by their cells; each only where one column is like it."""
        left = [n for n in range(len(names)) if n not in found.values() and self.cells(n)]
        left = [n for n in left if plain(names[n]) not in _OF_A_KEY]
        nothing = [n for n in left if named_as_nothing(names[n])]
        told = [n for n in left if _OF_A_MONTH.match(names[n])]
        free = [n for n in left if names[n] and n not in (*nothing, *told)]
        guessed: dict[ColumnField, int] = {}
        for field, holds, least in _GUESSED:
            like = [
                n
                for n in free
                if self.share(n, holds) >= least or self._is_dated(field, names[n], n)
            ]
            if field is ColumnField.STATUS and not like:
                kinds = (*told, *(n for n in left if _NO_NEWS.search(names[n])))
                like = [
                    n for n in left if n not in kinds and self._holds_only_statuses(n, names[n])
                ]
            if field not in found and len(like) == 1:
                guessed[field] = like[0]
        problems = [n for n in left if _PROBLEM.search(names[n])]
        rest = problems or [n for n in free if n not in guessed.values()]
        texts = [
            n
            for n in rest
            if self.share(n, _is_text) > 0.5 and self.share(n, _is_surely_status) < 0.3
        ]
        if not texts:  # what is to be done must stand somewhere
            texts = [n for n in left if self.share(n, _is_text) > 0.5 and n not in told]
        if ColumnField.TITLE not in found and texts:
            guessed[ColumnField.TITLE] = max(texts, key=self._length)
        left_over = [n for n in texts if n not in guessed.values()]
        if not any(name != unnamed(n) for n, name in enumerate(names)) and len(left_over) == 1:
            guessed.setdefault(ColumnField.OWNER, left_over[0])
        return guessed

    def telling_of_progress(self, names: Sequence[str], taken: Set[int]) -> int | None:
        """The column that no name tells to be of progress, and whose cells are: remarks mostly."""
        free = [n for n, name in enumerate(names) if n not in taken and not _NO_NEWS.search(name)]
        unknown = [n for n in free if not exactly(names[n]) and loosely(names[n]) is None]
        share = {n: self.share(n, is_news) for n in unknown}
        best = max(reversed(share), key=share.__getitem__, default=None)
        return best if best is not None and share[best] >= 0.3 else None

    def _is_dated(self, field: ColumnField, name: str, place: int) -> bool:
        """Whether a column is named as one of days and half of its cells can be: 提请审议时间."""
        is_named = field is ColumnField.DUE and _OF_DAYS.search(plain(name))
        return bool(is_named) and self.share(place, is_dated) >= 0.5

    def _holds_only_statuses(self, place: int, name: str) -> bool:
        """Whether remarks are all of them statuses, or a column without a name mostly, or marks."""
        if name != unnamed(place) and not re.fullmatch(r"[^\w]+", name):
            return len(self.cells(place)) > 1 and self.share(place, _is_surely_status) == 1
        marked = self.share(place, lambda cell: bool(_MARK.fullmatch(cell.text)))
        return max(self.share(place, _is_surely_status), marked) >= _MOSTLY

    def _length(self, place: int) -> float:
        cells = self.cells(place)
        return sum(min(len(cell.text), 60) for cell in cells) / len(cells)

    def body_of_persons(self, names: Sequence[str], found: Mapping[ColumnField, int]) -> int | None:
        """The column of bodies beside that of the owners, where these are persons: Team, Officer."""
        owner = found.get(ColumnField.OWNER)
        if owner is None or ColumnField.PERSON in found or _OF_BODIES.search(names[owner]):
            return None
        persons = self.share(owner, lambda cell: bool(_PERSON.match(cell.text))) > 0.6
        taken = {n for field, n in found.items() if field is not ColumnField.SUPPORTING}
        bodies = [
            n
            for n, name in enumerate(names)
            if n not in taken and _OF_BODIES.search(name) and self.fits(ColumnField.OWNER, n)
        ]
        full = [n for n in bodies if len(self.cells(n)) >= len(self.cells(owner)) * _MOSTLY]
        return full[-1] if full and persons else None

    def is_group(self, title: int, detail: int) -> bool:
        """Whether one title stands for several rows, each with a detail of its own."""
        last = ""
        for row in self._rows:
            said, within = (row[n].text if n < len(row) else "" for n in (title, detail))
            if within and last and said in ("", last):
                return True
            last = said if within else ""
        return False

    def beside(self, title: int, names: Sequence[str], taken: Sequence[int]) -> int | None:
        """The column of titles beside one that stands for several rows, in which each has its own."""
        free = [n for n in range(len(names)) if n not in taken and not named_as_nothing(names[n])]
        near = [n for n in free if n == title + 1 or loosely(names[n]) is ColumnField.TITLE]
        return next((n for n in near if self._is_own(n, title)), None)

    def _is_own(self, place: int, title: int) -> bool:
        full = len(self.cells(place)) >= len(self._rows) * 0.8
        groups = len({cell.text for cell in self.cells(title)})
        return (
            full
            and groups < len(self._rows) * 0.8
            and self.share(place, _is_text) > _MOSTLY
            and self.is_group(title, place)
        )

    def ticked(self, names: Sequence[str]) -> dict[int, Status]:
        """The columns that are headed by a status, and are ticked where it is that."""
        marked = [n for n, name in enumerate(names) if name and self._is_ticked(n)]
        headed = {n: statuses.heading_ticks(names[n].split()[-1]) for n in marked}
        ticked = {n: status for n, status in headed.items() if status}
        is_done = [*ticked.values()] == [Status.COMPLETED]
        alone = is_done and not any(
            self.fits(ColumnField.STATUS, n) and re.search(r"\w", names[n]) for n in ticked
        )
        return ticked if len(ticked) > 1 or alone else {}

    def _is_ticked(self, place: int) -> bool:
        said = [cell for cell in self.cells(place) if cell.text not in NO_WORDS]
        return bool(said) and sum(map(_is_tick, said)) > len(said) * 0.9

    def periods(self, names: Sequence[str], taken: Sequence[int], anchor: date) -> dict[int, Due]:
        """The columns of goals or marks that are headed by periods, if there are several."""
        found = {
            n: due
            for n, name in enumerate(names)
            if name and n not in taken and (due := period(name, anchor))
        }
        cells = [cell for n in found for cell in self.cells(n)]
        figures = sum(bool(_NUMBER.match(cell.text)) and cell.text != "1" for cell in cells)
        return dict(whole(found)) if len(found) > 1 and figures * 2 <= len(cells) else {}

    def further(self, field: ColumnField, names: Sequence[str], taken: Set[int]) -> tuple[int, ...]:
        """The columns that are named as the field too, beside the one that is it."""
        return tuple(
            n
            for n, name in enumerate(names)
            if n not in taken
            and (loosely(name) is field or any(f is field for _, f in exactly(name)))
            and self.fits(field, n)
        )


def unnamed(place: int) -> str:
    """What a column without a name is called."""
    return f"column {place + 1}"


def _is_tick(cell: Cell) -> bool:
    return cell.text.lower() in statuses.TICKS or cell.text == "1"
