"""How much of each office's ledger is read right: due date, status, responsible body, by row."""

from __future__ import annotations

from datetime import date

from tests.exchange.offices.book import Office
from tracker.exchange import sheet

TODAY = date(2026, 11, 30)


def read(office: Office) -> sheet.Ledger:
    names = sheet.mapping(word for word in office.options if "=" in word)
    asked = sheet.SheetRequest(TODAY, names)
    grid, heads = sheet.choose(sheet.grids(office.data, office.name), None, asked)
    return sheet.read(grid, heads, asked)


def as_read(ledger: sheet.Ledger) -> dict[int, tuple[str, str, str, str]]:
    """The rows as the expectations have them."""
    return {
        one.row: (
            one.fields.get("owner") or "",
            str(one.fields.get("due") or ""),
            str(one.fields["status"]),
            str(one.fields.get("completed_on") or ""),
        )
        for one in ledger.entries
    }


def main() -> None:
    from tests.exchange.offices.first import FIRST
    from tests.exchange.offices.written import every

    scores = [_told(office) for office in (*(make() for make in FIRST), *every())]
    right, rows = (sum(column) for column in zip(*scores, strict=True))
    print(f"{right} of {rows} rows of {len(scores)} ledgers")


def _told(office: Office) -> tuple[int, int]:
    """Print what of a ledger is read otherwise than it should be, and count what is right."""
    ledger = read(office)
    right, got = office.rows(), as_read(ledger)
    same = sum(got.get(row) == expected for row, expected in right.items())
    print(f"{office.name}: {same} of {len(right)} rows")
    for row in sorted(right.keys() | got.keys()):
        if right.get(row) != got.get(row):
            print(f"  row {row}: {got.get(row)}, not {right.get(row)}")
    for fault in ledger.faults:
        print(f"  row {fault.row}: {fault.message} {fault.hint}")
    return same, len(right)


if __name__ == "__main__":
    main()
