"""All that stands, every field and every history, as CSV and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from tracker.model import Milestone
from tracker.subscribe.pieces import DocumentPiece, Recipe, key_of
from tracker.subscribe.stock import Stock

LISTS = {
    "all.csv": ("CSV", "text/csv; charset=utf-8"),
    "all.json": ("JSON", "application/json"),
}
"""What each is called, and its type."""


def list_recipe(path: str, stock: Stock) -> Recipe:
    """The list at one of these paths."""
    write = _csv if path.endswith(".csv") else _json
    return Recipe(LISTS[path][1], tuple(_pieces(stock, path, write)), apart=True)


_Write = Callable[[Sequence[Milestone]], tuple[str, str, str, str]]
"""What stands before all, between two, and after all; and the milestones themselves."""


def _pieces(stock: Stock, path: str, write: _Write) -> Iterator[DocumentPiece]:
    before, between, after, _ = write(())
    yield DocumentPiece(key_of(path, "before"), before.encode)
    for number, (members, told) in enumerate(stock.batches(stock.standing)):
        key = key_of(path, str(number > 0), told)
        yield DocumentPiece(key, partial(_written, write, between if number else "", members))
    yield DocumentPiece(key_of(path, "after"), after.encode)


def _written(write: _Write, between: str, members: Sequence[Milestone]) -> bytes:
    return (between + write(members)[3]).encode()


def _csv(members: Sequence[Milestone]) -> tuple[str, str, str, str]:
    from tracker.exchange import csv

    head = csv.dumps(())
    # The mark in front tells a spreadsheet that this is UTF-8.
    return f"\ufeff{head}\r\n", "", "", csv.dumps(members)[len(head) :].lstrip("\r\n") + "\r\n"


def _json(members: Sequence[Milestone]) -> tuple[str, str, str, str]:
    from tracker.exchange import json

    before, after = json.dumps(()).split("[]")
    written = json.dumps(members)
    return (
        f"{before}[",
        ",",
        f"\n ]{after}\n",
        written[len(before) + 1 : len(written) - len(after) - 3],
    )
