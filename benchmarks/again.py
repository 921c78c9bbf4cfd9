"""What a running server does after one change: `python again.py STORE TURNS`, seconds on stdout.

In each turn a milestone is marked as done, untimed; then the store is looked at again and the feed
of all made anew, plain, compressed and with its digest. What each turn took is printed.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from time import perf_counter

from tracker.actions import ChangeContext, apply
from tracker.model import Status
from tracker.settings import Settings
from tracker.store import open_store
from tracker.subscribe.site import Site

DAY = date(2026, 6, 30)


def main(path: str, turns: int) -> None:
    store, site = open_store(path), Site(Settings(), "https://example.org")
    occasion = ChangeContext(lambda: datetime.now(UTC), DAY)
    snapshot, taken = None, []
    for number in range(1, turns + 2):
        start = perf_counter()
        snapshot = store.snapshot(snapshot)
        edition = site.edition(snapshot.milestones, DAY, datetime.now(UTC))
        edition.document("feed.ics")
        taken.append(perf_counter() - start)
        apply(store, occasion, [str(number)], lambda m, s: m.set_status(s, Status.COMPLETED))
    sys.stdout.write(" ".join(map(str, taken[1:])))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
