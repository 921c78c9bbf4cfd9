"""Parts and wholes and what took the place of what, in words, the same on every screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from tracker.locale import Language
from tracker.message import Message, PluralMessage
from tracker.model import Milestone
from tracker.render.table import MOST_BELOW, Screen, below, standing_words
from tracker.render.wording import wording
from tracker.report.wholes import Succession, Whole


def progress(whole: Whole, lang: Language) -> str:
    parts = PluralMessage("{n} part", "{n} parts", len(whole.parts))
    if whole.percent is None:
        return lang.text("not known of any of {parts}", parts=parts)
    if whole.is_exact:
        return lang.text("{percent} % by {parts}", percent=whole.percent, parts=parts)
    said = "at least {percent} % by {parts}, {unknown} not fully known"
    return lang.text(said, percent=whole.percent, parts=parts, unknown=whole.unknown)


def lines(wholes: Sequence[Whole], screen: Screen) -> Iterator[str]:
    more = PluralMessage(
        "… and {n} more has parts: `tracker show ID` says how far it is.",
        "… and {n} more have parts: `tracker show ID` says how far each is.",
        len(wholes) - MOST_BELOW,
    )

    def said(whole: Whole) -> Message:
        return Message("#{id}: {what}.", id=whole.milestone.id, what=progress(whole, screen.lang))

    return below(wholes, said, more, screen)


def facts(whole: Whole, screen: Screen) -> Iterator[str]:
    ids = screen.lang.join(f"#{part.id}" for part in whole.parts)
    said = screen.lang.text("{what}: {counts}", what=progress(whole, screen.lang), counts=ids)
    return screen.fact(screen.lang.text("parts"), said)


def successor_lines(chain: Iterable[Milestone], day: date, screen: Screen) -> Iterator[str]:
    """Yield likewise what took its place, and what took the place of that, to the last."""
    if told := list(chain):
        ids = " → ".join(f"#{m.id}" for m in told)
        said = f"{ids} {title_and_standing(told[-1], day, screen.lang)}"
        yield from screen.fact(screen.lang.text("leads on"), said)


def title_and_standing(m: Milestone, day: date, lang: Language) -> str:
    """Name what stands at the end of such a chain."""
    return lang.join([wording(m, lang).title, standing_words(m, day, lang)])


def as_json(wholes: Iterable[Whole]) -> Iterator[dict[str, object]]:
    for whole in wholes:
        yield {
            "id": whole.milestone.id,
            "percent": whole.percent,
            "exact": whole.is_exact,
            "parts": [part.id for part in whole.parts],
            "unknown": whole.unknown,
        }


def successors_as_json(
    milestones: Iterable[Milestone], found: Succession, most: int | None
) -> Iterator[dict[str, object]]:
    """What JSON says of what took the place of those superseded: at most so many, and the last."""
    for m in milestones:
        if (last := found.last(m)) is not None:
            chain = [each.id for each in islice(found.of(m), most)]
            yield {"id": m.id, "chain": chain, "last": last.id}
