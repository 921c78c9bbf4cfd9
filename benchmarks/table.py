"""Figures as a Markdown table."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.timing import Figure


class Table:
    def __init__(self, title: str, heads: Sequence[str]) -> None:
        self._title = title
        self._rows = [tuple(heads)]

    def add(self, *cells: str) -> None:
        self._rows.append(cells)

    def __str__(self) -> str:
        heads, *rows = (f"| {' | '.join(row)} |" for row in self._rows)
        rule = f"| --- |{' ---: |' * (len(self._rows[0]) - 1)}"
        return "\n".join((f"### {self._title}", "", heads, rule, *rows, ""))


def milliseconds(figure: Figure) -> str:
    """The median, and in brackets the fastest and the slowest run."""
    least, middle, most = (
        f"{seconds * 1e3:,.0f}" for seconds in (figure.fastest, figure.seconds, figure.slowest)
    )
    return f"{middle} ({least} to {most})"


def per_megabyte(figure: Figure) -> str:
    """Milliseconds for each megabyte that was written."""
    return f"{figure.seconds * 1e9 / figure.written:,.0f}" if figure.written else ""


def ratio(figure: Figure, to: Figure | None) -> str:
    return "" if to is None else f"{figure.seconds / to.seconds:.2f} ×"
