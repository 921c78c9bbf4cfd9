"""What waits for what, in words, the same on every screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from tracker.locale import Language
from tracker.message import Message, PluralMessage
from tracker.render.table import MOST_BELOW, Screen, below
from tracker.report.dependencies import Wait, Waits


def waiting(wait: Wait, lang: Language) -> str:
    return _said(wait, lang, wait.until)


def waiting_on_page(wait: Wait, as_of: date, lang: Language) -> str:
    """The same with days in full, and none that moves on with today: so a page stays true."""
    if wait.is_endangered and wait.until == as_of:
        return lang.text("waits for {ids}, and is endangered", ids=_ids(wait))
    return _said(wait, lang, wait.until and lang.day(wait.until))


def _ids(wait: Wait) -> tuple[str, ...]:
    return tuple(f"#{m.id}" for m in wait.owed)


def _said(wait: Wait, lang: Language, until: date | str | None) -> str:
    ids = _ids(wait)
    if wait.is_endangered and wait.last is not None and wait.is_indirect:
        return lang.text(
            "waits for {ids}, in the end for {last} until {day}, and is endangered",
            ids=ids,
            last=f"#{wait.last.id}",
            day=until,
        )
    if wait.is_endangered:
        return lang.text("waits for {ids} until {day}, and is endangered", ids=ids, day=until)
    return lang.text("waits for {ids}", ids=ids)


def endangered(waits: Waits) -> list[Wait]:
    return [wait for wait in waits.values() if wait.is_endangered]


def lines(waits: Sequence[Wait], screen: Screen) -> Iterator[str]:
    more = PluralMessage(
        "… and {n} more waits: `tracker show ID` says for what.",
        "… and {n} more wait: `tracker show ID` says for what.",
        len(waits) - MOST_BELOW,
    )

    def said(wait: Wait) -> Message:
        what = waiting(wait, screen.lang)
        return Message("#{id} {what}.", id=wait.milestone.id, what=what)

    return below(waits, said, more, screen)


def facts(wait: Wait, screen: Screen) -> Iterator[str]:
    """Yield lines for below one milestone, and the way to the last that it waits for."""
    yield from screen.fact(screen.lang.text("waits"), waiting(wait, screen.lang))
    if wait.is_indirect:
        steps = " ← ".join(f"#{m.id} ({m.forecast_due or m.due})" for m in wait.chain)
        yield from screen.fact(screen.lang.text("chain"), steps)


def as_json(waits: Iterable[Wait], most: int | None = None) -> Iterator[dict[str, object]]:
    """What JSON says of each, with at most so many steps of its chain."""
    for wait in waits:
        yield {
            "id": wait.milestone.id,
            "waits_for": [m.id for m in wait.owed],
            "until": wait.until,
            "endangered": wait.is_endangered,
            "chain": [m.id for m in islice(wait.steps(wait.milestone), most)],
            "last": wait.last and wait.last.id,
        }
