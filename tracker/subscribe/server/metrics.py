"""What is counted while it runs, in the text form of Prometheus, for a port of its own.

https://prometheus.io/docs/instrumenting/exposition_formats/ (version 0.0.4). No label holds what a
reader or a writer chose, so that there are few and none is a secret.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from tracker.ics.profile import FeedKind
from tracker.subscribe.feeds import feed_path
from tracker.subscribe.lists import LISTS
from tracker.subscribe.release import FOLDER
from tracker.subscribe.server.current import Current, FeedRequest
from tracker.subscribe.server.gate import PREFIX
from tracker.subscribe.server.watch import WATCHED, Watch
from tracker.subscribe.site import PAGE

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
PATH = "/metrics"
HEALTH = "/health"

Metric = tuple[str, str, str, list[tuple[Mapping[str, str], float]]]
"""Its name, its kind, what it is, and its values by their labels."""

_WHOLE = frozenset(f"/{path}" for path in LISTS)
_FEEDS = tuple(feed_path("", kind) for kind in FeedKind)


class Counters:
    """How many answers of each class of route and status, and how many errors of what."""

    def __init__(self) -> None:
        self.answers: Counter[tuple[str, int]] = Counter()
        self.errors: Counter[str] = Counter()


def route(path: str, status: int) -> str:
    """The class of what was asked for: of a token's, of feeds, of pages, or of nothing there."""
    if path == HEALTH:
        return "health"
    if status in (404, 405):
        return "none"
    if path.startswith(PREFIX):
        return "token"
    name = path.rpartition("/")[2]
    if name in ("", PAGE) or name.endswith(".html"):
        return "page"
    is_news = name.endswith((".atom", ".json")) and path not in _WHOLE
    return "feed" if name.endswith(".ics") or (is_news and f"/{FOLDER}" not in path) else "file"


def text(counts: Counters, current: Current, watch: Watch, now: datetime) -> str:
    """All that is measured, as it stands."""
    lines: list[str] = []
    for name, kind, told, samples in _metrics(counts, current, watch, now):
        lines += (f"# HELP {name} {told}", f"# TYPE {name} {kind}")
        for labels, value in samples:
            named = ",".join(f'{label}="{word}"' for label, word in labels.items())
            lines.append(f"{name}{{{named}}} {value:.15g}" if named else f"{name} {value:.15g}")
    return "\n".join((*lines, ""))


def _metrics(counts: Counters, current: Current, watch: Watch, now: datetime) -> Iterator[Metric]:
    answers = sorted(counts.answers.items())
    yield (
        *("tracker_http_requests_total", "counter", "Answers given."),
        [({"route": route, "status": str(status)}, n) for (route, status), n in answers],
    )
    errors = {what: counts.errors[what] + watch.failures[what] for what in ("request", *WATCHED)}
    yield (
        *("tracker_errors_total", "counter", "Failures to answer, or to read the store or tokens."),
        [({"what": what}, n) for what, n in errors.items()],
    )
    yield (
        *("tracker_trouble", "gauge", "Whether it cannot be read now."),
        [({"what": what}, what in watch.trouble) for what in WATCHED],
    )
    # Those of bodies and tags would be as many labels.
    feeds = {path: current.made(FeedRequest(None, path)) for path in _FEEDS}
    yield (
        *("tracker_feed_bytes", "gauge", "Bytes of a feed of all, as it was last asked for."),
        [({"feed": path}, made.size) for path, made in feeds.items() if made is not None],
    )
    ready = [made.size for made in current.every]
    yield "tracker_documents", "gauge", "Documents that are ready.", [({}, len(ready))]
    yield "tracker_documents_bytes", "gauge", "Bytes of those, not packed.", [({}, sum(ready))]
    yield "tracker_milestones", "gauge", "Milestones that are served.", [({}, watch.count)]
    known = current.reading.milestones if current.reading else ()
    last = max((m.recorded_at for m in known), default=None)
    yield (
        *("tracker_store_age_seconds", "gauge", "Seconds since the last change of the store."),
        [({}, (now - last).total_seconds())] if last else [],
    )
    yield (
        *("tracker_store_read_timestamp_seconds", "gauge", "When what is served was read."),
        [({}, watch.read_at.timestamp())] if watch.read_at else [],
    )


class MetricsApp:
    """Answers `GET /metrics`, and nothing else."""

    def __init__(self, told: Callable[[], str]) -> None:
        self._told = told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] != PATH or scope["method"] not in ("GET", "HEAD"):
            await PlainTextResponse(f"It is at {PATH}.\n", 404)(scope, receive, send)
            return
        await PlainTextResponse(self._told(), media_type=MEDIA_TYPE)(scope, receive, send)
