"""Run as a program: the tracker with rows that it does not have, and every writer of it.

The rows go into the sources as they are read, so that nothing but the tables is told of them.
"""

from __future__ import annotations

import json
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any

WRITERS = (
    "list",
    "list --format plain",
    "list --format csv",
    "list --format json",
    "list --format md",
    "overdue",
    "show 1",
    "show 1 --format json",
    "log",
    "timeline",
    "timeline --ascii",
    "export csv",
    "export json",
    "export md",
    "export ics",
    "export ics --todo",
    "export svg",
    "export html",
    "export ledger",
    "export ledger -o ledger.xlsx",
    "digest",
    "digest --format md",
    "digest --format html",
    "report scorecard",
    "report slippage",
    "report ontime",
    "report source",
    "report changes --since 2020-01-01",
    "report stale",
    "report verdicts",
    "report pending",
    "report cycle",
    "report week",
    "report month -o month.docx",
    "report week -o week.html",
    "forecast",
    "agenda",
    "calendar",
    "evidence list",
    "export dataset data",
    "publish site",
    "check",
    "--lang zh export ledger",
    "--lang zh list",
    "--lang zh digest",
    "--lang zh export html",
    "--lang zh export svg",
)


def read(path: str, name: str, rows: dict[str, dict[str, str]]) -> CodeType:
    """Compile a module with its new rows, each before the text that it is given for."""
    source = Path(path).read_text(encoding="utf-8")
    for before, row in rows.get(name, {}).items():
        if source.count(before) != 1:
            raise LookupError(f"{name} has no single {before!r}")
        source = source.replace(before, row + before)
    return compile(source, path, "exec", dont_inherit=True)


def main() -> None:
    """Take the rows and the commands to run first as JSON; answer what each command wrote."""
    asked = json.loads(sys.stdin.read())

    def read_with_rows(loader: Any, name: str) -> CodeType:
        return read(loader.get_filename(name), name, asked["rows"])

    # In place of what would also take cached bytecode.
    SourceFileLoader.get_code = read_with_rows  # type: ignore[assignment]  # a source has code
    from click.testing import CliRunner

    from tracker.cli.app import tracker

    written = {}
    for words in (*asked["first"], *map(str.split, WRITERS)):
        ran = CliRunner().invoke(tracker, words)
        fault = "" if ran.exception is None else repr(ran.exception)
        written[" ".join(words)] = [ran.stdout, ran.stderr, fault]
    sys.stdout.write(json.dumps(written))


if __name__ == "__main__":
    main()
