"""How far a milestone has come in the office's cycle, in words, the same on every screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tracker.locale import Language
from tracker.message import Message, PluralMessage
from tracker.model import Milestone, Stage
from tracker.model.cycle import Awaited, Cycle, TakenStep, cycle
from tracker.render.table import MOST_BELOW, Screen, below
from tracker.render.text import clean
from tracker.render.wording import party
from tracker.report.cycle import TIMED

TO_DO = {
    Stage.RECEIVED: Message("to be received"),
    Stage.REPORTED: Message("feedback"),
    Stage.VERIFIED: Message("to be verified"),
    Stage.CLOSED: Message("to be closed"),
    Stage.EXTENSION_GRANTED: Message("an answer on more time"),
}
"""What is waited for."""


def facts(m: Milestone, as_of: date, screen: Screen) -> Iterator[str]:
    """Yield lines for below one milestone; none outside the cycle."""
    so_far, lang = cycle(m), screen.lang
    if so_far is not None:
        steps = lang.listed(_taken(taken, lang) for taken in so_far.taken)
        for said in (steps, *(awaited(m, each, as_of, lang) for each in so_far.awaited)):
            yield from screen.fact(lang.text("cycle"), said)


def _taken(taken: TakenStep, lang: Language) -> str:
    said = {"stage": lang.text(taken.step.stage.message), "day": str(taken.change.on)}
    if taken.days is None:
        return lang.text("{stage} on {day}", **said)
    return lang.text("{stage} on {day} (after {days})", **said, days=lang.days(taken.days))


def awaited(m: Milestone, each: Awaited, as_of: date, lang: Language) -> str:
    said = {
        "day": str(each.since),
        "days": lang.days((as_of - each.since).days),
        "what": lang.text(TO_DO[each.stage]),
    }
    if not each.party:
        return lang.text("waits since {day} ({days}): {what}", **said)
    name = clean(party(each.party, m, lang))
    return lang.text("waits since {day} ({days}): {what}, {name}", **said, name=name)


def requests(milestones: Iterable[Milestone], screen: Screen) -> Iterator[str]:
    """Yield lines for below a list: who asks for more time."""
    asking = [
        Message(
            "#{id} asks for more time, until {day}: {why}",
            id=m.id,
            day=so_far.asked.step.until,
            why=clean(so_far.asked.why or ""),
        )
        for m in milestones
        if (so_far := cycle(m)) and so_far.asked and so_far.asked.step
    ]
    more = PluralMessage(
        "… and {n} more asks for more time: `tracker report pending`.",
        "… and {n} more ask for more time: `tracker report pending`.",
        len(asking) - MOST_BELOW,
    )
    return below(asking, lambda said: said, more, screen)


def as_json(milestones: Sequence[Milestone]) -> Iterator[dict[str, object]]:
    for m in milestones:
        if (so_far := cycle(m)) is not None:
            yield {
                "id": m.id,
                "stage": so_far.stage,
                "assigned_on": so_far.assigned_on,
                "assigner": so_far.assigner or None,
                "days": {stage: so_far.days(stage) for stage in TIMED},
                "awaited": [each._asdict() for each in so_far.awaited],
                "extension": _asked(so_far),
            }


def _asked(so_far: Cycle) -> dict[str, object] | None:
    asked = so_far.asked
    if asked is None or asked.step is None:
        return None
    return {"until": asked.step.until, "on": asked.on, "why": asked.why, "change": asked.digest}
