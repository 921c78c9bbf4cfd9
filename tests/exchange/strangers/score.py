"""How much of the ledgers of strangers is read right: `python -m tests.exchange.strangers.score`.

A row is right where due date, status, bodies and day of completion are; one in which its writer
found something doubtful, where it is refused or told as doubtful.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import msgspec
from msgspec import Struct

from tracker.actions import ChangeContext
from tracker.exchange import sheet
from tracker.exchange.sheet import LedgerEntry, RowFault
from tracker.texts import folded

FOLDER = Path(__file__).parent
LOOKED_AT = (
    "looked_at",
    "looked_at/second",
    "looked_at/third",
    "looked_at/fourth",
    "looked_at/fifth",
)
MEASURED = ("measured/second", "measured/third")
"""Those of which nobody but their writer has seen the rows: of the second set, and of the fifth."""

TODAY = date(2026, 11, 30)
"""The day on which they were handed over."""

_AS_WRITTEN = {
    "not-started": "planned",
    "partly-completed": "in-progress",
    "superseded": "cancelled",
}


class Row(Struct, frozen=True):
    """What a row says; `doubtful` where a person should be told, or where it cannot be read."""

    row: int
    title: str
    due: date | None
    status: str
    completed_on: date | None
    owner: tuple[str, ...]
    supporting: tuple[str, ...]
    doubtful: bool
    sheet: str = ""

    def is_right(self, got: LedgerEntry | RowFault | None) -> bool:
        if self.doubtful:
            return isinstance(got, RowFault) or bool(got and got.doubts)
        return isinstance(got, LedgerEntry) and not self.differing(got)

    def differing(self, got: LedgerEntry) -> list[str]:
        """The fields that are read otherwise."""
        said = got.fields
        status = _AS_WRITTEN.get(said["status"], str(said["status"]))
        same = {
            "due": said.get("due") == self.due,
            "status": status == self.status
            or (self.status == "unknown" and status in ("planned", "in-progress")),
            "completed_on": said.get("completed_on") == self.completed_on,
            "owner": self._are_bodies(said.get("owner"), said.get("supporting", ())),
        }
        return [f"{name} {said.get(name)}" for name, is_same in same.items() if not is_same]

    def _are_bodies(self, owner: str | None, supporting: Sequence[str]) -> bool:
        """One of several owners is responsible here, and the others stand with who supports."""
        named = {owner, *supporting} - {None}
        of_these = {*self.owner} <= named <= {*self.owner, *self.supporting}
        return owner in (self.owner or (None,)) and of_these


class Ledger(Struct, frozen=True):
    """A file with its rows; a workbook is kept by its parts, a text with its encoding."""

    name: str
    rows: tuple[Row, ...]
    parts: dict[str, str] = {}
    text: str = ""
    encoding: str = ""

    def data(self) -> bytes:
        if self.text:
            return self.text.encode(self.encoding)
        out = BytesIO()
        with ZipFile(out, "w") as book:
            for name, part in self.parts.items():
                book.writestr(name, part)
        return out.getvalue()


class Score(Struct, frozen=True):
    """How many rows are right of how many, among all and among those that leave no doubt."""

    right: int = 0
    rows: int = 0
    sure_right: int = 0
    sure: int = 0
    sure_told: int = 0
    titles: int = 0
    wrongly_in: int = 0

    def __add__(self, other: Score) -> Score:
        names = self.__struct_fields__
        return Score(*(getattr(self, name) + getattr(other, name) for name in names))

    def __str__(self) -> str:
        return (
            f"{self.right} of {self.rows} rows right, {self.sure_right} of the {self.sure} without "
            f"doubt ({self.sure_told} of them told as doubtful), {self.titles} titles; "
            f"{self.wrongly_in} that are no tasks came in"
        )


def ledgers(folder: str) -> Iterator[Ledger]:
    for path in sorted((FOLDER / folder).glob("*.json")):
        yield msgspec.json.decode(path.read_bytes(), type=Ledger)


def came(ledger: Ledger) -> Iterator[tuple[str, dict[int, LedgerEntry | RowFault]]]:
    """Yield what becomes of the rows of the sheet that is chosen, and of each that is told of."""
    asked = sheet.SheetRequest(TODAY)
    grids = sheet.grids(ledger.data(), ledger.name)
    chosen, heads = sheet.choose(grids, None, asked)
    yield chosen.name, _came(sheet.read(chosen, heads, asked))
    told = {name for words in chosen.notes for name in words.values.get("sheets", ())}  # type: ignore[attr-defined]  # a tuple of names
    for name in sorted(told & {row.sheet for row in ledger.rows}):
        yield name, _came(sheet.read(*sheet.choose(grids, name, asked), asked))


def _came(read: sheet.Ledger) -> dict[int, LedgerEntry | RowFault]:
    """What becomes of each row, once those that are the same as others are refused."""
    occasion = ChangeContext(lambda: datetime(2026, 11, 30, tzinfo=UTC), TODAY)
    plan = sheet.plan(read.entries, [], occasion, lambda _: ())
    entries = {one.entry.row: one.entry for one in plan.planned}
    return {**entries, **{fault.row: fault for fault in (*read.faults, *plan.faults)}}


def wrong(ledger: Ledger) -> Iterator[tuple[str, int, str]]:
    """Yield the rows that are not right, by sheet and number, with what became of them."""
    left = list(ledger.rows)
    for name, got in came(ledger):
        here = {row.row: row for row in left if row.sheet in ("", name)}
        left = [row for row in left if row not in here.values()]
        yield from (
            (name, n, _told(row, got.get(n)))
            for n, row in here.items()
            if not row.is_right(got.get(n))
        )
        yield from (
            (name, n, "is no task")
            for n, one in got.items()
            if n not in here and isinstance(one, LedgerEntry)
        )
    yield from ((row.sheet, row.row, "is on a sheet that nobody is told of") for row in left)


def score(ledger: Ledger) -> Score:
    total = Score(rows=len(ledger.rows), sure=sum(not row.doubtful for row in ledger.rows))
    for name, got in came(ledger):
        total += _counted([row for row in ledger.rows if row.sheet in ("", name)], got)
    return total


def _counted(rows: Sequence[Row], got: Mapping[int, LedgerEntry | RowFault]) -> Score:
    sure = [row for row in rows if not row.doubtful]
    taken = {n: one for n, one in got.items() if isinstance(one, LedgerEntry)}
    return Score(
        right=sum(row.is_right(got.get(row.row)) for row in rows),
        sure_right=sum(row.is_right(got.get(row.row)) for row in sure),
        sure_told=sum(bool(row.row in taken and taken[row.row].doubts) for row in sure),
        titles=sum(
            row.row in taken and folded(row.title) in folded(taken[row.row].fields["title"])
            for row in rows
        ),
        wrongly_in=len(taken.keys() - {row.row for row in rows}),
    )


def _told(row: Row, got: LedgerEntry | RowFault | None) -> str:
    if isinstance(got, RowFault):
        return f"{got.message} {got.hint}"
    if got is None:
        return "is left out"
    return (
        "is not told as doubtful" if row.doubtful else f"{', '.join(row.differing(got))}, not {row}"
    )


def main(arguments: Sequence[str]) -> None:
    """Print the figures; what is wrong only of the ledgers that were looked at."""
    for folder in (*LOOKED_AT, *(MEASURED if "--measured" in arguments else ())):
        total = Score()
        for ledger in ledgers(folder):
            total += score(ledger)
            for where in wrong(ledger) if folder in LOOKED_AT else ():
                print(f"  {ledger.name}", *where)
        print(f"{folder}: {total}")


if __name__ == "__main__":
    main(sys.argv[1:])
