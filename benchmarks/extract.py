"""How fast documents are read: `python benchmarks/extract.py [MEGABYTES]` prints MB a second.

The text is the samples' Chinese press conference, repeated; then hostile texts of a megabyte.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from time import perf_counter

from tracker.due import find
from tracker.extract import extract, read_document

SAMPLE = Path(__file__).parent.parent / "tests" / "extract" / "samples" / "zh01.txt"
HOSTILE = {
    "digits": "7",
    "年": "年",
    "brackets": "(",
    "Chinese brackets": "《",
    "by": "by ",
    "struck": "~~",
    "6月底前": "6月底前",
}


def main() -> None:
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0
    sample = SAMPLE.read_bytes()
    data = sample * max(1, round(megabytes * 1e6 / len(sample)))
    text = data.decode()
    _measure("find", len(data), lambda: len(find(text, date(2022, 4, 12))))
    _measure("read + extract", len(data), lambda: len(extract(read_document("zh01.txt", data))))
    for name, unit in HOSTILE.items():
        hostile = unit.encode() * (1_000_000 // len(unit.encode()))
        _measure(f"a megabyte of {name}", len(hostile), lambda data=hostile: _candidates(data))


def _candidates(data: bytes) -> int:
    return len(extract(read_document("hostile.txt", data), made_on=date(2022, 4, 12)))


def _measure(what: str, size: int, run: object) -> None:
    start = perf_counter()
    count = run()  # type: ignore[operator]
    spent = perf_counter() - start
    sys.stdout.write(f"{what:32} {size / 1e6 / spent:7.2f} MB/s  {count} found in {spent:.2f} s\n")


if __name__ == "__main__":
    main()
