"""Two real hosts: what a lost one costs, and reads at the one that only reads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.faults import failover
from tests.milestones import plain
from tests.subscribe.server.serving import serving, until
from tracker.actions import ChangeContext, apply
from tracker.errors import StoreFailed
from tracker.store import Store, open_store


def test_a_lost_primary_loses_nothing() -> None:
    outcome = failover.run(1, 8)
    assert outcome.wrong == []
    assert outcome.kept == outcome.acknowledged == failover.PROCESSES * failover.THREADS * 8


def test_a_standby_is_read_while_there_is_one_and_missed_by_changes() -> None:
    with failover.pair() as (primary, standby):
        url = failover.both(primary, standby)
        open_store(url).create([plain(1)])
        apart = open_store(f"{url}&reads=prefer-standby")
        failover.until(lambda: standby.execute("SELECT to_regclass('tracker_counts')") != [(None,)])
        assert apart.all() == [plain(1)]
        # A standby that does not keep up shows who is asked.
        standby.execute("SELECT pg_wal_replay_pause()")
        note(apart, "new")
        assert apart.all() == [plain(1)]
        assert len(open_store(url).all()[0].notes) == 1
        before = apart.version()
        standby.execute("SELECT pg_wal_replay_resume()")
        failover.until(lambda: apart.version() != before)
        assert len(apart.all()[0].notes) == 1
        standby.stop()
        assert len(apart.all()[0].notes) == 1
        assert len(open_store(f"{url}&reads=prefer-standby").all()[0].notes) == 1
        # Now nobody confirms. Whoever stops waiting is not told that all is well.
        with ThreadPoolExecutor(1) as pool:
            unconfirmed = pool.submit(note, open_store(primary.url()), "alone")
            failover.until(lambda: primary.execute(_CANCEL) == [(True,)])
            with pytest.raises(StoreFailed, match="not confirmed to be kept: canceling wait"):
                unconfirmed.result()


def test_serve_reads_at_a_standby_and_goes_on_at_the_primary_once_that_is_lost(
    tmp_path: Path,
) -> None:
    with failover.pair() as (primary, standby):
        url = failover.both(primary, standby)
        open_store(url).create([plain(1)])
        failover.until(lambda: standby.execute("SELECT to_regclass('tracker_counts')") != [(None,)])
        apart = f"{url}&reads=prefer-standby"
        with serving(tmp_path / "none", "--port", "0", url=apart) as server:

            def shown() -> bytes:
                return server.get("/all.json").body

            # A standby that does not keep up shows who is asked.
            standby.execute("SELECT pg_wal_replay_pause()")
            server.tracker("note", "1", "while it lags")
            assert standby.execute(_LOOKS) == [(True,)]
            until(lambda: primary.execute(_LOOKS), lambda looks: looks == [(False,)])
            assert b"while it lags" not in shown()
            standby.execute("SELECT pg_wal_replay_resume()")
            until(shown, lambda body: b"while it lags" in body)

            primary.execute("ALTER SYSTEM RESET synchronous_standby_names")
            primary.execute("SELECT pg_reload_conf()")
            standby.kill()
            server.tracker("note", "1", "once it is lost")
            until(shown, lambda body: b"once it is lost" in body)
            assert server.get("/health").status == 200
            assert primary.execute(_LOOKS) == [(True,)]


_LOOKS = "SELECT count(*) > 0 FROM pg_stat_activity WHERE application_name = 'tracker'"
_CANCEL = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"


def note(store: Store, text: str) -> None:
    occasion = ChangeContext(lambda: datetime.now(UTC), date(2021, 5, 1))
    apply(store, occasion, ["1"], lambda m, stamp: m.note(stamp, text))
