"""A sheet of any file as rows of cells, each with the words that a reader sees in it."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from tracker.cells import unguarded
from tracker.errors import BadInput, library_reason
from tracker.message import Message
from tracker.texts import decoded

ADDRESS = re.compile(r"^(?:https?|ftp)://\S+$")
"""What is evidence, wherever it stands."""

_DELIMITERS = ",;\t|"
_MOST_COLUMNS = 1_000
_LONGEST_CELL = 1_000_000
"""Characters; a spreadsheet itself has 32,767 at most."""


class Cell(Struct, frozen=True):
    """`text` is what a reader sees; `day` the day that a cell of a date holds; `bold` its font.

    `indent` is how far it is set in, to stand under another; `is_above` that it is the cell above;
    `struck` that its words are struck through; `colour` is what it is filled with.
    """

    text: str = ""
    day: date | None = None
    bold: bool = False
    indent: int = 0
    is_above: bool = False
    struck: bool = False
    colour: str = ""


Row = tuple[Cell, ...]
NOTHING = Cell()


class Grid(Struct, frozen=True):
    """A sheet: its rows by the numbers that the spreadsheet has for them, blank ones left out.

    `saved_on` is the day the file says that it was last saved, `legend` what it says that marks
    mean. `notes` is what is worth knowing of
    the whole, such as formulas never calculated; `coloured` how many cells have a colour.
    """

    name: str
    rows: dict[int, Row]
    saved_on: date | None = None
    notes: tuple[Message, ...] = ()
    coloured: int = 0
    legend: Mapping[str, str] = {}


DASHES = frozenset(("", "-", "—", "–", "/", "\\"))
"""What fills a cell in which nothing stands."""

NO_WORDS = DASHES | {"无", "暂无", "n/a", "none", "[]"}
"""What says that a cell says nothing."""


def texts(data: bytes, name: str) -> list[Grid]:
    """Read CSV, or what is parted by semicolons or tabs. Raises BadInput."""
    text = decoded(data, name)
    csv.field_size_limit(max(len(text), csv.field_size_limit()))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: dict[int, Row] = {}
    try:
        for place, cells in enumerate(_unquoted(reader), 1):
            add(rows, place, [_cell(cell) for cell in cells])
    except csv.Error as error:
        raise BadInput(
            "Line {line_num} is no CSV: {error}.",
            "Nothing was read.",
            line_num=reader.line_num,
            error=library_reason(error),
        ) from None
    return [Grid("", rows)]


def _unquoted(reader: Iterable[list[str]]) -> Iterable[list[str]]:
    """The cells of each line, of a file whose lines were quoted once more as a whole."""
    lines = list(reader)
    if all(len(line) < 2 for line in lines) and all("," in line[0] for line in lines if line):
        return csv.reader(line[0] if line else "" for line in lines)
    return lines


_NO_DAY = re.compile(r"0000-00-00(?: 00:00:00)?")
"""What databases write for no day."""


def _cell(text: str) -> Cell:
    said = unguarded(text).strip()
    return NOTHING if _NO_DAY.fullmatch(said) else Cell(said, indent=len(text) - len(text.lstrip()))


def add(rows: dict[int, Row], place: int, cells: Sequence[Cell]) -> None:
    """Keep a row that says anything, without what trails behind it."""
    end = max((n for n, cell in enumerate(cells, 1) if cell.text), default=0)
    if end > _MOST_COLUMNS:
        raise BadInput(
            "Row {place} has {end:,} columns, and may have {most_columns:,}.",
            "Nothing was read.",
            place=place,
            end=end,
            most_columns=_MOST_COLUMNS,
        )
    longest = max((len(cell.text) for cell in cells), default=0)
    if longest > _LONGEST_CELL:
        raise BadInput(
            "Row {place} has a cell of {n:,} characters, and may have {most:,} in one.",
            "Nothing was read.",
            place=place,
            n=longest,
            most=_LONGEST_CELL,
        )
    if end:
        rows[place] = tuple(cells[:end])


def at(row: Row, place: int | None) -> Cell:
    """The cell of a column; an empty one for a column that is not there."""
    return row[place] if place is not None and place < len(row) else NOTHING


def _delimiter(text: str) -> str:
    """The sign that parts most cells outside of quotation marks in the first lines."""
    first = text[:20_000]
    outside = "".join(first.split('"')[::2])
    return max(_DELIMITERS, key=outside.count)


def plainly(cells: Iterable[Cell]) -> list[str]:
    """The words of the cells that have any."""
    return [cell.text for cell in cells if cell.text]


def line(row: Row) -> str:
    """A row above a table as a line of words, each once."""
    return "  ".join(dict.fromkeys(plainly(row)))


_TRADITIONAL = (
    "權責單時間進狀態項號編務負門備註執辦結實際標預計劃達開動啟終關閉續擬暫緩後從來據問題況報滯遲個將應對於準籌審協參與聯絡電話"
    "領導幹員級類別舉決議書點階內獲驗銷轉廢換併並歸屬層隊組團處廳縣區鄉鎮優雙壓無為當長週資訊產業過還這樣專總經費維護測試運設簽頒發佈繼機屆檢討圍環築營擴採購選補訂約"
)
_SIMPLIFIED = (
    "权责单时间进状态项号编务负门备注执办结实际标预计划达开动启终关闭续拟暂缓后从来据问题况报滞迟个将应对于准筹审协参与联络电话"
    "领导干员级类别举决议书点阶内获验销转废换并并归属层队组团处厅县区乡镇优双压无为当长周资讯产业过还这样专总经费维护测试运设签颁发布继机届检讨围环筑营扩采购选补订约"
)
_SIMPLER = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplified(text: str) -> str:
    """A word as the lists have it: width, case and simplified characters, as far as those need."""
    return in_simplified(text).lower().strip()


def in_simplified(text: str) -> str:
    """A text in width and characters as the lists have them, and in its own case."""
    return unicodedata.normalize("NFKC", text).translate(_SIMPLER)
