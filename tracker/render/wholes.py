"""Parts and wholes and what took the place of what, in words, the same on every screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from tracker.locale import Language
from tracker.message import Counted, Message
from tracker.model import Milestone
from tracker.render.table import Screen, below, standing_words
from tracker.render.text import clean, pad
from tracker.render.wording import wording
from tracker.render.wrapping import wrapped
from tracker.report.wholes import Succession, Whole


def progress(whole: Whole, lang: Language) -> str:
    """Say how far something is by its parts."""
    parts = Counted("{n} part", "{n} parts", len(whole.parts))
    if whole.percent is None:
        return lang.text("not known of any of {parts}", parts=parts)
    if whole.is_exact:
        return lang.text("{percent} % by {parts}", percent=whole.percent, parts=parts)
    return lang.text(
        "at least {percent} % by {parts}, {unknown} not fully known",
        percent=whole.percent,
        parts=parts,
        unknown=whole.unknown,
    )


def lines(wholes: Iterable[Whole], screen: Screen) -> Iterator[str]:
    """Say below a list how far those with parts are."""

    def said(whole: Whole) -> str:
        what = progress(whole, screen.lang)
        return screen.lang.text("#{id}: {what}.", id=whole.milestone.id, what=what)

    def more(number: int) -> Message:
        return Counted(
            "… and {n} more has parts: `tracker show ID` says how far it is.",
            "… and {n} more have parts: `tracker show ID` says how far each is.",
            number,
        )

    yield from below(list(wholes), said, more, screen)


def shown(whole: Whole, screen: Screen) -> str:
    """Return lines for below one milestone, each begun by a line break."""
    ids = screen.lang.join(f"#{part.id}" for part in whole.parts)
    said = screen.lang.text("{what}: {counts}", what=progress(whole, screen.lang), counts=ids)
    return _below(screen.lang.text("parts"), said, screen)


def led_on(chain: Iterable[Milestone], day: date, screen: Screen) -> str:
    """Return likewise what took its place, and what took the place of that, to the last."""
    told = list(chain)
    if not told:
        return ""
    ids = " → ".join(f"#{m.id}" for m in told)
    return _below(
        screen.lang.text("leads on"), f"{ids} {named(told[-1], day, screen.lang)}", screen
    )


def named(m: Milestone, day: date, lang: Language) -> str:
    """Name what stands at the end of such a chain."""
    return lang.join([wording(m, lang).title, standing_words(m, day, lang)])


def _below(label: str, said: str, screen: Screen) -> str:
    told = wrapped(f"    {pad(label, 11)} ", clean(said), screen.width)
    return "".join(f"\n{line}" for line in told)


def as_json(wholes: Iterable[Whole]) -> Iterator[dict[str, object]]:
    """What JSON says of each."""
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
