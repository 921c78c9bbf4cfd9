"""Ledgers that people keep in spreadsheets, whatever their columns are called, to milestones.

A file is cut into cells (`grid`, `workbook`), the rows that name its columns are found (`header`,
`columns`), each row below is told from headings, totals and remarks (`line`) and read (`entry`),
and what comes of it all is held against the milestones there are (`plan`).
"""

from __future__ import annotations

from tracker.errors import BadInput, requiring_extra
from tracker.exchange.sheet.columns import ColumnField as ColumnField
from tracker.exchange.sheet.columns import mapping as mapping
from tracker.exchange.sheet.grid import Grid as Grid
from tracker.exchange.sheet.grid import texts
from tracker.exchange.sheet.header import Header as Header
from tracker.exchange.sheet.ledger import Ledger as Ledger
from tracker.exchange.sheet.ledger import choose as choose
from tracker.exchange.sheet.ledger import lacking as lacking
from tracker.exchange.sheet.ledger import read as read
from tracker.exchange.sheet.line import RowKind as RowKind
from tracker.exchange.sheet.plan import Plan as Plan
from tracker.exchange.sheet.plan import PlannedRow as PlannedRow
from tracker.exchange.sheet.plan import RowAction as RowAction
from tracker.exchange.sheet.plan import plan as plan
from tracker.exchange.sheet.values import LedgerEntry as LedgerEntry
from tracker.exchange.sheet.values import Printed as Printed
from tracker.exchange.sheet.values import RowFault as RowFault
from tracker.exchange.sheet.values import SheetRequest as SheetRequest

_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def grids(data: bytes, name: str) -> list[Grid]:
    """Return the sheets of a file, by what it is and not by what its name says."""
    if data.startswith(_COMPOUND):
        raise BadInput(
            "{name} is an old or encrypted spreadsheet.", "Open it and save it as .xlsx.", name=name
        )
    if not data.startswith(_ZIP):
        return texts(data, name)
    with requiring_extra(
        "A spreadsheet needs {name}, which is not installed.",
        "Install it with: {command}; or save it as .csv.",
        extra="spreadsheet",
    ):
        from tracker.exchange.sheet.workbook import sheets
    return sheets(data, name)
