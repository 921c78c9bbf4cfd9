"""What is served now: the last good reading of the store, for everybody and for each token.

A new reading takes the place of the old one when it is ready, so that there is always something to
answer. Whatever takes long is done in one thread of its own, while the loop goes on answering.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from functools import partial
from time import monotonic
from typing import NamedTuple

from tracker.locale import Language
from tracker.model import Milestone
from tracker.settings import Settings
from tracker.subscribe.departures import view
from tracker.subscribe.server.answers import Answers
from tracker.subscribe.site import PAGE, Edition, Site
from tracker.subscribe.source_documents import Find
from tracker.subscribe.tokens import sees

Scope = frozenset[str] | None
"""Whose milestones a reader sees: those of these owners, all if there are none. None is public."""

_AHEAD = 0.4
"""Seconds spent on making ahead what was asked for lately; the rest is made when asked for."""

_PAGES = 16
"""Pages of tokens kept at once: they are large, and each is one reader's, since it names him."""


_READY = 4000
"""Answers kept at once: whoever reads all pages of a large site is not to fill the memory."""


class FeedRequest(NamedTuple):
    """A path below a root. `secret` is the token's for its page, which names its own addresses."""

    scope: Scope
    path: str
    secret: str = ""


class StoreReading(NamedTuple):
    """What was read, as of which day, and since when it is so."""

    milestones: Sequence[Milestone]
    as_of: date
    since: datetime


class Current:
    """The loop's, all but what is marked: that is for its thread alone."""

    def __init__(
        self, settings: Settings, address: str, lang: Language, find: Find = lambda _: None
    ) -> None:
        self._publisher = _Publisher(settings, address, lang, find)
        self._worker = ThreadPoolExecutor(1, "editions")
        self._issue: _Issue | None = None
        self._ready: dict[FeedRequest, Answers] = {}
        self._lately: set[FeedRequest] = set()

    @property
    def reading(self) -> StoreReading | None:
        return self._issue.reading if self._issue else None

    def ready(self, asked: FeedRequest) -> Answers | None:
        """The answers, if they have been made."""
        found = self._ready.get(asked)
        if found is not None:
            self._lately.add(asked)
        return found

    def made(self, asked: FeedRequest) -> Answers | None:
        """The same, asked by nobody."""
        return self._ready.get(asked)

    @property
    def every(self) -> list[Answers]:
        """All that have been made."""
        return list(self._ready.values())

    async def answers(self, asked: FeedRequest) -> Answers | None:
        """The answers, made if need be; None if nothing is there."""
        ready, issue = self._ready, self._issue
        if issue is None:
            return None
        loop = asyncio.get_running_loop()
        made = await loop.run_in_executor(self._worker, issue.answers, asked)
        if made is not None:
            # If another reading has come meanwhile, this is nobody's any more.
            ready[asked] = made
            if len(ready) > _READY:
                self._lately.discard(oldest := next(iter(ready)))
                del ready[oldest]
            self._lately.add(asked)
        return made

    async def take(self, reading: StoreReading, scopes: Iterable[Scope]) -> None:
        """Serve a reading from now on, to readers of these scopes.

        Raises BadDate and BadValue, and goes on with the last one, if a saved filter means nothing
        on this day.
        """
        lately = sorted(self._lately, key=lambda asked: asked.path.endswith(PAGE))
        loop = asyncio.get_running_loop()
        made = await loop.run_in_executor(
            self._worker, self._publisher.issue, reading, frozenset(scopes), lately
        )
        self._issue, self._ready = made
        self._lately = set()

    def settle(self, now: datetime) -> None:
        """Date the answers, once the second in which their reading came is over.

        Until then its date does not tell it from the one before or after in the same second.
        """
        issue = self._issue
        if issue and not issue.settled and now >= issue.reading.since + timedelta(seconds=1):
            issue.settled = True
            self._ready = {}

    def close(self) -> None:
        self._worker.shutdown(wait=False, cancel_futures=True)


class _Publisher:
    """Makes issues, in the thread. Sites live on, and with them what did not change."""

    def __init__(self, settings: Settings, address: str, lang: Language, find: Find) -> None:
        self.settings = settings
        self.address = address
        self.lang = lang
        self.find = find
        self.sites: dict[Scope, Site] = {}

    def issue(
        self, reading: StoreReading, scopes: frozenset[Scope], lately: Sequence[FeedRequest]
    ) -> tuple[_Issue, dict[FeedRequest, Answers]]:
        """What is served of a reading, and of it what was asked for lately."""
        self.sites = {scope: site for scope, site in self.sites.items() if scope in scopes}
        issue = _Issue(self, reading)
        for scope in scopes & {None}:
            issue.edition(scope)
        end = monotonic() + _AHEAD
        ready = {}
        for asked in lately:
            if monotonic() > end:
                break
            if asked.scope in scopes and (made := issue.answers(asked)) is not None:
                ready[asked] = made
        return issue, ready

    def site(self, scope: Scope) -> Site:
        if scope not in self.sites:
            self.sites[scope] = (
                Site(self.settings, self.address, lang=self.lang, find=self.find)
                if scope is None
                else Site(self.settings, private=True, lang=self.lang, find=self.find)
            )
        return self.sites[scope]

    def site_of(self, secret: str) -> Site:
        address = f"{self.address}/t/{secret}"
        return Site(self.settings, address, private=True, lang=self.lang, find=self.find)


class _Issue:
    """All that is served of one reading, made when it is asked for, in the thread."""

    def __init__(self, publisher: _Publisher, reading: StoreReading) -> None:
        self.reading = reading
        self.settled = False
        self._publisher = publisher
        self._editions: dict[Scope, Edition] = {}
        self._pages: dict[str, Edition] = {}

    def answers(self, asked: FeedRequest) -> Answers | None:
        edition = self._page(asked) if asked.secret else self.edition(asked.scope)
        document = edition.document(asked.path)
        if document is None:
            return None
        dated = self.settled or document.modified < self.reading.since
        return Answers(document, private=asked.scope is not None, dated=dated)

    def edition(self, scope: Scope) -> Edition:
        if scope not in self._editions:
            self._editions[scope] = self._edition(self._publisher.site(scope), scope)
        return self._editions[scope]

    def _page(self, asked: FeedRequest) -> Edition:
        if asked.secret not in self._pages:
            if len(self._pages) == _PAGES:
                del self._pages[next(iter(self._pages))]
            site = self._publisher.site_of(asked.secret)
            self._pages[asked.secret] = self._edition(site, asked.scope)
        return self._pages[asked.secret]

    def _edition(self, site: Site, scope: Scope) -> Edition:
        milestones, as_of, since = self.reading
        if scope:
            retention = self._publisher.settings.feeds.retention
            milestones = list(view(milestones, partial(sees, scope), as_of, retention))
        return site.edition(milestones, as_of, since)
