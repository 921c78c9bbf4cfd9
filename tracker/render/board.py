"""The dashboard: where things stand today, at a glance, and what to type next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.model import Milestone, Standing
from tracker.render.marks import LOOKS
from tracker.render.table import Screen, paint, standing_words
from tracker.render.text import clean, fit, pad, width
from tracker.render.wording import wording
from tracker.render.wrapping import wrapped
from tracker.report import Summary


def board(result: Summary, store: str, screen: Screen) -> str:
    """Draw counts by standing, the worst overdue and the next due."""
    day, lang = result.as_of, screen.lang
    said = "{store} on {day}: {milestones}"
    head = lang.text(said, store=clean(store), day=day, milestones=lang.count(result.total))
    lines = [paint(fit(head, screen.width), "1", screen.colour)]
    if not result.total:
        return "\n".join([*lines, "", lang.text("Begin with `tracker add TITLE --due WHEN`.")])
    counts = (
        paint(lang.number_of(now, result.counts[now]), LOOKS[now].sgr, screen.colour)
        for now in Standing
        if result.counts.get(now)
    )
    lines.append(lang.join(counts))
    lines += _section(lang.text("The worst overdue"), result.worst, day, screen)
    lines += _section(lang.text("Next due"), result.next_due, day, screen)
    follow = lang.text("Next: `tracker overdue`, `upcoming`, `timeline`, `show ID`.")
    following = (paint(line, "2", screen.colour) for line in wrapped("", follow, screen.width))
    return "\n".join([*lines, "", *following])


def _section(name: str, milestones: Sequence[Milestone], day: date, screen: Screen) -> list[str]:
    if not milestones:
        return []
    told = [standing_words(m, day, screen.lang) for m in milestones]
    ids = max(len(str(m.id)) for m in milestones)
    room = max(map(width, told))
    lines = ["", name]
    for m, words in zip(milestones, told, strict=True):
        line = f"  {m.id:>{ids}}  {m.due}  {pad(words, room)}  {wording(m, screen.lang).title}"
        lines.append(fit(line, screen.width))
    return lines
