"""What is served as the clock goes on: at midnight, within one second, and when nothing answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from tests.milestones import plain
from tests.postgres import Server as Postgres
from tests.store.memory import MemoryStore
from tracker.errors import StoreFailed
from tracker.locale import ENGLISH
from tracker.model import Milestone
from tracker.settings import Settings
from tracker.store import Store, open_store
from tracker.subscribe.server import current as keeping
from tracker.subscribe.server import watch as watching
from tracker.subscribe.server.answers import CachedAnswer
from tracker.subscribe.server.conditions import RequestConditions, request_conditions
from tracker.subscribe.server.current import Current, FeedRequest
from tracker.subscribe.server.gate import Gate
from tracker.subscribe.server.watch import Sources, Watch
from tracker.subscribe.tokens import Tokens

FEED = FeedRequest(None, "feed.ics")
SHANGHAI = timezone(timedelta(hours=8))


class Bench:
    """A watch with a clock that is set by hand, and a store that can be made to fail."""

    def __init__(self, store: Store, begin: datetime, address: str = "") -> None:
        self.now = begin
        self.store = store
        self.reports: list[str] = []
        self.current = Current(Settings(), address, ENGLISH)
        gate = Gate(Tokens(), public=True, loopback=True)
        sources = Sources(store, Tokens, lambda: self.now)
        self.watch = Watch(sources, self.current, gate, self.reports.append)

    async def look(self) -> None:
        await self.watch._try("store", self.watch._look_at_store)
        self.current.settle(self.now)

    async def feed(self, asked: RequestConditions = request_conditions(())) -> CachedAnswer:  # noqa: B008 - a value
        answers = self.current.ready(FEED) or await self.current.answers(FEED)
        assert answers is not None
        return answers.to(asked)

    async def text(self) -> bytes:
        return b"".join((await self.feed()).pieces)


def dated(answer: CachedAnswer) -> str | None:
    return dict(answer.fields).get(b"last-modified", b"").decode() or None


def store_of(*milestones: Milestone) -> Store:
    store = MemoryStore()
    store.create(list(milestones))
    return store


def test_at_midnight_what_was_due_is_overdue_even_if_the_store_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    due = date(2021, 6, 30)
    bench = Bench(store_of(plain(1, due=due)), datetime(2021, 6, 30, 23, 59, 59, tzinfo=SHANGHAI))

    async def story() -> None:
        await bench.watch.begin()
        before = await bench.feed()
        assert b"OVERDUE" not in await bench.text()

        def gone() -> str:
            raise StoreFailed("The disk is gone.")

        monkeypatch.setattr(bench.store, "version", gone)
        bench.now += timedelta(seconds=1)
        await bench.look()
        assert b"OVERDUE" in await bench.text()
        assert bench.watch.trouble["store"].error.code == StoreFailed.code
        bench.now += timedelta(seconds=1)
        await bench.look()
        assert len(bench.reports) == 1
        since = dated(before)
        assert since is not None
        known = request_conditions([(b"if-modified-since", since.encode())])
        assert (await bench.feed(known)).status == 200

    asyncio.run(story())


def test_within_the_second_of_a_change_no_answer_is_dated() -> None:
    store = store_of(plain(1))
    bench = Bench(store, datetime(2021, 6, 1, 12, 0, 0, 100_000, tzinfo=UTC))

    async def story() -> None:
        await bench.watch.begin()
        assert dated(await bench.feed()) == "Tue, 01 Jun 2021 00:00:00 GMT"
        for id in (2, 3):
            bench.now += timedelta(milliseconds=300)
            store.change(lambda t, id=id: t.put(plain(id)))  # type: ignore[misc]  # bound at once
            await bench.look()
            assert dated(await bench.feed()) is None
            known = request_conditions([(b"if-modified-since", b"Tue, 01 Jun 2021 12:00:00 GMT")])
            assert (await bench.feed(known)).status == 200
        bench.now += timedelta(seconds=1)
        await bench.look()
        assert dated(await bench.feed()) == "Tue, 01 Jun 2021 12:00:00 GMT"

    asyncio.run(story())


def test_a_store_that_does_not_answer_is_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_PATIENCE", 0.05)
    bench = Bench(store_of(plain(1)), datetime(2021, 6, 1, tzinfo=UTC))

    async def story() -> None:
        await bench.watch.begin()
        going_on = asyncio.Event()

        async def hang(*_: Any) -> None:
            await going_on.wait()

        monkeypatch.setattr(asyncio, "to_thread", hang)
        await bench.look()
        assert "did not answer" in bench.reports[0]
        assert b"BEGIN:VEVENT" in await bench.text()

    asyncio.run(story())


def test_what_fails_unforeseen_is_no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(store_of(plain(1)), datetime(2021, 6, 1, tzinfo=UTC))

    async def story() -> None:
        await bench.watch.begin()

        def odd() -> str:
            raise ZeroDivisionError("odd")

        monkeypatch.setattr(bench.store, "version", odd)
        await bench.look()
        monkeypatch.undo()
        await bench.look()
        assert [r.split(".")[0] for r in bench.reports] == [
            *("The store cannot be read (ZeroDivisionError): odd", "The store can be read again")
        ]
        assert bench.watch.trouble == {}

    asyncio.run(story())


def _changed(bench: Bench, work: Callable[[], object]) -> bytes:
    async def story() -> bytes:
        await bench.watch.begin()
        await bench.look()
        work()
        await bench.look()
        return await bench.text()

    return asyncio.run(story())


def test_a_change_in_a_database_is_served_as_well(postgres: Postgres) -> None:
    store = open_store(postgres.new_url())
    store.create([plain(1)])
    bench = Bench(store, datetime(2021, 6, 1, tzinfo=UTC))
    body = _changed(bench, lambda: store.change(lambda t: t.put(plain(2))))
    assert body.count(b"BEGIN:VEVENT") == 2
    assert bench.reports == []


def test_before_anything_is_read_there_is_nothing() -> None:
    current = Current(Settings(), "", ENGLISH)
    assert current.reading is None
    assert asyncio.run(current.answers(FEED)) is None


def test_no_more_pages_of_tokens_are_kept_than_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_PAGES", 2)
    begun = datetime(2021, 6, 1, 8, tzinfo=UTC)
    bench = Bench(store_of(plain(1)), begun, "https://example.org")

    async def go() -> None:
        await bench.watch.begin()
        pages = [FeedRequest(frozenset(), "index.html", f"{n}" * 43) for n in (1, 2, 3, 1)]
        made = [await bench.current.answers(page) for page in pages]
        first, _, _, again = (
            b"".join(one.to(request_conditions(())).pieces) for one in made if one
        )
        # Made anew, and the same, since two others have taken its place.
        assert again == first
        assert b"/t/111" in first
        issue = bench.current._issue
        assert issue is not None
        assert len(issue._pages) == 2

    asyncio.run(go())


def test_what_there_is_no_time_to_make_ahead_is_made_when_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keeping, "_AHEAD", -1)
    bench = Bench(store_of(plain(1)), datetime(2021, 6, 1, 8, tzinfo=UTC))

    async def go() -> None:
        await bench.watch.begin()
        before = await bench.text()
        bench.store.change(lambda t: t.put(plain(2)))
        await bench.look()
        assert bench.current.ready(FEED) is None
        assert len(await bench.text()) > len(before)

    asyncio.run(go())
