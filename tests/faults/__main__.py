"""The long form: `make faults` prints the table of docs/reliability.md; anything wrong ends it."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.faults import (
    altering,
    clones,
    crowding,
    failover,
    killing,
    merging,
    power,
    racing,
    refusing,
    syncing,
)
from tests.faults.outcome import HEAD, Outcome


def outcomes(folder: Path) -> Iterator[Outcome]:
    yield killing.run(folder, 1000)
    yield crowding.run(folder, 8, 200, 3)
    yield refusing.each_call(folder, refusing.ERRORS)
    yield refusing.cut_short(folder)
    disks: list[tuple[str, Callable[[Path], Outcome]]] = [
        ("full", refusing.full_disk),
        ("read-only", refusing.read_only_disk),
    ]
    for name, fault in disks:
        with refusing.small_disk(folder / name) as disk:
            yield fault(disk) if disk else Outcome(f"{name} disk: not tried, nobody may mount here")
    yield power.run(folder)
    for move in racing.MOVES:
        yield racing.run(folder / "races", move, 25)
    yield syncing.run(folder / "sync", 50)
    yield clones.run(folder, 100)
    yield merging.run(10_000)
    yield altering.bytewise(folder, 20_000)
    yield altering.rowwise(folder)
    yield failover.run(10, 60)


def main() -> None:
    wrong = 0
    print(HEAD, flush=True)  # noqa: T201  # its purpose
    with tempfile.TemporaryDirectory() as folder:
        for outcome in outcomes(Path(folder)):
            print(outcome.row(), flush=True)  # noqa: T201  # the same
            for one in outcome.wrong:
                print(f"WRONG: {one}", file=sys.stderr)  # noqa: T201  # the same
            wrong += len(outcome.wrong) + outcome.acknowledged - outcome.kept
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
