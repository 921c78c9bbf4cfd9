"""From a request to its answer: the one door (ASGI) through which all of them come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from tracker.subscribe.server.answers import (
    METHODS,
    CachedAnswer,
    json_response,
    moved,
    not_allowed,
    not_found,
)
from tracker.subscribe.server.conditions import request_conditions
from tracker.subscribe.server.current import Current
from tracker.subscribe.server.gate import Gate, masked
from tracker.subscribe.server.logs import AccessEntry
from tracker.subscribe.server.metrics import HEALTH, Counters, route
from tracker.subscribe.server.watch import Watch

_READING = frozenset(METHODS.split(", "))


class ServerApp:
    """Made anew for each run; `log` takes what is to be said of each answer, if it is."""

    def __init__(
        self,
        current: Current,
        gate: Gate,
        watch: Watch,
        log: Callable[[AccessEntry], None] | None,
        clock: Callable[[], datetime],
    ) -> None:
        self._current = current
        self._gate = gate
        self._watch = watch
        self._log = log
        self._clock = clock
        self.counts = Counters()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = monotonic()
        try:
            answer = await self._answer(scope)
        except Exception:
            self.counts.errors["request"] += 1
            raise
        status, size = _outcome(answer)
        kind = route(scope["path"], status)
        self.counts.answers[kind, status] += 1
        try:
            await answer(scope, receive, send)
        finally:
            if self._log is not None:
                client = scope["client"][0] if scope["client"] else "-"
                told = (client, scope["method"], masked(scope["path"]), kind, status, size)
                self._log(AccessEntry(self._clock(), *told, monotonic() - begun))

    async def _answer(self, scope: Scope) -> CachedAnswer | Response:
        path = scope["path"]
        asked = self._gate.asked(path)
        answers = None
        if asked is not None:
            answers = self._current.ready(asked) or await self._current.answers(asked)
        if answers is not None:
            if scope["method"] in _READING:
                return answers.to(request_conditions(scope["headers"]))
            return not_allowed()
        return self._other(path, scope["method"])

    def _other(self, path: str, method: str) -> Response:
        if path == HEALTH:
            return self._health() if method in _READING else not_allowed()
        if self._gate.is_holder(path):
            # Relative, since a proxy may have put a path of its own in front.
            return moved(f"{path.rpartition('/')[2]}/")
        return not_found()

    def _health(self) -> Response:
        """For a monitor, which nobody has asked for a token: no name, no path, no sentence."""
        reading, watch = self._current.reading, self._watch
        trouble = {
            what: {"error": t.error.code, "since": _stamp(t.since)}
            for what, t in watch.trouble.items()
        }
        content = {
            "state": "failing" if trouble else "ok",
            "milestones": watch.count,
            "as_of": reading and reading.as_of.isoformat(),
            "read_at": watch.read_at and _stamp(watch.read_at),
            "trouble": trouble,
        }
        return json_response(content, 503 if trouble else 200)


def _stamp(then: datetime) -> str:
    return then.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _outcome(answer: CachedAnswer | Response) -> tuple[int, int]:
    """The status of an answer, and the bytes of its body."""
    if isinstance(answer, CachedAnswer):
        return answer.status, sum(map(len, answer.pieces))
    return answer.status_code, len(answer.body)
